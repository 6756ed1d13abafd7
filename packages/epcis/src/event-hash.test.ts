import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareCodePoints, eventHash, eventIdMatches, preHash } from './event-hash.ts';
import {
  associationEvent,
  canonicalJson,
  canonicalTerm,
  type EpcisEvent,
  eventsIn,
  type JsonObject,
  objectEvent,
  parseJson,
} from './index.ts';

const event = objectEvent({
  eventTime: '2026-11-22T09:00:00.12345+08:00',
  action: 'OBSERVE',
  bizStep: 'inspecting',
  disposition: 'conformant',
  epcList: ['urn:epc:id:sgtin:952012.0345678.B', 'https://shop.example/01/9520123456788/21/A?99=x'],
  readPoint: { id: 'urn:epc:id:sgln:4012345.00005.0', 'zz:bench': 'T-4' },
  bizTransactionList: [{ bizTransaction: 'urn:example:wo:7', type: 'testprd' }],
  sensorElementList: [{ sensorReport: [{ type: 'Torque', value: 200, uom: 'NU' }] }],
  zz: { grade: 'B', passes: ['2', '1.50'] },
});

test('the draft of CBV 2.1: its order, the other address of the web vocabulary, all digits, no certification', () => {
  const digits = '111100001111000011110000';
  const drafted: EpcisEvent = {
    ...event,
    certificationInfo: 'https://certifier.example/1',
    sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:4012345.00000' }],
    destinationList: [],
    'zz:number': digits,
  };
  expect(preHash(drafted, undefined, { version: '2.1' })).toBe(
    'eventType=ObjectEvent' +
      'eventTime=2026-11-22T01:00:00.123ZeventTimeZoneOffset=+08:00' +
      'epcListepc=https://id.gs1.org/01/09520123456788/21/A' +
      'epc=https://id.gs1.org/01/09520123456788/21/B' +
      'action=OBSERVEbizStep=https://ref.gs1.org/cbv/BizStep-inspecting' +
      'disposition=https://ref.gs1.org/cbv/Disp-conformant' +
      'readPointid=https://id.gs1.org/414/4012345000054{https://ns.zaizao.dev/}bench=T-4' +
      'bizTransactionListtype=https://ref.gs1.org/cbv/BTT-testprdbizTransaction=urn:example:wo:7' +
      'sourceListtype=https://ref.gs1.org/cbv/SDT-owning_party' +
      'source=https://id.gs1.org/417/4012345000009' +
      'sensorElementListsensorElementsensorReporttype=https://ref.gs1.org/voc/Torquevalue=200uom=NU' +
      `{https://ns.zaizao.dev/}grade=B{https://ns.zaizao.dev/}number=${digits}` +
      '{https://ns.zaizao.dev/}passes=1.5{https://ns.zaizao.dev/}passes=2',
  );
  expect(preHash(drafted)).not.toContain(digits);
  expect(eventHash(drafted, undefined, { version: '2.1' })).toMatch(/\?ver=CBV2\.1$/);
});

test('the pre-hash is the canonical order, written out', () => {
  expect(preHash(event)).toBe(
    'eventType=ObjectEvent' +
      'eventTime=2026-11-22T01:00:00.123ZeventTimeZoneOffset=+08:00' +
      'epcListepc=https://id.gs1.org/01/09520123456788/21/A' +
      'epc=https://id.gs1.org/01/09520123456788/21/B' +
      'action=OBSERVEbizStep=https://ref.gs1.org/cbv/BizStep-inspecting' +
      'disposition=https://ref.gs1.org/cbv/Disp-conformant' +
      'readPointid=https://id.gs1.org/414/4012345000054{https://ns.zaizao.dev/}bench=T-4' +
      'sensorElementListsensorElementsensorReporttype=https://gs1.org/voc/Torquevalue=200uom=NU' +
      'bizTransactionListtype=https://ref.gs1.org/cbv/BTT-testprdbizTransaction=urn:example:wo:7' +
      '{https://ns.zaizao.dev/}grade=B' +
      '{https://ns.zaizao.dev/}passes=1.5{https://ns.zaizao.dev/}passes=2',
  );
  expect(eventHash(event)).toMatch(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/);
});

describe('what the hash ignores', () => {
  test('who recorded it, its identifier, its error declaration, remarks, empty lists', () => {
    const declared: EpcisEvent = {
      ...event,
      eventID: 'urn:uuid:1',
      recordTime: '2027-01-01T00:00:00Z',
      errorDeclaration: { declarationTime: '2027-01-01T00:00:00Z', reason: 'did_not_occur' },
      quantityList: [],
      'rdfs:comment': 'seen twice',
    };
    expect(eventHash(declared)).toBe(eventHash(event));
  });

  test('fields that are asked to be left out', () => {
    const { 'zz:grade': _, ...rest } = event;
    const omit = ['{https://ns.zaizao.dev/}grade'];
    expect(eventHash(event, undefined, { omit })).toBe(eventHash(rest));
    expect(eventHash(event)).not.toBe(eventHash(rest));
  });
});

describe('laws', () => {
  test('field order and list order do not matter', () => {
    const entries = Object.entries(event);
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
        // The same fields in another order are the same event.
        const other = Object.fromEntries(shuffled) as unknown as typeof event;
        expect(eventHash({ ...other, epcList: event.epcList?.toReversed() ?? [] })).toBe(
          eventHash(event),
        );
      }),
    );
  });

  test('prefixes do not matter, namespaces do', () => {
    const { 'zz:grade': grade, ...rest } = event;
    const renamed = {
      ...rest,
      '@context': [...[event['@context'] ?? []].flat(), { mine: 'https://ns.zaizao.dev/' }],
      'mine:grade': grade,
    };
    expect(eventHash(renamed)).toBe(eventHash(event));
    const elsewhere = { ...rest, 'https://other.example/grade': grade };
    expect(eventHash(elsewhere)).not.toBe(eventHash(event));
  });

  test('names that every object answers to are names like any other', () => {
    const odd = { ...event, 'zz:x': { constructor: 'a', toString: 'b' } };
    expect(preHash(odd)).toContain('{https://ns.zaizao.dev/}xconstructor=atoString=b');
  });

  test('any change of a value changes the hash', () => {
    const changed: readonly Partial<typeof event>[] = [
      { action: 'ADD' },
      { eventTime: '2026-11-22T09:00:00.124+08:00' },
      { eventTimeZoneOffset: '+09:00' },
      { bizStep: 'repairing' },
      { epcList: ['urn:epc:id:sgtin:952012.0345678.B'] },
      { readPoint: { id: 'urn:epc:id:sgln:4012345.00005.0', 'zz:bench': 'T-5' } },
      { 'zz:grade': 'C' },
      { certificationInfo: 'https://cert.example/1' },
      { ilmd: { 'zz:lot': '1' } },
    ];
    const hashes = changed.map((change) => eventHash({ ...event, ...change }));
    expect(new Set([...hashes, eventHash(event)]).size).toBe(changed.length + 1);
  });

  test('spellings of vocabulary terms are one term', () => {
    expect(canonicalTerm('bizStep', 'cbv:BizStep-packing')).toBe('packing');
    expect(canonicalTerm('disposition', 'urn:epcglobal:cbv:disp:active')).toBe('active');
    expect(canonicalTerm('measurementType', 'https://gs1.org/voc/Mass')).toBe('Mass');
    expect(canonicalTerm('bizStep', 'https://x.example/step')).toBe('https://x.example/step');
    const { bizStep: _, ...rest } = event;
    for (const bizStep of ['urn:epcglobal:cbv:bizstep:inspecting', 'cbv:BizStep-inspecting']) {
      expect(eventHash({ ...rest, bizStep })).toBe(eventHash(event));
      expect(canonicalJson({ ...rest, bizStep })).toBe(canonicalJson(event));
    }
  });
});

test('an ni: identifier can be checked against its event', () => {
  expect(eventIdMatches({ ...event, eventID: eventHash(event) })).toBe(true);
  expect(eventIdMatches({ ...event, eventID: eventHash(event), 'zz:grade': 'A' })).toBe(false);
  expect(eventIdMatches({ ...event, eventID: 'urn:uuid:1' })).toBeUndefined();
});

test('long decimals hash alike from text and from JSON', () => {
  const value = '0.12345678901234567890123';
  const report = (text: string): EpcisEvent =>
    // Parsed from text that the test itself wrote.
    parseJson(
      `{"type":"ObjectEvent","action":"OBSERVE","eventTime":"2026-01-01T00:00:00Z","zz:v":${text}}`,
    ) as unknown as EpcisEvent;
  expect(preHash(report(value))).toBe(preHash(report(`"${value}"`)));
});

test('sorting is by code point, as UTF-8 sorts', () => {
  const words = ['\u{1F600}', '\uFFFD', 'z', '{', 'é', ''];
  expect(words.toSorted(compareCodePoints)).toEqual(['', 'z', '{', 'é', '\uFFFD', '\u{1F600}']);
});

describe('canonicalJson', () => {
  test('one text for one event', () => {
    const other = associationEvent({
      eventTime: new Date('2026-11-22T01:00:00Z'),
      action: 'ADD',
      parentID: 'urn:epc:id:sgtin:952012.0345678.P',
      childEPCs: ['https://x.example/01/09520123456788/21/C'],
      certificationInfo: 'https://cert.example/1',
      zz: { torque: 12.5, sealed: true },
    });
    expect(JSON.parse(canonicalJson(other))).toEqual({
      action: 'ADD',
      certificationInfo: ['https://cert.example/1'],
      childEPCs: ['https://id.gs1.org/01/09520123456788/21/C'],
      eventTime: '2026-11-22T01:00:00.000Z',
      eventTimeZoneOffset: '+08:00',
      'https://ns.zaizao.dev/sealed': true,
      'https://ns.zaizao.dev/torque': 12.5,
      parentID: 'https://id.gs1.org/01/09520123456788/21/P',
      type: 'AssociationEvent',
    });
  });
});

test('an object under the name of a text is hashed by its members', () => {
  const hashOf = (text: string) =>
    eventHash({ ...event, zz: JSON.parse(`{"#text":${text}}`) } as unknown as EpcisEvent); // as a document may bring it
  const texts = ['"a"', '{"zz:a":1}', '{"zz:a":2}', '{"toString":1}', '["a",{"valueOf":""}]'];
  expect(new Set(texts.map(hashOf)).size).toBe(texts.length);
});

test('anything at all has a hash: verifiers meet events that nobody validated', () => {
  const names = [
    'toString',
    'constructor',
    '__proto__',
    '#text',
    '@context',
    'epcList',
    'type',
    'eventID',
  ];
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<unknown>('', 'a:b', 'urn:epc:id:sgtin:1.2', null, 0, true),
      fc.array(tie('json'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names, ...Object.keys(event)), tie('json'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(json, fc.constantFrom('@context', ...Object.keys(event)), (value, field) => {
      const odd: EpcisEvent = { ...event, [field]: value } as unknown as EpcisEvent; // as a log may hold it
      expect(eventHash(odd)).toMatch(/^ni:/);
      expect([true, false, undefined]).toContain(eventIdMatches(odd));
      const { events, context, omit } = eventsIn({
        epcisBody: { event: odd },
        'a:ignoreFields': value,
      } as unknown as JsonObject);
      for (const one of events) expect(eventHash(one, context, { omit })).toMatch(/^ni:/);
    }),
    { numRuns: 300 },
  );
});
