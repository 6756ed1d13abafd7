import { xmlElement } from '@zaizao/epcis/xml';

/** The operations of the query interface: name, request element, faults besides those of all. */
const OPERATIONS: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['getQueryNames', 'GetQueryNames', 'GetQueryNamesResult', []],
  [
    ...(['subscribe', 'Subscribe', 'SubscribeResult'] as const),
    [
      ...['NoSuchNameException', 'InvalidURIException', 'DuplicateSubscriptionException'],
      ...['QueryParameterException', 'QueryTooComplexException', 'SubscriptionControlsException'],
      'SubscribeNotPermittedException',
    ],
  ],
  ['unsubscribe', 'Unsubscribe', 'UnsubscribeResult', ['NoSuchSubscriptionException']],
  ['getSubscriptionIDs', 'GetSubscriptionIDs', 'GetSubscriptionIDsResult', ['NoSuchNameException']],
  [
    ...(['poll', 'Poll', 'QueryResults'] as const),
    [
      ...['QueryParameterException', 'QueryTooLargeException', 'QueryTooComplexException'],
      'NoSuchNameException',
    ],
  ],
  ['getStandardVersion', 'GetStandardVersion', 'GetStandardVersionResult', []],
  ['getVendorVersion', 'GetVendorVersion', 'GetVendorVersionResult', []],
];

const COMMON = ['SecurityException', 'ValidationException', 'ImplementationException'];

/** The WSDL of the SOAP interface; messages are those of GS1's schema of the query interface, version 1. */
export function wsdl(address: string): string {
  const elements = new Set([
    ...OPERATIONS.flatMap(([, request, response, faults]) => [request, response, ...faults]),
    ...COMMON,
  ]);
  const types = xmlElement(
    'wsdl:types',
    xmlElement(
      'xsd:schema',
      [...elements]
        .map((name) => xmlElement('xsd:element', '', { name, type: 'xsd:anyType' }))
        .join(''),
      { targetNamespace: 'urn:epcglobal:epcis-query:xsd:1' },
    ),
  );
  const message = (name: string, element: string): string =>
    xmlElement(
      'wsdl:message',
      xmlElement('wsdl:part', '', { name: 'parms', element: `q:${element}` }),
      {
        name,
      },
    );
  const messages = [...elements].map((element) => message(element, element)).join('');
  const part = (tag: string, name: string, of: string): string =>
    xmlElement(tag, '', { name, message: `impl:${of}` });
  const operations = OPERATIONS.map(([name, request, response, faults]) =>
    xmlElement(
      'wsdl:operation',
      part('wsdl:input', `${name}Request`, request) +
        part('wsdl:output', `${name}Response`, response) +
        [...faults, ...COMMON].map((f) => part('wsdl:fault', `${f}Fault`, f)).join(''),
      { name },
    ),
  );
  const literal = (tag: string, name: string): string =>
    xmlElement(tag, xmlElement('soap:body', '', { use: 'literal' }), { name });
  const bound = OPERATIONS.map(([name, , , faults]) =>
    xmlElement(
      'wsdl:operation',
      xmlElement('soap:operation', '', { soapAction: '' }) +
        literal('wsdl:input', `${name}Request`) +
        literal('wsdl:output', `${name}Response`) +
        [...faults, ...COMMON]
          .map((f) =>
            xmlElement(
              'wsdl:fault',
              xmlElement('soap:fault', '', { name: `${f}Fault`, use: 'literal' }),
              { name: `${f}Fault` },
            ),
          )
          .join(''),
      { name },
    ),
  );
  const binding = xmlElement(
    'wsdl:binding',
    xmlElement('soap:binding', '', {
      style: 'document',
      transport: 'http://schemas.xmlsoap.org/soap/http',
    }) + bound.join(''),
    { name: 'EPCISServiceBinding', type: 'impl:EPCISServicePortType' },
  );
  const port = xmlElement('wsdl:port', xmlElement('soap:address', '', { location: address }), {
    name: 'EPCglobalEPCISServicePort',
    binding: 'impl:EPCISServiceBinding',
  });
  const content = [
    types,
    messages,
    xmlElement('wsdl:portType', operations.join(''), { name: 'EPCISServicePortType' }),
    binding,
    xmlElement('wsdl:service', port, { name: 'EPCglobalEPCISService' }),
  ];
  const root = xmlElement('wsdl:definitions', content.join(''), {
    'xmlns:wsdl': 'http://schemas.xmlsoap.org/wsdl/',
    'xmlns:soap': 'http://schemas.xmlsoap.org/wsdl/soap/',
    'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
    'xmlns:q': 'urn:epcglobal:epcis-query:xsd:1',
    'xmlns:impl': 'urn:epcglobal:epcis:wsdl:1',
    targetNamespace: 'urn:epcglobal:epcis:wsdl:1',
  });
  return `<?xml version="1.0" encoding="UTF-8"?>${root}`;
}
