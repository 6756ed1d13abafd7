import { getJob } from '@zaizao/platform/jobs/contract';
import { unwrap } from '@zaizao/platform/kernel';
import type { TestApp, TestOrg } from '@zaizao/platform/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verification, verifyNow } from './contract.ts';
import { flushLog, record, verifyLedger } from './index.ts';
import { giai, inOrg, installing, ledgerApp, receiving, sgtin, tearingDown } from './testing.ts';

let t: TestApp;
let plant: TestOrg;
let serial = 0;
beforeAll(async () => {
  t = await ledgerApp({ background: true });
});
afterAll(() => t.stop());

/** A fresh organisation with four events in the log. */
beforeEach(async () => {
  plant = await t.org('篡改演练');
  const n = serial++;
  const [core, one, two] = [giai(`T${n}C`), giai(`T${n}K1`), giai(`T${n}K2`)];
  const events = [
    ...[receiving(core), receiving(giai(`T${n}D`), 1), tearingDown(core, [one, two], 10)],
    installing(sgtin(`T${n}`), [one, two], 20),
  ];
  unwrap(await inOrg(t.app, plant.ref, (ctx) => record(ctx, events)));
  await flushLog(t.app);
});

/** Does what only somebody with the database in hand can do, then undoes it by rolling back. */
async function found(...tampering: ReturnType<typeof sql>[]): Promise<string[]> {
  const codes: string[] = [];
  const undo = new Error('undo');
  const owner = t.app.db.kysely;
  // The same owner connection tampers and verifies, so that nothing of it stays.
  await owner
    .transaction()
    .execute(async (tx) => {
      for (const statement of tampering) await statement.execute(tx);
      const seen = { ...t.app, db: { ...t.app.db, kysely: within(tx) } } as typeof t.app; // as above
      const report = await verifyLedger(seen, { deep: true, org: plant.ref.no });
      codes.push(...report.findings.map((f) => f.code));
      throw undo;
    })
    .catch((e: unknown) => {
      if (e !== undo) throw e;
    });
  return codes;
}

/** A Kysely whose transactions run inside an open one. */
function within(tx: Parameters<Parameters<ReturnType<typeof db>['execute']>[0]>[0]) {
  return {
    transaction: () => ({ execute: (work: (inner: typeof tx) => Promise<unknown>) => work(tx) }),
  } as unknown as typeof t.app.db.kysely; // only what transact() uses
}
const db = () => t.app.db.kysely.transaction();

const mine = () => sql`org_id = ${plant.ref.no}`;

describe('somebody with the database in hand', () => {
  test('leaves clean data without alarm', async () => {
    expect(await found()).toEqual([]);
    expect(await verifyLedger(t.app, { deep: false })).toMatchObject({ ok: true });
    const all = await verifyLedger(t.app, { deep: true });
    expect(all.findings).toEqual([]);
    expect(all.events).toBeLessThan(all.size); // every checkpoint adds the head of the map
  });

  test('edits an event', async () => {
    const edit = sql`update ledger.event set event = jsonb_set(event, '{disposition}', '"destroyed"')
      where ${mine()} and seq = 1`;
    expect(await found(edit)).toEqual(expect.arrayContaining(['event-changed', 'index-changed']));
  });

  test('edits an event and its hash and columns with it', async () => {
    const edit = sql`update ledger.event set event = jsonb_set(event, '{disposition}', '"destroyed"'),
      disposition = 'destroyed', hash = decode(repeat('00', 32), 'hex')
      where ${mine()} and seq = 1`;
    expect(await found(edit)).toContain('event-changed');
  });

  test('changes when an event was recorded', async () => {
    const edit = sql`update ledger.event set record_us = record_us - 1000000
      where ${mine()} and seq = 3`;
    expect(await found(edit)).toEqual(expect.arrayContaining(['order-changed', 'event-changed']));
  });

  test('deletes an event', async () => {
    expect(await found(sql`delete from ledger.event where ${mine()} and seq = 2`)).toContain(
      'event-missing',
    );
  });

  test('truncates the end, with all traces in the tables', async () => {
    const codes = await found(
      sql`delete from ledger.event where ${mine()} and seq = 4`,
      sql`delete from ledger.event_thing where ${mine()} and seq = 4`,
      sql`delete from ledger.link where ${mine()} and seq = 4`,
      sql`update ledger.leaf_run set count = count - 1 where ${mine()} and first_seq + count = 5`,
      sql`update ledger.clock set last_seq = 3 where ${mine()}`,
      sql`update ledger.logged set last_seq = 3 where ${mine()}`,
    );
    expect(codes).toEqual(['entry-orphan']);
  });

  test('exchanges two events', async () => {
    const codes = await found(
      sql`update ledger.event set seq = -seq + 1000 where ${mine()} and seq in (1, 2)`,
      sql`update ledger.event set seq = seq - 997 where ${mine()} and seq in (998, 999)`,
    );
    expect(codes).toEqual(expect.arrayContaining(['event-moved']));
  });

  test('hides an event from the history of a thing', async () => {
    const hide = sql`delete from ledger.event_thing where ${mine()} and seq = 3 and role = 4`;
    expect(await found(hide)).toEqual(['thing-hidden']);
  });

  test('invents a piece of genealogy', async () => {
    const invent = sql`insert into ledger.link (org_id, thing, side, node, event_us, seq, kind)
      values (${plant.ref.no}, 'https://id.gs1.org/8004/952000001ZZ', 0, 'e:4', 1, 4, 2)`;
    expect(await found(invent)).toEqual(['index-surplus']);
  });

  test('hides an event from the public history', async () => {
    const hide = sql`delete from ledger.thing_entry where log_index =
      (select first_index + 3 - first_seq from ledger.leaf_run where ${mine()}
        and 3 between first_seq and first_seq + count - 1)`;
    expect(await found(hide)).toContain('thing-hidden');
  });

  test('claims another map', async () => {
    const claim = sql`update ledger.checkpoint set map_root = decode(repeat('22', 32), 'hex')
      where size = (select max(size) from ledger.checkpoint)`;
    expect(await found(claim)).toContain('map-wrong');
  });

  test('swaps a tile', async () => {
    const flip = sql`update ledger.tile set bytes = set_byte(bytes, 5, 255 - get_byte(bytes, 5))
      where level = 0 and index = 0`;
    expect(await found(flip)).toContain('tile-damaged');
    const bundle = sql`update ledger.tile set bytes = set_byte(bytes, 90, 255 - get_byte(bytes, 90))
      where level = -1 and index = 0`;
    expect(await found(bundle)).toContain('tile-damaged');
  });

  test('forges a checkpoint', async () => {
    const forge = sql`update ledger.checkpoint set root = decode(repeat('11', 32), 'hex')
      where size = (select max(size) from ledger.checkpoint)`;
    expect(await found(forge)).toContain('checkpoint-forged');
  });

  test('sets the whole log back', async () => {
    const back = sql`delete from ledger.checkpoint
      where size = (select max(size) from ledger.checkpoint)`;
    expect(await found(back)).toContain('log-rolled-back');
  });
});

test('verifies on demand, as a job', async () => {
  const owner = await plant.as('owner');
  const started = await owner.ok(verifyNow, { body: { deep: true } });
  await expect
    .poll(
      async () => {
        const job = await owner.ok(getJob, { params: { jobId: started.jobId } });
        return job.state;
      },
      { timeout: 10_000 },
    )
    .toBe('done');
  const job = await owner.ok(getJob, { params: { jobId: started.jobId } });
  expect(verification.parse(job.result)).toMatchObject({ ok: true, events: 4 });
});
