import { objectEvent } from '@zaizao/epcis';
import { record } from '@zaizao/modules/ledger';
import { defaultSite } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import { coreErrors } from '../contract.ts';
import { type CoreEvent, type CoreState, coreMachine } from '../domain/core-machine.ts';
import { type CoreChanges, type CoreRow, findCore, updateCore } from '../repo.ts';
import { stateName } from './views.ts';

/** A core that must exist. */
export async function getCore(ctx: Ctx, coreId: string, lock = false): Promise<Result<CoreRow>> {
  const core = await findCore(ctx, coreId, lock);
  return core ? ok(core) : err(coreErrors.CORE_NOT_FOUND());
}

/** A core that must exist and be in a given state; locked until the transaction ends. */
export async function requireCore(
  ctx: Ctx,
  coreId: string,
  ...states: CoreState[]
): Promise<Result<CoreRow>> {
  const core = await getCore(ctx, coreId, true);
  if (!core.ok || states.includes(core.value.state)) return core;
  return err(wrongState(ctx, core.value));
}

function wrongState(ctx: Ctx, core: CoreRow) {
  return coreErrors.CORE_STATE({ code: core.code, state: stateName(core.state)[ctx.lang] });
}

/** Moves a core along its state machine; refuses what the machine does not know. */
export async function moveCore(
  ctx: Ctx,
  coreId: string,
  event: CoreEvent,
  set: CoreChanges = {},
): Promise<Result<CoreRow>> {
  const core = await getCore(ctx, coreId, true);
  if (!core.ok) return core;
  const to = coreMachine.next(core.value.state, event);
  if (!to) return err(wrongState(ctx, core.value));
  const moved = await updateCore(ctx, coreId, core.value.state, { ...set, state: to });
  return moved ? ok(moved) : err(wrongState(ctx, core.value));
}

type ObjectFields = Partial<Parameters<typeof objectEvent>[0]>;

/** Writes an ObjectEvent about one core into the ledger. */
export async function recordCore(
  ctx: Ctx,
  core: Pick<CoreRow, 'epc'>,
  action: 'ADD' | 'OBSERVE' | 'DELETE',
  fields: ObjectFields,
): Promise<Result<unknown>> {
  const site = await defaultSite(ctx);
  const event = objectEvent({
    eventTime: ctx.now,
    action,
    epcList: [core.epc],
    readPoint: site.epc,
    ...(action === 'DELETE' ? {} : { bizLocation: site.epc }),
    ...fields,
  });
  return record(ctx, [event]);
}
