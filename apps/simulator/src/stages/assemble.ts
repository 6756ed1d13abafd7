import {
  assembleUnit,
  fillSlot,
  finishOperation,
  releaseAssembly,
  startOperation,
} from '@zaizao/modules/production/contract';
import type { Person } from '../client.ts';
import type { Round } from '../round.ts';
import { componentsOf } from './dismantle.ts';

const OPERATION_KWH = '0.35';
/** Each unit is wanted within a shift of its order. */
const SHIFT_MS = 8 * 3_600_000;
/** Steps that wait for the passed test. */
const AFTER_TEST = new Set(['coating', 'labelling', 'packing']);

export async function operate(
  r: Round,
  who: Person,
  operationId: string,
  stdSeconds = 60,
): Promise<void> {
  const params = { operationId };
  await who.do(startOperation, { params, body: {} });
  r.pass(Math.max(1, (stdSeconds * r.rng.between(0.9, 1.3)) / 60));
  await who.do(finishOperation, { params, body: { energyKwh: OPERATION_KWH } });
}

/** The kept components go into their slots, new parts into the empty ones: a new identity. */
export async function assemble(r: Round, coreId: string) {
  const { planner, assembler, machinist } = r.people;
  const partId = await r.w.partId(r.o.product.product);
  const dueAt = new Date((planner.at ?? new Date()).getTime() + SHIFT_MS).toISOString();
  const order = await planner.do(releaseAssembly, { body: { partId, dueAt } });
  const own = await componentsOf(r, coreId, 'reuse');
  const params = { orderId: order.id };
  for (const s of order.slots) {
    let missing = s.qty;
    for (const c of own.filter((x) => x.part.id === s.part.id)) {
      if (missing === 0) break;
      await assembler.do(fillSlot, { params, body: { pos: s.pos, componentId: c.id } });
      missing -= Math.min(missing, c.qty);
    }
    if (missing > 0) {
      const month = r.o.start ? r.o.start.toISOString().slice(0, 7) : 'NEW';
      const newLot = `N-${s.pos}-${month}`;
      await assembler.do(fillSlot, { params, body: { pos: s.pos, newLot, qty: missing } });
    }
  }
  for (const op of order.operations.filter((x) => !AFTER_TEST.has(x.stationKind))) {
    if (op.stationKind === 'assembly') await putTogether(r, op.id);
    else await operate(r, machinist, op.id, op.stdSeconds);
  }
  const unit = await assembler.do(assembleUnit, { params, body: {} });
  await r.tell(
    'assemble',
    `总装完成，新身份 ${unit.serial}，第 ${unit.life} 次生命；复用 ${unit.counts.reused} 修复 ${unit.counts.restored} 新件 ${unit.counts.new}`,
    `assembled: new identity ${unit.serial}, life ${unit.life}; reused ${unit.counts.reused}, restored ${unit.counts.restored}, new ${unit.counts.new}`,
    unit.epc,
  );
  return unit;
}

async function putTogether(r: Round, operationId: string): Promise<void> {
  const { assembler } = r.people;
  const params = { operationId };
  await assembler.do(startOperation, { params, body: {} });
  r.pass(2);
  const values = [];
  for (const { name, unit, value, instrumentKind } of r.o.product.noted) {
    const by = instrumentKind ? { instrumentId: await r.w.instrument(instrumentKind) } : {};
    values.push({ name, unit, value: value(r.rng), ...by });
  }
  await assembler.do(finishOperation, {
    params,
    body: { values, consumption: [...r.o.product.consumption], energyKwh: '0.05' },
  });
}
