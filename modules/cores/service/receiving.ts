import { bizStep, bizTransactionType, disposition, objectEvent } from '@zaizao/epcis';
import { getPart } from '@zaizao/modules/catalog';
import { record } from '@zaizao/modules/ledger';
import { requirePartner } from '@zaizao/modules/parties';
import { requireFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { coreErrors, type receiveWalkIn } from '../contract.ts';
import { type CoreRow, insertCore, updateCore } from '../repo.ts';
import { getCore, moveCore, recordCore } from './door.ts';
import { programmeToday } from './programme.ts';
import { checkOrigin, makeCore, orgNoOf, partRef } from './quotes.ts';
import { reckonValue } from './value.ts';
import { stateName } from './views.ts';

/** A collector of ours takes the core from the supplier: it is on its way. */
export async function collect(
  ctx: Ctx,
  coreId: string,
  photos: readonly string[],
): Promise<Result<CoreRow>> {
  const before = await getCore(ctx, coreId, true);
  if (!before.ok) return before;
  for (const sha of photos) {
    const file = await requireFile(ctx, sha, { image: true });
    if (!file.ok) return file;
  }
  return takeAlong(ctx, before.value, photos);
}

/**
 * The core leaves its supplier, whoever carries it. Where that is, the ledger does not know: the
 * event has no place, the next one names the plant's gate.
 */
export async function takeAlong(
  ctx: Ctx,
  core: CoreRow,
  photos: readonly string[],
): Promise<Result<CoreRow>> {
  const moved = await moveCore(ctx, core.id, 'collect', {
    photos: [...new Set([...core.photos, ...photos])],
  });
  if (!moved.ok) return moved;
  const event = objectEvent({
    eventTime: ctx.now,
    action: core.previous_unit_id ? 'OBSERVE' : 'ADD',
    epcList: [core.epc],
    bizStep: bizStep.collecting,
    disposition: disposition.inTransit,
    persistentDisposition: { set: [disposition.returned] },
    bizTransactionList: [rmaOf(core)],
    zz: { lifeNumber: core.life, numberSeen: core.number_seen, channel: core.channel },
  });
  const recorded = await record(ctx, [event]);
  if (!recorded.ok) return recorded;
  await ctx.publish('cores.core-in-transit', core.id, { coreId: core.id });
  return moved;
}

const rmaOf = (core: CoreRow) => ({
  type: bizTransactionType.rma,
  bizTransaction: `urn:zaizao:rma:${core.code}`,
});

/** Takes in a core that was quoted before. A second scan says so and changes nothing. */
export async function receiveQuoted(
  ctx: Ctx,
  coreId: string,
  input: { massG?: number | undefined; photos: string[] },
): Promise<Result<CoreRow>> {
  const before = await getCore(ctx, coreId, true);
  if (!before.ok) return before;
  if (before.value.received_at) {
    return err(coreErrors.CORE_ALREADY_RECEIVED({ code: before.value.code }));
  }
  for (const sha of input.photos) {
    const file = await requireFile(ctx, sha, { image: true });
    if (!file.ok) return file;
  }
  const core = await moveCore(ctx, coreId, 'receive', {
    received_at: ctx.now,
    mass_g: input.massG ?? before.value.mass_g,
    photos: [...new Set([...before.value.photos, ...input.photos])],
  });
  return core.ok ? entered(ctx, core.value, before.value.state === 'in-transit') : core;
}

/** Takes in a core that nobody announced. */
export async function receiveUnannounced(
  ctx: Ctx,
  input: z.output<(typeof receiveWalkIn)['body']>,
): Promise<Result<CoreRow>> {
  const supplier = await requirePartner(ctx, input.supplierId);
  if (!supplier.ok) return supplier;
  const supplierOrg = await orgNoOf(ctx, supplier.value.orgId);
  const quoted = await makeCore(ctx, { ...input, supplierOrg, state: 'accepted' });
  if (!quoted.ok) return quoted;
  return receiveQuoted(ctx, quoted.value.id, { massG: input.massG, photos: [] });
}

/** A customer announces an old core that comes back for its deposit; it is graded when it is here. */
export function announceReturn(
  ctx: Ctx,
  r: {
    number: string;
    partId: string;
    supplierId: string;
    supplierOrg: number | null;
    photos: string[];
  },
): Promise<Result<CoreRow>> {
  return makeCore(ctx, {
    ...r,
    channel: 'customer-return',
    imported: false,
    bonded: false,
    state: 'accepted',
  });
}

export interface ReturnedUnit {
  readonly unitId: string;
  readonly unitEpc: string;
  readonly code: string;
  readonly partId: string;
  /** The life that ends with the return; what is made of the core is of the next one. */
  readonly life: number;
  readonly customerId: string | null;
  readonly customerOrg: number | null;
  readonly massG: number | null;
}

/** A sold unit comes home: it keeps its identity and is the core of its next life. */
export async function receiveReturnedUnit(ctx: Ctx, u: ReturnedUnit): Promise<Result<CoreRow>> {
  const part = await getPart(ctx, u.partId);
  if (!part.ok) return part;
  const programme = await programmeToday(ctx, u.partId);
  const core = await insertCore(ctx, {
    id: newId('core', ctx.now.getTime()),
    code: u.code,
    epc: u.unitEpc,
    state: 'accepted',
    life: u.life,
    part_id: u.partId,
    part: partRef(part.value),
    number_seen: u.code,
    identified_by: 'unit',
    programme_id: programme?.id ?? null,
    supplier_id: u.customerId,
    supplier_org: u.customerOrg,
    channel: 'customer-return',
    donor: null,
    imported: false,
    bonded: false,
    regulated: part.value.restricted,
    claimed_grade: null,
    grade: null,
    quoted_fen: null,
    credit_fen: null,
    credited_at: null,
    photos: [],
    mass_g: u.massG,
    place: null,
    previous_unit_id: u.unitId,
    pick_up_address: null,
    dispute_reason: null,
    disputed_at: null,
    received_at: null,
    graded_at: null,
    ended_at: null,
    created_at: ctx.now,
  });
  return receiveQuoted(ctx, core.id, { photos: [] });
}

async function entered(ctx: Ctx, core: CoreRow, isKnown: boolean): Promise<Result<CoreRow>> {
  const recorded = await recordCore(
    ctx,
    core,
    core.previous_unit_id || isKnown ? 'OBSERVE' : 'ADD',
    {
      bizStep: bizStep.receiving,
      disposition: disposition.inProgress,
      persistentDisposition: { set: [disposition.returned] },
      bizTransactionList: [rmaOf(core)],
      zz: {
        lifeNumber: core.life,
        numberSeen: core.number_seen,
        channel: core.channel,
        ...(core.mass_g === null ? {} : { massGram: core.mass_g }),
      },
    },
  );
  if (!recorded.ok) return recorded;
  await ctx.publish('cores.core-received', core.id, { coreId: core.id });
  return ok(core);
}

/** A person confirms which part it is; the programme follows. */
export async function confirmPart(
  ctx: Ctx,
  coreId: string,
  input: { partId: string; numberSeen?: string | undefined },
): Promise<Result<CoreRow>> {
  const core = await getCore(ctx, coreId, true);
  if (!core.ok) return core;
  const part = await getPart(ctx, input.partId);
  if (!part.ok) return part;
  const { channel, donor, imported, bonded, supplier_id: supplierId } = core.value;
  const supply = { channel, donor, imported, bonded, supplierId };
  const legal = await checkOrigin(ctx, supply, part.value);
  if (!legal.ok) return legal;
  const programme = await programmeToday(ctx, part.value.id);
  if (!programme) return err(coreErrors.CORE_PROGRAMME_MISSING({ number: part.value.number }));
  const moved = await updateCore(ctx, coreId, 'received', {
    part_id: part.value.id,
    part: partRef(part.value),
    regulated: part.value.restricted,
    programme_id: programme.id,
    identified_by: 'person',
    number_seen: input.numberSeen ?? core.value.number_seen,
  });
  if (moved) await reckonValue(ctx, moved, programme.grades.B.creditFen);
  return moved
    ? ok(moved)
    : err(
        coreErrors.CORE_STATE({
          code: core.value.code,
          state: stateName(core.value.state)[ctx.lang],
        }),
      );
}
