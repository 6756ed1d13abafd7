import { getParts } from '@zaizao/modules/catalog';
import { scrappedCores } from '@zaizao/modules/cores';
import { recycledIn } from '@zaizao/modules/dismantling';
import { organisationOf } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { ok, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { fourR } from '../contract.ts';
import { type Days, type MadeRow, madeOf, unitsMade } from '../repo/figures.ts';

type View = z.input<(typeof fourR)['response']>;
type Made = Omit<View['total'], 'recycle'>;

const BASIS = text(
  '减量化＝同样的产品若全部用新件需要的质量，减去实际用的新件；比例的分母是产品总质量。再利用、再制造按装配清单逐件称重（未称重的按目录单重）。再循环＝同期报废的零部件与整件旧件的质量；比例的分母是同期留用与报废之和。',
  'Reduce: the mass that the same units would need as an all-new build, less the new parts actually used, as a share of the units’ mass. Reuse and remanufacture: summed over the as-built lists (weighed at teardown, else the catalogue mass). Recycle: components and whole cores sent to recycling in the same days, as a share of what was kept and what was recycled.',
);

/** The four R over some days, for the units assembled in them. */
export async function fourROf(
  ctx: Ctx,
  q: Omit<Days, 'zone'>,
): Promise<ReturnType<typeof ok<View>>> {
  const { zone } = await organisationOf(ctx);
  const days = { ...q, zone };
  const made = await madeOf(ctx, days);
  const counts = await unitsMade(ctx, days);
  const parts = await getParts(ctx, [...new Set(made.map((m) => m.component_part))]);
  const price = (id: string) => parts.get(id)?.newPriceFen;
  const cores = await scrappedCores(ctx, days);
  const recycled = [...(await recycledIn(ctx, days)), ...(cores.pieces > 0 ? [cores] : [])];
  const units = counts.reduce((n, c) => n + c.count, 0);
  const total = sumUp(made, units, price);
  const kept = total.reuse.massG + total.remanufacture.massG;
  const recycledG = recycled.reduce((n, r) => n + r.massG, 0);
  const products = Map.groupBy(made, (m) => m.part.id);
  const months = Map.groupBy(made, (m) => m.month);
  return ok({
    zone,
    basis: BASIS,
    total: {
      ...total,
      recycle: {
        massG: recycledG,
        pieces: recycled.reduce((n, r) => n + r.pieces, 0),
        byMass: share(recycledG, kept + recycledG),
      },
    },
    byProduct: [...products].flatMap(([id, rows]) => {
      const count = counts.find((c) => c.part_id === id)?.count ?? 0;
      const [first] = rows;
      return first ? [{ part: first.part, ...sumUp(rows, count, price) }] : [];
    }),
    byMonth: [...months].map(([month, rows]) => {
      const m = sumUp(rows, 0, price);
      return {
        month,
        reuseG: m.reuse.massG,
        remanufactureG: m.remanufacture.massG,
        newG: m.newG,
        reduce: m.reduce.byMass,
      };
    }),
    recycled,
  });
}

const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

function sumUp(
  rows: readonly MadeRow[],
  units: number,
  price: (partId: string) => bigint | undefined,
): Made {
  const builtG = rows.reduce((n, r) => n + r.mass_g, 0);
  const of = (...origins: MadeRow['origin'][]) => {
    const mine = rows.filter((r) => origins.includes(r.origin));
    const massG = mine.reduce((n, r) => n + r.mass_g, 0);
    const pieces = mine.reduce((n, r) => n + r.pieces, 0);
    return { massG, pieces, byMass: share(massG, builtG) };
  };
  const kept = rows.filter((r) => r.origin !== 'new');
  const priced = kept.filter((r) => price(r.component_part) !== undefined);
  const keptG = kept.reduce((n, r) => n + r.mass_g, 0);
  const newParts = priced.reduce(
    (n, r) => n + BigInt(r.pieces) * (price(r.component_part) ?? 0n),
    0n,
  );
  return {
    reduce: {
      ...of('reused', 'restored'),
      newPartsFen: String(newParts),
      priced: share(
        priced.reduce((n, r) => n + r.mass_g, 0),
        keptG,
      ),
    },
    reuse: of('reused'),
    remanufacture: of('restored'),
    builtG,
    newG: builtG - keptG,
    units,
  };
}
