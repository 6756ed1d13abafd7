import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { flushLog, verifyLedger } from '@zaizao/modules/ledger';
import { readConfig, start } from '@zaizao/platform/runtime';
import {
  emptyPostgres,
  killWhileStarting,
  type ServerProcess,
  startServerProcess,
} from '@zaizao/platform/testkit';
import { Random } from '@zaizao/simulator/random';
import { openWorld, setUpPlant } from '@zaizao/simulator/world';
import { parseVerifierKey } from '@zaizao/tlog';
import { type RawBuilder, sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identity, modules } from '../src/compose.ts';
import { HeadWatch } from './testing-head-watch.ts';
import { type Submission, Submitter } from './testing-submitter.ts';

/** ZAIZAO_KILLS=500 for the full run. */
const KILLS = Number(process.env.ZAIZAO_KILLS ?? 4);
const SEED = Number(process.env.ZAIZAO_KILLS_SEED ?? 1);
/** So often the database is opened beside and looked at whole. */
const INSPECT_EVERY = 50;
const SCRIPT = fileURLToPath(new URL('./testing-server.ts', import.meta.url));

const rng = new Random(SEED);
let env: Record<string, string>;
let cleanUp: () => Promise<void>;
let server: ServerProcess;
let submitter: Submitter;
let heads: HeadWatch;

beforeAll(async () => {
  const home = mkdtempSync(join(tmpdir(), 'zaizao-crash-'));
  const given = process.env.DATABASE_URL;
  const database = given ? await emptyPostgres(given) : undefined;
  env = {
    ...{ ZAIZAO_HOME: home, ZAIZAO_DEMO: '1', ZAIZAO_RATE_FACTOR: '1000', PORT: '8080' },
    ...(database ? { DATABASE_URL: database.url } : {}),
  };
  cleanUp = async () => {
    await database?.drop();
    rmSync(home, { recursive: true, force: true });
  };
  server = await startServerProcess(SCRIPT, env);
  const world = await openWorld(server.url);
  await setUpPlant(world, 'A');
  submitter = await Submitter.at(server.url);
  const key = await (await fetch(new URL('/log/key', server.url))).text();
  heads = new HeadWatch(parseVerifierKey(key.trim()));
}, 300_000);
afterAll(async () => {
  await server?.end('SIGKILL');
  await cleanUp?.();
});

test(
  `nothing acknowledged is lost and nothing is done twice over ${KILLS} kills`,
  async () => {
    const began = performance.now();
    let duringStart = 0;
    for (let n = 1; n <= KILLS; n++) {
      const load = submitter.load(4);
      const looking = heads.follow(server.url);
      await sleep(rng.between(20, 1000));
      expect((await server.end('SIGKILL')).signal).toBe('SIGKILL');
      const latest = await load.stop();
      await looking.stop();
      if (rng.chance(25)) {
        duringStart++;
        await killWhileStarting(SCRIPT, env, rng.between(50, 2000));
      }
      server = await startServerProcess(SCRIPT, env);
      submitter.url = server.url;
      await heads.check(server.url);
      await submitter.replay(latest);
      if (n % INSPECT_EVERY === 0 && n < KILLS) {
        await server.end('SIGKILL');
        const events = await inspect([...submitter.acknowledged]);
        const seconds = ((performance.now() - began) / 1000).toFixed(0);
        console.log(`${n} kills, ${events} events verified, ${seconds} s`);
        server = await startServerProcess(SCRIPT, env);
        submitter.url = server.url;
      }
    }
    expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
    const { acknowledged, uncertain } = submitter;
    expect(acknowledged.length).toBeGreaterThan(KILLS);
    const events = await inspect([...acknowledged]);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    console.log(
      `${KILLS + duringStart} kills (${duringStart} while starting), ${acknowledged.length} submissions ` +
        `(${uncertain} cut off and sent again), ${heads.seen} heads seen, ${events} events verified, ${seconds} s`,
    );
    server = await startServerProcess(SCRIPT, env);
    submitter.url = server.url;
  },
  240_000 + KILLS * 45_000,
);

test('SIGTERM in the middle of work ends in order, and what was acknowledged is there again', async () => {
  const load = submitter.load(4);
  await sleep(500);
  const began = performance.now();
  expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
  expect(performance.now() - began).toBeLessThan(20_000);
  const latest = await load.stop();
  server = await startServerProcess(SCRIPT, env);
  submitter.url = server.url;
  await submitter.replay(latest);
  expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
  await inspect(submitter.acknowledged);
}, 240_000);

/** Opens what the last process left and looks at it from inside. Returns the number of events. */
async function inspect(submissions: readonly Submission[]): Promise<number> {
  const running = await start({
    ...{ config: readConfig({ ...process.env, ...env }), identity, modules },
    ...{ log: pino({ level: 'fatal' }), background: false },
  });
  const { app } = running;
  const strings = async (query: RawBuilder<{ v: string }>) =>
    (await query.execute(app.db.kysely)).rows.map((r) => r.v);
  try {
    const made = await strings(sql`
      select name as v from parties.partner where name like 'K-%'
      union all select name from instruments.instrument where name like 'K-%'
      union all select name from production.station where name like 'K-%'
      union all select donor ->> 'machineSerial' from cores.core where donor ? 'machineSerial'
      union all select event ->> 'eventID' from ledger.event where event_id like 'urn:uuid:%'
        and event -> 'epcList' ->> 0 like '%9520000019%'`);
    // Exactly once each: neither lost nor doubled.
    expect(made.toSorted()).toEqual(submissions.map((s) => s.marker).toSorted());
    const received = await strings(sql`
      select c.epc as v from cores.core c where c.donor ? 'machineSerial' and 1 <> (
        select count(*) from ledger.event e join ledger.event_thing t
          on t.org_id = e.org_id and t.seq = e.seq
        where t.org_id = c.org_id and t.thing = c.epc and e.biz_step = 'receiving')`);
    expect(received).toEqual([]);
    await running.drain();
    const waiting = sql<{
      v: string;
    }>`select topic || ' ' || coalesce(last_error, '') as v from zaizao.outbox`;
    expect(await strings(waiting)).toEqual([]);
    await flushLog(app);
    const report = await verifyLedger(app, { deep: true });
    expect(report.findings).toEqual([]);
    expect(report.ok).toBe(true);
    return report.events;
  } finally {
    await running.stop();
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
