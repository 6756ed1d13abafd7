import { organisationOf } from '@zaizao/modules/parties';
import { type DirectCost, directCosts } from '@zaizao/modules/quality';
import { DIRECT_RATES } from '@zaizao/modules/quality/contract';
import { cutPage } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { dayIn, weeksTo } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { listMargins, marginFigures } from '../contract.ts';
import { type SoldRow, soldRows, unconfirmedUnits } from '../repo/margin.ts';

type Page = z.input<(typeof listMargins)['response']>;
type Figures = z.input<(typeof marginFigures)['response']>;

/** Units looked at for the figures: the query stays bounded. */
const MOST_UNITS = 2000;

const share = (part: number, whole: number) => (whole > 0 ? part / whole : 1);

/** Every unit sold with what it cost and brought, newest order first. */
export async function margins(
  ctx: Ctx,
  query: z.output<(typeof listMargins)['query']>,
): Promise<Page> {
  const { zone } = await organisationOf(ctx);
  const rows = await soldRows(ctx, { ...query, zone });
  const cut = cutPage(rows, query.limit, (r) => [r.order_id, r.no]);
  const costs = await costsOf(ctx, cut.items);
  return { ...cut, items: cut.items.map((r) => marginView(r, costs.get(r.line.unitId))) };
}

const costsOf = (ctx: Ctx, rows: readonly SoldRow[]) =>
  directCosts(ctx, [...new Set(rows.map((r) => r.line.unitId))]);

function marginView(r: SoldRow, cost: DirectCost | undefined): Page['items'][number] {
  const { unitId, serial, part, priceFen } = r.line;
  return {
    id: `${r.order_id}/${r.no}`,
    ...{ unitId, serial, part, priceFen },
    orderId: r.order_id,
    orderCode: r.code,
    soldAt: r.placed_at.toISOString(),
    ...(cost
      ? {
          cost: {
            newPartsFen: String(cost.newPartsFen),
            coresFen: String(cost.coresFen),
            labourFen: String(cost.labourFen),
            energyFen: String(cost.energyFen),
            warrantyFen: String(cost.warrantyFen),
            totalFen: String(cost.totalFen),
            priced: share(cost.pricedG, cost.newG),
            metered: share(cost.measured, cost.operations),
          },
          marginFen: String(BigInt(priceFen) - cost.totalFen),
        }
      : {}),
  };
}

/** What the units sold in the last weeks brought together; each is a record of {@link margins}. */
export async function marginsByWeek(ctx: Ctx, count: number): Promise<Figures> {
  const { zone } = await organisationOf(ctx);
  const to = dayIn(zone, ctx.now);
  const weeks = weeksTo(to, count);
  const from = weeks[0]?.from ?? to;
  const rows = (await soldRows(ctx, { from, to, zone, limit: MOST_UNITS })).slice(0, MOST_UNITS);
  const costs = await costsOf(ctx, rows);
  const known = rows.flatMap((r) => {
    const cost = costs.get(r.line.unitId);
    return cost ? [{ week: r.week, priceFen: BigInt(r.line.priceFen), cost }] : [];
  });
  const sum = (of: (c: DirectCost) => number) => known.reduce((n, k) => n + of(k.cost), 0);
  return {
    ...{ from, to, sold: rows.length, ...brought(known) },
    priced: share(
      sum((c) => c.pricedG),
      sum((c) => c.newG),
    ),
    metered: share(
      sum((c) => c.measured),
      sum((c) => c.operations),
    ),
    unconfirmed: await unconfirmedUnits(ctx, { from, to, zone }),
    rates: { ...DIRECT_RATES },
    weeks: weeks.map((w) => ({ ...w, ...brought(known.filter((k) => k.week === w.from)) })),
  };
}

function brought(known: readonly { priceFen: bigint; cost: DirectCost }[]) {
  const salesFen = known.reduce((n, k) => n + k.priceFen, 0n);
  const costFen = known.reduce((n, k) => n + k.cost.totalFen, 0n);
  return {
    units: known.length,
    salesFen: String(salesFen),
    costFen: String(costFen),
    marginFen: String(salesFen - costFen),
  };
}
