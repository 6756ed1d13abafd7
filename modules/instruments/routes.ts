import { todayOf } from '@zaizao/modules/parties';
import { httpErrors } from '@zaizao/platform/contract';
import { cutPage, decodeCursor } from '@zaizao/platform/db';
import { type Route, route } from '@zaizao/platform/http';
import { addDays, err, ok } from '@zaizao/platform/kernel';
import * as c from './contract.ts';
import { REMIND_DAYS } from './domain/calibration.ts';
import * as repo from './repo.ts';
import { add, calibrate, edit, instrumentView } from './service.ts';

export const routes: readonly Route[] = [
  route(c.listInstruments, async (ctx, { query }) => {
    const [before] = query.cursor === undefined ? [] : (decodeCursor(query.cursor) ?? [0]);
    if (before !== undefined && typeof before !== 'string') return err(httpErrors.CURSOR_INVALID());
    const today = await todayOf(ctx);
    const dueBefore = query.due === undefined ? undefined : addDays(today, REMIND_DAYS);
    const { q, kind, limit } = query;
    const rows = await repo.instrumentsBefore(ctx, { q, kind, dueBefore, before, limit });
    const cut = cutPage(rows, limit, (r) => [r.id]);
    return ok({ ...cut, items: cut.items.map((r) => instrumentView(r, today)) });
  }),
  route(c.getInstrument, async (ctx, { params }) => {
    const row = await repo.findInstrument(ctx, params.instrumentId);
    if (!row) return err(c.instrumentErrors.INSTRUMENT_NOT_FOUND());
    const calibrations = (await repo.calibrationsOf(ctx, row.id)).map((k) => ({
      id: k.id,
      calibratedOn: k.calibrated_on,
      dueOn: k.due_on,
      good: k.good,
      certificateNo: k.certificate_no,
      laboratory: k.laboratory,
      ...(k.document === null ? {} : { document: k.document }),
      by: k.by_whom,
      at: k.at.toISOString(),
    }));
    return ok({ ...instrumentView(row, await todayOf(ctx)), calibrations });
  }),
  route(c.addInstrument, (ctx, { body }) => add(ctx, body)),
  route(c.editInstrument, (ctx, { params, body, version }) =>
    edit(ctx, params.instrumentId, version, body),
  ),
  route(c.recalibrate, (ctx, { params, body }) => calibrate(ctx, params.instrumentId, body)),
];
