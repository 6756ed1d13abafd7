import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { saltsFrom } from './commitment.ts';
import { createLeaf } from './create-leaf.ts';
import { openGroups, verifyDisclosure } from './disclosure.ts';
import { equalBytes } from './encoding.ts';
import { canonicalJson, type JsonObject } from './json.ts';
import { decodeLeaf, encodeLeaf } from './leaf.ts';

const secret = new Uint8Array(32).fill(8);
const eventHash =
  'ni:///sha-256;36abb3a2c0a726de32ac4beafd6b8bc4ba0b1d2de244490312e5cbec7b5ddece?ver=CBV2.0';
const event: JsonObject = {
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  type: 'ObjectEvent',
  action: 'OBSERVE',
  eventTime: '2026-05-01T09:00:00.000+08:00',
  eventTimeZoneOffset: '+08:00',
  epcList: ['urn:a:1', 'urn:a:2', 'urn:a:3', 'urn:a:4', 'urn:a:5'],
  bizStep: 'inspecting',
  sensorElementList: [{ sensorReport: [{ type: 'Mass', value: 1.5, uom: 'KGM' }] }],
  'zaizao:grade': 'A',
  'zaizao:price': 180_000,
};
const record = {
  event,
  eventHash,
  recordTime: '2026-05-01T01:00:00.123456Z',
  eventID: 'urn:uuid:1',
  organisation: 'urn:epc:id:pgln:4012345.00000',
};
const salts = saltsFrom(secret);
const { entry } = createLeaf(record, secret);

describe('event leaf', () => {
  it('is canonical: one record, one byte string', () => {
    const reordered = Object.fromEntries(Object.entries(event).reverse());
    expect(createLeaf({ ...record, event: reordered }, secret).entry).toEqual(entry);
    expect(encodeLeaf(decodeLeaf(entry))).toEqual(entry);
    expect(entry.length).toBeLessThan(1_000);
  });

  it('commits to everything the record holds', () => {
    const variants: (typeof record)[] = [
      { ...record, eventHash: eventHash.replace('36', '37') },
      { ...record, recordTime: '2026-05-01T01:00:00.123457Z' },
      { ...record, eventID: 'urn:uuid:2' },
      { ...record, organisation: 'urn:epc:id:pgln:4012345.00001' },
      ...Object.keys(event).map((field) => ({ ...record, event: { ...event, [field]: 'other' } })),
      {
        ...record,
        event: { ...event, errorDeclaration: { declarationTime: '2026-05-02T00:00:00Z' } },
      },
    ];
    for (const variant of variants) {
      expect(equalBytes(createLeaf(variant, secret).entry, entry)).toBe(false);
    }
    expect(equalBytes(createLeaf(record, new Uint8Array(32)).entry, entry)).toBe(false);
  });

  it('refuses bytes changed in shape', () => {
    expect(() => decodeLeaf(entry.slice(0, -1))).toThrow();
    expect(() => decodeLeaf(new Uint8Array([...entry, 0]))).toThrow();
    expect(() => decodeLeaf(new Uint8Array(0))).toThrow();
    const leaf = decodeLeaf(entry);
    expect(() => encodeLeaf({ ...leaf, groups: leaf.groups.slice(1) })).toThrow(/missing/);
    expect(() => encodeLeaf({ ...leaf, groups: [...leaf.groups, ...leaf.groups] })).toThrow(
      /order/,
    );
  });
});

describe('disclosure', () => {
  it('shows all', () => {
    const verified = verifyDisclosure(entry, openGroups(event, eventHash, salts));
    expect(verified).toMatchObject({ ok: true, complete: true, withheld: [], eventHash });
    if (!verified.ok) throw new Error(verified.reason);
    expect(verified.event).toEqual({
      ...event,
      eventID: record.eventID,
      recordTime: record.recordTime,
    });
  });

  it('shows part, and says what is withheld', () => {
    const shown = openGroups(event, eventHash, salts, {
      groups: ['when', 'why', 'ext:zaizao:grade'],
      things: (epc) => epc === 'urn:a:3',
    });
    const verified = verifyDisclosure(entry, shown);
    if (!verified.ok) throw new Error(verified.reason);
    expect(verified.event).toEqual({
      eventID: record.eventID,
      recordTime: record.recordTime,
      eventTime: event.eventTime,
      eventTimeZoneOffset: '+08:00',
      bizStep: 'inspecting',
      'zaizao:grade': 'A',
      epcList: ['urn:a:3'],
    });
    expect(verified.complete).toBe(false);
    expect(verified.withheld).toContain('ext:zaizao:price');
    expect(verified.withheld).toContain('epcList');
    expect(verified.withheld).not.toContain('why');
    expect(JSON.stringify(shown)).not.toMatch(/180000|urn:a:2/);
  });

  it('fails when anything shown is changed', () => {
    const shown = openGroups(event, eventHash, salts, {
      groups: ['why', 'condition'],
      things: (epc) => epc === 'urn:a:2' || epc === 'urn:a:5',
    });
    const text = canonicalJson(JSON.parse(JSON.stringify(shown)));
    expect(verifyDisclosure(entry, JSON.parse(text)).ok).toBe(true);
    for (const [from, to] of [
      ['inspecting', 'repairing'],
      ['1.5', '1.6'],
      ['"why"', '"where"'],
      ['urn:a:5', 'urn:a:4'],
      ['"index":1', '"index":0'],
      ['"count":5', '"count":6'],
    ] as const) {
      const changed = JSON.parse(text.replace(from, to));
      expect(verifyDisclosure(entry, changed), to).toMatchObject({ code: 'BAD_DISCLOSURE' });
    }
    const leafChanged = entry.slice();
    leafChanged[leafChanged.length - 1] = (leafChanged[leafChanged.length - 1] ?? 0) ^ 1;
    const all = openGroups(event, eventHash, salts);
    expect(verifyDisclosure(leafChanged, all).ok).toBe(false);
    const twice = { ...all, groups: [...all.groups, ...all.groups] };
    expect(verifyDisclosure(entry, twice).ok).toBe(false);
  });

  it('keeps an error declaration visible when its text is withheld', () => {
    const declared: JsonObject = {
      ...event,
      errorDeclaration: { declarationTime: '2026-05-02T00:00:00Z', reason: 'did_not_occur' },
    };
    const leaf = createLeaf({ ...record, event: declared }, secret).entry;
    const verified = verifyDisclosure(leaf, openGroups(declared, eventHash, salts, { groups: [] }));
    expect(verified).toMatchObject({ ok: true, leaf: { isErrorDeclaration: true } });
    const lie = encodeLeaf({ ...decodeLeaf(leaf), isErrorDeclaration: false });
    expect(verifyDisclosure(lie, openGroups(declared, eventHash, salts)).ok).toBe(false);
  });

  it('holds for any event and any choice', () => {
    const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonObject[string]>;
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme' }), json, { maxKeys: 6 }),
        fc.array(json, { maxLength: 9 }),
        fc.nat(),
        (fields, things, pick) => {
          const any: JsonObject = { ...fields, epcList: things };
          const leaf = createLeaf({ ...record, event: any }, secret).entry;
          const all = verifyDisclosure(leaf, openGroups(any, eventHash, salts));
          expect(all).toMatchObject({ ok: true, complete: true });
          let seen = 0;
          const some = openGroups(any, eventHash, salts, {
            groups: ['what'],
            things: () => seen++ % 3 === pick % 3,
          });
          expect(verifyDisclosure(leaf, some).ok).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('canonical JSON', () => {
  it('follows RFC 8785', () => {
    // Examples of RFC 8785 §3.2.2 to §3.2.4.
    expect(
      canonicalJson(
        JSON.parse(
          '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
        ),
      ),
    ).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    expect(
      canonicalJson(
        JSON.parse(
          '{"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5,"\\u0080":6,"\\u00f6":7}',
        ),
      ),
    ).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
    expect(canonicalJson(-0)).toBe('0');
  });

  it('refuses what JSON has no word for', () => {
    expect(() => canonicalJson(Number.NaN)).toThrow();
    expect(() => canonicalJson('\ud800')).toThrow();
    expect(() => canonicalJson(JSON.parse('['.repeat(600) + ']'.repeat(600)))).toThrow();
  });
});
