import { inspectSchema, startTestApp, type TestApp } from '@zaizao/platform/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identity, modules } from '../src/compose.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ modules, identity });
});
afterAll(() => t.stop());

/** Tables that platform code reads as owner; no tenant may touch them. */
const OWNER_ONLY = ['identity.*', 'zaizao.migration'];

test('every table is kept apart by organisation', async () => {
  const report = await inspectSchema(t.app.db.kysely, OWNER_ONLY);
  expect(report.faults).toEqual([]);
  expect(report.tables).toBeGreaterThan(50);
  const { tables, keys, indexes, policies } = report;
  console.log(`${tables} tables, ${keys} keys, ${indexes} indexes, ${policies} policies`);
});

test('a table that breaks the rules is told by name and fault', async () => {
  const db = t.app.db.kysely;
  for (const statement of [
    'create schema bad',
    'create table bad.open (org_id int not null, id text not null, primary key (org_id, id))',
    'create table bad.turned (id text not null, org_id int not null, primary key (id, org_id))',
    "select zaizao.protect('bad.turned', 'tenant')",
    `create table bad.loose (org_id int not null, id text not null, other text,
       primary key (org_id, id),
       foreign key (org_id, other) references bad.open on delete set null (other))`,
    "select zaizao.protect('bad.loose', 'tenant')",
    'alter table bad.loose no force row level security',
    'create policy everyone on bad.loose for select to zaizao_app using (true)',
    'create unique index loose_id on bad.loose (id)',
  ]) {
    await sql.raw(statement).execute(db);
  }
  const { faults } = await inspectSchema(db, OWNER_ONLY);
  await sql`drop schema bad cascade`.execute(db);
  expect(faults).toEqual([
    'bad.loose: row security is not enabled and forced',
    'bad.loose: policy everyone to zaizao_app: using true, check null',
    expect.stringContaining('sets null or a default'),
    'bad.loose: unique index loose_id starts with id, not org_id',
    'bad.open: is not protected: zaizao.protect was not called',
    'bad.turned: turned_pkey starts with id, not org_id',
    'bad.turned: unique index turned_pkey starts with id, not org_id',
  ]);
});
