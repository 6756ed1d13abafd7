import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { migrate, openDatabase, platformMigrations, transact } from './index.ts';

const db = openDatabase({});
afterAll(() => db.close());

test('migrates once and isolates organisations', async () => {
  expect(await migrate(db.kysely, [platformMigrations])).toEqual(['platform/0001_ground.sql']);
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
