import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { depositBalance } from '@zaizao/modules/deposits/contract';
import { thingGenealogy } from '@zaizao/modules/ledger/contract';
import { receiveReturn } from '@zaizao/modules/market/contract';
import { verifyPassport } from '@zaizao/modules/passport';
import { getBundle } from '@zaizao/modules/passport/contract';
import { getUnitView } from '@zaizao/modules/production/contract';
import { type Database, platformMigrations } from '@zaizao/platform/db';
import { type Running, readConfig, start } from '@zaizao/platform/runtime';
import { testDatabase } from '@zaizao/platform/testkit';
import { type Outcome, type Told, takeAround } from '@zaizao/simulator/loop';
import { PLANTS } from '@zaizao/simulator/products';
import { Random } from '@zaizao/simulator/random';
import { openWorld, setUpPlant, type World } from '@zaizao/simulator/world';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identity, modules } from '../src/compose.ts';
import { ensureDemo } from '../src/demo.ts';

/** One used starter, truly all the way round: the product's first promise, through its public API. */

const home = mkdtempSync(join(tmpdir(), 'zaizao-loop-'));
let database: Database;
let running: Running;
let world: World;
let round: Outcome;
const told: Told[] = [];

beforeAll(async () => {
  database = await testDatabase([platformMigrations]);
  const config = readConfig({
    ZAIZAO_HOME: home,
    PORT: '0',
    ZAIZAO_DEMO: '1',
    ZAIZAO_RATE_FACTOR: '50',
  });
  running = await start({ config, identity, modules, database, log: pino({ level: 'fatal' }) });
  await ensureDemo(running.app);
  const url = await running.server.listen({ port: 0, host: '127.0.0.1' });
  world = await openWorld(url);
  await setUpPlant(world, 'A');
  round = await takeAround(world, {
    product: PLANTS.A.products[0],
    rng: new Random(7),
    until: 'sold',
    smooth: true,
    tell: (line) => told.push(line),
  });
}, 300_000);

afterAll(async () => {
  await running.stop();
  await database.close();
  rmSync(home, { recursive: true, force: true });
});

function unit(): NonNullable<Outcome['unit']> {
  if (!round.unit) throw new Error('the core became no unit');
  return round.unit;
}

test('every step of the loop happens, in order, and is an event of the ledger', () => {
  expect(told.map((t) => t.step)).toEqual([
    ...['quote', 'collect', 'receive', 'grade', 'dismantle', 'clean', 'inspect', 'restore'],
    ...['assemble', 'test', 'certify', 'list', 'sell', 'install', 'settle'],
  ]);
  for (const t of told.filter((x) => x.epc)) expect(t.eventId, t.step).toBeDefined();
});

test('the genealogy links the unit to its core, both ways', async () => {
  const { owner } = world.people;
  const up = await owner.do(thingGenealogy, { params: { epc: unit().epc } });
  expect(JSON.stringify(up)).toContain(round.coreEpc);
  const down = await owner.do(thingGenealogy, {
    params: { epc: round.coreEpc },
    query: { direction: 'used-in' },
  });
  expect(JSON.stringify(down)).toContain(unit().epc);
});

test('the unit is a new identity in its second life; mass is the sum of what went in', async () => {
  const u = await world.people.owner.do(getUnitView, { params: { unitId: unit().id } });
  expect(u.life).toBe(2);
  expect(u.epc).not.toBe(round.coreEpc);
  expect(u.previousCores.map((c) => c.epc)).toEqual([round.coreEpc]);
  expect(u.counts.restored).toBeGreaterThan(0);
  const sum = u.asBuilt.reduce((n, a) => n + a.massG, 0);
  expect(u.massG).toBeCloseTo(sum, 6);
});

test('the deposit is settled and the books add up to zero', async () => {
  const balance = await world.people.owner.do(depositBalance);
  const sum = balance.accounts.reduce((n, a) => n + BigInt(a.balanceFen), 0n);
  expect(sum).toBe(0n);
  const liability = balance.accounts.find((a) => a.account === 'core-deposit-liability');
  expect(liability?.balanceFen).toBe('0');
});

test('the passport verifies with nothing but its own bytes, and no changed byte gets through', async () => {
  const address = new URL(getBundle.path, world.url);
  address.searchParams.set('epc', unit().epc);
  const bundle = await (await fetch(address)).text();
  const good = await verifyPassport(bundle, { now: new Date() });
  expect(good.failed).toBeNull();
  expect(good.ok).toBe(true);
  const rng = new Random(11);
  for (let n = 0; n < 60; n++) {
    const at = Math.floor(rng.next() * bundle.length);
    const other = String.fromCharCode(bundle.charCodeAt(at) ^ 1);
    const forged = bundle.slice(0, at) + other + bundle.slice(at + 1);
    const verdict = await verifyPassport(forged, { now: new Date() });
    expect(verdict.ok, `byte ${at}`).toBe(false);
  }
});

test('the unit comes home as the core of its next life', async () => {
  const back = await world.people.warehouse.do(receiveReturn, { body: { unitId: unit().id } });
  expect(back.life).toBe(2);
  expect(back.code).toBe(unit().serial);
});

test.each([
  ['an alternator of plant A', PLANTS.A.products[1]],
  ['a drill bit of plant B', PLANTS.B.products[0]],
])(
  '%s goes the same way, from its own catalogue',
  async (_, product) => {
    if (!product) throw new Error('plant A makes two products');
    if (product === PLANTS.B.products[0]) await setUpPlant(world, 'B');
    const lines: Told[] = [];
    const rng = new Random(7);
    const tell = (line: Told) => lines.push(line);
    const made = await takeAround(world, { product, rng, until: 'sold', smooth: true, tell });
    expect(lines.map((l) => l.step)).toEqual(told.map((l) => l.step));
    const u = await world.people.owner.do(getUnitView, {
      params: { unitId: made.unit?.id ?? '' },
    });
    expect(u.part.number).toBe(product.product);
    expect(u.counts.restored).toBeGreaterThan(0);
  },
  120_000,
);
