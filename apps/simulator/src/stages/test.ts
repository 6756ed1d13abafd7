import { getPackage } from '@zaizao/modules/catalog/contract';
import {
  finishOperation,
  getOrder,
  getUnitView,
  packUnit,
  releaseRework,
  releaseUnit,
  startOperation,
} from '@zaizao/modules/production/contract';
import {
  addCurve,
  certifyUnit,
  closeNonconformance,
  containNonconformance,
  correctNonconformance,
  decideTest,
  disposeNonconformance,
  findCause,
  getCertificate,
  recordRunIn,
  recordTestValues,
  startTest,
  verifyNonconformance,
} from '@zaizao/modules/quality/contract';
import type { z } from 'zod';
import type { Round } from '../round.ts';
import { readings } from '../values.ts';
import { operate } from './assemble.ts';

/** Tests a unit, once more after rework when it fails; whether it passed in the end. */
export async function test(r: Round, unitId: string): Promise<boolean> {
  const fails = !r.o.smooth && r.rng.chance(3.5);
  const first = await testOnce(r, unitId, fails);
  if (first.state === 'passed') return true;
  const { planner, assembler } = r.people;
  r.pass(20);
  if (first.nonconformanceId) await decideFault(r, first.nonconformanceId);
  const rework = await planner.do(releaseRework, {
    body: { unitId, instruction: '更换超差件并复装' },
  });
  for (const op of rework.operations) await operate(r, assembler, op.id, 900);
  const second = await testOnce(r, unitId, false);
  if (first.nonconformanceId) await closeFault(r, first.nonconformanceId, second.code);
  return second.state === 'passed';
}

/** Quality sets the unit apart, decides on rework, names the cause and what is done about it. */
async function decideFault(r: Round, nonconformanceId: string): Promise<void> {
  const { quality } = r.people;
  const params = { nonconformanceId };
  await quality.do(containNonconformance, { params, body: { containment: '隔离于不合格品区' } });
  const disposition = { disposition: 'rework', reason: '更换超差件后复试' } as const;
  await quality.do(disposeNonconformance, { params, body: disposition });
  const cause = { category: 'material', cause: '装入的新件批次偏差' } as const;
  await quality.do(findCause, { params, body: cause });
  const due = new Date((quality.at ?? new Date()).getTime() + 7 * 86_400_000);
  await quality.do(correctNonconformance, {
    params,
    body: { action: '该批次加严抽检', owner: '周质量', due: due.toISOString().slice(0, 10) },
  });
}

async function closeFault(r: Round, nonconformanceId: string, testCode: string): Promise<void> {
  const { quality } = r.people;
  const params = { nonconformanceId };
  r.pass(30);
  await quality.do(verifyNonconformance, {
    params,
    body: { effective: true, evidence: `复试合格 ${testCode}` },
  });
  await quality.do(closeNonconformance, { params });
}

async function testOnce(r: Round, unitId: string, fails: boolean) {
  const { tester } = r.people;
  r.pass(3);
  const t = await tester.do(startTest, { body: { unitId } });
  const params = { testId: t.id };
  const bad = fails ? t.rows[0]?.id : undefined;
  const values = await readings(r.w, t.rows, bad, r.rng);
  await tester.do(recordTestValues, { params, body: { values } });
  if (t.needsRunIn) await tester.do(recordRunIn, { params, body: { minutes: '1.5', good: true } });
  const { curve } = r.o.product;
  if (curve) {
    const { name, unit } = curve;
    await tester.do(addCurve, { params, body: { name, unit, points: curve.points(r.rng) } });
  }
  r.pass(3);
  const decided = await tester.do(decideTest, { params });
  await r.tell(
    'test',
    `试验${decided.state === 'passed' ? '合格' : '不合格'}（${t.rows.length} 项）`,
    `test ${decided.state} (${t.rows.length} items)`,
    decided.unit.epc,
  );
  return decided;
}

/** Paints, marks and packs what passed. */
export async function finish(r: Round, unitId: string): Promise<void> {
  const { assembler, planner } = r.people;
  const made = await planner.do(getUnitView, { params: { unitId } });
  const order = await planner.do(getOrder, { params: { orderId: made.orderId } });
  const { spec } = await planner.do(getPackage, { params: { partId: made.part.id } });
  for (const op of order.operations) {
    if (op.state !== 'waiting') continue;
    if (op.stationKind === 'packing' && spec) {
      await pack(r, { unitId, massG: made.massG }, op.id, spec);
    } else await operate(r, assembler, op.id, op.stdSeconds);
  }
}

type Spec = NonNullable<z.output<(typeof getPackage)['response']>['spec']>;

/** Packs by the specification: every check, a photo, the gross mass; then the operation ends. */
async function pack(
  r: Round,
  unit: { unitId: string; massG: number },
  operationId: string,
  spec: Spec,
): Promise<void> {
  const { assembler } = r.people;
  const params = { operationId };
  await assembler.do(startOperation, { params, body: {} });
  r.pass(2);
  const photos = await r.w.photos(assembler);
  await assembler.do(packUnit, {
    params: { unitId: unit.unitId },
    body: {
      checks: spec.checks.map((c) => c.code),
      photo: photos.side,
      grossG: Math.round(unit.massG + spec.tareG + r.rng.between(0, 40)),
    },
  });
  await assembler.do(finishOperation, { params, body: {} });
}

/** Certifies a finished unit. */
export async function certify(r: Round, unit: { id: string; epc: string }): Promise<void> {
  const { quality } = r.people;
  r.pass(5);
  const certificate = await quality.do(certifyUnit, { body: { unitId: unit.id } });
  const deadline = Date.now() + 60_000;
  for (;;) {
    const now = await quality.do(getCertificate, { params: { certificateId: certificate.id } });
    if (now.issuedAt) break;
    if (Date.now() > deadline)
      throw new Error(`certificate ${now.code} is not issued after a minute`);
    await new Promise((done) => setTimeout(done, 100));
  }
  await r.tell(
    'certify',
    `合格证 ${certificate.code}，标签已生成`,
    `certificate ${certificate.code} and label`,
    unit.epc,
  );
}

/** Puts a certified unit on the shelf. */
export async function putAway(r: Round, unit: { id: string }): Promise<void> {
  await r.people.warehouse.do(releaseUnit, {
    params: { unitId: unit.id },
    body: { place: 'A-01' },
  });
}
