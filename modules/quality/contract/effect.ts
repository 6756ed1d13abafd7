/** Held against the new product, the final report of a unit, and the four figures of a product. */
import { day, endpoint, fen, id, instant, line } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './permissions.ts';
import { bilingual, Limit, PartRef, TestRow, UnitRef } from './shared.ts';

// ── The new product's test plan ─────────────────────────────────────────────

const Ends = z.object({
  unit: z.string(),
  min: z.string().optional(),
  max: z.string().optional(),
});
const Shortfall = z.object({
  code: z.string(),
  name: bilingual,
  kind: z.enum(['missing', 'unit', 'looser']),
  asked: Ends,
  ours: Ends.optional(),
});

const ReleaseView = z.object({
  id: z.string(),
  planVersion: z.number().int(),
  shortfalls: z.array(Shortfall),
  reason: z.string(),
  approvedBy: z.string(),
  validTo: day,
  by: z.string(),
  at: instant,
});

export const CoverageView = z.object({
  part: PartRef,
  /** Version and origin of the new product's plan. */
  planVersion: z.number().int(),
  source: z.string(),
  /** Tests of the new product, and of ours. */
  asked: z.number().int(),
  ours: z.number().int(),
  shortfalls: z.array(Shortfall),
  covered: z.boolean(),
  /** Whether units may be certified today: covered, or released. */
  free: z.boolean(),
  release: ReleaseView.optional(),
});

export const listCoverage = endpoint({
  id: 'quality.listCoverage',
  method: 'GET',
  path: '/api/v1/quality/plan-coverage',
  title: text('与新品试验计划对照', 'Our test plans against the new products’'),
  access: perm('quality.test:read'),
  query: z.object({ partId: id('part').optional() }),
  response: z.object({ items: z.array(CoverageView) }),
});

export const releasePlan = endpoint({
  id: 'quality.releasePlan',
  method: 'POST',
  path: '/api/v1/quality/plan-releases',
  title: text('带差异放行', 'Release in spite of what the test plan lacks'),
  access: perm('quality.plan:release'),
  body: z.object({
    partId: id('part'),
    reason: line(500),
    /** Who answers for it: a name and a function, or a document. */
    approvedBy: line(120),
    validTo: day,
  }),
  response: CoverageView,
  status: 201,
});

// ── Life ────────────────────────────────────────────────────────────────────

const Interval = z.object({ estimate: z.number(), low: z.number(), high: z.number() });

export const LifeView = z.object({
  /** Units whose time in service is known, those that failed, and their days together. */
  units: z.number().int(),
  failures: z.number().int(),
  days: z.number(),
  /** Weibull with 90 % intervals, days; absent while failures are too few. */
  fit: z
    .object({
      shape: Interval,
      scale: Interval,
      b10: Interval,
      median: Interval,
      survivalYear: Interval,
    })
    .optional(),
  /** The mean life exceeded with 90 % confidence if failures come at a constant rate; absent without time in service. */
  leastMeanDays: z.number().optional(),
  basis: bilingual,
});

// ── The final report of a unit ──────────────────────────────────────────────

const ReportRow = TestRow.extend({
  /** Room before the nearest limit, as a share of the room there is. */
  margin: z.number().optional(),
});

const WearRow = z.object({
  componentId: z.string(),
  componentCode: z.string(),
  part: PartRef,
  origin: z.enum(['reused', 'restored']),
  code: z.string(),
  name: bilingual,
  value: z.string(),
  unit: z.string(),
  limits: z.array(Limit.omit({ validFrom: true, version: true })),
  margin: z.number(),
  at: instant,
});

export const UnitReport = z.object({
  unit: UnitRef.extend({ state: z.string(), assembledAt: instant }),
  maker: z.string(),
  test: z
    .object({
      id: z.string(),
      code: z.string(),
      state: z.enum(['open', 'passed', 'failed', 'aborted']),
      round: z.number().int(),
      at: instant,
      by: z.string(),
      runInMinutes: z.string().optional(),
      concession: z.string().optional(),
    })
    .optional(),
  accuracy: z.array(ReportRow),
  function: z.array(ReportRow),
  newProduct: z
    .object({
      planVersion: z.number().int(),
      source: z.string(),
      asked: z.number().int(),
      shortfalls: z.array(Shortfall),
      release: ReleaseView.optional(),
    })
    .optional(),
  /** What is left before the wear limits of the parts kept, least first, as last inspected. */
  wear: z.array(WearRow),
  life: LifeView,
  certificateCode: z.string().optional(),
  at: instant,
});

export const unitReport = endpoint({
  id: 'quality.unitReport',
  method: 'GET',
  path: '/api/v1/quality/units/:unitId/report',
  title: text('最终检测报告：精度、功能、寿命', 'Final report: accuracy, function, life'),
  access: perm('quality.test:read'),
  params: z.object({ unitId: id('unit') }),
  response: UnitReport,
});

// ── Four figures of a product ───────────────────────────────────────────────

/** What an hour of work and a kilowatt hour are reckoned at unless the reader says otherwise: assumptions. */
export const DIRECT_RATES = { labourFenPerHour: 4000, energyFenPerKwh: 70 } as const;

export const KpiRow = z.object({
  part: PartRef,
  /** Assembled in the days. */
  units: z.number().int(),
  quality: z.object({
    firstTested: z.number().int(),
    firstPassed: z.number().int(),
    inService: z.number().int(),
    faulty: z.number().int(),
    claims: z.number().int(),
    noFault: z.number().int(),
    excluded: z.number().int(),
  }),
  /** Direct cost of a unit, fen; absent without units. */
  cost: z
    .object({
      newPartsFen: fen,
      coresFen: fen,
      labourFen: fen,
      energyFen: fen,
      warrantyFen: fen,
      totalFen: fen,
      hours: z.number(),
      kwh: z.number(),
      /** Share of the new parts' mass whose price is known; share of the operations with a meter reading. */
      priced: z.number(),
      metered: z.number(),
    })
    .optional(),
  /** Hours from release to finish, and days from the core's receipt to it. */
  cycle: z.object({
    finished: z.number().int(),
    medianHours: z.number().optional(),
    p90Hours: z.number().optional(),
    medianDaysFromCore: z.number().optional(),
  }),
  life: LifeView,
});

export const productKpis = endpoint({
  id: 'quality.productKpis',
  method: 'GET',
  path: '/api/v1/quality/kpis',
  title: text(
    '产品四指标：质量、成本、周期、寿命',
    'Quality, cost, cycle time and life by product',
  ),
  access: perm('quality.kpi:read'),
  query: z.object({
    partId: id('part').optional(),
    from: day.optional(),
    to: day.optional(),
    /** What an hour of work and a kilowatt hour are reckoned at. */
    labourFenPerHour: z.coerce
      .number()
      .int()
      .min(0)
      .max(10_000_000)
      .default(DIRECT_RATES.labourFenPerHour),
    energyFenPerKwh: z.coerce
      .number()
      .int()
      .min(0)
      .max(100_000)
      .default(DIRECT_RATES.energyFenPerKwh),
  }),
  response: z.object({
    items: z.array(KpiRow),
    rates: z.object({ labourFenPerHour: z.number(), energyFenPerKwh: z.number() }),
    definitions: z.array(
      z.object({
        figure: z.enum(['quality', 'cost', 'cycle', 'life']),
        name: bilingual,
        text: bilingual,
      }),
    ),
  }),
});
