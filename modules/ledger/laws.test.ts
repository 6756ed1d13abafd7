import { transact } from '@zaizao/platform/db';
import { unwrap } from '@zaizao/platform/kernel';
import type { TestApp } from '@zaizao/platform/testkit';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { graphOf, type Step } from './domain/genealogy.ts';
import type { LinkKind } from './domain/link.ts';
import { microsOf, stampOf } from './domain/micros.ts';
import { flushLog, genealogy, logState, record, registerThing } from './index.ts';
import {
  giai,
  inOrg,
  installing,
  ledgerApp,
  receiving,
  remanufacturing,
  removing,
  sgtin,
  tearingDown,
} from './testing.ts';

let t: TestApp;
beforeAll(async () => {
  t = await ledgerApp();
});
afterAll(() => t.stop());

const runs = { numRuns: 12 };

/** Two lives: a core's parts go into a unit, the unit comes back as a core, its parts into another unit. */
function twoLives(tag: string) {
  const id = (name: string) => giai(`${tag}${name}`);
  const first = sgtin(`${tag}U1`);
  const second = sgtin(`${tag}U2`);
  return {
    first,
    second,
    core: id('C1'),
    events: [
      receiving(id('C1'), 0),
      tearingDown(id('C1'), [id('K1'), id('K2')], 10),
      installing(first, [id('K1'), id('K2'), id('N1')], 20),
      removing(first, [id('N1')], 30),
      remanufacturing([first], id('C2'), 40),
      tearingDown(id('C2'), [id('K3')], 50),
      remanufacturing([id('K3'), id('N2')], second, 60),
    ],
  };
}

test('genealogy is the same whatever the order of recording, runs through lives, and has no circle', async () => {
  let n = 0;
  const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 });
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(order, async (places) => {
      const plant = await t.org(`秩序 ${n}`);
      const tag = 'A';
      n++;
      const { events, second, first, core } = twoLives(tag);
      await inOrg(t.app, plant.ref, async (ctx) => {
        for (const place of places) {
          const event = events[place];
          if (event) unwrap(await record(ctx, [event]));
        }
        const up = unwrap(await genealogy(ctx, second, 'components-of'));
        const down = unwrap(await genealogy(ctx, core, 'used-in'));
        expect(up.nodes.map((x) => x.epc)).toContain(core);
        expect(down.nodes.map((x) => x.epc)).toEqual(expect.arrayContaining([first, second]));
        for (const graph of [up, down]) expect(hasCircle(graph.edges)).toBe(false);
        const removed = up.edges.find((e) => e.from === giai('AN1'));
        expect(removed?.removedAt).toBe('2026-02-01T00:30:00.000000Z');
        const bare = [...up.edges, ...down.edges]
          .map(({ from, to, kind, removedAt }) => `${from} ${to} ${kind} ${removedAt}`)
          .toSorted();
        seen.add(JSON.stringify(bare));
      });
    }),
    runs,
  );
  expect(seen.size).toBe(1);
});

test('a part that is taken out and put in again is nobody’s offspring', async () => {
  const plant = await t.org('拆装');
  await inOrg(t.app, plant.ref, async (ctx) => {
    const [unit, part, core] = [sgtin('RU'), giai('RK'), giai('RC')];
    const events = [
      tearingDown(core, [part], 1),
      installing(unit, [part], 2),
      removing(unit, [part], 3),
      installing(unit, [part], 4),
    ];
    unwrap(await record(ctx, events));
    const made = unwrap(await genealogy(ctx, part, 'components-of'));
    expect(made.nodes.map((x) => x.epc)).toEqual([part, core]);
    const whole = unwrap(await genealogy(ctx, unit, 'components-of'));
    expect(new Set(whole.nodes.map((x) => x.epc))).toEqual(new Set([unit, part, core]));
  });
});

function hasCircle(edges: readonly { from: string; to: string }[]): boolean {
  const next = Map.groupBy(edges, (e) => e.from);
  const state = new Map<string, 'open' | 'done'>();
  const visit = (at: string): boolean => {
    if (state.get(at) === 'open') return true;
    if (state.get(at) === 'done') return false;
    state.set(at, 'open');
    const circle = (next.get(at) ?? []).some((e) => visit(e.to));
    state.set(at, 'done');
    return circle;
  };
  return [...next.keys()].some(visit);
}

test('no data, however contradictory, give a circle', () => {
  const thing = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const node = fc.record({
    before: fc.uniqueArray(thing, { minLength: 1, maxLength: 3 }),
    after: fc.uniqueArray(thing, { minLength: 1, maxLength: 3 }),
    us: fc.integer({ min: 0, max: 4 }),
    kind: fc.constantFrom<LinkKind>('transformed', 'put-together', 'taken-apart'),
  });
  fc.assert(
    fc.property(fc.array(node, { maxLength: 12 }), thing, fc.boolean(), (nodes, root, up) => {
      const steps = nodes.flatMap(({ before, after, us, kind }, i): Step[] => {
        const common = {
          ...{ node: `e:${i}`, us, kind, eventId: `${i}`, eventTime: '' },
          bizStep: undefined,
        };
        return [
          ...before.map((x) => ({ ...common, thing: x, side: 0 })),
          ...after.map((x) => ({ ...common, thing: x, side: 1 })),
        ];
      });
      const graph = graphOf(root, up ? 'components-of' : 'used-in', steps, []);
      expect(hasCircle(graph.edges)).toBe(false);
      for (const edge of graph.edges) {
        expect(graph.depths.has(edge.from) && graph.depths.has(edge.to)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test('record times strictly rise and numbers have no gap, however many record at once', async () => {
  const plant = await t.org('并发');
  const tasks = Array.from({ length: 20 }, (_, i) =>
    inOrg(t.app, plant.ref, async (ctx) => {
      const recorded = await record(ctx, [receiving(giai(`Z${i}A`)), receiving(giai(`Z${i}B`))]);
      if (i % 5 === 4) throw new Error('changed its mind'); // its numbers are given to others
      return recorded;
    }).catch(() => undefined),
  );
  const done = (await Promise.all(tasks)).filter((x) => x !== undefined);
  expect(done).toHaveLength(16);
  const rows = await transact(t.app.db, { kind: 'org', org: plant.ref.no, actor: 'x' }, (tx) =>
    sql<{ seq: bigint; record_us: bigint }>`
      select seq, record_us from ledger.event order by seq`.execute(tx),
  );
  expect(rows.rows.map((r) => Number(r.seq))).toEqual(Array.from({ length: 32 }, (_, i) => i + 1));
  const times = rows.rows.map((r) => r.record_us);
  expect(times.every((us, i) => i === 0 || us > (times[i - 1] ?? 0n))).toBe(true);
});

test('recording a named event again changes nothing', async () => {
  const plant = await t.org('重复');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1 }), async (picks) => {
      await inOrg(t.app, plant.ref, async (ctx) => {
        const events = picks.map((i) => ({ ...receiving(giai(`R${i}`)), eventID: `urn:x:r${i}` }));
        const recorded = unwrap(await record(ctx, events));
        for (const [i, a] of recorded.entries()) {
          const twin = recorded.findIndex((b) => b.eventId === a.eventId);
          expect(recorded[i]?.recordTime).toBe(recorded[twin]?.recordTime);
        }
      });
    }),
    runs,
  );
  await flushLog(t.app);
  const state = await inOrg(t.app, plant.ref, (ctx) => logState(ctx));
  expect(state.events).toBeLessThanOrEqual(6);
  expect(state.waiting).toBe(0);
});

test('the database keeps organisations apart and lets nobody change the past', async () => {
  const [one, two] = [await t.org('己方'), await t.org('他方')];
  const name = { zh: '件', en: 'part' };
  await inOrg(t.app, one.ref, async (ctx) => {
    unwrap(await record(ctx, [receiving(giai('RLS')), tearingDown(giai('RLS'), [giai('RLS2')])]));
    const thing = { kind: 'core' as const, ref: 'core_rls', epc: giai('RLS'), code: 'RLS', name };
    unwrap(await registerThing(ctx, { ...thing, marks: ['RLSMARK'] }));
  });
  const as = (org: number) => ({ kind: 'org' as const, org, actor: 'attack' });
  const tables = ['event', 'event_thing', 'link', 'thing', 'thing_mark', 'clock', 'logged'];
  for (const table of tables) {
    const count = sql<{ n: bigint }>`select count(*) as n from ${sql.table(`ledger.${table}`)}
      where org_id = ${one.ref.no}`;
    const seen = await transact(t.app.db, as(two.ref.no), (tx) => count.execute(tx));
    expect(seen.rows[0]?.n, table).toBe(0n);
  }
  const attack = (org: number, statement: ReturnType<typeof sql>) =>
    transact(t.app.db, as(org), (tx) => statement.execute(tx));
  const forged = sql`insert into ledger.event_thing (org_id, thing, event_us, seq, role)
    values (${one.ref.no}, 'x', 1, 1, 1)`;
  await expect(attack(two.ref.no, forged)).rejects.toMatchObject({ code: '42501' });
  for (const change of [
    sql`update ledger.event set disposition = 'destroyed'`,
    sql`delete from ledger.event`,
    sql`delete from ledger.event_thing`,
    sql`update ledger.link set thing = 'x'`,
    sql`delete from ledger.checkpoint`,
    sql`insert into ledger.tile (level, index, width, bytes) values (9, 9, 1, '\\x00')`,
  ]) {
    await expect(attack(one.ref.no, change)).rejects.toMatchObject({ code: '42501' });
  }
});

test('times keep their microseconds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000_000_000 }), (us) => {
      expect(microsOf(stampOf(us))).toBe(us);
    }),
  );
  expect(microsOf('2005-04-03T20:33:31.116000-06:00')).toBe(1112582011116000);
});
