import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { DirectoryInUse, lockDirectory } from './directory-lock.ts';
import { migrate, openDatabase, platformMigrations, transact } from './index.ts';

import { PgliteThread } from './pglite.ts';

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
  const synced = async () => Number((await thread.send({ op: 'synced' })).rows?.[0]);
  await thread.send({ op: 'exec', sql: 'create table t (n int)' });
  const before = await synced();
  for (let n = 0; n < 20; n++) {
    await thread.send({ op: 'query', sql: 'insert into t values ($1)', params: [n] });
  }
  expect((await synced()) - before).toBeGreaterThanOrEqual(20);
  await thread.close();
  rmSync(home, { recursive: true, force: true });
});

test('a statement that runs too long ends alone; the next one finds the data', async () => {
  const home = mkdtempSync(join(tmpdir(), 'zaizao-db-'));
  const thread = new PgliteThread({ dataDir: join(home, 'pgdata') }, 4000);
  await thread.send({ op: 'exec', sql: 'create table t (n int); insert into t values (7)' });
  const slow = 'select count(*) from generate_series(1, 100000000000)';
  await expect(thread.send({ op: 'query', sql: slow, params: [] })).rejects.toMatchObject({
    code: '57014',
  });
  const found = await thread.send({ op: 'query', sql: 'select n from t', params: [] });
  expect(found.rows).toEqual([{ n: 7 }]);
  await thread.close();
  rmSync(home, { recursive: true, force: true });
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
