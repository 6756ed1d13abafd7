import { day, definePermissions, endpoint, id } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';

export const perm = definePermissions({
  'footprint.effect:read': text('查看节能减排效果', 'See what remanufacturing saves'),
});

const bilingual = z.object({ zh: z.string(), en: z.string() });
const PartRef = z.object({ id: z.string(), number: z.string(), name: bilingual });
export const Evidence = z.enum(['measured', 'calculated', 'literature', 'entered']);
const Input = z.object({ value: z.number(), evidence: Evidence });

const FactorView = z.object({
  id: z.string(),
  kind: z.enum(['grid', 'material']),
  value: z.number(),
  unit: z.string(),
  name: bilingual,
  boundary: z.string(),
  source: bilingual,
});

export const listFactors = endpoint({
  id: 'footprint.listFactors',
  method: 'GET',
  path: '/api/v1/footprint/factors',
  title: text('排放因子', 'Emission factors'),
  access: perm('footprint.effect:read'),
  response: z.object({ version: z.string(), items: z.array(FactorView) }),
});

/** Nothing, or at least a millionth of the unit: a share of less is no figure, and may be infinite. */
const amountTo = (most: number) =>
  z.coerce
    .number()
    .min(0)
    .max(most)
    .refine((v) => v === 0 || v >= 1e-6, '应为 0，或不小于 0.000001 | 0, or at least 0.000001');
const amount = amountTo(1e12).optional();

const EffectRow = z.object({
  figure: z.enum(['cost', 'energy', 'material', 'emissions']),
  /** `CNY`, `KWH`, `KGM` of new material, `kgCO2e`; of one unit. */
  unit: z.string(),
  new: Input.optional(),
  reman: Input.optional(),
  /** Share saved; absent while a side is unknown. */
  saving: z.number().optional(),
  evidence: Evidence.optional(),
  /** What the trade says: 50, 60, 70, at least 80 %. */
  claimed: z.object({ saving: z.number(), qualifier: z.string() }),
  basis: bilingual,
});

export const effect = endpoint({
  id: 'footprint.effect',
  method: 'GET',
  path: '/api/v1/footprint/effect',
  title: text('5-6-7-8 效应计算', 'The 5-6-7-8 effect, reckoned'),
  access: perm('footprint.effect:read'),
  query: z.object({
    partId: id('part').optional(),
    from: day.optional(),
    to: day.optional(),
    gridFactor: z.string().max(40).default('grid-cn-2023'),
    /** Inputs of one's own, of one unit; each replaces what the plant or the literature says. */
    newCostYuan: amount,
    remanCostYuan: amount,
    newKwh: amount,
    remanKwh: amount,
    newMassKg: amount,
    newPartsKg: amount,
  }),
  response: z.object({
    products: z.array(PartRef),
    part: PartRef.optional(),
    /** Units the plant's own figures come from, and in how many of their operations electricity was metered. */
    units: z.number().int(),
    metered: z.number(),
    rows: z.array(EffectRow),
    factors: z.object({ version: z.string(), grid: FactorView, material: FactorView }),
    claims: bilingual,
  }),
});

export const scenario = endpoint({
  id: 'footprint.scenario',
  method: 'GET',
  path: '/api/v1/footprint/scenario',
  title: text('百万台情景', 'A million units'),
  access: perm('footprint.effect:read'),
  query: z.object({
    units: z.coerce.number().int().min(1).max(10_000_000_000).default(1_000_000),
    kwhPerUnit: amountTo(1e9).default(15),
    kgPerUnit: amountTo(1e9).default(4.5),
    gridFactor: z.string().max(40).default('grid-cn-2023'),
  }),
  response: z.object({
    units: z.number(),
    kwhPerUnit: z.number(),
    kgPerUnit: z.number(),
    kwh: z.number(),
    tonnes: z.number(),
    impliedFactor: z.number().optional(),
    tonnesAtGrid: z.number(),
    grid: FactorView,
    /** The inputs are the source's own. */
    asPublished: z.boolean(),
    evidence: Evidence,
    source: bilingual,
    /** What the two statements of the source say of each other. */
    remark: bilingual,
  }),
});
