import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '@zaizao/platform/http';
import { type Kysely, sql } from 'kysely';
import { sequencerOf } from '../log/sequencer.ts';

/** Rows to one statement. */
const CHUNK = 2_000;

/** What a ledger needs beside its own tables: names of organisations, and the audit trail. */
const BESIDE = ['identity.organisation', 'zaizao.audit'];

/** Never in a copy: nobody is to be asked or told on its behalf. */
const NOT_COPIED = new Set(['ledger.witness', 'ledger.subscription']);

/**
 * Copies the ledger, its log and its keys into an installation of its own that is empty, whatever
 * engine each runs on. Reads only; table by table as their owner.
 * @returns the copy, whose log does not grow by itself
 */
export async function copyLedger(from: App, to: App): Promise<App> {
  await sequencerOf(to).stop();
  const keys = join(from.config.home, 'keys');
  if (existsSync(keys)) cpSync(keys, join(to.config.home, 'keys'), { recursive: true });
  const r = await sql<{ name: string }>`
    select n.nspname || '.' || c.relname as name from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'ledger' and c.relkind = 'r' order by 1`.execute(from.db.kysely);
  for (const table of [...BESIDE, ...r.rows.map(({ name }) => name)]) {
    if (!NOT_COPIED.has(table)) await copyTable(from.db.kysely, to.db.kysely, table);
  }
  return { ...to, organisation: (no) => from.organisation(no) };
}

async function copyTable(from: Kysely<unknown>, to: Kysely<unknown>, table: string): Promise<void> {
  const name = sql.table(table);
  await from.transaction().execute(async (tx) => {
    await sql`declare copied cursor for select to_jsonb(t)::text as row from ${name} t`.execute(tx);
    for (;;) {
      const r = await sql<{ row: string }>`${sql.raw(`fetch ${CHUNK} from copied`)}`.execute(tx);
      if (r.rows.length === 0) return;
      const list = `[${r.rows.map(({ row }) => row).join(',')}]`;
      await sql`insert into ${name} overriding system value
        select * from jsonb_populate_recordset(null::${name}, ${list}::jsonb)
        on conflict do nothing`.execute(to);
    }
  });
}
