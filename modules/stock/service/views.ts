import { cutPage, decodeCursor } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result, type Text, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type listDifferences,
  type listMissing,
  type StocktakeView,
  stockErrors,
} from '../contract.ts';
import type { StocktakeState } from '../domain/stocktake-machine.ts';
import { type DifferenceRow, differencesOf, type MissingRow } from '../repo/settled.ts';
import { findStocktake, type StocktakeRow } from '../repo/stocktake.ts';
import { type Found, reckon } from './reckon.ts';

export type View = z.input<typeof StocktakeView>;
type DifferencePage = z.input<(typeof listDifferences)['response']>;
type MissingItem = z.input<(typeof listMissing)['response']>['items'][number];

const STATES: Record<StocktakeState, Text> = {
  counting: text('盘点中', 'being counted'),
  counted: text('待处理', 'to be settled'),
  closed: text('已结束', 'closed'),
  cancelled: text('已作废', 'cancelled'),
};

export function wrongState(ctx: Ctx, s: StocktakeRow) {
  return err(stockErrors.STOCKTAKE_STATE({ code: s.code, state: STATES[s.state][ctx.lang] }));
}

/** A stocktake that must exist; locked until the transaction ends when asked. */
export async function stocktakeOf(
  ctx: Ctx,
  id: string,
  lock = false,
): Promise<Result<StocktakeRow>> {
  const row = await findStocktake(ctx, id, lock);
  return row ? ok(row) : err(stockErrors.STOCKTAKE_NOT_FOUND());
}

export function stocktakeView(s: StocktakeRow): View {
  return {
    id: s.id,
    code: s.code,
    state: s.state,
    site: { id: s.site_id, name: s.site_name },
    ...(s.place === null ? {} : { place: s.place }),
    kinds: s.kinds,
    note: s.note,
    expected: s.expected,
    counted: s.counted,
    startedBy: s.started_by,
    startedAt: s.started_at.toISOString(),
    ...(s.counted_at ? { countedAt: s.counted_at.toISOString() } : {}),
    ...(s.closed_by ? { closedBy: s.closed_by } : {}),
    ...(s.closed_at ? { closedAt: s.closed_at.toISOString() } : {}),
    ...(s.figures ? { figures: s.figures } : {}),
    version: s.version,
  };
}

type Line = Omit<DifferenceRow, 'decision' | 'reason' | 'note'> &
  Partial<Pick<DifferenceRow, 'decision' | 'reason' | 'note'>>;

function lineView(d: Line): DifferencePage['items'][number] {
  return {
    subject: d.subject,
    class: d.class,
    code: d.code,
    ...(d.kind ? { kind: d.kind } : {}),
    ...(d.ref ? { ref: d.ref } : {}),
    ...(d.name ? { name: d.name } : {}),
    ...(d.state ? { state: d.state } : {}),
    ...(d.booked_place ? { bookedPlace: d.booked_place } : {}),
    ...(d.place ? { place: d.place } : {}),
    ...(d.booked_qty === null ? {} : { bookedQty: d.booked_qty }),
    ...(d.qty === null ? {} : { qty: d.qty }),
    ...(d.value_fen === null ? {} : { valueFen: String(d.value_fen) }),
    ...(d.scanned_by ? { scannedBy: d.scanned_by } : {}),
    ...(d.decision ? { decision: d.decision } : {}),
    ...(d.reason ? { reason: d.reason } : {}),
    ...(d.note ? { note: d.note } : {}),
  };
}

/** The differences as they stand now; of a closed stocktake as they were settled. */
export async function differencesPage(
  ctx: Ctx,
  stocktakeId: string,
  query: { class?: Found['class'] | undefined; cursor?: string | undefined; limit: number },
): Promise<Result<DifferencePage>> {
  const found = await stocktakeOf(ctx, stocktakeId);
  if (!found.ok) return found;
  const all: readonly Line[] =
    found.value.state === 'closed' || found.value.state === 'cancelled'
      ? await differencesOf(ctx, stocktakeId)
      : (await reckon(ctx, found.value)).differences;
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor)?.[0];
  const rows = all
    .filter((d) => query.class === undefined || d.class === query.class)
    .filter((d) => after === undefined || d.subject > String(after))
    .sort((a, b) => (a.subject < b.subject ? -1 : 1));
  const cut = cutPage(rows.slice(0, query.limit + 1), query.limit, (d) => [d.subject]);
  return ok({ ...cut, items: cut.items.map(lineView) });
}

export function missingView(m: MissingRow): MissingItem {
  return {
    id: m.id,
    kind: m.kind,
    ref: m.ref,
    code: m.code,
    name: m.name,
    ...(m.place ? { place: m.place } : {}),
    qty: m.qty,
    ...(m.value_fen === null ? {} : { valueFen: String(m.value_fen) }),
    reason: m.reason,
    note: m.note,
    stocktakeId: m.stocktake_id,
    stocktakeCode: m.stocktake_code,
    since: m.since.toISOString(),
    ...(m.ended ? { ended: m.ended } : {}),
    ...(m.ended_at ? { endedAt: m.ended_at.toISOString() } : {}),
  };
}
