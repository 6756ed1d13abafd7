import { documentOf, eventHash } from '@zaizao/epcis';
import { parseEpcisXml } from '@zaizao/epcis/xml';
import type { Actor, TestApp } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { giai, ledgerApp, receiving, tearingDown } from './testing.ts';

let t: TestApp;
let owner: Actor;
let reader: Actor;
beforeAll(async () => {
  t = await ledgerApp();
  const plant = await t.org('皂');
  owner = await plant.as('owner');
  reader = await plant.as('reader');
});
afterAll(() => t.stop());

async function soap(message: string, as: Actor = owner) {
  const reply = await t.running.server.inject({
    ...{ method: 'POST', url: '/epcis/soap' },
    headers: { ...as.headers, 'content-type': 'text/xml' },
    payload: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
      xmlns:q="urn:epcglobal:epcis-query:xsd:1"><s:Body>${message}</s:Body></s:Envelope>`,
  });
  return { status: reply.statusCode, text: reply.body };
}

const param = (name: string, value: string) =>
  `<param><name>${name}</name><value>${value}</value></param>`;
const poll = (params: string, name = 'SimpleEventQuery') =>
  `<q:Poll><queryName>${name}</queryName><params>${params}</params></q:Poll>`;

test('tells its version, names and WSDL', async () => {
  expect((await soap('<q:GetStandardVersion/>')).text).toContain('>1.2<');
  expect((await soap('<q:GetVendorVersion/>')).text).toContain('>zaizao/1<');
  expect((await soap('<q:GetQueryNames/>')).text).toContain('<string>SimpleEventQuery</string>');
  const wsdl = await t.running.server.inject({ method: 'GET', url: '/epcis/soap?wsdl' });
  expect(wsdl.body).toContain('location="http://localhost:8080/epcis/soap"');
});

test('polls events in XML 1.2 with the hashes they had', async () => {
  const event = receiving(giai('SOAP1'));
  const body = documentOf([event, tearingDown(giai('SOAP1'), [giai('SOAP2')])], {
    creationDate: new Date(0),
  });
  await t.running.server.inject({
    ...{ method: 'POST', url: '/epcis/capture' },
    headers: { ...owner.headers, 'content-type': 'application/json' },
    payload: JSON.stringify(body),
  });
  const types = '<string>ObjectEvent</string>';
  const sent = await soap(
    poll(param('eventType', types) + param('GE_eventTime', '2020-01-01T00:00:00Z')),
  );
  expect(sent.status).toBe(200);
  const [results = ''] = /<epcisq:QueryResults.*<\/epcisq:QueryResults>/s.exec(sent.text) ?? [];
  const parsed = parseEpcisXml(
    `<epcisq:EPCISQueryDocument xmlns:epcisq="urn:epcglobal:epcis-query:xsd:1" schemaVersion="1.2"
      creationDate="2026-01-01T00:00:00Z"><EPCISBody>${results}</EPCISBody></epcisq:EPCISQueryDocument>`,
  );
  if (!parsed.ok || !('epcisBody' in parsed.value.content)) throw new Error('no document');
  const { content } = parsed.value;
  const events =
    'queryResults' in content.epcisBody ? content.epcisBody.queryResults.resultsBody.eventList : [];
  expect(events.map((e) => eventHash(e, content['@context']))).toEqual([eventHash(event)]);
});

test('refuses by the exceptions of the query interface', async () => {
  const exception = async (message: string, as?: Actor) =>
    /<epcisq:(\w+Exception)>/.exec((await soap(message, as)).text)?.[1];
  expect(await exception(poll(param('EQ_colour', 'red')))).toBe('QueryParameterException');
  expect(await exception(poll('', 'none'))).toBe('NoSuchNameException');
  expect(await exception(poll(param('maxEventCount', '0')))).toBe('QueryTooLargeException');
  expect(await exception('<q:Nothing/>')).toBe('ValidationException');
  expect(await exception('<q:Unsubscribe><subscriptionID>x</subscriptionID></q:Unsubscribe>')).toBe(
    'NoSuchSubscriptionException',
  );
  expect(await exception('<q:GetQueryNames/>', t.anonymous)).toBe('SecurityException');
  expect((await soap('<!DOCTYPE a [<!ENTITY b "x">]><q:GetQueryNames/>')).status).toBe(400);
  expect((await soap(poll(param('EQ_colour', 'red')))).status).toBe(500);
});

test('subscribes and unsubscribes', async () => {
  const subscribe = (
    dest: string,
    id = 'mine',
  ) => `<q:Subscribe><queryName>SimpleEventQuery</queryName>
    <params>${param('eventType', '<string>ObjectEvent</string>')}</params><dest>${dest}</dest>
    <controls><schedule><hour>1</hour></schedule><reportIfEmpty>false</reportIfEmpty></controls>
    <subscriptionID>${id}</subscriptionID></q:Subscribe>`;
  const dest = 'https://client.example.com/soap';
  expect((await soap(subscribe(dest))).text).toContain('SubscribeResult');
  expect((await soap(subscribe(dest))).text).toContain('DuplicateSubscriptionException');
  expect((await soap(subscribe('https://10.0.0.1/', 'other'))).text).toContain(
    'InvalidURIException',
  );
  expect((await soap(subscribe(dest, 'theirs'), reader)).text).toContain('SecurityException');
  const ids =
    '<q:GetSubscriptionIDs><queryName>SimpleEventQuery</queryName></q:GetSubscriptionIDs>';
  expect((await soap(ids)).text).toContain('<string>mine</string>');
  const end = '<q:Unsubscribe><subscriptionID>mine</subscriptionID></q:Unsubscribe>';
  expect((await soap(end)).text).toContain('UnsubscribeResult');
  expect((await soap(ids)).text).not.toContain('mine');
});
