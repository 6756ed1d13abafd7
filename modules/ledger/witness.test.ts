/** Two installations, each with its own server and log, that witness each other over HTTP. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { transact } from '@zaizao/platform/db';
import { unwrap } from '@zaizao/platform/kernel';
import type { Actor, TestApp, TestOrg } from '@zaizao/platform/testkit';
import {
  appendEntries,
  checkPolicy,
  encodeAddCheckpoint,
  encodeSigningKey,
  encodeVerifierKey,
  fromBase64,
  hashLeaf,
  kOfN,
  memoryTileStore,
  openCheckpoint,
  parsePolicy,
  parseSigningKey,
  parseTlogProof,
  parseVerifierKey,
  SIGNATURE_TYPE,
  sha256,
  signCheckpoint,
  signingKey,
  type TileStore,
  TileTree,
  tilePath,
  tilesOf,
  toHex,
  utf8,
  verifyConsistency,
  verifyInclusion,
} from '@zaizao/tlog';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addWitness,
  getEvent,
  getWitnesses,
  listEvents,
  removeWitness,
  rotateLogKey,
  setLogPolicy,
  watchLog,
} from './contract.ts';
import { askWitnesses, flushLog, openLog, record, rotateKey, verifyLedger } from './index.ts';
import { writeDurably } from './log/keys.ts';
import { giai, inOrg, ledgerApp, receiving } from './testing.ts';

interface Side {
  t: TestApp;
  org: TestOrg;
  owner: Actor;
  url: string;
}

async function side(name: string): Promise<Side> {
  const t = await ledgerApp();
  // Both have the address of all tests; logs and witnesses are told apart by the names of their keys.
  const log = signingKey(`${name}.example/log`);
  const witness = signingKey(`${name}.example/witness`, SIGNATURE_TYPE.cosignatureV1);
  const keys = join(t.app.config.home, 'keys');
  writeDurably(join(keys, 'log.key'), `${encodeSigningKey(log)}\n`);
  writeDurably(join(keys, 'witness.key'), `${encodeSigningKey(witness)}\n`);
  const org = await t.org(name);
  const url = await t.running.server.listen({ port: 0, host: '127.0.0.1' });
  return { t, org, owner: await org.as('owner'), url };
}

let a: Side;
let b: Side;
let n = 0;
beforeAll(async () => {
  [a, b] = [await side('a'), await side('b')];
});
afterAll(async () => {
  await a.t.stop();
  await b.t.stop();
});

async function grow({ t, org }: Side): Promise<void> {
  unwrap(await inOrg(t.app, org.ref, (ctx) => record(ctx, [receiving(giai(`W${n++}`))])));
  await flushLog(t.app);
}

const get = async ({ url }: Side, path: string) => {
  const reply = await fetch(`${url}${path}`);
  return { status: reply.status, headers: reply.headers, text: await reply.text() };
};
const view = ({ owner }: Side) => owner.ok(getWitnesses);

describe('two servers', () => {
  test('cosign each other’s checkpoints', async () => {
    const keys = { a: await view(a), b: await view(b) };
    expect(keys.a.mayManage).toBe(true);
    const logKey = (v: typeof keys.a) => v.keys.at(-1)?.verifierKey ?? '';
    // Nobody has named the other's log yet.
    await a.owner.ok(addWitness, {
      body: { verifierKey: keys.b.own.verifierKey, url: `${b.url}/witness` },
    });
    await grow(a);
    await askWitnesses(a.t.app);
    expect((await view(a)).witnesses).toMatchObject([
      { failure: expect.stringContaining('404'), isAlarm: false },
    ]);
    await b.owner.ok(watchLog, { body: { verifierKeys: [logKey(keys.a)] } });
    await a.owner.ok(watchLog, { body: { verifierKeys: [logKey(keys.b)] } });
    await b.owner.ok(addWitness, {
      body: { verifierKey: keys.a.own.verifierKey, url: `${a.url}/witness` },
    });
    await a.owner.ok(setLogPolicy, { body: { quorum: 1 } });
    await b.owner.ok(setLogPolicy, { body: { quorum: 1 } });
    for (let round = 0; round < 3; round++) {
      for (const s of [a, b]) {
        await grow(s);
        await askWitnesses(s.t.app);
      }
    }
    for (const [s, log, witness] of [
      [a, keys.a, keys.b],
      [b, keys.b, keys.a],
    ] as const) {
      const checkpoint = (await get(s, '/log/checkpoint')).text;
      const policy = kOfN([parseVerifierKey(logKey(log))], 1, [
        parseVerifierKey(witness.own.verifierKey),
      ]);
      expect(checkPolicy(checkpoint, policy)).toMatchObject({ ok: true });
      expect(
        checkPolicy(checkpoint, parsePolicy((await get(s, '/log/policy')).text)),
      ).toMatchObject({ ok: true });
      const seen = await view(s);
      expect(seen.shown).toBe(seen.signed);
      expect(seen.witnesses).toMatchObject([{ seen: seen.signed, isAlarm: false }]);
      expect(seen.own.logs).toHaveLength(1);
      expect(seen.own.logs[0]?.size).toBeGreaterThan(0);
    }
  });

  test('a proof carries the cosignature, and openLog gives what a bundle needs', async () => {
    const [event] = (await a.owner.ok(listEvents)).items;
    const { proof } = await a.owner.ok(getEvent, { params: { eventId: event?.eventId ?? '' } });
    expect(proof?.witnessKeys).toEqual([(await view(b)).own.verifierKey]);
    const log = await transact(a.t.app.db, { kind: 'public' }, (tx) => openLog(tx, a.t.app));
    expect(log?.witnessKeys).toHaveLength(1);
    expect(log?.checkpoint.match(/\n— /g)).toHaveLength(2);
  });

  test('while the witness is away the plant goes on, and what the world is shown waits', async () => {
    const before = await view(a);
    const gone = `http://127.0.0.1:1/witness`;
    await a.owner.ok(addWitness, {
      body: { verifierKey: before.witnesses[0]?.verifierKey ?? '', url: gone },
    });
    await grow(a);
    await askWitnesses(a.t.app);
    const away = await view(a);
    expect(away.signed).toBeGreaterThan(before.signed);
    expect(away.shown).toBe(before.shown);
    expect(away.waitingSince).toBeDefined();
    expect(away.witnesses[0]?.failure).toContain('does not answer');
    const shown = openCheckpoint((await get(a, '/log/checkpoint')).text, [
      parseVerifierKey(away.keys[0]?.verifierKey ?? ''),
    ]);
    expect(shown).toMatchObject({ ok: true, checkpoint: { size: before.shown } });
    // An event that waits for witnesses is proved under the newest signed head, without them.
    const [event] = (await a.owner.ok(listEvents)).items;
    expect(
      (await a.owner.ok(getEvent, { params: { eventId: event?.eventId ?? '' } })).proof
        ?.witnessKeys,
    ).toEqual([]);
    // After the time that the policy allows it is shown without them, and that is said.
    await a.owner.ok(setLogPolicy, { body: { quorum: 1, waitMinutes: 10 } });
    await askWitnesses(a.t.app);
    expect((await view(a)).shown).toBe(before.shown);
    a.t.clock.advance(11 * 60_000);
    await askWitnesses(a.t.app);
    expect(await view(a)).toMatchObject({ shown: away.signed, isQuorumMet: false, shownWith: 0 });
    // It comes back, and signs the same head.
    await a.owner.ok(addWitness, {
      body: { verifierKey: before.witnesses[0]?.verifierKey ?? '', url: `${b.url}/witness` },
    });
    await askWitnesses(a.t.app);
    expect(await view(a)).toMatchObject({ shown: away.signed, isQuorumMet: true, shownWith: 1 });
  });

  test('answers each fault as the specification says', async () => {
    const { own, keys } = await view(a);
    const submit = async (body: string) => {
      const reply = await fetch(`${b.url}/witness/add-checkpoint`, { method: 'POST', body });
      return {
        status: reply.status,
        type: reply.headers.get('content-type'),
        text: await reply.text(),
      };
    };
    const checkpoint = (await get(a, '/log/checkpoint')).text;
    const size = (await view(b)).own.logs[0]?.size ?? 0;
    expect(await submit(encodeAddCheckpoint({ oldSize: 0, proof: [], checkpoint }))).toEqual({
      ...{ status: 409, type: 'text/x.tlog.size', text: `${size}\n` },
    });
    expect((await submit('old x\n\n')).status).toBe(400);
    const stranger = signingKey('c.example/log');
    const empty = { size: 1, root: new Uint8Array(32) };
    expect(
      (
        await submit(
          encodeAddCheckpoint({
            oldSize: 0,
            proof: [],
            checkpoint: signCheckpoint(empty, stranger),
          }),
        )
      ).status,
    ).toBe(404);
    const impostor = signingKey(parseVerifierKey(keys[0]?.verifierKey ?? '').name);
    expect(
      (
        await submit(
          encodeAddCheckpoint({
            oldSize: 0,
            proof: [],
            checkpoint: signCheckpoint(empty, impostor),
          }),
        )
      ).status,
    ).toBe(403);
    // The log's own key, signing another history: what its thief would do.
    const stolen = parseSigningKey(
      readFileSync(join(a.t.app.config.home, 'keys', 'log.key'), 'utf8').trim(),
    );
    const fork = memoryTileStore();
    const root = await appendEntries(
      fork,
      0,
      Array.from({ length: size + 3 }, (_, i) => utf8(`f${i}`)),
    );
    const proof = await new TileTree(fork, size + 3).consistencyProof(size);
    const forked = signCheckpoint({ size: size + 3, root }, stolen);
    expect(
      (await submit(encodeAddCheckpoint({ oldSize: size, proof, checkpoint: forked }))).status,
    ).toBe(422);
    const seen = await get(b, `/witness/${toHex(sha256(utf8(stolen.name)))}/checkpoint`);
    expect(openCheckpoint(seen.text, [stolen])).toMatchObject({ ok: true, checkpoint: { size } });
    expect(own.verifierKey).toBe((await get(a, '/witness/key')).text.trim());
  });

  test('a witness set back to an older database does not cosign what contradicts what it saw', async () => {
    const home = b.t.app.config.home;
    await transact(b.t.app.db, { kind: 'system' }, (tx) =>
      sql`delete from ledger.watched_head`.execute(tx),
    );
    await grow(a);
    await askWitnesses(a.t.app);
    expect(await view(a)).toMatchObject({ isQuorumMet: true });
    expect((await view(a)).shown).toBe((await view(a)).signed);
    // Without the note beside the database it could not know.
    rmSync(join(home, 'keys', 'watched'), { recursive: true });
    await transact(b.t.app.db, { kind: 'system' }, (tx) =>
      sql`delete from ledger.watched_head`.execute(tx),
    );
    await grow(a);
    await askWitnesses(a.t.app);
    expect((await view(a)).shown).toBe((await view(a)).signed);
  });

  test('a log set back is an alarm', async () => {
    const witness = (await view(a)).witnesses[0];
    await transact(a.t.app.db, { kind: 'system' }, (tx) =>
      sql`update ledger.witness set seen_size = 1000000`.execute(tx),
    );
    await transact(a.t.app.db, { kind: 'system' }, (tx) =>
      sql`delete from ledger.cosignature`.execute(tx),
    );
    await askWitnesses(a.t.app);
    expect((await view(a)).witnesses[0]).toMatchObject({ isAlarm: true });
    await transact(a.t.app.db, { kind: 'system' }, (tx) =>
      sql`update ledger.witness set seen_size = ${witness?.seen}`.execute(tx),
    );
    await grow(a);
    await askWitnesses(a.t.app);
    expect((await view(a)).witnesses[0]).toMatchObject({ isAlarm: false });
  });

  test('settings are the administrator’s: other organisations see them only', async () => {
    const other = await a.t.org('另一家');
    const owner = await other.as('owner');
    expect((await owner.ok(getWitnesses)).mayManage).toBe(false);
    expect(await owner.refused(setLogPolicy, { body: { quorum: 0 } })).toBe('LEDGER_NOT_OPERATOR');
    expect(await owner.refused(rotateLogKey)).toBe('LEDGER_NOT_OPERATOR');
    const { witnesses } = await view(a);
    expect(
      await a.owner.refused(removeWitness, { params: { name: witnesses[0]?.name ?? '' } }),
    ).toBe('LEDGER_QUORUM_TOO_HIGH');
    expect(
      await a.owner.refused(addWitness, { body: { verifierKey: 'x', url: 'http://x.example' } }),
    ).toBe('LEDGER_KEY_INVALID');
    expect(
      await a.owner.refused(addWitness, { body: { verifierKey: 'x', url: 'file:///etc/passwd' } }),
    ).toBe('INPUT_INVALID');
    expect(
      await a.owner.refused(watchLog, {
        body: { verifierKeys: [(await view(a)).keys[0]?.verifierKey ?? ''] },
      }),
    ).toBe('LEDGER_OWN_LOG');
  });
});

describe('another key for the log', () => {
  test('is announced in the log; old checkpoints stay verifiable; the witness needs to be told', async () => {
    const old = parseVerifierKey((await view(a)).keys[0]?.verifierKey ?? '');
    const before = (await get(a, '/log/checkpoint')).text;
    const fresh = parseVerifierKey(await rotateKey(a.t.app));
    const { keys, signed } = await view(a);
    expect(keys.map((k) => k.verifierKey)).toEqual([old, fresh].map(encodeVerifierKey));
    expect(keys).toMatchObject([{ from: 0, until: signed }, { from: signed }]);
    // The head that covers the announcement is signed by both: who knows the old key learns the new one.
    await askWitnesses(a.t.app);
    const both = (await get(a, '/log/checkpoint')).text;
    for (const key of [old, fresh]) {
      expect(openCheckpoint(both, [key])).toMatchObject({ ok: true, checkpoint: { size: signed } });
    }
    await grow(a);
    await askWitnesses(a.t.app);
    expect((await view(a)).witnesses[0]?.failure).toContain('403');
    await b.owner.ok(watchLog, { body: { verifierKeys: [old, fresh].map(encodeVerifierKey) } });
    await askWitnesses(a.t.app);
    const after = (await get(a, '/log/checkpoint')).text;
    expect(openCheckpoint(after, [old])).toMatchObject({ ok: false });
    expect(openCheckpoint(after, [fresh])).toMatchObject({ ok: true });
    expect(openCheckpoint(before, [old])).toMatchObject({ ok: true });
    expect((await get(a, '/log/key')).text.trim()).toBe(encodeVerifierKey(fresh));
    expect((await get(a, '/log/keys')).text).toContain(encodeVerifierKey(old));
    expect((await verifyLedger(a.t.app, { deep: true })).findings).toEqual([]);
    // The old key signs nothing any more, and the new one nothing that contradicts the old.
    const log = await transact(a.t.app.db, { kind: 'public' }, (tx) => openLog(tx, a.t.app));
    expect(log?.keyChanges).toHaveLength(1);
  });
});

/** The log over HTTP, as any reader of C2SP tlog-tiles sees it. */
function tilesOver({ url }: Side): TileStore {
  return {
    read: async (path) => {
      const reply = await fetch(`${url}/log/${path}`);
      return reply.ok ? new Uint8Array(await reply.arrayBuffer()) : null;
    },
    write: () => Promise.reject(new Error('read only')),
  };
}

describe('the log as static files', () => {
  test('every tile has its form, its width and its headers; nothing beyond the tree is served', async () => {
    const { signed } = await view(b);
    for (const id of tilesOf(signed)) {
      const reply = await fetch(`${b.url}/log/${tilePath(id)}`);
      expect(reply.status, tilePath(id)).toBe(200);
      expect(reply.headers.get('content-type')).toBe('application/octet-stream');
      expect(reply.headers.get('cache-control')).toContain('immutable');
      const bytes = new Uint8Array(await reply.arrayBuffer());
      if (id.level !== 'entries') expect(bytes.length).toBe(id.width * 32);
    }
    for (const path of [
      'tile/0/000',
      `tile/0/000.p/${signed + 1}`,
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/0',
      'tile/00/000.p/1',
      'tile/64/000.p/1',
      'tile/entries/001.p/1',
      'tile/1/000.p/1',
    ]) {
      expect((await get(b, `/log/${path}`)).status, path).toBe(404);
    }
    const checkpoint = await get(b, '/log/checkpoint');
    expect(checkpoint.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(checkpoint.headers.get('cache-control')).toBe('no-cache');
    expect(checkpoint.text.split('\n')[0]).toBe('b.example/log');
  });

  test('any two checkpoints are consistent, by the tiles and by the proof that is served', async () => {
    const heads = await transact(
      b.t.app.db,
      { kind: 'system' },
      async (tx) =>
        (
          await sql<{
            size: bigint;
            root: Uint8Array;
          }>`select size, root from ledger.checkpoint order by size`.execute(tx)
        ).rows,
    );
    expect(heads.length).toBeGreaterThan(2);
    for (const from of heads) {
      for (const to of heads.filter((h) => h.size >= from.size)) {
        const [m, k] = [Number(from.size), Number(to.size)];
        const served = (await get(b, `/log/consistency/${m}/${k}`)).text;
        const proof = served === '' ? [] : served.trimEnd().split('\n').map(fromBase64);
        const [r1, r2] = [from.root, to.root].map((r) => new Uint8Array(r));
        if (!r1 || !r2) throw new Error('unreachable');
        expect(verifyConsistency(m, k, r1, r2, proof)).toEqual({ ok: true });
        const read = m === k ? [] : await new TileTree(tilesOver(b), k).consistencyProof(m);
        expect(read).toEqual(proof);
      }
    }
    expect((await get(b, '/log/consistency/2/1')).status).toBe(404);
    expect((await get(b, '/log/consistency/0/999999')).status).toBe(404);
  });

  test('every entry has a proof file that holds under the checkpoint shown', async () => {
    const { shown } = await view(b);
    const entries = new TileTree(tilesOver(b), shown);
    for (let index = 0; index < shown; index++) {
      const file = (await get(b, `/log/proof/${index}.tlog-proof`)).text;
      const { path, checkpoint, extra } = parseTlogProof(file);
      const head = openCheckpoint(checkpoint, [
        parseVerifierKey((await view(b)).keys[0]?.verifierKey ?? ''),
      ]);
      if (!head.ok || !extra) throw new Error('no head or no entry');
      expect(extra).toEqual(await entries.entry(index));
      const { size, root } = head.checkpoint;
      expect(verifyInclusion(index, size, hashLeaf(extra), path, root)).toEqual({ ok: true });
    }
    expect((await get(b, '/log/proof/999999')).status).toBe(404);
    expect((await get(b, '/log/proof/01')).status).toBe(404);
  });
});
