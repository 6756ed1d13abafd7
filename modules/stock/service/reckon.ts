import { unitsPickedSince } from '@zaizao/modules/market';
import type { Ctx } from '@zaizao/platform/http';
import {
  type CountClass,
  type Difference,
  type Expected,
  hasMoved,
  isDifference,
  type Now,
  reconcile,
} from '../domain/reconcile.ts';
import { type ExpectedRow, expectedOf, lastScans, type ScanRow } from '../repo/count.ts';
import { type DifferenceRow, type MissingRow, openMissing } from '../repo/settled.ts';
import type { StocktakeRow } from '../repo/stocktake.ts';
import { type Held, heldAmong, heldThings, valuesOf } from './things.ts';

/** A difference that nobody has settled yet. */
export type Found = Omit<DifferenceRow, 'decision' | 'reason' | 'note'>;

export interface Reckoning {
  readonly classes: ReadonlyMap<string, CountClass>;
  readonly differences: readonly Found[];
  readonly scans: readonly ScanRow[];
  /** What the books hold now, by subject. */
  readonly held: ReadonlyMap<string, Held>;
}

const asExpected = (e: ExpectedRow): Expected => ({ ...e, place: e.place ?? undefined });

/** The things picked since a stocktake began, by EPC: picking moves nothing in the books. */
async function pickedSince(ctx: Ctx, s: StocktakeRow, held: Iterable<Held>): Promise<Set<string>> {
  const units = s.kinds.includes('unit') ? await unitsPickedSince(ctx, s.started_at) : new Set();
  return new Set([...held].flatMap((h) => (units.has(h.ref) ? h.subject : [])));
}

/** Things recorded missing that nobody has had in hand since. */
export async function stillMissing(
  ctx: Ctx,
  held: ReadonlyMap<string, Held>,
): Promise<Set<string>> {
  return missingAmong(await openMissing(ctx), held);
}

/** Whether one thing is: what every scan asks, however much is missing. */
export async function isStillMissing(ctx: Ctx, held: Held): Promise<boolean> {
  return missingAmong(await openMissing(ctx, held.subject), bySubject([held])).size > 0;
}

function missingAmong(open: readonly MissingRow[], held: ReadonlyMap<string, Held>): Set<string> {
  return new Set(
    open.flatMap((m) => (held.get(m.subject)?.version === m.thing_version ? m.subject : [])),
  );
}

export const bySubject = (held: readonly Held[]): Map<string, Held> =>
  new Map(held.map((h) => [h.subject, h]));

/** What the count says as of now: every thing in its class, the differences with their value. */
export async function reckon(ctx: Ctx, s: StocktakeRow): Promise<Reckoning> {
  const expected = await expectedOf(ctx, s.id);
  const scans = await lastScans(ctx, s.id);
  const held = bySubject(await heldThings(ctx, s.kinds));
  const classes = reconcile({
    expected: expected.map(asExpected),
    seen: scans.map((x) => ({
      subject: x.subject,
      kind: x.kind ?? undefined,
      place: x.place ?? undefined,
      qty: x.qty ?? undefined,
      bookedQty: x.booked_qty ?? undefined,
      bookedPlace: x.booked_place ?? undefined,
    })),
    now: held satisfies ReadonlyMap<string, Now>,
    picked: await pickedSince(ctx, s, held.values()),
    missingBefore: await stillMissing(ctx, held),
  });
  const differing = [...classes].flatMap(([subject, c]) =>
    isDifference(c) ? [{ subject, class: c }] : [],
  );
  const values = await valuesOf(
    ctx,
    differing.flatMap((d) => held.get(d.subject) ?? []),
  );
  const scanned = new Map(scans.map((x) => [x.subject, x]));
  const fixed = new Map(expected.map((e) => [e.subject, e]));
  return {
    classes,
    scans,
    held,
    differences: differing.flatMap((d) => {
      const scan = scanned.get(d.subject);
      const e = fixed.get(d.subject);
      const each = values.get(d.subject);
      if (scan) return [ofScan(scan, d.class, each)];
      return e ? [ofExpected(e, each)] : [];
    }),
  };
}

function ofExpected(e: ExpectedRow, each: bigint | undefined): Found {
  const { subject, kind, ref, code, name, state, place, qty } = e;
  return {
    ...{ subject, kind, ref, code, name, state, class: 'missing' },
    booked_place: place,
    place: null,
    booked_qty: qty,
    qty: null,
    value_fen: each === undefined ? null : each * BigInt(qty),
    scanned_by: null,
  };
}

function ofScan(s: ScanRow, of: Difference, each: bigint | undefined): Found {
  const { subject, kind, ref, code, name, state, booked_place, booked_qty, place, qty } = s;
  // A thing at another place, or one the books do not hold, changes no value.
  const pieces = { pieces: (qty ?? 0) - (booked_qty ?? 0), found: qty ?? booked_qty ?? 1 };
  const more = of === 'pieces' || of === 'found' ? pieces[of] : 0;
  return {
    ...{ subject, kind, ref, code, name, state, booked_place, booked_qty, place, qty, class: of },
    value_fen: each === undefined || more === 0 ? null : each * BigInt(more),
    scanned_by: s.by_whom,
  };
}

/** What is still to be counted, without what business has moved meanwhile. */
export async function notMoved<T extends ExpectedRow>(
  ctx: Ctx,
  s: StocktakeRow,
  rows: readonly T[],
): Promise<T[]> {
  const held = bySubject(await heldAmong(ctx, rows));
  const picked = await pickedSince(ctx, s, held.values());
  return rows.filter((r) => !hasMoved(asExpected(r), held.get(r.subject), picked));
}
