/** What a closed stocktake tells the ledger: seen, corrected, missing. */
import { bizStep, disposition, type EpcisEvent, objectEvent } from '@zaizao/epcis';
import { record } from '@zaizao/modules/ledger';
import { siteOf } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { ok, type Result } from '@zaizao/platform/kernel';
import type { ScanRow } from '../repo/count.ts';
import type { DifferenceRow } from '../repo/settled.ts';
import type { StocktakeRow } from '../repo/stocktake.ts';
import type { Reckoning } from './reckon.ts';

/** Things of one event; a plant of ten thousand is told in some twenty. */
const PER_EVENT = 500;

type Fields = Partial<Parameters<typeof objectEvent>[0]>;

/** By CBV a count that serves the accounts is stock taking; a part, for the shelf's own sake, cycle counting. */
export function stepOf(s: Pick<StocktakeRow, 'place' | 'kinds'>): string {
  return s.place === null && s.kinds.length === 3 ? bizStep.stockTaking : bizStep.cycleCounting;
}

/**
 * Lots carry GIAIs, which name one thing and so may not stand in a quantity list: their pieces are said
 * beside them. A missing thing is told without a business location, for nobody knows where it is.
 */
export async function tellLedger(
  ctx: Ctx,
  s: StocktakeRow,
  rows: readonly DifferenceRow[],
  { scans, held }: Reckoning,
): Promise<Result<unknown>> {
  const site = await siteOf(ctx, s.site_id);
  if (!site.ok) return site;
  const { epc } = site.value;
  const events = (things: readonly string[], fields: Fields): EpcisEvent[] => {
    const { zz, ...more } = fields;
    return chunks(things).map((epcList) =>
      objectEvent({
        eventTime: ctx.now,
        action: 'OBSERVE',
        epcList,
        bizStep: stepOf(s),
        readPoint: epc,
        ...more,
        zz: { stocktake: s.code, ...zz },
      }),
    );
  };
  const seen = scans.filter((x) => x.booked_qty !== null && held.has(x.subject));
  const corrected = rows.filter((d) => d.decision === 'correct');
  const missing = corrected.filter((d) => d.class === 'missing');
  const recounted = corrected.filter((d) => d.qty !== null && d.qty !== d.booked_qty);
  const putElsewhere = corrected.filter((d) => d.class === 'found' || d.place !== d.booked_place);
  const all = [
    ...seenEvents(seen, s, (things, fields) => events(things, { bizLocation: epc, ...fields })),
    ...recounted.flatMap((d) =>
      events([d.subject], {
        disposition: disposition.mismatchQuantity,
        bizLocation: epc,
        zz: { bookedQuantity: d.booked_qty ?? 0, quantity: d.qty ?? 0, reason: d.reason },
      }),
    ),
    ...[...Map.groupBy(putElsewhere, (d) => d.place ?? '')].flatMap(([place, found]) =>
      place === ''
        ? []
        : events(subjects(found), { bizStep: bizStep.storing, bizLocation: epc, zz: { place } }),
    ),
    ...[...Map.groupBy(missing, (d) => d.reason)].flatMap(([reason, lost]) =>
      events(subjects(lost), {
        disposition: reason === 'stolen' ? disposition.stolen : disposition.unknown,
        zz: { missing: true, reason },
      }),
    ),
  ];
  return all.length > 0 ? record(ctx, all) : ok(undefined);
}

const subjects = (rows: readonly { subject: string }[]) => rows.map((d) => d.subject);

function seenEvents(
  seen: readonly ScanRow[],
  s: StocktakeRow,
  events: (things: readonly string[], fields: Fields) => EpcisEvent[],
): EpcisEvent[] {
  const place = s.place ?? undefined;
  const [lots, singles] = [seen.filter((x) => x.is_lot), seen.filter((x) => !x.is_lot)];
  return [
    ...events(subjects(singles), { zz: { place } }),
    ...chunks(lots).flatMap((some) =>
      events(subjects(some), {
        zz: { place, pieces: some.map((x) => ({ lot: x.code, quantity: x.qty ?? 0 })) },
      }),
    ),
  ];
}

function chunks<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / PER_EVENT) }, (_, i) =>
    all.slice(i * PER_EVENT, (i + 1) * PER_EVENT),
  );
}
