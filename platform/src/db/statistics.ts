import { type Kysely, sql } from 'kysely';

/** How often tables are looked at. */
const EVERY_MS = 30_000;
/** Tables looked into at one time, so that nobody waits long behind them. */
const MOST = 8;
/** Of so many values of a column the planner keeps the commonest; PostgreSQL's 100 reads ten times the rows. */
const TARGET = 10;

/**
 * PGlite has no autovacuum, so nobody would ever count its rows: the planner would take every table
 * for all but empty and join tables of thousands row by row. Tables that grew by half since they were
 * last analysed are analysed, each in a transaction of its own; requests get their turn in between.
 * @returns stops it, and waits for a table under way.
 */
export function keepStatistics(kysely: Kysely<unknown>): () => Promise<void> {
  let running: Promise<unknown> | undefined;
  let stopped = false;
  const timer = setInterval(() => {
    running ??= analyseGrown(kysely, () => stopped)
      // A table that went meanwhile, or a thread that was replaced: the next round looks again.
      .catch(() => undefined)
      .finally(() => {
        running = undefined;
      });
  }, EVERY_MS);
  timer.unref();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await running;
  };
}

/** Analyses tables that have grown by half since they last were; the names of those. */
export async function analyseGrown(
  kysely: Kysely<unknown>,
  stopped: () => boolean = () => false,
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')
      and pg_relation_size(c.oid) > 1.5 * greatest(c.relpages, 1) * current_setting('block_size')::int
    order by c.reltuples, pg_relation_size(c.oid) desc limit ${MOST}`.execute(kysely);
  const done: string[] = [];
  for (const { name } of rows) {
    if (stopped()) break;
    await kysely.transaction().execute(async (tx) => {
      await sql.raw(`set local default_statistics_target = ${TARGET}`).execute(tx);
      await sql.raw(`analyze ${name}`).execute(tx);
    });
    done.push(name);
  }
  return done;
}
