import { moveCoreTo } from '@zaizao/modules/cores/contract';
import { Round, type RoundOptions } from './round.ts';
import { assemble } from './stages/assemble.ts';
import { buy, coreMass } from './stages/buy.ts';
import { clean, tearDown } from './stages/dismantle.ts';
import { inspectAll } from './stages/inspect.ts';
import { sell } from './stages/sell.ts';
import { certify, finish, putAway, test } from './stages/test.ts';
import type { World } from './world.ts';

export type { Stage, Told } from './round.ts';

export interface Outcome {
  readonly coreEpc: string;
  /** Absent when the core was not worth more than its metal. */
  readonly unit?: { readonly id: string; readonly epc: string; readonly serial: string };
}

/** Takes one core once round the loop, as its people would: every step a request to the public API. */
export async function takeAround(w: World, o: RoundOptions): Promise<Outcome> {
  const r = new Round(w, o);
  r.pass(0);
  const core = await buy(r);
  const coreEpc = core.epc;
  if (r.stopsBy('graded')) return { coreEpc };
  if (core.grade === 'R') {
    const massKg = ((await coreMass(r)) / 1000).toFixed(3);
    await r.people.warehouse.do(moveCoreTo, {
      params: { coreId: core.id },
      body: { to: 'scrap', reason: '定级 R：不可再制造', massKg },
    });
    return { coreEpc };
  }
  await tearDown(r, core.id);
  if (r.stopsBy('dismantled')) return { coreEpc };
  await clean(r, core.id);
  if (r.stopsBy('cleaned')) return { coreEpc };
  await inspectAll(r, core.id);
  if (r.stopsBy('inspected')) return { coreEpc };
  const unit = await assemble(r, core.id);
  if (r.stopsBy('assembled')) return { coreEpc, unit };
  if (!(await test(r, unit.id))) return { coreEpc };
  await finish(r, unit.id);
  if (r.stopsBy('finished')) return { coreEpc, unit };
  await certify(r, unit);
  if (r.stopsBy('certified')) return { coreEpc, unit };
  await putAway(r, unit);
  if (!r.stopsBy('stock')) await sell(r, unit);
  return { coreEpc, unit };
}
