import { getParts } from '@zaizao/modules/catalog';
import { coreCosts } from '@zaizao/modules/cores';
import type { Ctx } from '@zaizao/platform/http';
import {
  type Days,
  madeOf,
  newPartsOf,
  unitsMade,
  unitsOfCores,
  workRows,
} from '../repo/figures.ts';
import type { PartRef } from '../repo/tables.ts';

/** Units looked at for one product: enough for a median, and the query stays bounded. */
const MOST_UNITS = 2000;

/** What went into the units of a product that were assembled in some days. */
export interface ProductWork {
  readonly units: number;
  /** At work, over assembling, reworking and restoring. */
  readonly seconds: number;
  /** Measured electricity, and in how many of the operations it was measured. */
  readonly kwh: number;
  readonly measured: number;
  readonly operations: number;
  readonly newPartsFen: bigint;
  /** Share of the new parts' mass whose price is known. */
  readonly priced: number;
  readonly coresFen: bigint;
  readonly made: readonly {
    readonly unitId: string;
    readonly releasedAt: Date;
    readonly finishedAt: Date | null;
    readonly coreReceivedAt: Date | null;
  }[];
}

/** The products of which units were assembled in some days, most first. */
export async function productsMade(
  ctx: Ctx,
  days: Days,
): Promise<{ part: PartRef; units: number }[]> {
  const counts = await unitsMade(ctx, days);
  const parts = await getParts(
    ctx,
    counts.map((c) => c.part_id),
  );
  return counts
    .flatMap(({ part_id, count }) => {
      const p = parts.get(part_id);
      return p ? [{ part: { id: p.id, number: p.number, name: p.name }, units: count }] : [];
    })
    .sort((a, b) => b.units - a.units);
}

/** Time, electricity, new parts and cores of a product's units. A core that serves several is shared. */
export async function productWork(ctx: Ctx, partId: string, days: Days): Promise<ProductWork> {
  const rows = await workRows(ctx, { partId, days, limit: MOST_UNITS });
  const fresh = (await madeOf(ctx, days)).filter((m) => m.part.id === partId && m.origin === 'new');
  const parts = await getParts(ctx, [...new Set(fresh.map((m) => m.component_part))]);
  const priceOf = (id: string) => parts.get(id)?.newPriceFen;
  const massOf = (some: typeof fresh) => some.reduce((n, m) => n + m.mass_g, 0);
  const priced = fresh.filter((m) => priceOf(m.component_part) !== undefined);
  const ids = [...new Set(rows.flatMap((r) => r.core_ids))];
  const cores = await coreCosts(ctx, ids);
  const shared = await unitsOfCores(ctx, ids);
  const sum = (of: (r: (typeof rows)[number]) => number) => rows.reduce((n, r) => n + of(r), 0);
  return {
    units: rows.length,
    seconds: sum((r) => r.seconds),
    kwh: sum((r) => r.kwh),
    measured: sum((r) => r.measured),
    operations: sum((r) => r.operations),
    newPartsFen: priced.reduce(
      (n, m) => n + BigInt(m.pieces) * (priceOf(m.component_part) ?? 0n),
      0n,
    ),
    priced: massOf(fresh) > 0 ? massOf(priced) / massOf(fresh) : 1,
    coresFen: rows.reduce((n, r) => n + shareOf(r.core_ids, cores, shared), 0n),
    made: rows.map((r) => ({
      unitId: r.unit_id,
      releasedAt: r.released_at,
      finishedAt: r.finished_at,
      coreReceivedAt: earliest(r.core_ids.map((id) => cores.get(id)?.receivedAt ?? null)),
    })),
  };
}

/** Credits of the cores in a unit; one that serves several units is shared among them. */
function shareOf(
  coreIds: readonly string[],
  cores: ReadonlyMap<string, { creditFen: bigint }>,
  units: ReadonlyMap<string, number>,
): bigint {
  return coreIds.reduce(
    (n, id) => n + (cores.get(id)?.creditFen ?? 0n) / BigInt(units.get(id) ?? 1),
    0n,
  );
}

/** What went into one unit. */
export interface UnitWork {
  /** At work, over assembling, reworking and restoring. */
  readonly seconds: number;
  readonly kwh: number;
  /** Operations, and how many of them have a meter reading. */
  readonly operations: number;
  readonly measured: number;
  readonly newPartsFen: bigint;
  /** Mass of the new parts in it, and of those whose price is known. */
  readonly newG: number;
  readonly pricedG: number;
  readonly coresFen: bigint;
}

/** Time, electricity, new parts and cores of certain units, each for itself; unknown ones are left out. */
export async function workOfUnits(
  ctx: Ctx,
  unitIds: readonly string[],
): Promise<Map<string, UnitWork>> {
  if (unitIds.length === 0) return new Map();
  const rows = await workRows(ctx, { ids: unitIds });
  const fresh = await newPartsOf(ctx, unitIds);
  const parts = await getParts(ctx, [...new Set(fresh.map((f) => f.part_id))]);
  const coreIds = [...new Set(rows.flatMap((r) => r.core_ids))];
  const cores = await coreCosts(ctx, coreIds);
  const shared = await unitsOfCores(ctx, coreIds);
  const byUnit = Map.groupBy(fresh, (f) => f.unit_id);
  return new Map(
    rows.map((r) => {
      const mine = byUnit.get(r.unit_id) ?? [];
      const work = { newPartsFen: 0n, newG: 0, pricedG: 0 };
      for (const { part_id, pieces, mass_g } of mine) {
        const price = parts.get(part_id)?.newPriceFen;
        work.newG += mass_g;
        if (price === undefined) continue;
        work.pricedG += mass_g;
        work.newPartsFen += BigInt(pieces) * price;
      }
      const { seconds, kwh, operations, measured } = r;
      const coresFen = shareOf(r.core_ids, cores, shared);
      return [r.unit_id, { seconds, kwh, operations, measured, ...work, coresFen }];
    }),
  );
}

/** What the units of a product weigh together, and the new parts in them. */
export async function massOfMade(
  ctx: Ctx,
  partId: string,
  days: Days,
): Promise<{ units: number; builtG: number; newG: number }> {
  const rows = (await madeOf(ctx, days)).filter((m) => m.part.id === partId);
  const mass = (some: typeof rows) => some.reduce((n, m) => n + m.mass_g, 0);
  const counts = await unitsMade(ctx, days);
  return {
    units: counts.find((c) => c.part_id === partId)?.count ?? 0,
    builtG: mass(rows),
    newG: mass(rows.filter((m) => m.origin === 'new')),
  };
}

function earliest(times: readonly (Date | null)[]): Date | null {
  const known = times.filter((t) => t !== null).sort((a, b) => a.getTime() - b.getTime());
  return known[0] ?? null;
}
