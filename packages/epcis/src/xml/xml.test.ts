import { describe, expect, test } from 'vitest';
import { type EpcisDocument, eventHash, parseJson, validateDocument } from '../index.ts';
import { parseEpcisXml } from './index.ts';

const body = (event: string, attributes = '', head = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${head}
  <epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" xmlns:ex="https://ns.example.com/"
    xmlns:gs1="https://gs1.org/voc/" xmlns:cbv="https://ref.gs1.org/cbv/" ${attributes}
    schemaVersion="2.0" creationDate="2026-11-22T01:00:00Z">
    <EPCISBody><EventList>${event}</EventList></EPCISBody></epcis:EPCISDocument>`;

const event = `<ObjectEvent>
  <eventTime>2026-11-22T01:00:00Z</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
  <epcList><epc>urn:epc:id:sgtin:952012.0345678.1</epc></epcList>
  <action>OBSERVE</action>
  <bizStep>urn:epcglobal:cbv:bizstep:inspecting</bizStep>
  <disposition>cbv:Disp-conformant</disposition>
  <readPoint><id>urn:epc:id:sgln:4012345.00005.0</id><ex:bench>T4</ex:bench></readPoint>
  <bizTransactionList><bizTransaction type="urn:epcglobal:cbv:btt:testprd">urn:x:1</bizTransaction></bizTransactionList>
  <sensorElementList><sensorElement>
    <sensorMetadata time="2026-11-22T00:59:00Z" ex:mode="auto"/>
    <sensorReport type="gs1:Torque" value="200.50" uom="NU"/>
    <sensorReport type="gs1:Temperature" value="20.12345678901234567890" uom="CEL" booleanValue="true"/>
  </sensorElement></sensorElementList>
  <ex:grade scale="ABC">B</ex:grade><ex:step>1</ex:step><ex:step>2</ex:step>
</ObjectEvent>`;

function content(xml: string): EpcisDocument {
  const parsed = parseEpcisXml(xml);
  if (!parsed.ok) throw new Error(parsed.error.message);
  // The tests below parse capture documents only.
  return parsed.value.content as EpcisDocument;
}

describe('parseEpcisXml', () => {
  test('gives the EPCIS 2.0 JSON of a document', () => {
    const document = content(body(event));
    expect(document).toEqual({
      '@context': [
        'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
        { ex: 'https://ns.example.com/' },
      ],
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      creationDate: '2026-11-22T01:00:00Z',
      epcisBody: {
        eventList: [
          {
            type: 'ObjectEvent',
            eventTime: '2026-11-22T01:00:00Z',
            eventTimeZoneOffset: '+08:00',
            epcList: ['urn:epc:id:sgtin:952012.0345678.1'],
            action: 'OBSERVE',
            bizStep: 'inspecting',
            disposition: 'conformant',
            readPoint: { id: 'urn:epc:id:sgln:4012345.00005.0', 'ex:bench': 'T4' },
            bizTransactionList: [{ type: 'testprd', bizTransaction: 'urn:x:1' }],
            sensorElementList: [
              {
                sensorMetadata: { time: '2026-11-22T00:59:00Z', 'ex:mode': 'auto' },
                sensorReport: [
                  { type: 'Torque', value: 200.5, uom: 'NU' },
                  {
                    type: 'Temperature',
                    value: expect.objectContaining({ text: '20.12345678901234567890' }),
                    uom: 'CEL',
                    booleanValue: true,
                  },
                ],
              },
            ],
            'ex:grade': { scale: 'ABC', '#text': 'B' },
            'ex:step': ['1', '2'],
          },
        ],
      },
    });
    expect(validateDocument(document).ok).toBe(true);
  });

  test('wrappers of version 1 are opened', () => {
    const old =
      content(`<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:1" schemaVersion="1.2"
      creationDate="2026-11-22T01:00:00Z"><EPCISBody><EventList><extension><TransformationEvent>
      <eventTime>2026-11-22T01:00:00Z</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
      <baseExtension><eventID>urn:uuid:1</eventID></baseExtension>
      <inputQuantityList><quantityElement><epcClass>urn:x:c</epcClass><quantity>2.0</quantity></quantityElement>
      </inputQuantityList><outputEPCList><epc>urn:x:2</epc></outputEPCList>
      <extension><disposition>urn:epcglobal:cbv:disp:active</disposition></extension>
      </TransformationEvent></extension></EventList></EPCISBody></epcis:EPCISDocument>`);
    expect(old.epcisBody.eventList).toEqual([
      {
        type: 'TransformationEvent',
        eventTime: '2026-11-22T01:00:00Z',
        eventTimeZoneOffset: '+08:00',
        eventID: 'urn:uuid:1',
        inputQuantityList: [{ epcClass: 'urn:x:c', quantity: 2 }],
        outputEPCList: ['urn:x:2'],
        disposition: 'active',
      },
    ]);
    expect(validateDocument(old).ok).toBe(true);
  });

  test('prefixes that would mean something else in JSON-LD are renamed', () => {
    const document = content(
      body(
        event.replace('<ex:grade', '<cbvmda:lot>ex:7</cbvmda:lot><ex:grade'),
        'xmlns:cbvmda="urn:epcglobal:cbv:mda"',
      ),
    );
    expect(document['@context']).toEqual([
      'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
      { ex1: 'https://ns.example.com/', cbvmda1: 'urn:epcglobal:cbv:mda' },
    ]);
    expect(document.epcisBody.eventList[0]).toMatchObject({ 'cbvmda1:lot': 'ex:7' });
    expect(validateDocument(document).ok).toBe(true);
  });

  test('JSON and XML of one event have one hash', () => {
    const document = content(body(event));
    const [fromXml] = document.epcisBody.eventList;
    const json = parseJson(
      JSON.stringify(fromXml, (_, value) => (value?.text ? Number(value.text) : value)),
    );
    // Written from the event just parsed.
    expect(eventHash(json as unknown as NonNullable<typeof fromXml>, document['@context'])).toBe(
      fromXml && eventHash(fromXml, document['@context']),
    );
  });

  test('master data and the business header come along', () => {
    const document = content(
      body(event).replace(
        '<EPCISBody>',
        `<EPCISHeader><sbdh:StandardBusinessDocumentHeader
        xmlns:sbdh="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader">
        <sbdh:Sender><sbdh:Identifier>urn:x:s</sbdh:Identifier></sbdh:Sender>
        </sbdh:StandardBusinessDocumentHeader><extension><EPCISMasterData><VocabularyList>
        <Vocabulary type="urn:epcglobal:epcis:vtype:BusinessLocation"><VocabularyElementList>
        <VocabularyElement id="urn:x:l"><attribute id="urn:x:name">Hall 1</attribute>
        <children><id>urn:x:l2</id></children></VocabularyElement></VocabularyElementList></Vocabulary>
        </VocabularyList></EPCISMasterData></extension></EPCISHeader><EPCISBody>`,
      ),
    );
    expect(document).toMatchObject({
      sender: 'urn:x:s',
      epcisHeader: {
        epcisMasterData: {
          vocabularyList: [
            {
              type: 'urn:epcglobal:epcis:vtype:BusinessLocation',
              vocabularyElementList: [
                {
                  id: 'urn:x:l',
                  attributes: [{ id: 'urn:x:name', attribute: 'Hall 1' }],
                  children: ['urn:x:l2'],
                },
              ],
            },
          ],
        },
      },
    });
    expect(validateDocument(document).ok).toBe(true);
  });
});

test('a master data document is a document without events', () => {
  const document =
    content(`<md:EPCISMasterDataDocument xmlns:md="urn:epcglobal:epcis-masterdata:xsd:2"
    schemaVersion="2.0" creationDate="2026-11-22T01:00:00Z"><EPCISBody><VocabularyList>
    <Vocabulary type="urn:epcglobal:epcis:vtype:ReadPoint"><VocabularyElementList>
    <VocabularyElement id="urn:x:r"><attribute id="urn:x:site">1</attribute></VocabularyElement>
    </VocabularyElementList></Vocabulary></VocabularyList></EPCISBody></md:EPCISMasterDataDocument>`);
  expect(document.epcisBody.eventList).toEqual([]);
  expect(document.epcisHeader).toMatchObject({
    epcisMasterData: { vocabularyList: [{ vocabularyElementList: [{ id: 'urn:x:r' }] }] },
  });
  expect(validateDocument(document).ok).toBe(true);
});

describe('refused', () => {
  test.each([
    ['XML_MALFORMED', body('<ObjectEvent>')],
    ['XML_MALFORMED', ''],
    ['XML_MALFORMED', body('<a>&unknown;</a>')],
    ['XML_DOCTYPE', body('', '', '<!DOCTYPE a [<!ENTITY x "y">]>')],
    ['XML_DOCTYPE', body('', '', '<!DOCTYPE a SYSTEM "file:///etc/passwd">')],
    ['XML_TOO_DEEP', body('<a>'.repeat(200) + '</a>'.repeat(200))],
    ['XML_NOT_EPCIS', '<invoice/>'],
  ])('%s', (code, xml) => {
    expect(parseEpcisXml(xml)).toMatchObject({ ok: false, error: { code } });
  });

  test('an empty document type declares nothing and may stay', () => {
    expect(parseEpcisXml(body(event, '', '<!DOCTYPE project>')).ok).toBe(true);
  });

  test('an element that is no field is found by validation', () => {
    const document = content(body(event.replace('<action>', '<mood>fine</mood><action>')));
    expect(validateDocument(document)).toMatchObject({
      errors: [{ path: '/epcisBody/eventList/0/mood', code: 'FIELD_UNKNOWN' }],
    });
  });
});
