/** Who did what: acts, captures and sign-ins are in the audit trail, and the trail is in the log. */
import { transact } from '@zaizao/platform/db';
import { listAudit, setUpOrganisation } from '@zaizao/platform/identity/contract';
import type { Actor, TestApp, TestOrg } from '@zaizao/platform/testkit';
import { openCheckpoint, parseVerifierKey, TileTree } from '@zaizao/tlog';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setSharingDefaults, verifyNow } from './contract.ts';
import { commitAudit, openLog, verifyLedger } from './index.ts';
import { decodeAuditEntry, isAuditEntry } from './log/audit-entry.ts';
import { giai, ledgerApp, receiving } from './testing.ts';

let t: TestApp;
let plant: TestOrg;
let owner: Actor;
beforeAll(async () => {
  t = await ledgerApp();
  plant = await t.org('审计');
  owner = await plant.as('owner');
});
afterAll(() => t.stop());

const inject = (
  method: 'POST' | 'DELETE',
  url: string,
  payload?: string,
  headers = owner.headers,
) =>
  t.running.server.inject({
    ...{ method, url },
    ...(payload === undefined
      ? { headers }
      : { headers: { ...headers, 'content-type': 'application/json' }, payload }),
  });

const trail = async (action: string) =>
  (await owner.ok(listAudit, { query: { action, limit: 50 } })).items;

test('operations on the ledger, acts of administrators and sign-ins are in the audit trail', async () => {
  const event = JSON.stringify(receiving(giai('AU1')));
  const document = `{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
    "type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-02-01T00:00:00Z",
    "epcisBody":{"eventList":[${event}]}}`;
  expect((await inject('POST', '/epcis/capture', document)).statusCode).toBe(202);
  const query = JSON.stringify({ name: 'audited', query: { eventType: ['ObjectEvent'] } });
  expect((await inject('POST', '/epcis/queries', query)).statusCode).toBe(201);
  expect((await inject('DELETE', '/epcis/queries/audited')).statusCode).toBe(204);
  await owner.ok(setSharingDefaults, { body: { direct: 'summary', later: 'none' } });
  await owner.ok(verifyNow, { body: { deep: false } });
  for (const action of [
    'ledger.capture',
    'epcis.queries.post',
    'epcis.query.delete',
    'ledger.setSharingDefaults',
    'ledger.verifyNow',
    'identity.signInDemo',
  ]) {
    const rows = await trail(action);
    expect(rows, action).toHaveLength(1);
    expect(rows[0]?.actor, action).toMatch(/^user:/);
  }
  expect((await trail('ledger.capture'))[0]?.detail).toMatchObject({
    captures: [{ accepted: 1, rejected: 0 }],
  });
});

test('a password that is tried is in the trail of its person, right or wrong', async () => {
  const email = 'audited@example.org';
  const password = 'a long enough password';
  const made = await t.running.server.inject({
    ...{
      method: 'POST',
      url: setUpOrganisation.path,
      headers: { 'idempotency-key': 'audit-setup-1' },
    },
    payload: {
      user: { name: '审计员', email, password },
      organisation: { name: '有密码的厂', kind: 'remanufacturer' },
    },
  });
  expect(made.statusCode, made.body).toBe(201);
  const tried = (attempt: string) =>
    t.running.server.inject({
      ...{ method: 'POST', url: '/api/auth/sign-in/email' },
      headers: { 'content-type': 'application/json', origin: t.app.config.publicUrl },
      payload: JSON.stringify({ email, password: attempt }),
    });
  const wrong = await tried('a wrong password, long');
  const right = await tried(password);
  const rows = await sql<{ actor: string; action: string; detail: { status: number } }>`
    select actor, action, detail from zaizao.audit where action = 'identity.auth.sign-in.email'
    order by id`.execute(t.app.db.kysely);
  expect(rows.rows.map((r) => [r.actor.split(':')[0], r.detail.status])).toEqual([
    ['anonymous', wrong.statusCode],
    ['user', right.statusCode],
  ]);
});

test('the audit trail is committed to the log, row by row, under a signed checkpoint', async () => {
  const committed = await commitAudit(t.app);
  const rows = await sql<{ n: bigint; waiting: bigint }>`select count(*) as n,
    count(*) filter (where batch is null) as waiting from zaizao.audit`.execute(t.app.db.kysely);
  expect(BigInt(committed)).toBe(rows.rows[0]?.n);
  expect(rows.rows[0]?.waiting).toBe(0n);
  expect(await commitAudit(t.app)).toBe(0);
  const entries = await transact(t.app.db, { kind: 'public' }, async (tx) => {
    const log = await openLog(tx, t.app);
    if (!log) throw new Error('the log is empty');
    expect(openCheckpoint(log.checkpoint, [parseVerifierKey(log.logKey)])).toMatchObject({
      ok: true,
    });
    const tree = new TileTree(log.tiles, log.size);
    const all = await Promise.all(Array.from({ length: log.size }, (_, i) => tree.entry(i)));
    return all.filter(isAuditEntry).map(decodeAuditEntry);
  });
  expect(entries.reduce((sum, e) => sum + e.rows, 0)).toBe(committed);
  expect(entries.map((e) => e.organisation)).toContain(plant.ref.id);
  expect((await verifyLedger(t.app, { deep: true })).findings).toEqual([]);
});

test('a row changed, deleted or put in afterwards is found', async () => {
  const codes = async () => (await verifyLedger(t.app, { deep: true })).findings.map((f) => f.code);
  const owner = t.app.db.kysely;
  const saved = await sql<{ row: string }>`select to_jsonb(a)::text as row from zaizao.audit a
    where org_id = ${plant.ref.no} order by id limit 1`.execute(owner);
  const id = JSON.parse(saved.rows[0]?.row ?? '{}').id as string; // a row has one
  const back = async () => {
    await sql`delete from zaizao.audit where org_id = ${plant.ref.no} and id = ${id}`.execute(
      owner,
    );
    await sql`insert into zaizao.audit select * from jsonb_populate_record(null::zaizao.audit,
      ${saved.rows[0]?.row}::jsonb)`.execute(owner);
  };
  for (const change of [
    sql`update zaizao.audit set detail = '{"changed":true}' where id = ${id}`,
    sql`update zaizao.audit set at = at + interval '1 second' where id = ${id}`,
    sql`update zaizao.audit set actor = 'user:somebody-else' where id = ${id}`,
  ]) {
    await change.execute(owner);
    expect(await codes()).toEqual(['audit-changed']);
    await back();
  }
  await sql`delete from zaizao.audit where id = ${id}`.execute(owner);
  expect(await codes()).toEqual(['audit-missing']);
  await back();
  expect(await codes()).toEqual([]);
});

test('neither the plant nor the background can change a row of it', async () => {
  const scope = { kind: 'org', org: plant.ref.no, actor: 'user:attack' } as const;
  for (const statement of [
    sql`update zaizao.audit set actor = 'x'`,
    sql`update zaizao.audit set batch = 1`,
    sql`delete from zaizao.audit`,
  ]) {
    await expect(transact(t.app.db, scope, (tx) => statement.execute(tx))).rejects.toThrow(
      'permission denied',
    );
  }
  await expect(
    transact(t.app.db, { kind: 'system' }, (tx) =>
      sql`update zaizao.audit set actor = 'x'`.execute(tx),
    ),
  ).rejects.toThrow('permission denied');
});
