import { httpErrors } from '@zaizao/platform/contract';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { type closeStocktake, stockErrors } from '../contract.ts';
import { stocktakeMachine } from '../domain/stocktake-machine.ts';
import {
  type DifferenceRow,
  endMissing,
  insertDifferences,
  insertMissing,
} from '../repo/settled.ts';
import { type StocktakeRow, updateStocktake } from '../repo/stocktake.ts';
import { nameOf } from './count.ts';
import { type Found, type Reckoning, reckon } from './reckon.ts';
import { tellLedger } from './story.ts';
import { correct } from './things.ts';
import { stocktakeOf, stocktakeView, type View, wrongState } from './views.ts';

type Settlement = z.output<(typeof closeStocktake)['body']>['settlements'][number];

/**
 * Ends a stocktake: every difference as it stands now is settled by a person, the books follow where that
 * person says so, and the ledger hears what was seen, corrected and missed. All in one transaction.
 */
export async function close(
  ctx: Ctx,
  stocktakeId: string,
  version: number,
  settlements: readonly Settlement[],
): Promise<Result<View>> {
  const found = await stocktakeOf(ctx, stocktakeId, true);
  if (!found.ok) return found;
  const s = found.value;
  if (s.version !== version) return err(httpErrors.STALE_VERSION());
  if (!stocktakeMachine.next(s.state, 'close')) return wrongState(ctx, s);
  const reckoning = await reckon(ctx, s);
  const settled = settle(reckoning.differences, settlements);
  if (!settled.ok) return settled;
  const corrected = await correctBooks(ctx, settled.value, reckoning);
  if (!corrected.ok) return corrected;
  await insertDifferences(ctx, s.id, settled.value);
  await keepMissing(ctx, s, settled.value, reckoning);
  const told = await tellLedger(ctx, s, settled.value, reckoning);
  if (!told.ok) return told;
  const figures = figuresOf(reckoning, settled.value);
  await ctx.audit('stock.close-stocktake', s.id, { code: s.code, ...figures });
  const closed = await updateStocktake(ctx, s.id, version, {
    state: 'closed',
    figures,
    closed_by: nameOf(ctx),
    closed_at: ctx.now,
  });
  if (!closed) return err(httpErrors.STALE_VERSION());
  await ctx.publish('stock.stocktake-closed', s.id, { stocktakeId: s.id, ...figures });
  return ok(stocktakeView(closed));
}

/** Each difference with the settlement that names it, else with that of its class. */
function settle(
  differences: readonly Found[],
  settlements: readonly Settlement[],
): Result<DifferenceRow[]> {
  const named = new Map(settlements.flatMap((x) => (x.subject ? [[x.subject, x] as const] : [])));
  const ofClass = new Map(settlements.flatMap((x) => (x.subject ? [] : [[x.class, x] as const])));
  const rows: DifferenceRow[] = [];
  const open: Found[] = [];
  for (const d of differences) {
    const own = named.get(d.subject);
    const by = own?.class === d.class ? own : ofClass.get(d.class);
    if (!by || d.class === 'uncounted') {
      open.push(d);
      continue;
    }
    const { decision, reason, note } = by;
    if (decision === 'correct' && (d.class === 'elsewhere' || d.class === 'unknown')) {
      return err(stockErrors.STOCKTAKE_NOT_CORRECTABLE({ code: d.code }));
    }
    rows.push({ ...d, decision, reason, note });
  }
  const [first] = open;
  if (!first) return ok(rows);
  return err(stockErrors.STOCKTAKE_UNSETTLED({ n: open.length, code: first.code }));
}

async function correctBooks(
  ctx: Ctx,
  rows: readonly DifferenceRow[],
  { held }: Reckoning,
): Promise<Result<undefined>> {
  const back: string[] = [];
  for (const d of rows) {
    const thing = held.get(d.subject);
    if (d.decision === 'keep' || !thing || d.class === 'missing') continue;
    if (d.class === 'found') back.push(d.subject);
    const to = { ...placeOf(d), ...piecesOf(d) };
    if (Object.keys(to).length === 0) continue;
    const done = await correct(ctx, thing, to);
    if (!done.ok && done.error.code === 'COMPONENT_LOT_SMALL') {
      return err(stockErrors.STOCKTAKE_RECOUNT({ code: d.code }));
    }
    if (!done.ok) return done;
  }
  await endMissing(ctx, back, 'found');
  return ok(undefined);
}

/** Pieces used since the count stay used: the books change by what the count differed. */
const piecesOf = (d: DifferenceRow) =>
  d.qty === null || d.qty === d.booked_qty ? {} : { more: d.qty - (d.booked_qty ?? 0) };

const placeOf = (d: DifferenceRow) =>
  d.place === null || d.place === d.booked_place ? {} : { place: d.place };

async function keepMissing(
  ctx: Ctx,
  s: StocktakeRow,
  rows: readonly DifferenceRow[],
  { held }: Reckoning,
): Promise<void> {
  const missing = rows.flatMap((d) => {
    const thing = held.get(d.subject);
    if (d.class !== 'missing' || d.decision === 'keep' || !thing) return [];
    const { subject, kind, ref, code, name } = thing;
    return {
      ...{ subject, kind, ref, code, name },
      id: newId('miss', ctx.now.getTime()),
      stocktake_id: s.id,
      stocktake_code: s.code,
      place: d.booked_place,
      qty: thing.qty,
      value_fen: d.value_fen,
      reason: d.reason,
      note: d.note,
      thing_version: thing.version,
    };
  });
  await insertMissing(ctx, missing);
  for (const m of missing) {
    await ctx.publish('stock.thing-missing', m.ref, { kind: m.kind, ref: m.ref, epc: m.subject });
  }
}

function figuresOf({ classes }: Reckoning, rows: readonly DifferenceRow[]) {
  const all = [...classes.values()];
  const count = (of: (typeof all)[number]) => all.filter((c) => c === of).length;
  const missing = rows.filter((d) => d.class === 'missing' && d.decision === 'correct');
  return {
    ...{ match: count('match'), moved: count('moved'), arrived: count('arrived') },
    ...{ missing: count('missing'), pieces: count('pieces'), place: count('place') },
    ...{ found: count('found'), elsewhere: count('elsewhere'), unknown: count('unknown') },
    uncounted: 0,
    missingFen: String(missing.reduce((n, d) => n + (d.value_fen ?? 0n), 0n)),
  };
}
