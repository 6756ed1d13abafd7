import { organisationOf } from '@zaizao/modules/parties';
import { cutPage } from '@zaizao/platform/db';
import { readStored } from '@zaizao/platform/files';
import { publicRoute, type Route, route } from '@zaizao/platform/http';
import { err, ok } from '@zaizao/platform/kernel';
import * as c from './contract.ts';
import * as certificates from './repo/certificate.ts';
import { listNonconformanceRows } from './repo/nonconformance.ts';
import { listTestRows } from './repo/test.ts';
import { certificateView, certify } from './service/certificates.ts';
import { coverage, release } from './service/coverage.ts';
import { figures, firstPassByWeek, overlay, paretoOf, trend } from './service/insight.ts';
import { kpis } from './service/kpis.ts';
import { labelOf, sendLabelTo } from './service/labels.ts';
import {
  advance,
  dispose,
  nonconformanceSummary,
  nonconformanceView,
  openByHand,
} from './service/nonconformances.ts';
import { reportOf } from './service/report.ts';
import { testSummary, testView } from './service/test-views.ts';
import {
  abort,
  decide,
  recordCurve,
  recordRunInOf,
  recordValues,
  startTestOf,
} from './service/tests.ts';

const FOREVER = 31_536_000; // seconds: a certificate is never made twice

const testRoutes: readonly Route[] = [
  route(c.startTest, (ctx, { body }) => startTestOf(ctx, body.unitId, body.customer)),
  route(c.getTest, (ctx, { params }) => testView(ctx, params.testId)),
  route(c.listTests, async (ctx, { query }) => {
    const { zone } = await organisationOf(ctx);
    const cut = cutPage(await listTestRows(ctx, query, zone), query.limit, (t) => [t.id]);
    return ok({ ...cut, items: cut.items.map(testSummary) });
  }),
  route(c.recordTestValues, (ctx, { params, body }) =>
    recordValues(ctx, params.testId, body.values),
  ),
  route(c.addCurve, (ctx, { params, body }) => recordCurve(ctx, params.testId, body)),
  route(c.recordRunIn, (ctx, { params, body }) => recordRunInOf(ctx, params.testId, body)),
  route(c.decideTest, (ctx, { params }) => decide(ctx, params.testId)),
  route(c.abortTest, (ctx, { params, body }) => abort(ctx, params.testId, body.reason)),
  route(c.overlayCurves, (ctx, { query }) => overlay(ctx, query)),
  route(c.valueTrend, (ctx, { query }) => trend(ctx, query)),
];

const nonconformanceRoutes: readonly Route[] = [
  route(c.listNonconformances, async (ctx, { query }) => {
    const cut = cutPage(await listNonconformanceRows(ctx, query), query.limit, (n) => [n.id]);
    return ok({ ...cut, items: cut.items.map(nonconformanceSummary) });
  }),
  route(c.getNonconformance, (ctx, { params }) => nonconformanceView(ctx, params.nonconformanceId)),
  route(c.openNonconformance, (ctx, { body }) => openByHand(ctx, body)),
  route(c.containNonconformance, (ctx, { params, body }) =>
    advance(ctx, params.nonconformanceId, 'contain', { note: body.containment, set: body }),
  ),
  route(c.disposeNonconformance, (ctx, { params, body }) =>
    dispose(ctx, params.nonconformanceId, body),
  ),
  route(c.findCause, (ctx, { params, body }) =>
    advance(ctx, params.nonconformanceId, 'find-cause', {
      note: body.cause,
      set: { cause: body.cause, cause_category: body.category },
    }),
  ),
  route(c.correctNonconformance, (ctx, { params, body }) =>
    advance(ctx, params.nonconformanceId, 'correct', {
      note: body.action,
      set: { action: body.action, action_owner: body.owner, action_due: body.due },
    }),
  ),
  route(c.verifyNonconformance, (ctx, { params, body }) =>
    advance(ctx, params.nonconformanceId, body.effective ? 'verify' : 'reject', {
      note: body.evidence,
      set: { evidence: body.evidence },
    }),
  ),
  route(c.closeNonconformance, (ctx, { params }) =>
    advance(ctx, params.nonconformanceId, 'close', { note: '', set: { closed_at: ctx.now } }),
  ),
  route(c.nonconformancePareto, async (ctx, { query }) => {
    const { zone } = await organisationOf(ctx);
    return paretoOf(ctx, zone, query);
  }),
];

const certificateRoutes: readonly Route[] = [
  route(c.certifyUnit, async (ctx, { body }) => {
    const row = await certify(ctx, body.unitId);
    return row.ok ? ok(certificateView(ctx.app, row.value)) : row;
  }),
  route(c.getCertificate, async (ctx, { params }) => {
    const row = await certificates.findCertificate(ctx, params.certificateId);
    return row ? ok(certificateView(ctx.app, row)) : err(c.qualityErrors.CERTIFICATE_NOT_FOUND());
  }),
  route(c.listCertificates, async (ctx, { query }) => {
    const rows = await certificates.listCertificateRows(ctx, query);
    const cut = cutPage(rows, query.limit, (r) => [r.id]);
    return ok({ ...cut, items: cut.items.map((r) => certificateView(ctx.app, r)) });
  }),
  publicRoute(c.downloadCertificate, async (ctx, { params }) => {
    const document = await certificates.publishedDocument(ctx, params.document);
    const body = document && (await readStored(ctx.app, document.sha256));
    if (!document || !body) return err(c.qualityErrors.CERTIFICATE_NOT_FOUND());
    const headers = { etag: `"${document.sha256}"` };
    const fileName = `${document.code}.pdf`;
    return ok({ mediaType: 'application/pdf', body, fileName, maxAge: FOREVER, headers });
  }),
];

export const routes: readonly Route[] = [
  ...testRoutes,
  ...nonconformanceRoutes,
  ...certificateRoutes,
  route(c.listCoverage, (ctx, { query }) => coverage(ctx, query.partId)),
  route(c.releasePlan, (ctx, { body }) => release(ctx, body)),
  route(c.unitReport, (ctx, { params }) => reportOf(ctx, params.unitId)),
  route(c.productKpis, (ctx, { query }) => kpis(ctx, query)),
  route(c.qualityFigures, async (ctx) => figures(ctx, (await organisationOf(ctx)).zone)),
  route(c.firstPassTrend, async (ctx, { query }) =>
    firstPassByWeek(ctx, (await organisationOf(ctx)).zone, query.weeks),
  ),
  route(c.printLabel, (ctx, { query }) => labelOf(ctx, query)),
  route(c.sendLabel, (ctx, { body }) => sendLabelTo(ctx, body)),
];
