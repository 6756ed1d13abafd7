/** Tests and run-in, nonconformances, certificates and labels: what the web and other modules see. */
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
import { perm } from './contract/permissions.ts';
import { bilingual, Limit, PartRef, TestRow, UnitRef } from './contract/shared.ts';

export * from './contract/effect.ts';
export { qualityErrors } from './errors.ts';

export { perm };

const testId = z.object({ testId: id('test') });

// ── Tests ───────────────────────────────────────────────────────────────────

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

const point = z.tuple([z.number(), z.number()]);

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

// ── Nonconformances ─────────────────────────────────────────────────────────

export const NonconformanceState = z.enum([
  ...['opened', 'contained', 'dispositioned', 'cause-found', 'corrected', 'verified', 'closed'],
] as const);
export const NonconformanceSubject = z.enum(['unit', 'component', 'lot', 'core', 'process']);
export const NonconformanceSource = z.enum([
  ...['test', 'inspection', 'production', 'incoming', 'customer', 'audit'],
] as const);
export const NonconformanceDisposition = z.enum(['rework', 'concession', 'scrap', 'return']);
export const CauseCategory = z.enum([
  ...['man', 'machine', 'material', 'method', 'measurement', 'environment', 'design', 'core'],
] as const);
const severity = z.enum(['critical', 'major', 'minor']);

const nonconformanceSummary = z.object({
  id: z.string(),
  code: z.string(),
  state: NonconformanceState,
  subject: z.object({ kind: NonconformanceSubject, id: z.string(), code: z.string() }),
  part: PartRef.optional(),
  source: NonconformanceSource,
  defect: z.string(),
  defectName: bilingual,
  severity,
  quantity: z.number().int(),
  disposition: NonconformanceDisposition.optional(),
  openedAt: instant,
  openedBy: z.string(),
  closedAt: instant.optional(),
});

export const NonconformanceView = nonconformanceSummary.extend({
  description: z.string(),
  testId: z.string().optional(),
  containment: z.string().optional(),
  dispositionReason: z.string().optional(),
  reference: z.string().optional(),
  causeCategory: CauseCategory.optional(),
  cause: z.string().optional(),
  action: z.string().optional(),
  actionOwner: z.string().optional(),
  actionDue: day.optional(),
  evidence: z.string().optional(),
  /** What may be done now. */
  next: z.array(z.string()),
  history: z.array(
    z.object({
      event: z.string(),
      to: NonconformanceState,
      note: z.string(),
      by: z.string(),
      at: instant,
    }),
  ),
});

const ncrId = z.object({ nonconformanceId: id('ncr') });
const step = (name: string) => `/api/v1/quality/nonconformances/:nonconformanceId/${name}` as const;

export const listNonconformances = endpoint({
  id: 'quality.listNonconformances',
  method: 'GET',
  path: '/api/v1/quality/nonconformances',
  title: text('不合格列表', 'List nonconformances'),
  access: perm('quality.nonconformance:read'),
  query: pageQuery.extend({
    state: NonconformanceState.optional(),
    open: z.enum(['yes']).optional(),
    subjectId: z.string().max(60).optional(),
    source: NonconformanceSource.optional(),
    defect: z.string().max(60).optional(),
    q: z.string().max(60).optional(),
  }),
  response: page(nonconformanceSummary),
});

export const getNonconformance = endpoint({
  id: 'quality.getNonconformance',
  method: 'GET',
  path: '/api/v1/quality/nonconformances/:nonconformanceId',
  title: text('查看不合格', 'See a nonconformance'),
  access: perm('quality.nonconformance:read'),
  params: ncrId,
  response: NonconformanceView,
});

export const openNonconformance = endpoint({
  id: 'quality.openNonconformance',
  method: 'POST',
  path: '/api/v1/quality/nonconformances',
  title: text('登记不合格', 'Open a nonconformance'),
  access: perm('quality.nonconformance:open'),
  body: z.object({
    /** A scanned or typed code of the thing; absent for a fault of the process. */
    thing: line(500).optional(),
    source: NonconformanceSource,
    /** A defect of the catalogue, or words. */
    defect: line(60),
    description: line(500),
    severity,
    quantity: z.number().int().min(1).max(1_000_000).default(1),
  }),
  response: NonconformanceView,
  status: 201,
});

export const containNonconformance = endpoint({
  id: 'quality.containNonconformance',
  method: 'POST',
  path: step('containment'),
  title: text('围堵：隔离与应急措施', 'Contain a nonconformance'),
  access: perm('quality.nonconformance:handle'),
  params: ncrId,
  body: z.object({ containment: line(500) }),
  response: NonconformanceView,
});

export const disposeNonconformance = endpoint({
  id: 'quality.disposeNonconformance',
  method: 'POST',
  path: step('disposition'),
  title: text('处置：返工、让步接收、报废、退货', 'Decide the disposition'),
  access: perm('quality.nonconformance:handle'),
  params: ncrId,
  body: z.object({
    disposition: NonconformanceDisposition,
    reason: line(500),
    /** Who approved a concession, or the customer’s letter. */
    reference: line(120).optional(),
  }),
  response: NonconformanceView,
});

export const findCause = endpoint({
  id: 'quality.findCause',
  method: 'POST',
  path: step('cause'),
  title: text('原因分析', 'Name the cause'),
  access: perm('quality.nonconformance:handle'),
  params: ncrId,
  body: z.object({ category: CauseCategory, cause: line(500) }),
  response: NonconformanceView,
});

export const correctNonconformance = endpoint({
  id: 'quality.correctNonconformance',
  method: 'POST',
  path: step('correction'),
  title: text('纠正措施', 'Take corrective action'),
  access: perm('quality.nonconformance:handle'),
  params: ncrId,
  body: z.object({ action: line(500), owner: line(60), due: day }),
  response: NonconformanceView,
});

export const verifyNonconformance = endpoint({
  id: 'quality.verifyNonconformance',
  method: 'POST',
  path: step('verification'),
  title: text('效果验证', 'Verify the effect'),
  access: perm('quality.nonconformance:handle'),
  params: ncrId,
  body: z.object({ effective: z.boolean(), evidence: line(500) }),
  response: NonconformanceView,
});

export const closeNonconformance = endpoint({
  id: 'quality.closeNonconformance',
  method: 'POST',
  path: step('closure'),
  title: text('关闭不合格', 'Close a nonconformance'),
  access: perm('quality.nonconformance:handle'),
  params: ncrId,
  response: NonconformanceView,
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
    firstPass: z.object({ tested: z.number().int(), passed: z.number().int() }),
  }),
});

// ── Certificates ────────────────────────────────────────────────────────────

const certificateSummary = z.object({
  id: z.string(),
  code: z.string(),
  state: z.enum(['making', 'issued']),
  unit: UnitRef,
  testId: z.string(),
  requestedAt: instant,
  requestedBy: z.string(),
  issuedAt: instant.optional(),
  /** Content hash and public address of the stored document. */
  sha256: z.string().optional(),
  url: z.string().optional(),
  jobId: z.string(),
});

const certificateId = z.object({ certificateId: id('cert') });

export const certifyUnit = endpoint({
  id: 'quality.certifyUnit',
  method: 'POST',
  path: '/api/v1/quality/certificates',
  title: text('签发合格证', 'Certify a unit'),
  access: perm('quality.certificate:issue'),
  body: z.object({ unitId: id('unit') }),
  /** The document is made by the job; the unit is certified when it is done. */
  response: certificateSummary,
  status: 202,
});

export const getCertificate = endpoint({
  id: 'quality.getCertificate',
  method: 'GET',
  path: '/api/v1/quality/certificates/:certificateId',
  title: text('查看合格证', 'See a certificate'),
  access: perm('quality.certificate:read'),
  params: certificateId,
  response: certificateSummary,
});

export const listCertificates = endpoint({
  id: 'quality.listCertificates',
  method: 'GET',
  path: '/api/v1/quality/certificates',
  title: text('合格证列表', 'List certificates'),
  access: perm('quality.certificate:read'),
  query: pageQuery.extend({ unitId: id('unit').optional(), q: z.string().max(60).optional() }),
  response: page(certificateSummary),
});

export const downloadCertificate = endpoint({
  id: 'quality.downloadCertificate',
  method: 'GET',
  path: '/api/v1/quality/public/certificates/:document',
  title: text('下载合格证（公开）', 'Download a certificate (public)'),
  access: 'public',
  bucket: 'public',
  /** The certificate’s id, or the SHA-256 of its document. */
  params: z.object({ document: z.string().regex(/^(cert_[0-9a-f-]{36}|[0-9a-f]{64})$/) }),
  binary: 'application/pdf',
});

// ── Labels ──────────────────────────────────────────────────────────────────

export const LabelFormat = z.enum(['svg', 'png', 'pdf', 'zpl']);
export const LabelSize = z.enum(['60x40', '50x30', '25x15']);

export const printLabel = endpoint({
  id: 'quality.printLabel',
  method: 'GET',
  path: '/api/v1/quality/labels',
  title: text('打印标签', 'Print a label'),
  access: perm('quality.label:read'),
  query: z.object({
    /** EPC, Digital Link or code of a core, component, lot or unit. */
    epc: line(500),
    format: LabelFormat.default('svg'),
    size: LabelSize.default('60x40'),
    /** Dots a millimetre of the printer: 8 is 203 dpi, 12 is 300 dpi. */
    dpmm: z.coerce.number().int().min(6).max(24).default(8),
  }),
  binary: 'application/octet-stream',
});

export type TestView = z.output<typeof TestView>;
export type NonconformanceView = z.output<typeof NonconformanceView>;
