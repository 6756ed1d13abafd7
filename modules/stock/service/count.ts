import { allocateCode, defaultSite } from '@zaizao/modules/parties';
import { httpErrors } from '@zaizao/platform/contract';
import { cutPage, decodeCursor, lockName } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type listRemaining,
  type ScanAnswer,
  type scanStock,
  type startStocktake,
  stockErrors,
} from '../contract.ts';
import { type StocktakeEvent, stocktakeMachine } from '../domain/stocktake-machine.ts';
import {
  expects,
  insertExpected,
  insertScan,
  lastScan,
  remainingRows,
  type ScanRow,
} from '../repo/count.ts';
import { endMissing, openMissing } from '../repo/settled.ts';
import {
  countOne,
  insertStocktake,
  openStocktakes,
  type StocktakeRow,
  updateStocktake,
} from '../repo/stocktake.ts';
import { bySubject, isStillMissing, notMoved, reckon, stillMissing } from './reckon.ts';
import { type Held, heldThings, type Scanned, thingScanned } from './things.ts';
import { stocktakeOf, stocktakeView, type View, wrongState } from './views.ts';

type Start = z.output<(typeof startStocktake)['body']>;
type Answer = z.input<typeof ScanAnswer>;

/**
 * Begins a count: what is expected is fixed at this instant. Things that an earlier count recorded missing
 * and nobody has had in hand since are not expected. Refused while another open count covers the same.
 */
export async function start(ctx: Ctx, input: Start): Promise<Result<View>> {
  await lockName(ctx.tx, ctx.org.no, 'stock.start');
  const kinds = [...new Set(input.kinds)];
  const place = input.place ?? null;
  const open = (await openStocktakes(ctx)).find(
    (s) =>
      s.kinds.some((k) => kinds.includes(k)) &&
      (s.place === null || place === null || s.place === place),
  );
  if (open) return err(stockErrors.STOCKTAKE_OPEN({ code: open.code }));
  const everywhere = bySubject(await heldThings(ctx, ['core', 'component', 'unit']));
  const gone = await stillMissing(ctx, everywhere);
  const back = (await openMissing(ctx)).flatMap((m) => (gone.has(m.subject) ? [] : m.subject));
  await endMissing(ctx, back, 'moved');
  const expected = [...everywhere.values()].filter(
    (h) => kinds.includes(h.kind) && (place === null || h.place === place) && !gone.has(h.subject),
  );
  // A place may be thought empty, and things lie there all the same.
  if (expected.length === 0 && place === null) return err(stockErrors.STOCKTAKE_EMPTY());
  const site = await defaultSite(ctx);
  const stocktake = await insertStocktake(ctx, {
    id: newId('stk', ctx.now.getTime()),
    code: await allocateCode(ctx, 'stocktake'),
    site_id: site.id,
    site_name: site.name,
    place,
    kinds,
    note: input.note,
    expected: expected.length,
    started_by: nameOf(ctx),
  });
  const rows = expected.map(({ subject, kind, ref, code, name, state, place: at, qty }) => ({
    ...{ subject, kind, ref, code, name, state, qty },
    place: at ?? null,
  }));
  await insertExpected(ctx, stocktake.id, rows);
  return ok(stocktakeView(stocktake));
}

export const nameOf = (ctx: Ctx): string => ctx.principal.name;

type Scan = z.output<(typeof scanStock)['body']>;

/** One thing scanned: told at once what the books say of it. Its second scan changes nothing and says so. */
export async function scan(ctx: Ctx, stocktakeId: string, input: Scan): Promise<Result<Answer>> {
  // The row is locked: two people who scan the same thing come one after the other.
  const found = await stocktakeOf(ctx, stocktakeId, true);
  if (!found.ok) return found;
  const s = found.value;
  if (s.state !== 'counting') return wrongState(ctx, s);
  const thing = await thingScanned(ctx, input.code);
  if (!thing) return scanUnknown(ctx, s, input.code);
  const known = 'held' in thing ? thing.held : thing.known;
  const told = { code: known.code, kind: known.kind, name: known.name, isLot: known.isLot };
  if (!s.kinds.includes(known.kind)) return ok({ verdict: 'aside', ...told, ...progress(s) });
  if (input.qty !== undefined && !known.isLot) {
    return err(stockErrors.STOCKTAKE_NOT_LOT({ code: known.code }));
  }
  const before = await lastScan(ctx, s.id, known.subject);
  const asks = known.isLot && 'held' in thing && input.qty === undefined;
  if (before && input.qty === undefined && (before.qty !== null || !asks)) {
    return ok({ verdict: 'again', ...told, ...beforeOf(before), ...progress(s) });
  }
  const place = input.place ?? s.place ?? undefined;
  // Asked for its pieces once; asking again writes nothing.
  if (!(asks && before)) await insert(ctx, s, thing, input, place);
  const isExpected = await expects(ctx, s.id, known.subject);
  const wasComplete = before !== undefined && (before.qty !== null || !before.is_lot);
  const isComplete = !asks && !wasComplete;
  const counts = isExpected && isComplete;
  if (counts) await countOne(ctx, s.id);
  return ok({
    verdict: asks ? 'pieces' : await verdictOf(ctx, thing, place, isExpected, input.qty),
    ...told,
    state: known.state,
    ...('held' in thing
      ? {
          bookedQty: thing.held.qty,
          ...(thing.held.place ? { bookedPlace: thing.held.place } : {}),
        }
      : {}),
    ...(input.qty === undefined ? {} : { qty: input.qty }),
    ...(before?.qty ? beforeOf(before) : {}),
    ...progress(s, counts ? 1 : 0),
  });
}

const progress = (s: StocktakeRow, more = 0) => ({
  expected: s.expected,
  counted: s.counted + more,
});

function beforeOf(scan: ScanRow): Pick<Answer, 'before'> {
  const { by_whom: by, at, qty } = scan;
  return { before: { by, at: at.toISOString(), ...(qty === null ? {} : { qty }) } };
}

async function verdictOf(
  ctx: Ctx,
  thing: Scanned,
  place: string | undefined,
  isExpected: boolean,
  qty: number | undefined,
): Promise<Answer['verdict']> {
  if (!('held' in thing)) return 'elsewhere';
  const { held } = thing;
  if (await isStillMissing(ctx, held)) return 'found';
  if (place !== undefined && place !== held.place) return 'place';
  // Pieces that differ are told by the two numbers; the lot itself is where it should be.
  return isExpected || qty !== undefined ? 'expected' : 'arrived';
}

async function insert(
  ctx: Ctx,
  s: StocktakeRow,
  thing: Scanned,
  input: Scan,
  place: string | undefined,
): Promise<void> {
  const known = 'held' in thing ? thing.held : thing.known;
  const held: Held | undefined = 'held' in thing ? thing.held : undefined;
  const { subject, kind, ref, code, name, state } = known;
  await insertScan(
    ctx,
    {
      ...{ subject, kind, ref, code, name, state },
      stocktake_id: s.id,
      id: newId('scan', ctx.now.getTime()),
      booked_place: held?.place ?? null,
      booked_qty: held?.qty ?? null,
      place: place ?? null,
      qty: input.qty ?? null,
      is_lot: known.isLot && held !== undefined,
    },
    nameOf(ctx),
  );
}

async function scanUnknown(ctx: Ctx, s: StocktakeRow, code: string): Promise<Result<Answer>> {
  const subject = `code:${code.toUpperCase()}`;
  const before = await lastScan(ctx, s.id, subject);
  const told = { code, isLot: false, ...progress(s) };
  if (before) return ok({ verdict: 'again', ...told, ...beforeOf(before) });
  const nothing = { kind: null, ref: null, name: null, state: null, qty: null };
  const unbooked = { booked_place: null, booked_qty: null, place: s.place, is_lot: false };
  const id = newId('scan', ctx.now.getTime());
  await insertScan(
    ctx,
    { ...nothing, ...unbooked, subject, code, id, stocktake_id: s.id },
    nameOf(ctx),
  );
  return ok({ verdict: 'unknown', ...told });
}

/** What is still to be counted, by place. */
export async function remaining(
  ctx: Ctx,
  stocktakeId: string,
  query: { cursor?: string | undefined; limit: number },
): Promise<Result<z.input<(typeof listRemaining)['response']>>> {
  const found = await stocktakeOf(ctx, stocktakeId);
  if (!found.ok) return found;
  const s = found.value;
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
  const rows =
    s.state === 'counting' || s.state === 'counted'
      ? await remainingRows(ctx, s.id, after, query.limit)
      : [];
  const cut = cutPage(rows, query.limit, (r) => [r.place ?? '', r.subject]);
  const items = (await notMoved(ctx, s, cut.items)).map((r) => ({
    ...{ subject: r.subject, kind: r.kind, ref: r.ref, code: r.code, name: r.name, qty: r.qty },
    ...(r.place ? { place: r.place } : {}),
    asksPieces: r.asks_pieces,
  }));
  return ok({ ...cut, items });
}

/** Moves a stocktake that the reader has seen in this version. */
export async function step(
  ctx: Ctx,
  stocktakeId: string,
  version: number,
  event: Exclude<StocktakeEvent, 'close'>,
): Promise<Result<View>> {
  const found = await stocktakeOf(ctx, stocktakeId, true);
  if (!found.ok) return found;
  const s = found.value;
  if (s.version !== version) return err(httpErrors.STALE_VERSION());
  const to = stocktakeMachine.next(s.state, event);
  if (!to) return wrongState(ctx, s);
  if (event === 'finish') {
    const asked = (await reckon(ctx, s)).differences.filter((d) => d.class === 'uncounted');
    if (asked[0]) {
      return err(stockErrors.STOCKTAKE_PIECES({ n: asked.length, code: asked[0].code }));
    }
  }
  const moved = await updateStocktake(ctx, s.id, version, {
    state: to,
    ...(event === 'cancel' ? {} : { counted_at: to === 'counted' ? ctx.now : null }),
  });
  return moved ? ok(stocktakeView(moved)) : err(httpErrors.STALE_VERSION());
}
