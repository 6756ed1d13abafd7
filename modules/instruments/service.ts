import { allocateCode, todayOf } from '@zaizao/modules/parties';
import { httpErrors } from '@zaizao/platform/contract';
import { requireFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { addDays, err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type addInstrument,
  type editInstrument,
  type InstrumentView,
  instrumentErrors,
  type recalibrate,
} from './contract.ts';
import { calibrationState, usable } from './domain/calibration.ts';
import * as repo from './repo.ts';

function stateOn(r: repo.InstrumentRow, day: string) {
  const { active } = r;
  const calibratedOn = r.calibrated_on ?? undefined;
  return calibrationState({ active, calibratedOn, dueOn: r.due_on ?? undefined }, day);
}

export function instrumentView(r: repo.InstrumentRow, today: string): InstrumentView {
  return {
    id: r.id,
    code: r.code,
    name: r.name,
    kind: r.kind,
    ...(r.maker === null ? {} : { maker: r.maker }),
    ...(r.model === null ? {} : { model: r.model }),
    ...(r.serial === null ? {} : { serial: r.serial }),
    ...(r.uncertainty === null ? {} : { uncertainty: r.uncertainty }),
    intervalDays: r.interval_days,
    ...(r.calibrated_on === null ? {} : { calibratedOn: r.calibrated_on }),
    ...(r.due_on === null ? {} : { dueOn: r.due_on }),
    state: stateOn(r, today),
    active: r.active,
    version: r.version,
  };
}

async function shown(ctx: Ctx, row: repo.InstrumentRow): Promise<Result<InstrumentView>> {
  return ok(instrumentView(row, await todayOf(ctx)));
}

/**
 * An instrument that may measure on a day (`YYYY-MM-DD`): in use, and calibrated then. The refusal
 * names the instrument and says what to do.
 */
export async function requireInstrument(
  ctx: Ctx,
  instrumentId: string,
  day: string,
): Promise<Result<InstrumentView>> {
  const row = await repo.findInstrument(ctx, instrumentId);
  if (!row) return err(instrumentErrors.INSTRUMENT_NOT_FOUND());
  const { code, name } = row;
  const state = stateOn(row, day);
  if (state === 'retired') return err(instrumentErrors.INSTRUMENT_RETIRED({ code, name }));
  if (usable(state)) return ok(instrumentView(row, day));
  const due = row.due_on ?? '—';
  return err(instrumentErrors.INSTRUMENT_CALIBRATION_EXPIRED({ code, name, day, due }));
}

/** An instrument whatever its calibration, for showing what measured something long ago. */
export async function findInstrument(
  ctx: Ctx,
  instrumentId: string,
): Promise<InstrumentView | undefined> {
  const row = await repo.findInstrument(ctx, instrumentId);
  return row && instrumentView(row, await todayOf(ctx));
}

type Fields = z.output<(typeof addInstrument)['body']>;

function columns(f: Fields) {
  return {
    name: f.name,
    kind: f.kind,
    maker: f.maker ?? null,
    model: f.model ?? null,
    serial: f.serial ?? null,
    uncertainty: f.uncertainty ?? null,
    interval_days: f.intervalDays,
  };
}

/** A new instrument may not measure before its first calibration is recorded. */
export async function add(ctx: Ctx, fields: Fields): Promise<Result<InstrumentView>> {
  const row: repo.InstrumentRow = {
    org_id: ctx.org.no,
    id: newId('inst', ctx.now.getTime()),
    code: await allocateCode(ctx, 'instrument'),
    ...columns(fields),
    calibrated_on: null,
    due_on: null,
    active: true,
    version: 1,
    created_at: ctx.now,
  };
  await repo.insertInstrument(ctx, row);
  return shown(ctx, row);
}

export async function edit(
  ctx: Ctx,
  instrumentId: string,
  version: number,
  fields: z.output<(typeof editInstrument)['body']>,
): Promise<Result<InstrumentView>> {
  const row = await repo.findInstrument(ctx, instrumentId);
  if (!row) return err(instrumentErrors.INSTRUMENT_NOT_FOUND());
  const set = { ...columns(fields), active: fields.active };
  const changed = await repo.updateInstrument(ctx, instrumentId, version, set);
  return changed ? shown(ctx, changed) : err(httpErrors.STALE_VERSION());
}

/**
 * Records a calibration. A good one newer than the last sets the due day; one that found the
 * instrument out of tolerance leaves it uncalibrated until the next good one.
 */
export async function calibrate(
  ctx: Ctx,
  instrumentId: string,
  c: z.output<(typeof recalibrate)['body']>,
): Promise<Result<InstrumentView>> {
  const row = await repo.findInstrument(ctx, instrumentId);
  if (!row) return err(instrumentErrors.INSTRUMENT_NOT_FOUND());
  if (c.calibratedOn > (await todayOf(ctx))) {
    return err(instrumentErrors.INSTRUMENT_CALIBRATION_FUTURE({ day: c.calibratedOn }));
  }
  const dueOn = c.dueOn ?? addDays(c.calibratedOn, row.interval_days);
  if (dueOn < c.calibratedOn) return err(instrumentErrors.INSTRUMENT_CALIBRATION_PERIOD());
  if (c.document) {
    const file = await requireFile(ctx, c.document);
    if (!file.ok) return file;
  }
  await repo.insertCalibration(ctx, {
    org_id: ctx.org.no,
    instrument_id: row.id,
    id: newId('cal', ctx.now.getTime()),
    calibrated_on: c.calibratedOn,
    due_on: dueOn,
    good: c.good,
    certificate_no: c.certificateNo,
    laboratory: c.laboratory,
    document: c.document ?? null,
    by_whom: `${ctx.principal.kind}:${ctx.principal.id}`,
    at: ctx.now,
  });
  if (row.calibrated_on !== null && c.calibratedOn < row.calibrated_on) return shown(ctx, row);
  const set = c.good
    ? { calibrated_on: c.calibratedOn, due_on: dueOn }
    : { calibrated_on: null, due_on: null };
  const changed = await repo.updateInstrument(ctx, instrumentId, row.version, set);
  return changed ? shown(ctx, changed) : err(httpErrors.STALE_VERSION());
}
