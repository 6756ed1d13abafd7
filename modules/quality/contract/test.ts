/** Tests and run-in: values, curves and the verdict. */
import {
  day,
  decimal,
  endpoint,
  id,
  instant,
  line,
  page,
  pageQuery,
} from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './permissions.ts';
import { bilingual, point, TestRow, UnitRef } from './shared.ts';

const testId = z.object({ testId: id('test') });

export const TestState = z.enum(['open', 'passed', 'failed', 'aborted']);

const RunIn = z.object({
  minutes: decimal,
  speedRpm: decimal.optional(),
  load: line(60).optional(),
  maxTemperatureC: decimal.optional(),
  /** No noise, leak, smell or heat that should not be. */
  good: z.boolean(),
  note: line(300).optional(),
});

const CurveView = z.object({
  id: z.string(),
  name: z.string(),
  unit: z.string(),
  characteristicId: z.string().optional(),
  samples: z.number().int(),
  seconds: z.number(),
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  /** Thinned for drawing; every peak is kept. */
  points: z.array(point),
});

const testSummary = z.object({
  id: z.string(),
  code: z.string(),
  state: TestState,
  round: z.number().int(),
  unit: UnitRef,
  customer: z.string().optional(),
  startedAt: instant,
  startedBy: z.string(),
  decidedAt: instant.optional(),
  decidedBy: z.string().optional(),
  nonconformanceId: z.string().optional(),
});

export const TestView = testSummary.extend({
  rows: z.array(TestRow),
  curves: z.array(CurveView),
  needsRunIn: z.boolean(),
  runIn: RunIn.extend({ at: instant, by: z.string() }).optional(),
  standing: z.enum(['pass', 'fail', 'incomplete']),
  missing: z.array(bilingual),
  /** Accepted by concession although a plant or customer limit failed. */
  concession: z.object({ code: z.string(), reason: z.string(), reference: z.string() }).optional(),
  eventId: z.string().optional(),
});

export const startTest = endpoint({
  id: 'quality.startTest',
  method: 'POST',
  path: '/api/v1/quality/tests',
  title: text('开始试验', 'Start a test'),
  access: perm('quality.test:record'),
  body: z.object({
    unitId: id('unit'),
    /** Whose limits apply beside the national and the plant’s. */
    customer: line(60).optional(),
  }),
  response: TestView,
  status: 201,
});

export const getTest = endpoint({
  id: 'quality.getTest',
  method: 'GET',
  path: '/api/v1/quality/tests/:testId',
  title: text('查看试验', 'See a test'),
  access: perm('quality.test:read'),
  params: testId,
  response: TestView,
});

export const listTests = endpoint({
  id: 'quality.listTests',
  method: 'GET',
  path: '/api/v1/quality/tests',
  title: text('试验列表', 'List tests'),
  access: perm('quality.test:read'),
  query: pageQuery.extend({
    state: TestState.optional(),
    unitId: id('unit').optional(),
    partId: id('part').optional(),
    /** The first test of its unit, decided: what the first-pass yield counts. */
    first: z.enum(['yes']).optional(),
    /** First and last day of the decision, in the organisation's zone. */
    from: day.optional(),
    to: day.optional(),
    q: z.string().max(60).optional(),
  }),
  response: page(testSummary),
});

export const recordTestValues = endpoint({
  id: 'quality.recordTestValues',
  method: 'POST',
  path: '/api/v1/quality/tests/:testId/values',
  title: text('记录试验值', 'Record test values'),
  access: perm('quality.test:record'),
  params: testId,
  body: z.object({
    values: z
      .array(
        z.object({
          characteristicId: z.string().max(60),
          value: decimal,
          unit: z.string().max(20),
          instrumentId: id('inst').optional(),
        }),
      )
      .min(1)
      .max(100),
  }),
  response: TestView,
});

export const MOST_SAMPLES = 20_000;

export const addCurve = endpoint({
  id: 'quality.addCurve',
  method: 'POST',
  path: '/api/v1/quality/tests/:testId/curves',
  title: text('上传试验曲线', 'Add a test curve'),
  access: perm('quality.test:record'),
  params: testId,
  bodyLimit: 2 * 1024 * 1024,
  body: z.object({
    name: line(60),
    unit: z.string().min(1).max(20),
    characteristicId: z.string().max(60).optional(),
    instrumentId: id('inst').optional(),
    /** Seconds since the start, and the reading. */
    points: z.array(point).min(2).max(MOST_SAMPLES),
  }),
  response: TestView,
});

export const recordRunIn = endpoint({
  id: 'quality.recordRunIn',
  method: 'POST',
  path: '/api/v1/quality/tests/:testId/run-in',
  title: text('记录磨合', 'Record the run-in'),
  access: perm('quality.test:record'),
  params: testId,
  body: RunIn,
  response: TestView,
});

export const decideTest = endpoint({
  id: 'quality.decideTest',
  method: 'POST',
  path: '/api/v1/quality/tests/:testId/verdict',
  title: text('试验判定', 'Decide a test'),
  access: perm('quality.test:record'),
  params: testId,
  response: TestView,
});

export const abortTest = endpoint({
  id: 'quality.abortTest',
  method: 'POST',
  path: '/api/v1/quality/tests/:testId/abort',
  title: text('中止试验', 'Abort a test'),
  access: perm('quality.test:record'),
  params: testId,
  body: z.object({ reason: line(200) }),
  response: TestView,
});

export type TestView = z.output<typeof TestView>;
