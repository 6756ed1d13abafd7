import { documentOf, type EpcisEvent } from '@zaizao/epcis';
import type { Actor, TestApp } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { giai, ledgerApp, receiving } from './testing.ts';

let t: TestApp;
beforeAll(async () => {
  t = await ledgerApp();
});
afterAll(() => t.stop());

const CONTEXT = [
  'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  { ex: 'https://ex.example/' },
];

async function send(
  as: Actor,
  method: 'GET' | 'POST',
  url: string,
  body?: object | string,
  headers = {},
) {
  const reply = await t.running.server.inject({
    ...{ method, url: `/epcis${url}` },
    headers: { ...as.headers, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body === undefined
      ? {}
      : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: reply.statusCode, headers: reply.headers, text: reply.body };
}

async function captured(as: Actor, body: object): Promise<void> {
  const sent = await send(as, 'POST', '/capture', body);
  expect(sent.status, sent.text).toBe(202);
  const job = await send(as, 'GET', String(sent.headers.location).split('/epcis')[1] ?? '');
  expect(JSON.parse(job.text)).toMatchObject({ success: true });
}

/** The names of the events that a query finds, in its order. */
async function found(as: Actor, query: string, headers = {}): Promise<string> {
  const sent = await send(as, 'GET', `/events?${query}`, undefined, headers);
  expect(sent.status, `${query} ${sent.text.slice(0, 300)}`).toBe(200);
  const events: EpcisEvent[] = JSON.parse(sent.text).epcisBody.queryResults.resultsBody.eventList;
  return events.map((e) => String(e.eventID).replace('urn:uuid:', '')).join(' ');
}

const event = (id: string, own: object): EpcisEvent =>
  ({
    ...receiving(giai(`QT${id}`), Number(id.replace(/\D/g, '')) || 0),
    '@context': CONTEXT,
    eventID: `urn:uuid:${id}`,
    ...own,
  }) as EpcisEvent; // built as an event

const sensing = (id: string, element: object) =>
  event(id, { eventTime: '2026-02-01T08:00:00Z', sensorElementList: [element] });

describe('sensor data (test case 53 of the standard)', () => {
  let as: Actor;
  beforeAll(async () => {
    as = await (await t.org('传感')).as('owner');
    const shared = {
      ...{ deviceID: 'urn:epc:id:giai:4000001.111', deviceMetadata: 'https://ex.example/device' },
      ...{ rawData: 'https://ex.example/raw', dataProcessingMethod: 'https://ex.example/method' },
    };
    const time = '2026-02-01T07:00:00Z';
    await captured(
      as,
      documentOf(
        [
          sensing('s1', {
            sensorMetadata: {
              ...{
                ...shared,
                time,
                startTime: '2026-02-01T06:00:00Z',
                endTime: '2026-02-01T06:30:00Z',
              },
              ...{ bizRules: 'https://ex.example/rules', 'ex:mast': 'north' },
            },
            sensorReport: [{ type: 'Temperature', value: 26, uom: 'CEL', 'ex:probe': 7 }],
            'ex:batch': { 'ex:row': 3 },
          }),
          sensing('s2', {
            sensorReport: [
              {
                type: 'Mass',
                ...shared,
                time,
                minValue: 1.5,
                maxValue: 2,
                meanValue: 1.75,
                sDev: 0.1,
                uom: 'KGM',
              },
            ],
          }),
          sensing('s3', {
            sensorReport: [
              { type: 'Count', percRank: 50, percValue: 12.7, uom: 'C62' },
              {
                type: 'Dimensionless',
                stringValue: 'clear',
                booleanValue: true,
                hexBinaryValue: 'f0f0',
              },
              { type: 'Dimensionless', uriValue: 'https://ex.example/u', component: 'x' },
              {
                type: 'Count',
                microorganism: 'https://ex.example/bug',
                chemicalSubstance: 'https://ex.example/salt',
              },
            ],
          }),
          event('s4', {}),
        ],
        { creationDate: new Date(0) },
      ),
    );
  });

  test.each([
    ['EXISTS_sensorElement=true', 's1 s2 s3'],
    ['EXISTS_sensorElementList=', 's1 s2 s3'],
    ['EXISTS_sensorElementList=false', 's1 s2 s3 s4'],
    ['GE_time=2026-02-01T06:59:00Z&LT_time=2026-02-01T07:01:00Z', 's1 s2'],
    ['EQ_time=2026-02-01T15:00:00%2B08:00', 's1 s2'],
    ['GE_startTime=2026-02-01T06:00:00Z&LT_endTime=2026-02-01T07:00:00Z', 's1'],
    ['LT_startTime=2026-02-01T06:00:00Z', ''],
    ['EQ_type=Temperature', 's1'],
    ['EQ_type=gs1:Temperature|Mass', 's1 s2'],
    ['EQ_deviceID=urn:epc:id:giai:4000001.111', 's1 s2'],
    ['EQ_deviceMetadata=https://ex.example/device&EQ_rawData=https://ex.example/raw', 's1 s2'],
    ['EQ_dataProcessingMethod=https://ex.example/method', 's1 s2'],
    ['EQ_bizRules=https://ex.example/rules', 's1'],
    ['EQ_microorganism=https://ex.example/bug', 's3'],
    ['EQ_chemicalSubstance=https://ex.example/salt', 's3'],
    ['EQ_stringValue=clear&EQ_booleanValue=true&EQ_hexBinaryValue=f0f0', 's3'],
    ['EQ_booleanValue=false', ''],
    ['EQ_uriValue=https://ex.example/u', 's3'],
    ['EQ_value_CEL=26&GE_value_CEL=26&LT_value_CEL=26.5', 's1'],
    ['GE_value_KEL=299.15', 's1'],
    ['GT_value_KEL=299.15', ''],
    ['EQ_value_FAH=78.8', 's1'],
    ['GE_minValue_GRM=1500&LE_maxValue_GRM=2000', 's2'],
    ['GT_meanValue_KGM=1.7&LT_sDev_KGM=0.2', 's2'],
    ['GE_percRank=50&LT_percRank=51', 's3'],
    ['GE_percValue_C62=12.7', 's3'],
    ['EXISTS_SENSORELEMENT_ex:batch=', 's1'],
    ['EQ_INNER_SENSORELEMENT_ex:row=3', 's1'],
    ['EQ_SENSORELEMENT_ex:row=3', ''],
    ['EQ_SENSORMETADATA_ex:mast=north', 's1'],
    ['GE_SENSORREPORT_ex:probe=7&LT_SENSORREPORT_ex:probe=8', 's1'],
  ])('%s finds %s', async (query, expected) => {
    expect(await found(as, query)).toBe(expected);
  });

  test('a field both in the metadata and in a report is not accepted', async () => {
    const twice = sensing('s9', {
      sensorMetadata: { deviceID: 'urn:x:1' },
      sensorReport: [{ type: 'Mass', value: 1, uom: 'KGM', deviceID: 'urn:x:2' }],
    });
    const sent = await send(
      as,
      'POST',
      '/capture',
      documentOf([twice], { creationDate: new Date(0) }),
    );
    expect(JSON.parse(sent.text)).toMatchObject({
      status: 400,
      type: 'epcisException:ValidationException',
    });
    expect(await found(as, 'EQ_eventID=urn:uuid:s9')).toBe('');
  });
});

describe('fields, quantities, master data', () => {
  let as: Actor;
  const SITE = 'https://id.gs1.org/414/9520000100001';
  const DOCK = 'https://id.gs1.org/414/9520000100001/254/dock';
  beforeAll(async () => {
    as = await (await t.org('主数据')).as('owner');
    const master = [
      {
        type: 'urn:epcglobal:epcis:vtype:ReadPoint',
        vocabularyElementList: [
          { id: SITE, attributes: [{ id: 'cbvmda:city', attribute: '成都' }], children: [DOCK] },
          { id: DOCK, attributes: [{ id: 'urn:epcglobal:cbv:mda#street', attribute: 1 }] },
        ],
      },
    ];
    await captured(as, {
      ...documentOf(
        [
          event('m1', {
            readPoint: { id: DOCK, 'ex:gate': 'G1' },
            bizLocation: { id: SITE, 'ex:hall': { 'ex:row': 'R7' } },
            quantityList: [
              { epcClass: 'urn:epc:class:lgtin:4012345.011111.4444', quantity: 10, uom: 'KGM' },
            ],
            ilmd: { 'ex:lot': 'L1', 'ex:made': { 'ex:year': 2026 } },
            'ex:rank': 2,
            persistentDisposition: { set: ['returned'], unset: ['active'] },
            sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:4012345.00225' }],
            destinationList: [
              { type: 'possessing_party', destination: 'urn:epc:id:pgln:0614141.00777' },
            ],
          }),
          event('m2', { 'ex:rank': 10, 'ex:due': '2026-05-01T00:00:00Z' }),
          event('m3', { 'ex:rank': 1, 'ex:note': 'b' }),
        ],
        { creationDate: new Date(0) },
      ),
      epcisHeader: { epcisMasterData: { vocabularyList: master } },
    });
    const error = {
      declarationTime: '2026-02-03T00:00:00Z',
      reason: 'incorrect_data',
      correctiveEventIDs: ['urn:uuid:m3'],
      'ex:by': 'QA',
    };
    await captured(
      as,
      documentOf(
        [event('m2', { 'ex:rank': 10, 'ex:due': '2026-05-01T00:00:00Z', errorDeclaration: error })],
        { creationDate: new Date(0) },
      ),
    );
  });

  test.each([
    [`WD_readPoint=${SITE}`, 'm1 m2 m3 m2'],
    [`EQ_readPoint=${SITE}`, 'm2 m3 m2'],
    [`WD_readPoint=${DOCK}`, 'm1'],
    ['HASATTR_readPoint=cbvmda:street', 'm1'],
    ['EQ_ATTR_bizLocation_cbvmda:city=成都', 'm1 m2 m3 m2'],
    ['EQ_ATTR_readPoint_urn:epcglobal:cbv:mda%23street=1', 'm1'],
    ['EQ_readPoint_ex:gate=G1&EQ_INNER_bizLocation_ex:row=R7', 'm1'],
    ['EQ_ILMD_ex:lot=L1&EQ_INNER_ILMD_ex:year=2026', 'm1'],
    ['EXISTS_ILMD_ex:lot=&GT_INNER_ILMD_ex:year=2025', 'm1'],
    [
      'GE_quantity_GRM=10000&LE_quantity_TNE=0.01&MATCH_epcClass=urn:epc:class:lgtin:4012345.011111.4444',
      'm1',
    ],
    ['EQ_persistentDisposition_set=returned&EQ_persistentDisposition_unset=active', 'm1'],
    ['EQ_source_owning_party=urn:epc:id:pgln:4012345.00225', 'm1'],
    ['EQ_destination_possessing_party=urn:epc:id:pgln:0614141.00777', 'm1'],
    ['GE_ex:rank=2', 'm1 m2 m2'],
    ['GT_ex:due=2026-04-01T00:00:00Z&EXISTS_errorDeclaration=', 'm2'],
    ['EQ_ex:note=b', 'm3'],
    ['orderBy=ex:rank&orderDirection=ASC&EQ_action=ADD', 'm3 m1 m2 m2'],
    ['orderBy=ex:rank&eventCountLimit=2', 'm2 m2'],
    ['GE_errorDeclarationTime=2026-02-03T00:00:00Z&EQ_errorReason=incorrect_data', 'm2'],
    ['LT_errorDeclaration_Time=2026-02-03T00:00:00Z', ''],
    ['EQ_correctiveEventID=urn:uuid:m3&EQ_ERROR_DECLARATION_ex:by=QA', 'm2'],
  ])('%s finds %s', async (query, expected) => {
    expect(await found(as, query)).toBe(expected);
  });

  test('prefixes of the request come before those that documents declared', async () => {
    expect(
      await found(as, 'EQ_mine:note=b', { 'gs1-extensions': 'mine=https://ex.example/' }),
    ).toBe('m3');
    expect(await found(as, 'EQ_mine:note=b')).toBe('');
  });

  test('identifiers are told as Digital Link, as URN, or as they came', async () => {
    const asked = async (format: string) =>
      (
        await send(as, 'GET', '/events?EQ_eventID=urn:uuid:m1', undefined, {
          'gs1-epc-format': format,
        })
      ).text;
    expect(await asked('Always_GS1_Digital_Link')).toContain(
      'https://id.gs1.org/417/4012345002256',
    );
    expect(await asked('No_Preference')).toContain('urn:epc:id:pgln:4012345.00225');
    expect(await asked('Never_Translates')).toContain(DOCK);
    const unknown = JSON.parse(await asked('Always_EPC_URN'));
    expect(unknown).toMatchObject({ status: 406, type: 'epcisException:NotAcceptableException' });
    // Once an EPC URN has told the company prefix, the same event can be told in URNs.
    const teller = event('m9', { epcList: ['urn:epc:id:giai:9520000.01TELL'] });
    await captured(as, documentOf([teller], { creationDate: new Date(0) }));
    const urns = await asked('Always_EPC_URN');
    expect(urns).toContain('urn:epc:id:sgln:9520000.10000.dock');
    expect(urns).not.toContain('https://id.gs1.org/');
  });
});

describe('what nobody should send', () => {
  const valid = () => documentOf([event('b1', {})], { creationDate: new Date(0) });
  const spoilt = (own: object) => ({ ...valid(), epcisBody: { eventList: [event('b1', own)] } });
  const XML = { 'content-type': 'application/xml' };
  const laughs = `<!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${'bcdefghij'[i]} "${`&${'abcdefghi'[i]};`.repeat(10)}">`).join('')}]><l>&j;</l>`;
  const deep = (depth: number, open: string, close: string) =>
    open.repeat(depth) + close.repeat(depth);
  const bodies: readonly (readonly [string, object | string, object?])[] = [
    ['no JSON', '{"type":'],
    ['a truncated document', JSON.stringify(valid()).slice(0, -20)],
    ['JSON nested a thousand times', deep(1_000, '[', ']')],
    [
      'an event nested a thousand times',
      JSON.stringify(spoilt({ 'ex:a': 1 })).replace(
        '"ex:a":1',
        `"ex:a":${deep(1_000, '{"ex:a":', '}').replace('{"ex:a":}', '{"ex:a":1}')}`,
      ),
    ],
    [
      'bytes that are no UTF-8',
      Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]).toString('latin1'),
    ],
    ['another document', { type: 'Invoice' }],
    ['an unknown context', { ...valid(), '@context': 'https://evil.example/context.jsonld' }],
    ['no context', { ...valid(), '@context': undefined }],
    [
      'a redefined term',
      { ...valid(), '@context': [CONTEXT[0], { eventTime: 'https://evil.example/' }] },
    ],
    ['an undeclared prefix', spoilt({ 'no:such': 1 })],
    ['a field without prefix', spoilt({ colour: 'red' })],
    ['an event of the year 10000', spoilt({ eventTime: '10000-01-01T00:00:00Z' })],
    ['an event of tomorrow', spoilt({ eventTime: '2099-01-01T00:00:00Z' })],
    ['a time without zone', spoilt({ eventTime: '2026-01-01T00:00:00' })],
    ['the 30th of February', spoilt({ eventTime: '2026-02-30T00:00:00Z' })],
    [
      'a sensor that knows the future',
      spoilt({
        sensorElementList: [{ sensorReport: [{ type: 'Mass', time: '2026-03-01T00:00:00Z' }] }],
      }),
    ],
    [
      'times the wrong way round',
      spoilt({
        sensorElementList: [
          {
            sensorMetadata: { startTime: '2026-01-02T00:00:00Z', endTime: '2026-01-01T00:00:00Z' },
            sensorReport: [{ type: 'Mass' }],
          },
        ],
      }),
    ],
    ['instance data at an observation', spoilt({ action: 'OBSERVE', ilmd: { 'ex:lot': '1' } })],
    [
      'an association without parent',
      spoilt({ type: 'AssociationEvent', epcList: undefined, childEPCs: [giai('C')] }),
    ],
    [
      'an association without children',
      spoilt({ type: 'AssociationEvent', epcList: undefined, parentID: giai('P') }),
    ],
    [
      'an aggregation deleted without parent',
      spoilt({
        type: 'AggregationEvent',
        action: 'DELETE',
        epcList: undefined,
        childEPCs: [giai('C')],
      }),
    ],
    [
      'a transformation out of nothing',
      spoilt({
        type: 'TransformationEvent',
        action: undefined,
        epcList: undefined,
        outputEPCList: [giai('O')],
      }),
    ],
    ['things twice', spoilt({ epcList: [giai('D'), giai('D')] })],
    ['an unknown step', spoilt({ bizStep: 'transforming' })],
    ['a null character', spoilt({ 'ex:a': 'a\u0000b' })],
    ['half a character', JSON.stringify(spoilt({ 'ex:a': 'HALF' })).replace('HALF', '\\ud800')],
    ['a name over a kilobyte', spoilt({ epcList: [`urn:x:${'9'.repeat(2_000)}`] })],
    [
      'too many fields of others',
      spoilt(Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`ex:f${n}`, n]))),
    ],
    ['an XML bomb', laughs, XML],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', XML],
    ['a document type from elsewhere', '<!DOCTYPE a SYSTEM "https://evil.example/a.dtd"><a/>', XML],
    [
      'truncated XML',
      '<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2"><EPCISBody>',
      XML,
    ],
    ['XML nested a thousand times', deep(1_000, '<a>', '</a>'), XML],
    ['XML that says it is UTF-16', '<?xml version="1.0" encoding="UTF-16"?><a/>', XML],
    ['XML of something else', '<invoice/>', XML],
    [
      'a query instead of a document',
      '<q:EPCISQueryDocument xmlns:q="urn:epcglobal:epcis-query:xsd:2"><EPCISBody><q:Poll><queryName>SimpleEventQuery</queryName><params/></q:Poll></EPCISBody></q:EPCISQueryDocument>',
      XML,
    ],
  ];

  test.each(bodies.map(([name, body, headers]) => ({ name, body, headers })))(
    '$name is refused, and nothing is kept',
    async ({ body, headers }) => {
      const as = await (await t.org('坏')).as('owner');
      const payload =
        typeof body === 'string' ? Buffer.from(body, 'latin1').toString('latin1') : body;
      const sent = await send(as, 'POST', '/capture', payload, headers ?? {});
      expect(sent.status, sent.text).toBe(400);
      expect(JSON.parse(sent.text)).toMatchObject({ type: 'epcisException:ValidationException' });
      expect(JSON.parse(sent.text).detail.length).toBeLessThan(3_000);
      expect(await found(as, 'perPage=10')).toBe('');
    },
  );

  test('the same document sent many times at once is kept once', async () => {
    const as = await (await t.org('并发')).as('owner');
    const document = documentOf([event('d1', {}), event('d2', {})], { creationDate: new Date(0) });
    const sent = await Promise.all(
      Array.from({ length: 12 }, () => send(as, 'POST', '/capture', document)),
    );
    expect(new Set(sent.map((s) => s.status))).toEqual(new Set([202]));
    expect(await found(as, 'perPage=100')).toBe('d1 d2');
    const single = await Promise.all(
      Array.from({ length: 8 }, () => send(as, 'POST', '/events', event('d3', {}))),
    );
    expect(single.map((s) => s.status).sort()).toEqual([
      201,
      ...Array.from({ length: 7 }, () => 409),
    ]);
  });
});
