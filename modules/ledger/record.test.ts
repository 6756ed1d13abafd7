import { unwrap } from '@zaizao/platform/kernel';
import type { TestApp, TestOrg } from '@zaizao/platform/testkit';
import {
  type Disclosure,
  fromBase64,
  hashLeaf,
  kOfN,
  openCheckpoint,
  parseVerifierKey,
  verifyDisclosure,
  verifyTlogProof,
} from '@zaizao/tlog';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  findThing,
  flushLog,
  genealogy,
  historyOf,
  logState,
  proofOf,
  record,
  registerThing,
  thingByRef,
} from './index.ts';
import { giai, inOrg, installing, ledgerApp, receiving, sgtin, tearingDown } from './testing.ts';

let t: TestApp;
let plant: TestOrg;
beforeAll(async () => {
  t = await ledgerApp();
  plant = await t.org('再制造厂');
});
afterAll(() => t.stop());

test('records, tells the history of a thing, and proves it', async () => {
  const core = giai('C0001');
  const parts = [giai('K0001'), giai('K0002')];
  const unit = sgtin('S0001');
  const recorded = await inOrg(t.app, plant.ref, (ctx) =>
    record(ctx, [receiving(core), tearingDown(core, parts), installing(unit, parts)]),
  );
  const events = unwrap(recorded);
  expect(events.map((e) => e.recordTime)).toEqual(events.map((e) => e.recordTime).toSorted());
  await flushLog(t.app);
  await inOrg(t.app, plant.ref, async (ctx) => {
    const life = unwrap(await historyOf(ctx, 'urn:epc:id:giai:9520000.01C0001'));
    expect(life.items.map((e) => e.bizStep)).toEqual(['disassembling', 'receiving']);
    const made = unwrap(await genealogy(ctx, unit, 'components-of'));
    expect(made.nodes.map((n) => n.epc)).toEqual([unit, ...parts, core]);
    const used = unwrap(await genealogy(ctx, core, 'used-in'));
    expect(used.nodes.map((n) => n.epc)).toEqual([core, ...parts, unit]);
    const state = await logState(ctx);
    expect(state).toMatchObject({ events: 3, waiting: 0 });
    const key = parseVerifierKey(state.verifierKey);
    expect(openCheckpoint(state.checkpoint, [key]).ok).toBe(true);
    const proof = unwrap(await proofOf(ctx, events[1]?.eventId ?? ''));
    const leaf = hashLeaf(fromBase64(proof.entry));
    expect(verifyTlogProof(proof.tlogProof, leaf, kOfN([key], 0, []))).toMatchObject({ ok: true });
    const opened = verifyDisclosure(fromBase64(proof.entry), proof.disclosure as Disclosure);
    expect(opened).toMatchObject({ ok: true });
  });
});

test('finds a thing by whatever was scanned', async () => {
  await inOrg(t.app, plant.ref, async (ctx) => {
    const name = { zh: '起动机', en: 'Starter' };
    const core = { kind: 'core' as const, ref: 'core_1', epc: giai('C0009'), code: 'C-0009', name };
    unwrap(await registerThing(ctx, { ...core, marks: ['QDJ 1308'] }));
    for (const scan of [
      'c0009',
      ' C-0009 ',
      'qdj1308',
      giai('C0009'),
      'https://zaizao.example/8004/952000001C0009?x=1',
      'urn:epc:id:giai:9520000.01C0009',
      '(8004)952000001C0009',
      ']d28004952000001C0009',
    ]) {
      expect(await findThing(ctx, scan), scan).toMatchObject({ ref: 'core_1' });
    }
    expect(await thingByRef(ctx, 'core_1')).toMatchObject({ code: 'C-0009' });
    expect(await findThing(ctx, 'C0010')).toBeUndefined();
    const twice = await registerThing(ctx, { ...core, ref: 'core_2' });
    expect(twice).toMatchObject({ ok: false, error: { code: 'LEDGER_THING_TAKEN' } });
  });
});
