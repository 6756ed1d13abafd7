import { bomOf } from '@zaizao/modules/catalog';
import { organisationOf } from '@zaizao/modules/parties';
import {
  massOfMade,
  type ProductWork,
  productsMade,
  productWork,
} from '@zaizao/modules/production';
import type { Ctx } from '@zaizao/platform/http';
import { ok, type Result, type Text, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { effect, scenario } from '../contract.ts';
import { type Effect, effectOf, emissionsOf, type Input, scenarioOf } from '../domain/effect.ts';
import { claims, factorsVersion, gridFactor, materialFactor, perUnit } from './factors.ts';

type Query = z.output<(typeof effect)['query']>;
type View = z.input<(typeof effect)['response']>;
type Figure = View['rows'][number]['figure'];

/** What an hour of work and a kilowatt hour are reckoned at, in fen: assumptions, said in the basis. */
const LABOUR_FEN = 4000;
const ENERGY_FEN = 70;

const BASES: Readonly<Record<Figure, Text>> = {
  cost: text(
    '新品：按物料清单全部用新件的目录价合计（不含装配，偏低）。再制造：本厂实测的新件、旧件返款、工时（40 元/小时，假设）与用电（0.70 元/千瓦时，假设），单台平均。',
    'New: all positions of the bill of material at the catalogue’s price of new parts (without assembling: rather low). Remanufactured: new parts, core credits, time at 40 yuan an hour and electricity at 0.70 yuan a kWh (both assumptions), as measured here, per unit.',
  ),
  energy: text(
    '再制造：本厂修复、装配、返工各工序实测电量，单台平均（覆盖率见上），不含拆解和清洗。新品：文献推算，每台 25 千瓦时，为制造全过程。两边范围不同，比值偏高。',
    'Remanufactured: electricity metered at restoring, assembling and reworking, per unit (coverage above), without dismantling and cleaning. New: derived from literature, 25 kWh each for all of its making. The scopes differ, so the saving is rather high.',
  ),
  material: text(
    '新品：装配清单总质量。再制造：其中新件的质量，逐件统计。',
    'New: the whole as-built mass. Remanufactured: the new parts in it, counted piece by piece.',
  ),
  emissions: text(
    '电量×电网因子＋新材料质量×金属原生料因子；新品与再制造用同一组因子。不含使用阶段和运输。',
    'Electricity at the grid’s factor plus new material at the factor of primary metal; the same factors on both sides. Without use and transport.',
  ),
};

const entered = (value: number | undefined): Input | undefined =>
  value === undefined ? undefined : { value, evidence: 'entered' };

interface Sides {
  readonly fresh: Input | undefined;
  readonly reman: Input | undefined;
}

/** The 5-6-7-8 effect of one product, of this plant's own measurements as far as there are any. */
export async function effectView(ctx: Ctx, q: Query): Promise<Result<View>> {
  const grid = gridFactor(q.gridFactor);
  if (!grid.ok) return grid;
  const { zone } = await organisationOf(ctx);
  const days = { from: q.from, to: q.to, zone };
  const made = await productsMade(ctx, days);
  const part = made.find((m) => (q.partId ? m.part.id === q.partId : true))?.part;
  const work = part && (await productWork(ctx, part.id, days));
  const material = materialFactor();
  const sides: Record<Exclude<Figure, 'emissions'>, Sides> = {
    cost: await costSides(ctx, q, part?.id, work),
    energy: energySides(q, work),
    material: await materialSides(ctx, q, part?.id, days),
  };
  const emitted = (energy: Input | undefined, mass: Input | undefined) =>
    energy &&
    mass &&
    emissionsOf(energy, { ...mass, value: mass.value * 1000 }, grid.value.value, material.value);
  const all: Record<Figure, Sides & { unit: string }> = {
    cost: { ...sides.cost, unit: 'CNY' },
    energy: { ...sides.energy, unit: 'KWH' },
    material: { ...sides.material, unit: 'KGM' },
    emissions: {
      fresh: emitted(sides.energy.fresh, sides.material.fresh),
      reman: emitted(sides.energy.reman, sides.material.reman),
      unit: 'kgCO2e',
    },
  };
  return ok({
    products: made.map((m) => m.part),
    ...(part ? { part } : {}),
    units: work?.units ?? 0,
    metered: work && work.operations > 0 ? work.measured / work.operations : 0,
    rows: (['cost', 'energy', 'material', 'emissions'] as const).map((figure) => {
      const { fresh, reman, unit } = all[figure];
      const found: Effect | undefined = fresh && reman && effectOf(fresh, reman);
      return {
        figure,
        unit,
        ...(fresh ? { new: fresh } : {}),
        ...(reman ? { reman } : {}),
        ...(found ? { saving: found.saving, evidence: found.evidence } : {}),
        claimed: claims[figure],
        basis: BASES[figure],
      };
    }),
    factors: { version: factorsVersion, grid: grid.value, material },
    claims: claims.source,
  });
}

async function costSides(
  ctx: Ctx,
  q: Query,
  partId: string | undefined,
  work: ProductWork | undefined,
): Promise<Sides> {
  const bom = partId ? await bomOf(ctx, partId) : undefined;
  const items = bom?.ok ? bom.value.items : [];
  const known = items.length > 0 && items.every((i) => i.part.newPriceFen !== undefined);
  const newFen = items.reduce((n, i) => n + Number(i.part.newPriceFen ?? 0n) * i.qty, 0);
  const units = work?.units ?? 0;
  const remanFen =
    work && units > 0
      ? (Number(work.newPartsFen + work.coresFen) +
          (work.seconds / 3600) * LABOUR_FEN +
          work.kwh * ENERGY_FEN) /
        units
      : undefined;
  return {
    fresh:
      entered(q.newCostYuan) ??
      (known ? { value: newFen / 100, evidence: 'calculated' } : undefined),
    reman:
      entered(q.remanCostYuan) ??
      (remanFen === undefined ? undefined : { value: remanFen / 100, evidence: 'calculated' }),
  };
}

function energySides(q: Query, work: ProductWork | undefined): Sides {
  const isMetered = work && work.units > 0 && work.measured > 0;
  return {
    fresh: entered(q.newKwh) ?? { value: perUnit.newKwh, evidence: 'literature' },
    reman:
      entered(q.remanKwh) ??
      (isMetered ? { value: work.kwh / work.units, evidence: 'measured' } : undefined),
  };
}

async function materialSides(
  ctx: Ctx,
  q: Query,
  partId: string | undefined,
  days: Parameters<typeof massOfMade>[2],
): Promise<Sides> {
  const mass = partId ? await massOfMade(ctx, partId, days) : undefined;
  const each = (g: number): Input | undefined =>
    mass && mass.units > 0 ? { value: g / mass.units / 1000, evidence: 'measured' } : undefined;
  return {
    fresh: entered(q.newMassKg) ?? each(mass?.builtG ?? 0),
    reman: entered(q.newPartsKg) ?? each(mass?.newG ?? 0),
  };
}

const REMARK = text(
  '原文的两个数合起来意味着每千瓦时 0.30 千克；公布的电网因子更高，同样的电量按电网因子折算约为其两倍。两个说法分列，不作平均。',
  'The two statements of the source together imply 0.30 kg a kWh; published grid factors are higher, and the same electricity at the grid’s factor is about twice that. Both are kept apart, never averaged.',
);
const OWN = text('按您输入的单台数据计算。', 'Reckoned from the inputs you gave, per unit.');

/** So many units, each saving so much: the source's own figures unless others are given. */
export function scenarioView(
  q: z.output<(typeof scenario)['query']>,
): Result<z.input<(typeof scenario)['response']>> {
  const grid = gridFactor(q.gridFactor);
  if (!grid.ok) return grid;
  const { impliedFactor, ...s } = scenarioOf(q.units, q.kwhPerUnit, q.kgPerUnit, grid.value.value);
  const asPublished = q.kwhPerUnit === perUnit.kwh && q.kgPerUnit === perUnit.kg;
  return ok({
    ...{ units: q.units, kwhPerUnit: q.kwhPerUnit, kgPerUnit: q.kgPerUnit },
    ...s,
    ...(impliedFactor === undefined ? {} : { impliedFactor }),
    grid: grid.value,
    asPublished,
    evidence: asPublished ? 'literature' : 'entered',
    source: asPublished ? perUnit.source : OWN,
    remark: REMARK,
  });
}
