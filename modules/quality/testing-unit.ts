/** Units for the tests of this module: assembled with one kept part, tested, finished. */

import { setTimeout } from 'node:timers/promises';
import { getJob } from '@zaizao/platform/jobs/contract';
import { newId } from '@zaizao/platform/kernel';
import * as production from '../production/contract.ts';
import { acceptedRing, filled } from '../production/testing-floor.ts';
import { instrument, type Plant } from '../testing-plant.ts';
import * as c from './contract.ts';

/** One calibrated instrument of every kind that the starter’s test plan asks for. */
export async function bench(p: Plant): Promise<Map<string, string>> {
  const kinds = [
    ...['voltmeter', 'ammeter', 'tachometer', 'torque-tester', 'sound-level-meter'],
    ...['megger', 'hipot-tester', 'calliper'],
  ];
  const made = new Map<string, string>();
  for (const kind of kinds) made.set(kind, await instrument(p, kind));
  return made;
}

/** A starter put together, waiting for its test. */
export async function assembledUnit(p: Plant) {
  const order = await filled(p, await acceptedRing(p));
  const params = { orderId: order.id };
  const last = Math.max(
    0,
    ...order.operations.filter((o) => o.stationKind === 'assembly').map((o) => o.seq),
  );
  for (const o of order.operations.filter((x) => x.seq <= last)) {
    const operation = { params: { operationId: o.id } };
    await p.owner.ok(production.startOperation, { ...operation, body: {} });
    await p.owner.ok(production.finishOperation, { ...operation, body: {} });
  }
  return p.owner.ok(production.assembleUnit, { params, body: {} });
}

type Row = c.TestView['rows'][number];

/** A value that every limit of a row accepts. */
function goodValue(r: Row): string {
  const ends = r.limits.flatMap((l) => [l.min ?? [], l.max ?? []].flat()).map(Number);
  if (r.unit === 'bool') return String(ends[0] ?? 1);
  const lows = r.limits.flatMap((l) => (l.min === undefined ? [] : Number(l.min)));
  const highs = r.limits.flatMap((l) => (l.max === undefined ? [] : Number(l.max)));
  return String(lows.length > 0 ? Math.max(...lows) : Math.min(...highs));
}

/** A started test with every value good but those named, and its run-in. */
export async function measured(
  p: Plant,
  instruments: Map<string, string>,
  unitId: string,
  values: Readonly<Record<string, string>> = {},
) {
  const t = await p.owner.ok(c.startTest, { body: { unitId } });
  const params = { testId: t.id };
  const given = t.rows.map((r) => ({
    characteristicId: r.id,
    value: values[r.code] ?? goodValue(r),
    unit: r.unit,
    ...(r.instrumentKind
      ? { instrumentId: instruments.get(r.instrumentKind) ?? newId('inst') }
      : {}),
  }));
  await p.owner.ok(c.recordTestValues, { params, body: { values: given } });
  const runIn = { minutes: '5', speedRpm: '3000', good: true };
  return p.owner.ok(c.recordRunIn, { params, body: runIn });
}

/** Paint, mark and pack: what is left of the unit’s order after its test. */
export async function finished(p: Plant, orderId: string) {
  const order = await p.owner.ok(production.getOrder, { params: { orderId } });
  for (const o of order.operations.filter((x) => x.state === 'waiting')) {
    const operation = { params: { operationId: o.id } };
    await p.owner.ok(production.startOperation, { ...operation, body: {} });
    await p.owner.ok(production.finishOperation, { ...operation, body: {} });
  }
}

/** A certificate asked for and made. */
export async function certified(p: Plant, unitId: string) {
  const asked = await p.owner.ok(c.certifyUnit, { body: { unitId } });
  for (let left = 400; ; left--) {
    const { state } = await p.owner.ok(getJob, { params: { jobId: asked.jobId } });
    if (state === 'done') break;
    if (left === 0 || state === 'failed') throw new Error(`the certificate is ${state}`);
    await setTimeout(50);
  }
  return p.owner.ok(c.getCertificate, { params: { certificateId: asked.id } });
}
