/**
 * How fast the ledger takes, finds, proves and verifies events, beside a raw insert of the same bytes
 * in the same run on the same engine.
 *
 *   npm run bench -- ledger --events 100000 --engine pglite|pg --json
 *   npm run bench -- ledger --events 100000 --engine pg --history 100000,1000000 --json
 *
 * `pg` uses DATABASE_URL, or starts the PostgreSQL that npm brought along in a temporary directory;
 * `pglite` writes to a temporary directory. Both wait for the disk at every commit.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { processorTime, readingSteps } from './bench/breakdown.ts';
import { BATCH, type Document, document } from './bench/documents.ts';
import { fill, filledThings } from './bench/fill.ts';
import { copyTables, rawInsert, type Way } from './bench/floor.ts';
import { startPostgres } from './bench/postgres.ts';
import { type Plant, readingTimes, round, verifying } from './bench/reading.ts';
import { flushLog } from './index.ts';
import { type LedgerApp, ledgerApp } from './testing.ts';

/** Documents before anything is measured: a server is started once and captures for months. */
const WARM_UP = 20;
/** Documents on their way at once. */
const CLIENTS = 8;

const say = (line: string) => process.stderr.write(`${line}\n`);

export async function bench(args: string[]): Promise<object> {
  const { events, engine, history } = optionsOf(args);
  process.env.ZAIZAO_RATE_FACTOR = '1000000';
  if (engine === 'pglite') delete process.env.DATABASE_URL;
  const server = engine === 'pg' ? await startPostgres() : { stop: async () => {} };
  try {
    const t = await ledgerApp({ background: true, onDisk: true });
    const pid = 'pid' in server ? server.pid : undefined;
    const measured = await measure(t, { events, history, pid }).finally(() => t.stop());
    const result = {
      ...{ bench: 'ledger', engine, machine: `${cpus().length} × ${cpus()[0]?.model.trim()}` },
      ...measured,
    };
    printTable(result);
    return result;
  } finally {
    await server.stop();
  }
}

function optionsOf(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      events: { type: 'string', default: '10000' },
      engine: { type: 'string', default: 'pglite' },
      history: { type: 'string', default: '' },
      json: { type: 'boolean' },
    },
  });
  const events = Number(values.events);
  const { engine } = values;
  const history = values.history.split(',').filter(Boolean).map(Number);
  if (!Number.isInteger(events) || events < BATCH) throw new Error(`--events from ${BATCH} on`);
  if (engine !== 'pglite' && engine !== 'pg') throw new Error('--engine pglite or pg');
  if (!history.every(Number.isInteger)) throw new Error('--history 100000,1000000');
  return { events, engine, history: history.toSorted((a, b) => a - b) };
}

interface What {
  readonly events: number;
  readonly history: readonly number[];
  /** Process of the database, where it is known. */
  readonly pid: number | undefined;
}

async function measure(t: LedgerApp, { events: wanted, history, pid }: What) {
  const org = await t.org('基准');
  const owner = await org.as('owner');
  const address = await t.running.server.listen({ port: 0, host: '127.0.0.1' });
  const plant = { ref: org.ref, owner, address };
  const documents = Array.from({ length: Math.ceil(wanted / BATCH) }, (_, i) => document(i));
  const events = documents.length * BATCH;
  const bytes = documents.reduce((sum, d) => sum + d.texts.join('').length, 0) / events;
  say(`${events} events of ${Math.round(bytes)} bytes in documents of ${BATCH}`);

  const db = t.app.db.kysely;
  const half = Math.ceil(documents.length / 2);
  const [before, after] = [documents.slice(0, half), documents.slice(half)];
  // Half of each floor before the capture and half after it, as the machine is not always the same.
  const floors: [name: string, way: Way, connections: number][] = [
    ['rawPerSecond', 'values', 1],
    ['rawColumnsPerSecond', 'columns', 1],
    ['rawParallelPerSecond', 'values', 4],
  ];
  const rawMs = new Map<string, number>();
  const runFloors = async (part: readonly Document[]) => {
    for (const [name, way, connections] of floors) {
      const ms = part.length === 0 ? 0 : await rawInsert(db, part, way, connections);
      rawMs.set(name, (rawMs.get(name) ?? 0) + ms);
      if (ms > 0) say(`${name}: ${Math.round((part.length * BATCH * 1000) / ms)}`);
    }
  };
  const first = Array.from({ length: WARM_UP }, (_, i) => document(documents.length + i));
  await captureAll(t, plant, first, pid);
  await rawInsert(db, first, 'values', 1);
  await runFloors(before);
  const captured = await captureAll(t, plant, documents, pid);
  await runFloors(after);
  const raw = Object.fromEntries(
    [...rawMs].map(([name, ms]) => [name, Math.round((events * 1000) / ms)]),
  );
  const rawPerSecond = raw.rawPerSecond ?? 0;
  const things = documents.flatMap((d) => d.things);
  const read = await readingTimes(t, plant, things);
  say('verifying');
  const verifyPerSecond = await verifying(t);
  const breakdown = {
    ...readingSteps(documents),
    ...perEvent(await copyTables(db, events), events),
  };
  return {
    ...{
      events,
      warmUpEvents: WARM_UP * BATCH,
      bytesPerEvent: Math.round(bytes),
      ...captured,
      ...raw,
    },
    ratio: round(captured.eventsPerSecond / rawPerSecond),
    ratioDurable: round(captured.durablePerSecond / rawPerSecond),
    ...{ ...read, verifyPerSecond, breakdownMicros: breakdown },
    ...(history.length > 0
      ? { history: await atSizes(t, plant, history, events + WARM_UP * BATCH, things) }
      : {}),
  };
}

/** Captures all documents over HTTP; the log grows meanwhile. */
async function captureAll(
  t: LedgerApp,
  { owner, address }: Plant,
  documents: readonly Document[],
  pid: number | undefined,
) {
  const headers = { ...owner.headers, 'content-type': 'application/json' };
  const queue = documents.map((d) => d.body);
  const latencies: number[] = [];
  const client = async () => {
    for (let body = queue.shift(); body !== undefined; body = queue.shift()) {
      const from = performance.now();
      const reply = await fetch(`${address}/epcis/capture`, { method: 'POST', headers, body });
      if (reply.status !== 202) throw new Error(`${reply.status} ${await reply.text()}`);
      latencies.push(performance.now() - from);
      if (queue.length > 0 && queue.length % 40 === 0)
        say(`captured ${(documents.length - queue.length) * BATCH}`);
    }
  };
  const database = processorTime(pid);
  const cpu = process.cpuUsage();
  const started = performance.now();
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const durable = performance.now() - started;
  await flushLog(t.app);
  const logged = performance.now() - started;
  const used = process.cpuUsage(cpu);
  const databaseUsed = (processorTime(pid) ?? 0) - (database ?? 0);
  const events = documents.length * BATCH;
  return {
    eventsPerSecond: Math.round((events * 1000) / logged),
    durablePerSecond: Math.round((events * 1000) / durable),
    cpuMicrosPerEvent: {
      /** Server, its threads and the clients; with PGlite the database too. */
      server: round((used.user + used.system) / events),
      ...(database === undefined ? {} : { database: round(databaseUsed / events) }),
    },
  };
}

function perEvent(times: Readonly<Record<string, number>>, events: number) {
  return Object.fromEntries(
    Object.entries(times).map(([name, ms]) => [`rows ${name}`, round((ms * 1000) / events)]),
  );
}

/** Reading at larger sizes: the events beyond the captured ones are made in the database itself. */
async function atSizes(
  t: LedgerApp,
  plant: Plant,
  sizes: readonly number[],
  captured: number,
  things: readonly string[],
) {
  const found: object[] = [];
  let size = captured;
  for (const wanted of sizes) {
    if (wanted > size) {
      const started = performance.now();
      await fill(t.app.db.kysely, plant.ref.no, wanted, (events) => {
        if (events % 200_000 < 40_000) say(`filled to ${events}`);
      });
      say(`filled to ${wanted} in ${Math.round((performance.now() - started) / 1000)} s`);
      size = wanted;
    }
    const filled = size > captured ? filledThings(captured, size, 500) : [];
    const { logSize, ...times } = await readingTimes(t, plant, [
      ...things.slice(0, 500),
      ...filled,
    ]);
    found.push({ events: size, logSize, ...times });
  }
  return found;
}

function printTable(result: Readonly<Record<string, unknown>>): void {
  const print = (value: unknown, indent: string) => {
    for (const [name, item] of Object.entries(value ?? {})) {
      if (typeof item === 'object' && item !== null) {
        say(`${indent}${name}`);
        print(item, `${indent}  `);
      } else say(`${indent}${name.padEnd(28)} ${String(item)}`);
    }
  };
  print(result, '');
}
