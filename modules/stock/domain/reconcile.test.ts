import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Count,
  type Expected,
  hasMoved,
  isDifference,
  type Now,
  reconcile,
  type Seen,
} from './reconcile.ts';

const STATES = {
  core: ['received', 'graded', 'disputed', 'stocked', 'allocated'],
  component: ['found', 'cleaned', 'reuse', 'restore'],
  unit: ['finished', 'certified', 'available', 'reserved'],
} as const;

const subject = fc.constantFrom(...'abcdefghijkl');
const kind = fc.constantFrom('core', 'component', 'unit');
const place = fc.constantFrom(undefined, 'A-01', 'A-02');
const qty = fc.integer({ min: 1, max: 4 });
const maybe = <T>(x: fc.Arbitrary<T>) => fc.option(x, { nil: undefined });

const expected: fc.Arbitrary<Expected> = fc
  .tuple(subject, kind, place, qty, fc.nat(3))
  .map(([s, k, p, n, i]) => ({
    subject: s,
    kind: k,
    place: p,
    qty: n,
    state: STATES[k][i] ?? STATES[k][0],
  }));
const seen: fc.Arbitrary<Seen> = fc.record({
  subject,
  kind: maybe(kind),
  place,
  qty: maybe(qty),
  bookedQty: maybe(qty),
  bookedPlace: place,
});
const now: fc.Arbitrary<Now> = fc.record({
  state: fc.constantFrom(...STATES.core, ...STATES.component, ...STATES.unit),
  place,
  qty,
  isLot: fc.boolean(),
});
const bySubject = { selector: (x: { subject: string }) => x.subject };
const count: fc.Arbitrary<Count> = fc
  .tuple(
    fc.uniqueArray(expected, bySubject),
    fc.uniqueArray(seen, bySubject),
    fc.array(fc.tuple(subject, now)),
    fc.array(subject),
    fc.array(subject),
  )
  .map(([e, s, n, picked, missing]) => ({
    expected: e,
    seen: s,
    now: new Map(n),
    picked: new Set(picked),
    missingBefore: new Set(missing),
  }));

test('everything expected or scanned is in exactly one class, and nothing else is', () => {
  fc.assert(
    fc.property(count, (c) => {
      const classes = reconcile(c);
      const all = new Set([...c.expected, ...c.seen].map((x) => x.subject));
      expect(new Set(classes.keys())).toEqual(all);
      const scanned = new Set(c.seen.map((s) => s.subject));
      for (const [key, x] of classes) {
        // what was scanned is not missing; what was not is missing or moved
        expect(x === 'missing' || x === 'moved').toBe(!scanned.has(key));
      }
    }),
  );
});

test('only what stands in the books unmoved is missing; what left or was picked never is', () => {
  fc.assert(
    fc.property(count, (c) => {
      for (const [key, x] of reconcile(c)) {
        if (x !== 'missing') continue;
        expect(c.now.has(key)).toBe(true);
        expect(c.picked.has(key)).toBe(false);
      }
      const gone = reconcile({ ...c, now: new Map() });
      expect([...gone.values()]).not.toContain('missing');
    }),
  );
});

test('scanning a missing thing where it belongs makes it a match, and touches no other', () => {
  fc.assert(
    fc.property(count, (c) => {
      const before = reconcile({ ...c, missingBefore: new Set() });
      const lost = c.expected.find((e) => before.get(e.subject) === 'missing');
      const booked = lost && c.now.get(lost.subject);
      if (!lost || !booked) return;
      const scan: Seen = {
        ...{ subject: lost.subject, kind: lost.kind, place: booked.place },
        ...{ qty: booked.qty, bookedQty: booked.qty, bookedPlace: booked.place },
      };
      const after = reconcile({ ...c, seen: [...c.seen, scan], missingBefore: new Set() });
      expect(after.get(lost.subject)).toBe('match');
      before.delete(lost.subject);
      after.delete(lost.subject);
      expect(after).toEqual(before);
    }),
  );
});

test('the order of what was expected and scanned does not matter', () => {
  fc.assert(
    fc.property(count, (c) => {
      const turned = { ...c, expected: c.expected.toReversed(), seen: c.seen.toReversed() };
      expect(reconcile(turned)).toEqual(reconcile(c));
    }),
  );
});

test('a step in the books alone is no proof that a thing is there; work on it is', () => {
  const unit = { subject: 'u', kind: 'unit', state: 'available', qty: 1 } as const;
  const at = (state: string): Now => ({ state, qty: 1, isLot: false });
  expect(hasMoved(unit, at('reserved'), new Set())).toBe(false);
  expect(hasMoved(unit, at('reserved'), new Set(['u']))).toBe(true);
  expect(hasMoved(unit, undefined, new Set())).toBe(true);
  const lot = { subject: 'l', kind: 'component', state: 'found', qty: 4 } as const;
  expect(hasMoved(lot, { state: 'found', qty: 4, isLot: true }, new Set())).toBe(false);
  expect(hasMoved(lot, { state: 'found', qty: 3, isLot: true }, new Set())).toBe(true);
  expect(hasMoved(lot, { state: 'cleaned', qty: 4, isLot: true }, new Set())).toBe(true);
  expect(isDifference('moved')).toBe(false);
});
