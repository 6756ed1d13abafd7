import {
  createLeaf,
  type JsonObject,
  openGroups,
  saltsFrom,
  type VerifiedDisclosure,
  verifyDisclosure,
} from '@zaizao/tlog';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UnitView } from '../../production/contract.ts';
import { epcOfPath, keyPath, pagePath } from './address.ts';
import { cutFor } from './audience.ts';
import { linkOf, linksetOf } from './linkset.ts';
import { savingsOf } from './savings.ts';
import { stageOf } from './stage.ts';
import { flipByte } from './tamper.ts';

const OURS = 'https://id.gs1.org/01/09520000100018/21/S1';
const HASH = 'ni:///sha-256;00?ver=CBV2.0';

/** What a reader learns of an event after the cut, proved against its leaf. */
function shownOf(event: JsonObject): VerifiedDisclosure {
  const secret = new Uint8Array(32).fill(7);
  const record = { event, eventHash: HASH, recordTime: 't', eventID: 'e', organisation: 'o' };
  const whole = openGroups(event, HASH, saltsFrom(secret));
  const cut = cutFor('public', whole, event.bizStep, (thing) => thing === OURS);
  const verdict = verifyDisclosure(createLeaf(record, secret).entry, cut);
  if (!verdict.ok) throw new Error(verdict.reason);
  return verdict;
}

const SECRETS = ['zz:workOrder', 'zz:note', 'zz:priceFen', 'zz:supplier', 'acme:anything'];
const PLAIN = ['zz:grade', 'zz:massGram', 'zz:lifeNumber'];
const PLANT = ['receiving', 'inspecting', 'https://ns.zaizao.dev/BizStep-remanufacturing'];
const TRADE = ['shipping', 'retail_selling', 'installing', 'departing'];

const field = (names: string[]) =>
  fc.dictionary(fc.constantFrom(...names), fc.constantFrom('s3cret', 42), { maxKeys: 3 });

const event = fc.record({
  type: fc.constant('ObjectEvent'),
  action: fc.constant('OBSERVE'),
  eventTime: fc.constant('2026-03-02T08:00:00.000+08:00'),
  epcList: fc.constantFrom(
    [OURS],
    [OURS, 'https://id.gs1.org/8004/1X'],
    ['https://id.gs1.org/8004/1X'],
  ),
  bizStep: fc.constantFrom(...PLANT, ...TRADE),
  readPoint: fc.constant({ id: 'https://id.gs1.org/414/9520000100001' }),
  bizTransactionList: fc.constantFrom(
    [{ type: 'po', bizTransaction: 'urn:zaizao:order:1' }],
    [{ type: 'testres', bizTransaction: 'urn:zaizao:test:1' }],
  ),
  secret: field(SECRETS),
  plain: field(PLAIN),
});

describe('the public part of an event', () => {
  test('never tells what is not named public, whatever the event holds', () => {
    fc.assert(
      fc.property(event, ({ secret, plain, ...rest }) => {
        const whole: JsonObject = { ...rest, ...secret, ...plain };
        const { event: shown, complete, eventHash } = shownOf(whole);
        for (const name of SECRETS) expect(shown).not.toHaveProperty([name]);
        for (const name of Object.keys(plain)) expect(shown).toHaveProperty([name]);
        expect(((shown.epcList ?? []) as string[]).filter((thing) => thing !== OURS)).toEqual([]);
        if (TRADE.includes(rest.bizStep)) expect(shown).not.toHaveProperty('readPoint');
        expect(JSON.stringify(shown)).not.toContain('urn:zaizao:order');
        // the hash shows only beside the whole event: else withheld fields could be guessed
        expect(eventHash === HASH).toBe(complete);
      }),
    );
  });

  test('is the whole event when there is nothing to withhold', () => {
    const { complete, eventHash } = shownOf({
      type: 'ObjectEvent',
      action: 'OBSERVE',
      eventTime: '2026-03-02T08:00:00.000+08:00',
      epcList: [OURS],
      bizStep: 'inspecting',
      bizTransactionList: [{ type: 'testres', bizTransaction: 'urn:zaizao:test:1' }],
      'zz:verdict': 'pass',
    });
    expect([complete, eventHash]).toEqual([true, HASH]);
  });
});

test('every state of a unit has its stage', () => {
  for (const state of UnitView.shape.state.options) expect(stageOf(state)).toBeTruthy();
  expect(() => stageOf('lost')).toThrow();
});

test('addresses: any spelling of a key has one page', () => {
  expect(keyPath('urn:epc:id:sgtin:952000.0010001.S1')).toBe('/01/09520000100018/21/S1');
  expect(pagePath(OURS)).toBe('/passport/01/09520000100018/21/S1');
  expect(pagePath('https://id.gs1.org/8004/952000001C1')).toBe('/passport/8004/952000001C1');
  expect(pagePath('urn:uuid:1')).toBe('/passport?epc=urn%3Auuid%3A1');
  expect(epcOfPath('/01/09520000100018/21/S1')).toBe(OURS);
});

test('links: the default and each type that exists', () => {
  const resolved = {
    publicUrl: 'https://p.example',
    keyPath: '/01/09520000100018/21/S1',
    pagePath: '/passport/01/09520000100018/21/S1',
    epc: OURS,
  };
  const page = 'https://p.example/passport/01/09520000100018/21/S1';
  expect(linkOf(resolved, 'gs1:pip')).toBe(page);
  expect(linkOf(resolved, 'https://gs1.org/voc/defaultLink')).toBe(page);
  expect(linkOf(resolved, 'gs1:certificationInfo')).toBeUndefined();
  expect(linkOf(resolved, 'constructor')).toBeUndefined();
  expect(linksetOf(resolved)).toMatchObject({
    linkset: [{ anchor: 'https://p.example/01/09520000100018/21/S1' }],
  });
});

test('savings: measured mass always, rules of thumb of the family and so called', () => {
  expect(savingsOf('engine', 900).map((s) => [s.kind, s.evidence])).toEqual([['mass', 'measured']]);
  const rules = savingsOf('alternator', 900).filter((s) => s.evidence === 'rule-of-thumb');
  expect(rules.map((s) => `${s.value} ${s.unit}`)).toEqual([
    '15 kWh',
    '4.5 kgCO2e',
    '50 %',
    '70 %',
  ]);
});

test('flipping a byte changes exactly one character', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme-ascii' }), fc.nat(), (text, n) => {
      const flipped = flipByte(text, n % text.length);
      expect(flipped).toHaveLength(text.length);
      expect([...flipped].filter((ch, i) => ch !== text[i])).toHaveLength(1);
    }),
  );
});
