import {
  decideDisposition,
  recordMeasurements,
  recordVisual,
  startInspection,
} from '@zaizao/modules/inspection/contract';
import { getOrder, releaseRestore } from '@zaizao/modules/production/contract';
import type { Round } from '../round.ts';
import { readings } from '../values.ts';
import { operate } from './assemble.ts';
import { componentsOf } from './dismantle.ts';

/** Every cleaned component is inspected and decided on; what is to be restored is, and comes back. */
export async function inspectAll(r: Round, coreId: string): Promise<void> {
  const components = await componentsOf(r, coreId, 'cleaned');
  for (const c of components) {
    r.pass(1);
    await inspect(r, c.id, fate(r, c.pos));
  }
  const restore = await componentsOf(r, coreId, 'restore');
  await r.tell(
    'inspect',
    `检测判定：${restore.length} 件待修复`,
    `inspected and decided: ${restore.length} to be restored`,
    restore[0]?.epc ?? components[0]?.epc,
  );
  for (const c of restore) {
    r.pass(2);
    if (await restoreOne(r, c.id)) await inspect(r, c.id, 'good');
  }
  if (restore[0]) {
    await r.tell('restore', '修复完成并复检合格', 'restored and inspected again', restore[0].epc);
  }
}

function fate(r: Round, pos: number | undefined): 'good' | 'worn' {
  if (r.o.smooth) return pos !== undefined && r.o.product.worn.includes(pos) ? 'worn' : 'good';
  return r.rng.chance(38) ? 'worn' : 'good';
}

/** Measures what the grid asks for; a worn part has one characteristic out of limits. */
async function inspect(r: Round, componentId: string, state: 'good' | 'worn'): Promise<void> {
  const { inspector } = r.people;
  const i = await inspector.do(startInspection, { body: { componentId } });
  const params = { inspectionId: i.id };
  const bad = state === 'worn' ? i.rows[0]?.id : undefined;
  const values = await readings(r.w, i.rows, bad, r.rng);
  let now =
    values.length > 0 ? await inspector.do(recordMeasurements, { params, body: { values } }) : i;
  if (values.length === 0 && state === 'worn') {
    now = await inspector.do(recordVisual, { params, body: { good: false, note: '磨损' } });
  }
  const { disposition } = now.proposal;
  await inspector.do(decideDisposition, { params, body: { disposition } });
}

/** Works off a restore order; false when the part ended as scrap. */
async function restoreOne(r: Round, componentId: string): Promise<boolean> {
  const { planner, machinist } = r.people;
  const order = await planner.do(releaseRestore, { body: { componentId } });
  for (const op of order.operations) await operate(r, machinist, op.id, op.stdSeconds);
  const after = await planner.do(getOrder, { params: { orderId: order.id } });
  return after.state === 'done';
}
