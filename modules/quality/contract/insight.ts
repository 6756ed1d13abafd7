/** What tests and nonconformances say together: curves, control charts, Pareto, figures. */
import { day, endpoint, id, instant } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './permissions.ts';
import { bilingual, Limit, point } from './shared.ts';
import { TestState } from './test.ts';

export const overlayCurves = endpoint({
  id: 'quality.overlayCurves',
  method: 'GET',
  path: '/api/v1/quality/curves',
  title: text('试验曲线叠加', 'Overlay test curves'),
  access: perm('quality.test:read'),
  query: z.object({
    partId: id('part'),
    name: z.string().max(60).optional(),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  response: z.object({
    names: z.array(z.string()),
    name: z.string(),
    unit: z.string(),
    curves: z.array(
      z.object({
        testId: z.string(),
        testCode: z.string(),
        serial: z.string(),
        state: TestState,
        points: z.array(point),
      }),
    ),
  }),
});

export const valueTrend = endpoint({
  id: 'quality.valueTrend',
  method: 'GET',
  path: '/api/v1/quality/trend',
  title: text('试验值控制图', 'Control chart of test values'),
  access: perm('quality.test:read'),
  query: z.object({
    characteristicId: z.string().max(60),
    limit: z.coerce.number().int().min(2).max(500).default(100),
  }),
  response: z.object({
    unit: z.string(),
    limits: z.array(Limit),
    values: z.array(
      z.object({ testId: z.string(), serial: z.string(), value: z.string(), at: instant }),
    ),
    /** Mean and control limits of individuals (mean ± 2.66 moving range); absent below 8 values. */
    control: z.object({ mean: z.number(), lower: z.number(), upper: z.number() }).optional(),
  }),
});

export const nonconformancePareto = endpoint({
  id: 'quality.nonconformancePareto',
  method: 'GET',
  path: '/api/v1/quality/pareto',
  title: text('不合格排列图', 'Pareto of nonconformances'),
  access: perm('quality.nonconformance:read'),
  query: z.object({
    by: z.enum(['defect', 'part', 'cause', 'source']).default('defect'),
    from: day.optional(),
    to: day.optional(),
    partId: id('part').optional(),
  }),
  response: z.object({
    rows: z.array(
      z.object({
        key: z.string(),
        name: bilingual,
        count: z.number().int(),
        share: z.number(),
        cumulative: z.number(),
      }),
    ),
  }),
});

const firstTests = {
  /** First tests decided, and those of them passed. */
  tested: z.number().int(),
  passed: z.number().int(),
};

export const firstPassTrend = endpoint({
  id: 'quality.firstPassTrend',
  method: 'GET',
  path: '/api/v1/quality/first-pass',
  title: text('一次合格率（按周）', 'First-pass yield by week'),
  access: perm('quality.test:read'),
  query: z.object({ weeks: z.coerce.number().int().min(1).max(53).default(8) }),
  response: z.object({
    /** Oldest first; a week begins on Monday. */
    weeks: z.array(z.object({ from: day, to: day, ...firstTests })),
  }),
});

export const qualityFigures = endpoint({
  id: 'quality.figures',
  method: 'GET',
  path: '/api/v1/quality/figures',
  title: text('质量数字', 'Quality figures'),
  access: perm('quality.test:read'),
  response: z.object({
    openTests: z.number().int(),
    openNonconformances: z.number().int(),
    awaitingDisposition: z.number().int(),
    certificates30Days: z.number().int(),
    /** Of the units first tested in the last 30 days, how many passed their first test. */
    firstPass: z.object({ from: day, to: day, ...firstTests }),
  }),
});
