import { allocateCode, onlyCollector, partnerNames, requirePartner } from '@zaizao/modules/parties';
import { adoptFile, requireFile, type StoredFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { type confirmPickUp, coreErrors, type PickUpView } from '../contract.ts';
import { pickUpMachine } from '../domain/pick-up-machine.ts';
import type { CoreRow } from '../repo.ts';
import * as repo from '../repo-pick-up.ts';
import { getCore, requireCore } from './door.ts';
import { orgNoOf } from './quotes.ts';
import { takeAlong } from './receiving.ts';

type PickUpJson = z.input<typeof PickUpView>;

export function pickUpView(r: repo.PickUpRow): PickUpJson {
  const { taken } = r;
  return {
    id: r.id,
    code: r.code,
    state: r.state,
    plant: r.plant_name,
    collector: r.collector_name,
    supplier: r.supplier_name,
    ...(r.address ? { address: r.address } : {}),
    cores: r.lines.map((l) => ({ ...l, ...(taken ? { taken: taken.includes(l.coreId) } : {}) })),
    ...(r.counted === null ? {} : { counted: r.counted }),
    photos: r.photos,
    ...(r.note ? { note: r.note } : {}),
    askedAt: r.asked_at.toISOString(),
    ...(r.done_at ? { doneAt: r.done_at.toISOString() } : {}),
    ...(r.done_by ? { doneBy: r.done_by } : {}),
  };
}

const lineOf = (core: CoreRow): repo.PickUpLine => ({
  coreId: core.id,
  code: core.code,
  number: core.part?.number ?? core.number_seen,
  ...(core.part ? { name: core.part.name } : {}),
});

/** Asks a collector to fetch accepted cores, all at one supplier and address. */
export async function ask(
  ctx: Ctx,
  input: { collectorId: string; coreIds: readonly string[] },
): Promise<Result<PickUpJson>> {
  const collector = await requirePartner(ctx, input.collectorId);
  if (!collector.ok) return collector;
  const collectorOrg = await orgNoOf(ctx, collector.value.orgId);
  if (collectorOrg === null) {
    return err(coreErrors.PICK_UP_COLLECTOR({ name: collector.value.name }));
  }
  const cores: CoreRow[] = [];
  for (const coreId of new Set(input.coreIds)) {
    const core = await requireCore(ctx, coreId, 'accepted');
    if (!core.ok) return core;
    cores.push(core.value);
  }
  const [open] = await repo.openPickUpsOf(ctx, input.coreIds);
  if (open) {
    const twice = open.lines.find((l) => input.coreIds.includes(l.coreId));
    return err(coreErrors.PICK_UP_ASKED({ code: twice?.code ?? '', pickUp: open.code }));
  }
  const places = new Set(cores.map((c) => `${c.supplier_id} ${c.pick_up_address}`));
  if (places.size > 1) return err(coreErrors.PICK_UP_ONE_PLACE());
  const to = { id: collector.value.id, org: collectorOrg, name: collector.value.name };
  return ok(pickUpView(await openPickUp(ctx, to, cores)));
}

interface Collector {
  readonly id: string;
  readonly org: number;
  readonly name: string;
}

async function openPickUp(
  ctx: Ctx,
  to: Collector,
  cores: readonly CoreRow[],
): Promise<repo.PickUpRow> {
  const supplierId = cores[0]?.supplier_id ?? null;
  const names = await partnerNames(ctx, supplierId ? [supplierId] : []);
  const row = await repo.insertPickUp(ctx, {
    id: newId('pickup', ctx.now.getTime()),
    code: await allocateCode(ctx, 'pickup'),
    state: 'asked',
    plant_name: ctx.org.name,
    collector_org: to.org,
    collector_id: to.id,
    collector_name: to.name,
    supplier_id: supplierId,
    supplier_name: (supplierId ? names.get(supplierId) : undefined) ?? '—',
    address: cores[0]?.pick_up_address ?? null,
    lines: cores.map(lineOf),
    core_ids: cores.map((c) => c.id),
    taken: null,
    counted: null,
    photos: [],
    note: null,
    asked_at: ctx.now,
    asked_by: `${ctx.principal.kind}:${ctx.principal.id}`,
    done_at: null,
    done_by: null,
  });
  await ctx.publish('cores.pick-up-asked', row.id, { pickUpId: row.id });
  return row;
}

/**
 * A plant with one collector need not be asked which: an accepted core goes on that collector's
 * list at once, beside others that wait at the same place.
 */
export async function askOnlyCollector(ctx: Ctx, core: CoreRow): Promise<void> {
  const partner = await onlyCollector(ctx);
  const org = await orgNoOf(ctx, partner?.orgId);
  if (!partner || org === null || org === core.supplier_org) return;
  const at = { collectorOrg: org, supplierId: core.supplier_id, address: core.pick_up_address };
  const waiting = await repo.openPickUpAt(ctx, at);
  if (waiting) {
    await repo.updatePickUp(ctx, waiting.id, {
      lines: [...waiting.lines, lineOf(core)],
      core_ids: [...waiting.core_ids, core.id],
    });
  } else await openPickUp(ctx, { id: partner.id, org, name: partner.name }, [core]);
}

export async function callOff(ctx: Ctx, pickUpId: string): Promise<Result<PickUpJson>> {
  const row = await repo.lockPickUp(ctx, pickUpId);
  if (!row) return err(coreErrors.PICK_UP_NOT_FOUND());
  const state = pickUpMachine.next(row.state, 'cancel');
  if (!state) return err(coreErrors.PICK_UP_STATE({ code: row.code }));
  return ok(pickUpView(await repo.updatePickUp(ctx, pickUpId, { state })));
}

type Confirmation = z.output<(typeof confirmPickUp)['body']>;

/**
 * The collector's driver says what was taken along, with a photo and a count of the pieces. It is
 * written in the plant's books on the collector's behalf: the cores are on their way.
 */
export async function confirm(
  ctx: Ctx,
  pickUpId: string,
  c: Confirmation,
): Promise<Result<PickUpJson>> {
  const asked = await repo.findAsked(ctx, pickUpId);
  const plant = asked ? await ctx.app.organisation(asked.org_id) : undefined;
  if (!plant) return err(coreErrors.PICK_UP_NOT_FOUND());
  if (c.photos.length === 0) return err(coreErrors.PICK_UP_PHOTO());
  if (c.counted !== c.taken.length && !c.note) {
    return err(coreErrors.PICK_UP_COUNT({ counted: c.counted, ticked: c.taken.length }));
  }
  const files: StoredFile[] = [];
  for (const sha of c.photos) {
    const file = await requireFile(ctx, sha, { image: true });
    if (!file.ok) return file;
    files.push(file.value);
  }
  const by = `${ctx.principal.name} · ${ctx.org.name}`;
  return ctx.inOrg(plant, 'cores.confirm-pick-up', async (there) => {
    const row = await repo.lockPickUp(there, pickUpId);
    if (!row) return err(coreErrors.PICK_UP_NOT_FOUND());
    const state = pickUpMachine.next(row.state, 'confirm');
    if (!state) return err(coreErrors.PICK_UP_STATE({ code: row.code }));
    for (const file of files) await adoptFile(there, file);
    const taken = row.core_ids.filter((id) => c.taken.includes(id));
    for (const coreId of taken) {
      const core = await getCore(there, coreId, true);
      // one that was brought to the gate meanwhile is there already
      if (!core.ok || core.value.state !== 'accepted') continue;
      const moved = await takeAlong(there, core.value, c.photos);
      if (!moved.ok) return moved;
    }
    const done = await repo.updatePickUp(there, pickUpId, {
      ...{ state, taken, counted: c.counted, photos: c.photos, note: c.note ?? null },
      ...{ done_at: ctx.now, done_by: by },
    });
    await there.publish('cores.pick-up-done', pickUpId, { pickUpId });
    return ok(pickUpView(done));
  });
}
