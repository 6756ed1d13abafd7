import type { Kysely } from 'kysely';
import { CompiledQuery, sql } from 'kysely';
import { BATCH, type Document } from './documents.ts';

/** How the floor is written. */
export type Way =
  /** `insert … values (…), (…), …`: one statement and one commit to a document. */
  | 'values'
  /** One parameter a column, as the ledger itself writes. */
  | 'columns';

const VALUES = `insert into ledger.bench_raw (org_id, seq, event) values ${Array.from(
  { length: BATCH },
  (_, i) => `($${3 * i + 1}, $${3 * i + 2}, $${3 * i + 3})`,
).join(', ')}`;

const COLUMNS = `insert into ledger.bench_raw (org_id, seq, event)
  select 1, $1::bigint + n, e::jsonb
  from unnest(string_to_array($2, chr(10))) with ordinality as r (e, n)`;

/**
 * The floor to compare with: the JSON of the same events into a table with a number and nothing else,
 * as many to a commit as a captured document has; by one connection after another, or by several at
 * once. Returns milliseconds.
 */
export async function rawInsert(
  db: Kysely<unknown>,
  documents: readonly Document[],
  way: Way,
  connections: number,
): Promise<number> {
  await sql`create table ledger.bench_raw (org_id int, seq bigint, event jsonb,
    primary key (org_id, seq))`.execute(db);
  const queue = [...documents.entries()];
  const writer = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [i, { texts }] = next;
      const first = i * BATCH;
      const query =
        way === 'values'
          ? CompiledQuery.raw(
              VALUES,
              texts.flatMap((text, k) => [1, first + k, text]),
            )
          : CompiledQuery.raw(COLUMNS, [first, texts.join('\n')]);
      await db.transaction().execute((tx) => tx.executeQuery(query));
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: connections }, writer));
  const ms = performance.now() - started;
  await sql`drop table ledger.bench_raw`.execute(db);
  return ms;
}

/** Milliseconds to write the rows of each of the ledger's tables once more, with their indexes, by copying. */
export async function copyTables(
  db: Kysely<unknown>,
  events: number,
): Promise<Readonly<Record<string, number>>> {
  const times: Record<string, number> = {};
  for (const [name, column] of [
    ['event', 'seq'],
    ['event_thing', 'seq'],
    ['link', 'seq'],
    ['thing_entry', 'log_index'],
    ['tile', 'index'],
  ] as const) {
    const copy = sql.table(`ledger.bench_${name}`);
    const table = sql.table(`ledger.${name}`);
    await sql`create table ${copy} (like ${table} including all)`.execute(db);
    const started = performance.now();
    for (let from = 0; from <= events * 1.01; from += BATCH) {
      await sql`insert into ${copy} select * from ${table}
        where ${sql.ref(column)} >= ${from} and ${sql.ref(column)} < ${from + BATCH}`.execute(db);
    }
    times[name] = performance.now() - started;
    await sql`drop table ${copy}`.execute(db);
  }
  return times;
}
