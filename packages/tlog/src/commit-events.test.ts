import { hash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commitEvents, type ToCommit } from './commit-events.ts';
import { commitEvent } from './create-leaf.ts';
import type { JsonObject } from './json.ts';
import { LaneHasher, LONGEST } from './lane-hasher.ts';

const field = fc.constantFrom(
  ...['type', 'action', 'eventTime', 'bizStep', 'epcList', 'childEPCs', 'readPoint', 'ilmd'],
  ...[
    'eventID',
    'recordTime',
    'errorDeclaration',
    'quantityList',
    'ext:a',
    'zz:ä',
    'a',
    'wh',
    '__proto__',
  ],
);
const value = fc.oneof(
  fc.string({ maxLength: 400, unit: 'grapheme' }),
  fc.array(fc.string({ maxLength: 90 }), { maxLength: 6 }),
  fc.jsonValue({ maxDepth: 2 }),
);
const event = fc.dictionary(field, value, { maxKeys: 12 });

function sameAsOneByOne(events: readonly ToCommit[]): void {
  const { bytes, ends } = commitEvents(events);
  const expected = events.map(({ event, context, eventHash, secret }) =>
    commitEvent({ ...event, '@context': context }, eventHash, secret),
  );
  expect(
    ends.map((end, i) => Buffer.from(bytes.subarray(ends[i - 1] ?? 0, end)).toString('hex')),
  ).toEqual(expected.map((groups) => Buffer.from(groups).toString('hex')));
}

const toCommit = (event: unknown, i: number): ToCommit => ({
  event: JSON.parse(JSON.stringify(event)) as JsonObject,
  context: i % 5 === 4 ? ['https://a.example', { zz: 'https://z.example/ü' }] : 'https://a.example',
  eventHash: `ni:///sha-256;${hash('sha256', String(i))}?ver=CBV2.0`,
  secret: randomBytes(32),
});

test('commits to many events as to each of them', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      sameAsOneByOne(events.map(toCommit));
    }),
    { numRuns: 60 },
  );
});

test('large events and lists come between small ones', () => {
  const list = (count: number) => ({
    epcList: Array.from({ length: count }, (_, i) => `urn:x:${i}`),
  });
  const wide = Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`x:${'n'.repeat(i)}`, i]));
  const events = [
    list(1),
    list(0),
    list(300),
    { type: 'a' },
    wide,
    list(5),
    { 'x:é': 'é'.repeat(300) },
  ];
  sameAsOneByOne([...events, ...events, ...events].map(toCommit));
});

test('lanes hash as SHA-256 does, whatever the lengths', () => {
  const hasher = LaneHasher.shared();
  if (!hasher) throw new Error('this Node has no vectors');
  const messages = Array.from({ length: 2 * LONGEST }, (_, i) => randomBytes(i % (LONGEST + 1)));
  for (const [i, message] of messages.entries()) {
    hasher.memory.set(message, hasher.slot);
    hasher.hash(message.length, hasher.free + 32 * i);
  }
  hasher.flush();
  for (const [i, message] of messages.entries()) {
    const digest = hasher.memory.subarray(hasher.free + 32 * i, hasher.free + 32 * i + 32);
    expect(Buffer.from(digest).toString('hex')).toBe(hash('sha256', message));
  }
});
