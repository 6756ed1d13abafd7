import { bizStep, disposition, objectEvent } from '@zaizao/epcis';
import { record, registerThing } from '@zaizao/modules/ledger';
import { allocateCode, defaultSite, gs1Prefix } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result, type Text, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { type ComponentView, dismantlingErrors } from '../contract.ts';
import {
  type ComponentEvent,
  type ComponentState,
  componentMachine,
} from '../domain/component-machine.ts';
import * as repo from '../repo/component.ts';

export type Component = repo.ComponentRow;

const STATES: Record<ComponentState, Text> = {
  found: text('待清洗', 'to clean'),
  cleaned: text('待检测', 'to inspect'),
  inspected: text('已检测', 'inspected'),
  reuse: text('可直接利用', 'reusable'),
  restore: text('待修复', 'to restore'),
  restored: text('已修复', 'restored'),
  installed: text('已装配', 'installed'),
  recycle: text('已报废', 'recycled'),
};

const ACTIONS: Record<ComponentEvent, Text> = {
  clean: text('清洗', 'cleaned'),
  inspect: text('检测（须先清洗合格）', 'inspected (clean it first)'),
  accept: text('判定可用', 'accepted'),
  'send-to-restore': text('送修复', 'sent to restoring'),
  restore: text('修复', 'restored'),
  install: text('装配（须先检测合格）', 'installed (it must be accepted first)'),
  remove: text('拆下', 'removed'),
  scrap: text('报废', 'scrapped'),
};

/** Why an event is not possible now, in the reader’s words. */
export function stateRefusal(
  ctx: Ctx,
  c: Pick<Component, 'code' | 'state'>,
  event: ComponentEvent,
) {
  return dismantlingErrors.COMPONENT_STATE({
    code: c.code,
    state: STATES[c.state][ctx.lang],
    action: ACTIONS[event][ctx.lang],
  });
}

export async function getComponent(
  ctx: Ctx,
  componentId: string,
  lock = false,
): Promise<Result<Component>> {
  const row = await repo.findComponent(ctx, componentId, lock);
  return row ? ok(row) : err(dismantlingErrors.COMPONENT_NOT_FOUND());
}

export function findComponents(ctx: Ctx, filter: repo.ComponentFilter): Promise<Component[]> {
  return repo.listComponentRows(ctx, filter);
}

interface MoveDetail {
  /** The unit, for `install`. */
  readonly unitId?: string;
  readonly place?: string;
}

/** Moves a component along its state machine; refuses what the machine does not know, saying why. */
export async function moveComponent(
  ctx: Ctx,
  componentId: string,
  event: ComponentEvent,
  detail: MoveDetail = {},
): Promise<Result<Component>> {
  const found = await getComponent(ctx, componentId, true);
  if (!found.ok) return found;
  const { state } = found.value;
  const to = componentMachine.next(state, event);
  const refusal = () => err(stateRefusal(ctx, found.value, event));
  if (!to) return refusal();
  const moved = await repo.updateComponent(ctx, componentId, state, {
    state: to,
    unit_id: event === 'install' ? (detail.unitId ?? null) : null,
    ...(detail.place === undefined ? {} : { place: detail.place }),
    ...(event === 'restore' ? { restored_times: found.value.restored_times + 1 } : {}),
    ...(to === 'recycle' ? { ended_at: ctx.now } : {}),
  });
  return moved ? ok(moved) : refusal();
}

/** Takes some pieces out of a lot as a lot of their own, so that each can go its own way. */
export async function splitLot(
  ctx: Ctx,
  componentId: string,
  qty: number,
): Promise<Result<Component>> {
  const found = await getComponent(ctx, componentId, true);
  if (!found.ok) return found;
  const lot = found.value;
  if (qty === lot.qty) return ok(lot);
  if (qty < 1 || qty > lot.qty) {
    return err(dismantlingErrors.COMPONENT_LOT_SMALL({ code: lot.code, qty: lot.qty }));
  }
  const piece = Number(lot.mass_g) / lot.qty;
  const rest = lot.qty - qty;
  await repo.updateComponent(ctx, lot.id, lot.state, { qty: rest, mass_g: String(piece * rest) });
  const code = await allocateCode(ctx, 'lot');
  const epc = `https://id.gs1.org/8004/${await gs1Prefix(ctx)}${code}`;
  const id = newId('comp', ctx.now.getTime());
  const made = await repo.insertSplit(ctx, lot, { id, code, epc, qty, massG: piece * qty });
  const named = await registerThing(ctx, { kind: 'lot', ref: id, epc, code, name: lot.part.name });
  return named.ok ? ok(made) : named;
}

/** Sends a component to recycling: it is destroyed, with its mass, and the ledger is told. */
export async function scrap(
  ctx: Ctx,
  componentId: string,
  reason: string,
): Promise<Result<Component>> {
  const moved = await moveComponent(ctx, componentId, 'scrap');
  if (!moved.ok) return moved;
  const site = await defaultSite(ctx);
  const recorded = await record(ctx, [
    objectEvent({
      eventTime: ctx.now,
      action: 'DELETE',
      epcList: [moved.value.epc],
      bizStep: bizStep.destroying,
      disposition: disposition.destroyed,
      readPoint: site.epc,
      zz: {
        reason,
        massGram: Number(moved.value.mass_g),
        quantity: moved.value.qty,
        stream: moved.value.stream,
      },
    }),
  ]);
  return recorded.ok ? moved : recorded;
}

function donorView({ vin, machineSerial, mileageKm, modelYear }: repo.ComponentDonor) {
  return {
    ...(vin ? { vin } : {}),
    ...(machineSerial ? { machineSerial } : {}),
    ...(mileageKm === undefined ? {} : { mileageKm }),
    ...(modelYear === undefined ? {} : { modelYear }),
  };
}

export function componentView(c: Component): z.input<typeof ComponentView> {
  return {
    id: c.id,
    code: c.code,
    epc: c.epc,
    state: c.state,
    part: c.part,
    ...(c.pos === null ? {} : { pos: c.pos }),
    fromCoreId: c.core_id,
    fromCoreCode: c.core_code,
    ...(c.donor ? { donor: donorView(c.donor) } : {}),
    qty: c.qty,
    serialised: c.serialised,
    massG: Number(c.mass_g),
    lives: c.lives,
    restoredTimes: c.restored_times,
    damages: c.damages,
    stream: c.stream,
    ...(c.place ? { place: c.place } : {}),
    ...(c.unit_id ? { unitId: c.unit_id } : {}),
    createdAt: c.created_at.toISOString(),
    version: c.version,
  };
}
