import { unwrap } from '@zaizao/platform/kernel';
import type { TestApp, TestOrg } from '@zaizao/platform/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  commitAudit,
  copyLedger,
  flushLog,
  record,
  rotateKey,
  tamperDrill,
  verifyLedger,
} from './index.ts';
import { giai, inOrg, installing, ledgerApp, receiving, sgtin, tearingDown } from './testing.ts';

let t: TestApp;
let copy: TestApp;
let plant: TestOrg;
beforeAll(async () => {
  t = await ledgerApp();
  copy = await ledgerApp();
  plant = await t.org('演练');
  const other = await t.org('另一家');
  for (let n = 0; n < 12; n++) {
    const [core, one, two] = [giai(`D${n}C`), giai(`D${n}K1`), giai(`D${n}K2`)];
    const events = [
      receiving(core),
      tearingDown(core, [one, two]),
      installing(sgtin(`D${n}`), [one, two]),
    ];
    const org = n % 4 === 3 ? other.ref : plant.ref;
    unwrap(await inOrg(t.app, org, (ctx) => record(ctx, events)));
    await inOrg(t.app, org, (ctx) => ctx.audit('drill.made', core, { n }));
    if (n % 3 === 2) await flushLog(t.app);
    if (n === 5) await rotateKey(t.app);
    if (n === 7) await commitAudit(t.app);
  }
  await flushLog(t.app);
});
afterAll(async () => {
  await copy.stop();
  await t.stop();
});

test('on a copy every way to change the past is found, and clean data give no alarm', async () => {
  const copied = await copyLedger(t.app, copy.app);
  const before = await sql<{
    h: string;
  }>`select md5(string_agg(e::text, '' order by org_id, seq)) as h
    from ledger.event e`.execute(t.app.db.kysely);
  const told: string[] = [];
  const report = await tamperDrill(copied, (o) => told.push(o.id));
  expect(report.falseAlarms).toEqual([]);
  expect(report.outcomes.filter((o) => !o.isFound)).toEqual([]);
  expect(report.outcomes.length).toBeGreaterThanOrEqual(19);
  expect(told).toEqual(report.outcomes.map((o) => o.id));
  const found = new Map(report.outcomes.map((o) => [o.id, o.findings]));
  expect(found.get('edit')).toContain('event-changed');
  expect(found.get('delete')).toContain('event-missing');
  expect(found.get('reorder')).toContain('event-moved');
  expect(found.get('truncate')).toContain('entry-orphan');
  expect(found.get('hash-tile')).toContain('tile-damaged');
  expect(found.get('fork')).toContain('log-rolled-back');
  expect(found.get('fork-everywhere')).toEqual(['checkpoint-inconsistent']);
  expect(found.get('hide')).toEqual(['thing-hidden']);
  expect(found.get('audit-edit')).toEqual(['audit-changed']);
  expect(found.get('audit-delete')).toEqual(['audit-missing']);
  // The copy is as it was, and so is what it was made of.
  expect((await verifyLedger(copied, { deep: true })).findings).toEqual([]);
  expect((await verifyLedger(t.app, { deep: true })).findings).toEqual([]);
  const after = await sql<{
    h: string;
  }>`select md5(string_agg(e::text, '' order by org_id, seq)) as h
    from ledger.event e`.execute(t.app.db.kysely);
  expect(after.rows).toEqual(before.rows);
}, 120_000);
