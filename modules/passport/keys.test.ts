/** Keys: kept by the installation or by the organisation, replaced, taken back; all of it in the log. */

import {
  addProof,
  didResolver,
  eddsaJcs2022,
  encodePublicKey,
  keyPair,
  signJwt,
  verifyCredential,
} from '@zaizao/credential';
import { eddsaRdfc2022 } from '@zaizao/credential/rdfc';
import type { Actor } from '@zaizao/platform/testkit';
import type { JsonObject } from '@zaizao/tlog';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { born } from '../production/testing-floor.ts';
import type { Plant } from '../testing-plant.ts';
import * as c from './contract.ts';
import { PINNED_CONTEXTS } from './domain/contexts.ts';
import { registrationSignature, verifyPassport } from './index.ts';
import { assembled, certifiedOf, settle, startPassportPlant } from './testing-unit.ts';

let p: Plant;
let anonymous: Actor;
let unit: { id: string; epc: string; serial: string };
const own = keyPair(new Uint8Array(32).fill(42));

beforeAll(async () => {
  p = await startPassportPlant();
  anonymous = p.app.anonymous;
  unit = await certifiedOf(p, await assembled(p));
}, 180_000);
afterAll(() => p.app.stop());

const query = () => ({ query: { epc: unit.epc } });
const passport = () => anonymous.ok(c.getPassport, query());
const issuer = () => p.owner.ok(c.getIssuer);

async function bundle(): Promise<string> {
  const reply = await anonymous.call(c.getBundle, query());
  expect(reply.status, reply.bytes.toString('utf8').slice(0, 300)).toBe(200);
  return reply.bytes.toString('utf8');
}

const verify = (text: string) => verifyPassport(text, { now: p.app.clock.now() });

/** Publishes again, so that there is something new to sign. */
async function again() {
  const { credential } = await passport();
  if (credential && !credential.revokedAt) {
    const params = { credentialId: credential.id };
    await p.owner.ok(c.revokeCredential, { params, body: { reason: '重新签发' } });
  }
  await p.owner.ok(c.publishPassport, { params: { unitId: unit.id } });
  await settle(p);
}

async function registration(key = own) {
  const { did } = await issuer();
  const publicKey = encodePublicKey(key.publicKey);
  return { name: '总部密钥', publicKey, signature: registrationSignature(did, key) };
}

/** Signs everything that waits, as `passport sign` does. */
async function signAll(key = own): Promise<string[]> {
  const rdfc = eddsaRdfc2022(PINNED_CONTEXTS);
  const signed: string[] = [];
  for (;;) {
    const [next] = (await p.owner.ok(c.listUnsigned)).items;
    if (!next) break;
    const { id, kind, method, document } = next;
    const content = document as JsonObject;
    const options = { verificationMethod: method, created: p.app.clock.now().toISOString() };
    const body = {
      signed: await addProof(content, eddsaJcs2022, key, options),
      ...(kind === 'status-list'
        ? {}
        : {
            rdfc: await addProof(content, rdfc, key, options),
            jwt: signJwt(content, key, method),
          }),
    };
    await p.owner.ok(c.handInSignature, { params: { documentId: id }, body });
    signed.push(kind);
  }
  await settle(p);
  return signed;
}

describe('a key that the installation keeps', () => {
  test('is in the log from its first day, and its history travels with every passport', async () => {
    const { keys } = await issuer();
    expect(keys).toMatchObject([{ custody: 'server', signed: 2 }]);
    const verdict = await verify(await bundle());
    expect(verdict.checks.find((x) => x.id === 'key-history')).toMatchObject({
      ok: true,
      skipped: false,
    });
    const states = verdict.events.map((e) => e.event['zz:keyState']).filter((s) => s !== undefined);
    expect(states).toEqual(['made']);
  });

  test('replaced: what it signed stays good, and its history says so', async () => {
    const old = await bundle();
    await p.owner.ok(c.rotateKey);
    await settle(p);
    expect((await verify(old)).failed).toBeNull();
    const verdict = await verify(await bundle());
    expect(verdict.failed).toBeNull();
    const states = verdict.events.map((e) => e.event['zz:keyState']).filter((s) => s !== undefined);
    expect(states).toEqual(['made', 'retired']);
  });

  test('taken back: signed before stays good, signed since is signed anew, a forger gains nothing', async () => {
    p.app.clock.advance(3_600_000);
    await again();
    const before = await bundle();
    const stolen = (await issuer()).keys.find((k) => !k.retiredAt);
    p.app.clock.advance(3_600_000);
    const from = p.app.clock.now().toISOString();
    p.app.clock.advance(3_600_000);
    await again();
    const since = await bundle();
    const params = { fragment: stolen?.fragment ?? '' };
    const body = { reason: '电脑失窃', from };
    const assembler = await p.org.as('assembler');
    expect(await assembler.refused(c.revokeKey, { params, body })).toBe('PERMISSION_DENIED');
    const early = { params, body: { reason: 'x', from: '2020-01-01T00:00:00.000Z' } };
    expect(await p.owner.refused(c.revokeKey, early)).toBe('PASSPORT_KEY_TIME_WRONG');
    const after = await p.owner.ok(c.revokeKey, { params, body });
    await settle(p);
    expect(after.keys.find((k) => k.fragment === params.fragment)).toMatchObject({
      revokedFrom: from,
      revokedFor: '电脑失窃',
    });
    expect(await p.owner.refused(c.revokeKey, { params, body })).toBe('PASSPORT_KEY_REVOKED');
    // What is published now is signed by the new key.
    const fresh = await bundle();
    expect((await verify(fresh)).failed).toBeNull();
    expect(fresh).toContain(after.keys.find((k) => !k.retiredAt)?.id);
    expect((await passport()).credential?.revokedAt).toBeUndefined();

    // Today's history of the key beside a credential of each time.
    const parts = (text: string) => JSON.parse(text) as Record<string, JsonObject[]>;
    const today = parts(await bundleWithOldCredential());
    expect(today.histories?.some((h) => String(h.thing).includes(params.fragment))).toBe(true);
    const [old, late] = [parts(before), parts(since)];
    const mix = (credential: unknown) =>
      JSON.stringify(sorted({ ...today, credential: credential as JsonObject }));
    const kept = await verify(mix(old.credential));
    const lost = await verify(mix(late.credential));
    // The old one is superseded by now, so only its list speaks against it, not its key.
    expect(kept.checks.find((x) => x.id === 'credential')?.ok).toBe(true);
    expect([kept.failed?.id, lost.failed?.id]).toEqual(['status', 'status']);
    const unlisted = (text: string) =>
      text.replace(/"statusLists":\[.*?\],"thing"/, '"statusLists":[],"thing"');
    expect((await verify(noIdleKeys(unlisted(mix(old.credential))))).failed).toBeNull();
    expect((await verify(noIdleKeys(unlisted(mix(late.credential))))).failed?.id).toBe(
      'key-history',
    );
  }, 60_000);

  test('is refused by the DID document once it is revoked', async () => {
    const { did, keys } = await issuer();
    const reply = await p.app.running.server.inject({
      url: `/did/${did.split(':').at(-1)}/did.json`,
    });
    const document = reply.json();
    const revoked = keys.filter((k) => k.revokedFrom);
    expect(revoked).toHaveLength(1);
    const resolve = didResolver([document]);
    expect(resolve(revoked[0]?.id ?? '', 'assertionMethod')).toBeNull();
    for (const key of keys.filter((k) => !k.revokedFrom)) {
      expect(resolve(key.id, 'assertionMethod')).not.toBeNull();
    }
  });
});

/** The bundle of now, with the history of the revoked key: its credential is put in by the caller. */
async function bundleWithOldCredential(): Promise<string> {
  const { openLog, thingEntries } = await import('../ledger/index.ts');
  const { createBundle, encodeBundle } = await import('@zaizao/credential');
  const { transact } = await import('@zaizao/platform/db');
  const { TileTree, decodeLeaf, isEventLeaf } = await import('@zaizao/tlog');
  const repo = await import('./repo.ts');
  const { openingsOf } = await import('./service/bundle.ts');
  const { keys } = await issuer();
  const key = keys.find((k) => k.revokedFrom);
  const base = JSON.parse(await bundle()) as { credential: JsonObject };
  const { app } = p.app;
  return transact(app.db, { kind: 'public' }, async (tx) => {
    const ctx = {
      ...{ app, tx, principal: { kind: 'anonymous' } as const, lang: 'zh' as const },
      ...{ requestId: 'req', clock: app.clock, now: app.clock.now() },
    };
    const log = await openLog(tx, app);
    if (!log) throw new Error('no log');
    const tree = new TileTree(log.tiles, log.size);
    const row = await repo.publicPassport(ctx, unit.epc);
    if (!row || !key) throw new Error('no passport');
    const shown = openingsOf([
      ...(await repo.publicDisclosures(ctx, row)),
      ...(await repo.publicKeyDisclosures(ctx, row.org_id, key.fragment)),
    ]);
    const histories = [];
    const disclosures = new Map();
    for (const thing of [unit.epc, key.id]) {
      const entries = await thingEntries(tx, thing, log.size);
      histories.push({ thing, entries });
      for (const { index } of entries) {
        const entry = await tree.entry(index);
        if (!isEventLeaf(entry)) continue;
        const { eventID, recordTime } = decodeLeaf(entry);
        const opened = shown.get(`${eventID} ${recordTime}`);
        if (opened) disclosures.set(index, opened);
      }
    }
    return encodeBundle(
      await createBundle({
        thing: unit.epc,
        credential: base.credential,
        issuerKeys: [
          { id: key.id, controller: key.id.split('#')[0] ?? '', publicKeyMultibase: key.publicKey },
          ...(base as unknown as { issuerKeys: never[] }).issuerKeys,
        ],
        statusLists: (base as unknown as { statusLists: never[] }).statusLists,
        ...{ logKey: log.logKey, logKeyChanges: log.keyChanges, witnessKeys: log.witnessKeys },
        ...{ checkpoint: log.checkpoint, tiles: log.tiles, map: log.map, histories, disclosures },
      }),
    );
  });
}

/** Drops the key that signs nothing once the status list is gone. */
function noIdleKeys(text: string): string {
  const parsed = JSON.parse(text) as { issuerKeys: { id: string }[]; credential: JsonObject };
  const { verificationMethod } = parsed.credential.proof as { verificationMethod: string };
  const issuerKeys = parsed.issuerKeys.filter(({ id }) => id === verificationMethod);
  return JSON.stringify(sorted({ ...parsed, issuerKeys }));
}

/** Object members in the order of canonical JSON. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
}

describe('a key that the organisation keeps itself', () => {
  test('is registered by who holds it only', async () => {
    const body = await registration();
    const other = { ...body, publicKey: encodePublicKey(keyPair().publicKey) };
    expect(await p.owner.refused(c.registerKey, { body: other })).toBe('PASSPORT_KEY_NOT_HELD');
    const after = await p.owner.ok(c.registerKey, { body });
    expect(after.keys.find((k) => !k.retiredAt)).toMatchObject({
      custody: 'own',
      name: '总部密钥',
      signed: 0,
    });
    expect(await p.owner.refused(c.registerKey, { body })).toBe('PASSPORT_KEY_KNOWN');
  });

  test('signs outside: documents wait, and nothing changes until they are signed', async () => {
    const before = await passport();
    const { credential } = before;
    await p.owner.ok(c.revokeCredential, {
      params: { credentialId: credential?.id ?? '' },
      body: { reason: '重新签发' },
    });
    await p.owner.ok(c.publishPassport, { params: { unitId: unit.id } });
    await settle(p);
    expect((await passport()).credential?.revokedFor).toBe('重新签发');
    const waiting = (await p.owner.ok(c.listUnsigned)).items;
    expect(waiting.map((w) => w.kind).sort()).toEqual(['passport', 'status-list']);
    expect((await issuer()).unsigned).toBe(2);

    // Not by another key, not with another content.
    const doc = waiting.find((w) => w.kind === 'passport');
    const options = { verificationMethod: doc?.method ?? '', created: '2026-03-02T00:00:00Z' };
    const content = doc?.document as JsonObject;
    const params = { documentId: doc?.id ?? '' };
    const handIn = async (document: JsonObject, key = own) =>
      p.owner.refused(c.handInSignature, {
        params,
        body: { signed: await addProof(document, eddsaJcs2022, key, options) },
      });
    expect(await handIn(content, keyPair())).toBe('PASSPORT_SIGNATURE_WRONG');
    expect(await handIn({ ...content, name: 'better' })).toBe('PASSPORT_SIGNATURE_WRONG');

    expect((await signAll()).sort()).toEqual(['passport', 'status-list']);
    expect((await passport()).credential?.revokedAt).toBeUndefined();
    const verdict = await verify(await bundle());
    expect(verdict.failed).toBeNull();
    expect(verdict.checks.filter((x) => x.skipped).map((x) => x.id)).toEqual(['issuer-trust']);
    expect(await p.owner.refused(c.handInSignature, { params, body: { signed: {} } })).toBe(
      'PASSPORT_UNSIGNED_NOT_FOUND',
    );
  });

  test('brings every form itself; what it did not sign the server cannot make', async () => {
    const { credential } = await passport();
    const url = `/api/v1/passport/credentials/${credential?.id}`;
    const { did } = await issuer();
    const document = (
      await p.app.running.server.inject({ url: `/did/${did.split(':').at(-1)}/did.json` })
    ).json();
    const suites = [eddsaJcs2022, eddsaRdfc2022(PINNED_CONTEXTS)];
    const checks = { suites, resolve: didResolver([document]), now: p.app.clock.now() };
    for (const form of c.CREDENTIAL_FORMS) {
      const reply = await p.app.running.server.inject({ url: `${url}?form=${form}` });
      const signed = form === 'jwt' ? reply.body : (reply.json() as JsonObject);
      expect(await verifyCredential(signed, checks)).toMatchObject({ ok: true });
    }
    expect(await anonymous.refused(c.getTraceability, query())).toBe('PASSPORT_FORM_UNAVAILABLE');
  });

  test('taken back, the installation signs again, what waited included', async () => {
    await p.owner.ok(c.revokeCredential, {
      params: { credentialId: (await passport()).credential?.id ?? '' },
      body: { reason: '再签' },
    });
    await p.owner.ok(c.publishPassport, { params: { unitId: unit.id } });
    expect((await issuer()).unsigned).toBeGreaterThan(0);
    const key = (await issuer()).keys.find((k) => k.custody === 'own');
    p.app.clock.advance(1000);
    await p.owner.ok(c.revokeKey, {
      params: { fragment: key?.fragment ?? '' },
      body: { reason: '不再自管' },
    });
    await settle(p);
    const { keys, unsigned } = await issuer();
    expect(unsigned).toBe(0);
    expect(keys.find((k) => !k.retiredAt)?.custody).toBe('server');
    expect((await verify(await bundle())).failed).toBeNull();
  });

  test('another organisation sees and signs nothing of it', async () => {
    const stranger = await (await p.app.org('别家')).as('owner');
    expect((await stranger.ok(c.listUnsigned)).items).toEqual([]);
    const made = await born(p);
    await settle(p);
    const params = { unitId: made.id };
    expect(await stranger.refused(c.publishPassport, { params })).toBe('UNIT_NOT_FOUND');
    const revoke = { params: { fragment: 'knone' }, body: { reason: 'x' } };
    expect(await stranger.refused(c.revokeKey, revoke)).toBe('PASSPORT_KEY_NOT_FOUND');
  });
});
