/** Nonconformances: opened, contained, disposed of, traced to their cause, corrected, verified, closed. */
import { day, endpoint, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './permissions.ts';
import { bilingual, PartRef } from './shared.ts';

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

export type NonconformanceView = z.output<typeof NonconformanceView>;
