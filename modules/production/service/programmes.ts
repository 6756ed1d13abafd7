import { requireInstrument } from '@zaizao/modules/instruments';
import { todayOf } from '@zaizao/modules/parties';
import { httpErrors } from '@zaizao/platform/contract';
import { cutPage, sqlState } from '@zaizao/platform/db';
import { requireFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type addProgramme,
  type addProgrammeVersion,
  type chooseProgramme,
  type listProgrammes,
  type OrderView,
  productionErrors,
} from '../contract.ts';
import { versionFor } from '../domain/programme.ts';
import * as orders from '../repo/order.ts';
import * as repo from '../repo/programme.ts';
import { actorOf } from '../repo/tables.ts';
import { operationStateError } from './operations.ts';
import { orderView } from './orders.ts';

type View = z.input<(typeof addProgramme)['response']>;

function viewOf(p: repo.ProgrammeRow, versions: readonly repo.VersionRow[]): View {
  return {
    id: p.id,
    code: p.code,
    stepCode: p.step_code,
    name: p.name,
    dimension: p.dimension,
    unit: p.unit,
    versions: versions
      .filter((v) => v.programme_id === p.id)
      .map((v) => ({
        no: v.no,
        low: v.low,
        high: v.high,
        parameters: v.parameters,
        ...(v.file_sha256 ? { fileSha256: v.file_sha256 } : {}),
        note: v.note,
        madeAt: v.made_at.toISOString(),
      })),
  };
}

export async function programmesPage(
  ctx: Ctx,
  query: z.output<(typeof listProgrammes)['query']>,
): Promise<Result<{ items: View[]; next?: string }>> {
  const cut = cutPage(await repo.listProgrammeRows(ctx, query), query.limit, (p) => [p.id]);
  const versions = await repo.versionsOf(
    ctx,
    cut.items.map((p) => p.id),
  );
  return ok({ ...cut, items: cut.items.map((p) => viewOf(p, versions)) });
}

export async function recordProgramme(
  ctx: Ctx,
  body: z.output<(typeof addProgramme)['body']>,
): Promise<Result<View>> {
  const { stepCode, ...rest } = body;
  try {
    const row = await repo.insertProgramme(ctx, {
      ...rest,
      id: newId('nc', ctx.now.getTime()),
      step_code: stepCode,
    });
    return ok(viewOf(row, []));
  } catch (e) {
    if (sqlState(e) === '23505') return err(httpErrors.ALREADY_EXISTS());
    throw e;
  }
}

/** A version is never changed: a better one gets the next number and is chosen from then on. */
export async function recordVersion(
  ctx: Ctx,
  programmeId: string,
  body: z.output<(typeof addProgrammeVersion)['body']>,
): Promise<Result<View>> {
  const p = await repo.findProgramme(ctx, programmeId, true);
  if (!p) return err(productionErrors.NC_PROGRAMME_NOT_FOUND());
  if (Number(body.low) >= Number(body.high)) return err(productionErrors.NC_PROGRAMME_WINDOW());
  const file = body.fileSha256 ? await requireFile(ctx, body.fileSha256) : ok();
  if (!file.ok) return file;
  const before = await repo.versionsOf(ctx, [programmeId]);
  await repo.insertVersion(ctx, {
    programme_id: programmeId,
    no: (before[0]?.no ?? 0) + 1,
    low: body.low,
    high: body.high,
    parameters: body.parameters,
    file_sha256: body.fileSha256 ?? null,
    note: body.note,
  });
  return ok(viewOf(p, await repo.versionsOf(ctx, [programmeId])));
}

/**
 * Chooses the programme version for one piece by the dimension measured on it before machining: no two
 * used parts are worn alike, so the programme follows the part. What was chosen, and why, stays with
 * the operation.
 */
export async function chooseFor(
  ctx: Ctx,
  operationId: string,
  body: z.output<(typeof chooseProgramme)['body']>,
): Promise<Result<z.input<typeof OrderView>>> {
  const o = await orders.findOperation(ctx, operationId, true);
  if (!o) return err(productionErrors.OPERATION_NOT_FOUND());
  if (o.state === 'done' || o.state === 'failed') return err(operationStateError(ctx, o));
  const p = await repo.findProgramme(ctx, body.programmeId);
  if (!p) return err(productionErrors.NC_PROGRAMME_NOT_FOUND());
  if (p.step_code !== o.code) {
    const [code, step, other] = [p.code, p.step_code, o.code];
    return err(productionErrors.NC_PROGRAMME_STEP({ code, step, other }));
  }
  const instrument = body.instrumentId
    ? await requireInstrument(ctx, body.instrumentId, await todayOf(ctx))
    : ok();
  if (!instrument.ok) return instrument;
  const version = versionFor(await repo.versionsOf(ctx, [p.id]), body.measured);
  if (!version) {
    return err(productionErrors.NC_PROGRAMME_NONE_FITS({ value: body.measured, unit: p.unit }));
  }
  await orders.setProgramme(ctx, operationId, {
    programmeId: p.id,
    code: p.code,
    version: version.no,
    dimension: p.dimension,
    measured: body.measured,
    unit: p.unit,
    parameters: version.parameters,
    ...(body.instrumentId ? { instrumentId: body.instrumentId } : {}),
    by: actorOf(ctx),
    at: ctx.now.toISOString(),
  });
  return orderView(ctx, o.order_id);
}
