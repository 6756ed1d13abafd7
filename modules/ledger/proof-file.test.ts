/** The proof of one event as a file: made, fetched over HTTP, checked with nothing else, and any byte of it changed. */
import { type EpcisEvent, eventHash } from '@zaizao/epcis';
import { unwrap } from '@zaizao/platform/kernel';
import type { TestApp, TestOrg } from '@zaizao/platform/testkit';
import {
  kOfN,
  openCheckpoint,
  parseTlogProof,
  parseVerifierKey,
  signingKey,
  utf8,
} from '@zaizao/tlog';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getProofFile, getWitnesses } from './contract.ts';
import { checkProofFile, flushLog, proofFileOf, record, rotateKey } from './index.ts';
import { giai, inOrg, ledgerApp, receiving } from './testing.ts';

let t: TestApp;
let plant: TestOrg;
let eventId: string;
let file: string;
const hashEvent = (event: object) => eventHash(event as EpcisEvent); // a logged event was validated
beforeAll(async () => {
  t = await ledgerApp();
  plant = await t.org('证明');
  await inOrg(t.app, plant.ref, (ctx) => record(ctx, [receiving(giai('P0'))]));
  await flushLog(t.app);
  await rotateKey(t.app); // the file then carries how the key changed
  const made = await inOrg(t.app, plant.ref, async (ctx) =>
    unwrap(await record(ctx, [receiving(giai('P1')), receiving(giai('P2'))])),
  );
  await flushLog(t.app);
  eventId = made[0]?.eventId ?? '';
  file = (await proofFileOf(t.app, eventId)) ?? '';
});
afterAll(() => t.stop());

test('is checked with nothing but its bytes and the key of the log', async () => {
  const owner = await plant.as('owner');
  const [first] = (await owner.ok(getWitnesses)).keys;
  const verdict = checkProofFile(file, { hashEvent, trustedLogKeys: [first?.verifierKey ?? ''] });
  expect(verdict.checks.filter((c) => !c.ok || c.skipped)).toEqual([]);
  expect(verdict.event).toMatchObject({ eventID: eventId, bizStep: 'receiving' });
  // Without a key to compare, that is said; with another one, it is refused.
  expect(
    checkProofFile(file, {})
      .checks.filter((c) => c.skipped)
      .map((c) => c.id),
  ).toEqual(['trust', 'event-hash']);
  const other = signingKey('other.example/log');
  expect(checkProofFile(file, { policy: kOfN([other], 0, []) }).failed?.id).toBe('trust');
  expect(checkProofFile(file, { hashEvent: () => 'ni:///sha-256;00' }).failed?.id).toBe(
    'event-hash',
  );
});

test('is the same over HTTP, and its bare form is a C2SP tlog-proof', async () => {
  const reader = await plant.as('reader');
  const call = { params: { eventId } };
  expect((await reader.call(getProofFile, call)).bytes.toString()).toBe(file);
  const bare = (
    await reader.call(getProofFile, { ...call, query: { form: 'tlog' } })
  ).bytes.toString();
  const { checkpoint } = parseTlogProof(bare);
  const keys = (await reader.ok(getWitnesses)).keys.map((k) => k.verifierKey);
  expect(openCheckpoint(checkpoint, keys.map(parseVerifierKey))).toMatchObject({ ok: true });
  expect(checkProofFile(bare, { trustedLogKeys: keys })).toMatchObject({ ok: true });
  expect(checkProofFile(bare, {}).failed).toMatchObject({ id: 'checkpoint' });
  const stranger = await (await t.org('外人')).as('owner');
  expect(await stranger.refused(getProofFile, call)).toBe('LEDGER_EVENT_NOT_FOUND');
  expect(await proofFileOf(t.app, 'urn:uuid:none')).toBeUndefined();
});

test('with any byte changed it fails, in the file and in the bare form', async () => {
  const reader = await plant.as('reader');
  const keys = (await reader.ok(getWitnesses)).keys.map((k) => k.verifierKey);
  const bare = (
    await reader.call(getProofFile, { params: { eventId }, query: { form: 'tlog' } })
  ).bytes.toString();
  const named = new Set<string>();
  for (const [text, options] of [
    [file, { hashEvent }],
    [bare, { trustedLogKeys: keys }],
  ] as const) {
    const bytes = utf8(text);
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      const verdict = checkProofFile(new TextDecoder().decode(changed), options);
      expect(verdict.ok, `byte ${at} of ${bytes.length}`).toBe(false);
      expect(verdict.event).toBeUndefined();
      named.add(verdict.failed?.id ?? '');
    }
    expect(checkProofFile(text.slice(0, -1), options).ok).toBe(false);
    expect(checkProofFile(`${text}\n`, options).ok).toBe(false);
  }
  expect([...named].sort()).toEqual(['checkpoint', 'disclosure', 'format', 'inclusion', 'trust']);
}, 120_000);
