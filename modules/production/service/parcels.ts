import { aggregationEvent, bizStep, disposition } from '@zaizao/epcis';
import { checkDigit } from '@zaizao/gs1';
import { packageOf } from '@zaizao/modules/catalog';
import { record } from '@zaizao/modules/ledger';
import { allocateCode, defaultSite, gs1Prefix } from '@zaizao/modules/parties';
import { requireFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { type ParcelView, type packUnit, productionErrors } from '../contract.ts';
import { operationsOf } from '../repo/order.ts';
import * as repo from '../repo/parcel.ts';
import { requireUnit, type Unit } from './units.ts';

type View = z.input<typeof ParcelView>;

const epcOf = (sscc: string) => `https://id.gs1.org/00/${sscc}`;

function parcelView(p: repo.ParcelRow): View {
  return {
    sscc: p.sscc,
    epc: epcOf(p.sscc),
    unitId: p.unit_id,
    specVersion: p.spec_version,
    checks: p.checks,
    photo: p.photo,
    grossG: Number(p.gross_g),
    packedBy: p.packed_by,
    packedAt: p.packed_at.toISOString(),
    ...(p.opened_at ? { openedAt: p.opened_at.toISOString() } : {}),
  };
}

/**
 * The next SSCC under the organisation's prefix: extension digit 1, prefix, running number, check digit.
 * @see GS1 General Specifications, AI (00)
 */
async function nextSscc(ctx: Ctx): Promise<string> {
  const prefix = await gs1Prefix(ctx);
  const number = (await allocateCode(ctx, 'parcel')).replace(/\D/g, '');
  const digits = `1${prefix}${number.padStart(16 - prefix.length, '0')}`;
  return `${digits}${checkDigit(digits)}`;
}

/**
 * Packs a tested unit at its packing operation: every check of the specification confirmed, a photo, the
 * gross mass no less than unit and empty package. The parcel gets an SSCC, and the ledger is told what is
 * in it. Packed anew, the parcel before counts as opened.
 */
export async function pack(
  ctx: Ctx,
  unitId: string,
  input: z.output<(typeof packUnit)['body']>,
): Promise<Result<View>> {
  const unit = await requireUnit(ctx, unitId, 'tested');
  if (!unit.ok) return unit;
  const { epc, part_id } = unit.value;
  const specified = await mayPack(ctx, unit.value, input);
  if (!specified.ok) return specified;
  const version = specified.value;
  const before = await repo.parcelOf(ctx, unitId);
  if (before) await repo.openParcel(ctx, before.id);
  const sscc = await nextSscc(ctx);
  const site = await defaultSite(ctx);
  const recorded = await record(ctx, [
    ...(before
      ? [
          aggregationEvent({
            ...{ eventTime: ctx.now, action: 'DELETE', parentID: epcOf(before.sscc) },
            ...{ childEPCs: [epc], bizStep: bizStep.unpacking, readPoint: site.epc },
          }),
        ]
      : []),
    aggregationEvent({
      eventTime: ctx.now,
      action: 'ADD',
      parentID: epcOf(sscc),
      childEPCs: [epc],
      bizStep: bizStep.packing,
      disposition: disposition.inProgress,
      readPoint: site.epc,
      bizLocation: site.epc,
      zz: { packageSpec: version, grossMassGram: input.grossG, checks: input.checks.join(' ') },
    }),
  ]);
  if (!recorded.ok) return recorded;
  const made = await repo.insertParcel(ctx, {
    id: newId('parcel', ctx.now.getTime()),
    sscc,
    unit_id: unitId,
    part_id,
    spec_version: version,
    checks: input.checks,
    photo: input.photo,
    gross_g: input.grossG,
    event_id: recorded.value.at(-1)?.eventId ?? '',
  });
  return ok(parcelView(made));
}

/** The version of the specification by which a unit may be packed as it is said to be. */
async function mayPack(
  ctx: Ctx,
  unit: Unit,
  input: z.output<(typeof packUnit)['body']>,
): Promise<Result<number>> {
  const { serial, part, part_id, order_id, mass_g } = unit;
  const isAtPacking = (await operationsOf(ctx, order_id)).some(
    (o) => o.station_kind === 'packing' && o.state === 'started',
  );
  if (!isAtPacking) return err(productionErrors.PACKING_NOT_BEGUN({ serial }));
  const found = await packageOf(ctx, part_id);
  if (!found) return err(productionErrors.PACKING_NO_SPEC({ number: part.number }));
  const { spec, version } = found;
  const confirmed = new Set(input.checks);
  const open = spec.checks.filter((c) => !confirmed.has(c.code));
  if (open.length > 0) {
    const checks = open.map((c) => c.text[ctx.lang]).join(ctx.lang === 'zh' ? '、' : ', ');
    return err(productionErrors.PACKING_CHECK_MISSING({ checks }));
  }
  const photo = await requireFile(ctx, input.photo, { image: true });
  if (!photo.ok) return photo;
  // Masses of the bill of material are nominal: five in a hundred less may still be a whole unit.
  const least = Math.round(Number(mass_g) * 0.95 + spec.tareG);
  if (input.grossG < least) {
    return err(productionErrors.PACKING_LIGHT({ gross: input.grossG, least }));
  }
  return ok(version);
}

/** The parcel that a unit is in; undefined while it is not packed. */
export async function parcelOfUnit(ctx: Ctx, unitId: string): Promise<View | undefined> {
  const row = await repo.parcelOf(ctx, unitId);
  return row && parcelView(row);
}

export async function parcelBySscc(ctx: Ctx, sscc: string): Promise<Result<View>> {
  const row = await repo.findParcel(ctx, sscc);
  return row ? ok(parcelView(row)) : err(productionErrors.PARCEL_NOT_FOUND());
}

/** A packing operation ends only when the unit is packed by the specification, where there is one. */
export async function checkPacked(ctx: Ctx, productId: string, unitId: string | null) {
  if (!unitId || !(await packageOf(ctx, productId))) return ok(undefined);
  const parcel = await repo.parcelOf(ctx, unitId);
  return parcel ? ok(undefined) : err(productionErrors.PACKING_NOT_RECORDED());
}
