import { bizStep, disposition, objectEvent } from '@zaizao/epcis';
import { methodMaster } from '@zaizao/modules/catalog';
import { record } from '@zaizao/modules/ledger';
import { allocateCode, defaultSite } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type CleaningView,
  dismantlingErrors,
  type finishCleaning,
  type startCleaning,
} from '../contract.ts';
import { componentMachine } from '../domain/component-machine.ts';
import * as repo from '../repo/cleaning.ts';
import {
  type Component,
  componentView,
  findComponents,
  getComponent,
  moveComponent,
  stateRefusal,
} from './components.ts';

type View = z.input<typeof CleaningView>;

/** Puts components into a cleaning batch; each must be in a state from which it may be cleaned. */
export async function startBatch(
  ctx: Ctx,
  input: z.output<(typeof startCleaning)['body']>,
): Promise<Result<View>> {
  const method = methodMaster().find((m) => m.code === input.method && m.kind === 'cleaning');
  if (!method) return err(dismantlingErrors.CLEANING_METHOD_UNKNOWN({ method: input.method }));
  const ids = [...new Set(input.componentIds)];
  const components: Component[] = [];
  for (const id of ids) {
    const found = await getComponent(ctx, id, true);
    if (!found.ok) return found;
    if (!componentMachine.next(found.value.state, 'clean')) {
      return err(stateRefusal(ctx, found.value, 'clean'));
    }
    components.push(found.value);
  }
  const busy = await repo.runningWith(ctx, ids);
  if (busy) {
    const inside = components.find((c) => busy.component_ids.includes(c.id));
    return err(
      dismantlingErrors.CLEANING_COMPONENT_BUSY({ code: inside?.code ?? '', batch: busy.code }),
    );
  }
  const row = await repo.insertCleaning(ctx, {
    id: newId('batch', ctx.now.getTime()),
    code: await allocateCode(ctx, 'batch'),
    method: input.method,
    machine: input.machine ?? null,
    parameters: input.parameters,
    component_ids: ids,
  });
  return ok(view(row, components));
}

/** One batch with what is in it. */
export async function batchView(ctx: Ctx, batchId: string): Promise<Result<View>> {
  const row = await repo.findCleaning(ctx, batchId);
  if (!row) return err(dismantlingErrors.CLEANING_BATCH_NOT_FOUND());
  return ok(view(row, await findComponents(ctx, { ids: row.component_ids, limit: 500 })));
}

/** Ends a batch; only a good one lets its components go on to inspection. */
export async function finishBatch(
  ctx: Ctx,
  batchId: string,
  input: z.output<(typeof finishCleaning)['body']>,
): Promise<Result<View>> {
  if (!(await repo.findCleaning(ctx, batchId))) {
    return err(dismantlingErrors.CLEANING_BATCH_NOT_FOUND());
  }
  const row = await repo.endCleaning(ctx, batchId, input.result, input.consumption);
  if (!row) return err(dismantlingErrors.CLEANING_BATCH_ENDED());
  const components: Component[] = [];
  for (const id of row.component_ids) {
    const moved =
      input.result === 'good' ? await moveComponent(ctx, id, 'clean') : await getComponent(ctx, id);
    if (!moved.ok) return moved;
    components.push(moved.value);
  }
  const site = await defaultSite(ctx);
  const recorded = await record(ctx, [
    objectEvent({
      eventTime: ctx.now,
      action: 'OBSERVE',
      epcList: components.map((c) => c.epc),
      bizStep: bizStep.repairing,
      disposition: disposition.inProgress,
      readPoint: site.epc,
      bizLocation: site.epc,
      zz: {
        process: 'cleaning',
        batch: row.code,
        method: row.method,
        result: input.result,
        parameters: row.parameters,
        consumption: row.consumption,
      },
    }),
  ]);
  if (!recorded.ok) return recorded;
  await ctx.publish('dismantling.batch-cleaned', batchId, { batchId, result: input.result });
  return ok(view(row, components));
}

function view(row: repo.CleaningRow, components: readonly Component[]): View {
  return {
    id: row.id,
    code: row.code,
    method: row.method,
    state: row.state,
    ...(row.machine ? { machine: row.machine } : {}),
    parameters: row.parameters,
    consumption: row.consumption,
    components: components.map(componentView),
    startedAt: row.started_at.toISOString(),
    ...(row.finished_at ? { finishedAt: row.finished_at.toISOString() } : {}),
  };
}
