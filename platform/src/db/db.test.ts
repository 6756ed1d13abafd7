import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { DirectoryInUse, lockDirectory } from './directory-lock.ts';
import { migrate, openDatabase, platformMigrations, transact } from './index.ts';

import { pgliteConfig } from './open.ts';
import { PgliteThread } from './pglite-thread.ts';
import { PreparingClient } from './prepared.ts';
import { analyseGrown } from './statistics.ts';

const db = openDatabase({});
afterAll(() => db.close());

test('migrates once and isolates organisations', async () => {
  expect((await migrate(db.kysely, [platformMigrations]))[0]).toBe('platform/0001_ground.sql');
  expect(await migrate(db.kysely, [platformMigrations])).toEqual([]);
  const put = (org: number) =>
    transact(db, { kind: 'org', org, actor: 'user_1' }, (tx) =>
      sql`insert into zaizao.inbox (org_id, subscriber, event_id, done_at)
          values (${org}, 's', 'e', ${new Date()})`.execute(tx),
    );
  await put(1);
  await put(2);
  const seen = (scope: Parameters<typeof transact>[1]) =>
    transact(db, scope, async (tx) => {
      const r = await sql<{ org_id: number }>`select org_id from zaizao.inbox order by 1`.execute(
        tx,
      );
      return r.rows.map((x) => x.org_id);
    });
  expect(await seen({ kind: 'org', org: 1, actor: 'a' })).toEqual([1]);
  expect(await seen({ kind: 'public' })).toEqual([]);
  expect(await seen({ kind: 'system' })).toEqual([1, 2]);
  const foreign = transact(db, { kind: 'org', org: 1, actor: 'a' }, (tx) =>
    sql`insert into zaizao.inbox (org_id, subscriber, event_id, done_at)
        values (2, 's', 'x', ${new Date()})`.execute(tx),
  );
  await expect(foreign).rejects.toMatchObject({ code: '42501' });
});

test('every commit on disk reaches the disk before it is acknowledged', async () => {
  const home = mkdtempSync(join(tmpdir(), 'zaizao-db-'));
  const thread = new PgliteThread({ dataDir: join(home, 'pgdata') });
  const pool = new pg.Pool(pgliteConfig(thread));
  const synced = async () => (await thread.send({ op: 'synced' })).synced ?? 0;
  await pool.query('create table t (n int)');
  const before = await synced();
  for (let n = 0; n < 20; n++) await pool.query('insert into t values ($1)', [n]);
  expect((await synced()) - before).toBeGreaterThanOrEqual(20);
  await pool.end();
  await thread.close();
  rmSync(home, { recursive: true, force: true });
});

test('a statement that runs too long ends alone; the next one finds the data', async () => {
  const home = mkdtempSync(join(tmpdir(), 'zaizao-db-'));
  const thread = new PgliteThread({ dataDir: join(home, 'pgdata') }, 4000);
  const pool = new pg.Pool(pgliteConfig(thread));
  pool.on('error', () => {});
  await pool.query('create table t (n int); insert into t values (7)');
  const slow = 'select count(*) from generate_series(1, 100000000000)';
  await expect(pool.query(slow)).rejects.toMatchObject({ code: '57014' });
  expect((await pool.query('select n from t')).rows).toEqual([{ n: 7 }]);
  await pool.end();
  await thread.close();
  rmSync(home, { recursive: true, force: true });
});

test('a statement is prepared once, afresh after many uses, and again when its table has changed', async () => {
  const own = openDatabase({});
  const found = (n: number) => sql`select * from t where n = ${n}`.execute(own.kysely);
  const prepared = async () => {
    const q = "select count(*)::int as n from pg_prepared_statements where statement ~ 'from t '";
    return (await sql.raw<{ n: number }>(q).execute(own.kysely)).rows[0]?.n;
  };
  await sql.raw('create table t (n int); insert into t values (1)').execute(own.kysely);
  for (let i = 0; i < 20; i++) expect((await found(1)).rows).toEqual([{ n: 1 }]);
  expect(await prepared()).toBe(1);
  await sql.raw("alter table t add column a text default 'x'").execute(own.kysely);
  await expect(found(1)).rejects.toMatchObject({ code: '0A000' });
  expect((await found(1)).rows).toEqual([{ n: 1, a: 'x' }]);
  for (let i = 0; i < 1100; i++) await found(1);
  await own.kysely.transaction().execute((tx) => sql`select ${1}::int`.execute(tx));
  expect(await prepared()).toBe(1);
  await own.close();
});

test('what is no longer prepared is forgotten on both sides', async () => {
  const thread = new PgliteThread({});
  const client = new PreparingClient(pgliteConfig(thread));
  await client.connect();
  for (let n = 0; n < 300; n++) {
    await client.query('begin');
    await client.query(`select $1::int as n${n}`, [n]);
    await client.query('commit');
  }
  const { rows } = await client.query('select count(*)::int as n from pg_prepared_statements');
  expect(rows[0].n).toBeLessThanOrEqual(100);
  expect(Object.keys(client.connection.parsedStatements).length).toBeLessThanOrEqual(100);
  await client.end();
  await thread.close();
});

test('tables that have grown are analysed, once until they grow again', async () => {
  const own = openDatabase({});
  const counted = async () => {
    const { rows } = await sql<{ n: number }>`
      select reltuples::int as n from pg_class where relname = 'grown'`.execute(own.kysely);
    return rows[0]?.n;
  };
  const grow = (n: number) =>
    sql`insert into grown select i, repeat('x', 100) from generate_series(1, ${n}::int) i`.execute(
      own.kysely,
    );
  await sql`create table grown (n int, a text)`.execute(own.kysely);
  await grow(2000);
  expect(await counted()).toBe(-1); // nobody counts on PGlite
  expect(await analyseGrown(own.kysely)).toEqual(['public.grown']);
  expect(await counted()).toBe(2000);
  await grow(500);
  expect(await analyseGrown(own.kysely)).toEqual([]);
  await grow(2000);
  expect(await analyseGrown(own.kysely)).toEqual(['public.grown']);
  await own.close();
});

test('a directory is held by one process; a dead holder is taken over', () => {
  const home = mkdtempSync(join(tmpdir(), 'zaizao-db-'));
  const lock = join(home, 'pgdata.lock');
  writeFileSync(lock, '1'); // process 1 lives everywhere
  expect(() => lockDirectory(lock)).toThrow(DirectoryInUse);
  writeFileSync(lock, '999999999');
  lockDirectory(lock)();
  writeFileSync(lock, ''); // killed before it wrote its number
  lockDirectory(lock)();
  writeFileSync(lock, '1 4242'); // the number is another process's by now
  lockDirectory(lock)();
  rmSync(home, { recursive: true, force: true });
});
