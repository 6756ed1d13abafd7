import { bizStep, disposition, objectEvent } from '@zaizao/epcis';
import { getPart } from '@zaizao/modules/catalog';
import { record } from '@zaizao/modules/ledger';
import { allocateCode, defaultSite, organisationOf } from '@zaizao/modules/parties';
import { asBuiltOf, moveUnit, requireUnit, type Unit } from '@zaizao/modules/production';
import { storeFile } from '@zaizao/platform/files';
import type { App, Ctx } from '@zaizao/platform/http';
import { defineJob, startJob } from '@zaizao/platform/jobs';
import { dayIn, err, newId, ok, type Result, text } from '@zaizao/platform/kernel';
import type { CertificateContent } from '../certificate/content.ts';
import { renderCertificate } from '../certificate/render.ts';
import { standardsFor } from '../certificate/standards.ts';
import { qualityErrors, type TestView } from '../contract.ts';
import { linkOn } from '../domain/link.ts';
import * as repo from '../repo/certificate.ts';
import type { CertificateRow } from '../repo/tables.ts';
import { standingOf } from './coverage.ts';
import { undecidedOf } from './nonconformances.ts';
import { testsOf } from './test-views.ts';
import { unitRef } from './tests.ts';

/** Where anyone may read the document. */
export function certificateUrl(app: App, certificateId: string): string {
  return `${app.config.publicUrl}/api/v1/quality/public/certificates/${certificateId}`;
}

/**
 * Asks for the certificate of a finished unit whose newest test was passed. What it will say is fixed
 * here; a job makes the document, and only with it is the unit certified. Asking again while the
 * job has failed starts another job for the same content.
 */
export async function certify(ctx: Ctx, unitId: string): Promise<Result<CertificateRow>> {
  const before = await repo.certificateOfUnit(ctx, unitId);
  if (before?.state === 'issued') {
    const { serial } = before.unit;
    return err(qualityErrors.CERTIFICATE_ISSUED({ serial, code: before.code }));
  }
  const unit = await requireUnit(ctx, unitId, 'finished');
  if (!unit.ok) return unit;
  if (before) {
    const jobId = await startJob(ctx, certificateJob, { certificateId: before.id });
    await repo.saveJob(ctx, before.id, jobId);
    return found(ctx, before.id);
  }
  const { serial } = unit.value;
  const test = (await testsOf(ctx, unitId)).find((t) => t.state !== 'aborted');
  if (!test || !(test.state === 'passed' || test.concession)) {
    return err(qualityErrors.CERTIFICATE_NO_TEST({ serial }));
  }
  const [open] = await undecidedOf(ctx, unitId);
  if (open) return err(qualityErrors.CERTIFICATE_NONCONFORMANCE({ serial, code: open.code }));
  const plan = await standingOf(ctx, unit.value.part_id, test.rows);
  if (plan && !plan.free) {
    const names = plan.check.shortfalls.map((s) => `${s.code} ${s.name[ctx.lang]}`).join(', ');
    return err(qualityErrors.CERTIFICATE_PLAN_SHORT({ serial, names }));
  }
  const id = newId('cert', ctx.now.getTime());
  const code = await allocateCode(ctx, 'certificate');
  const content = await contentOf(ctx, code, unit.value, test);
  if (!content.ok) return content;
  await repo.insertCertificate(ctx, {
    id,
    code,
    unit: unitRef(unit.value),
    test_id: test.id,
    content: content.value,
    job_id: await startJob(ctx, certificateJob, { certificateId: id }),
  });
  return found(ctx, id);
}

async function found(ctx: Ctx, certificateId: string): Promise<Result<CertificateRow>> {
  const row = await repo.findCertificate(ctx, certificateId);
  return row ? ok(row) : err(qualityErrors.CERTIFICATE_NOT_FOUND());
}

async function contentOf(
  ctx: Ctx,
  code: string,
  unit: Unit,
  test: TestView,
): Promise<Result<CertificateContent>> {
  const part = await getPart(ctx, unit.part_id);
  if (!part.ok) return part;
  const maker = await organisationOf(ctx);
  const built = await asBuiltOf(ctx, unit);
  const day = (at: Date | string) => dayIn(maker.zone, new Date(at));
  return ok({
    code,
    maker: {
      name: ctx.org.name,
      ...(maker.legal_name ? { legalName: maker.legal_name } : {}),
      ...(maker.address ? { address: maker.address } : {}),
    },
    product: { number: unit.part.number, name: unit.part.name },
    serial: unit.serial,
    epc: unit.epc,
    link: linkOn(ctx.app.config.publicUrl, unit.epc),
    life: unit.life,
    massG: Number(unit.mass_g),
    assembledOn: day(unit.assembled_at),
    issuedOn: day(ctx.now),
    issuedAt: ctx.now.toISOString(),
    issuedBy: ctx.principal.name,
    ...keptOf(built),
    previousCores: unit.previous_cores.map((c) => c.code),
    parts: built.map((b) => ({
      pos: b.pos,
      name: b.part.name,
      origin: b.origin,
      quantity: b.qty,
      trace: b.componentCode ?? b.lot ?? '',
    })),
    test: contentOfTest(test, day(test.decidedAt ?? ctx.now)),
    standards: standardsFor(part.value.family),
    simulated: ctx.org.simulated,
  });
}

/** How many pieces are of which origin, and how much of the unit was kept. */
function keptOf(
  built: Awaited<ReturnType<typeof asBuiltOf>>,
): Pick<CertificateContent, 'counts' | 'rates'> {
  const pieces = (origin: string) =>
    built.reduce((n, b) => n + (b.origin === origin ? b.qty : 0), 0);
  const counts = { reused: pieces('reused'), restored: pieces('restored'), new: pieces('new') };
  const all = counts.reused + counts.restored + counts.new;
  const mass = built.reduce((n, b) => n + b.massG, 0);
  const keptMass = built.reduce((n, b) => n + (b.origin === 'new' ? 0 : b.massG), 0);
  const byMass = mass > 0 ? keptMass / mass : 0;
  const byCount = all > 0 ? (counts.reused + counts.restored) / all : 0;
  return { counts, rates: { byMass, byCount } };
}

function contentOfTest(test: TestView, on: string): CertificateContent['test'] {
  return {
    code: test.code,
    on,
    by: test.decidedBy ?? '',
    rows: test.rows.map((r) => ({
      code: r.code,
      name: r.name,
      condition: r.condition,
      unit: r.unit,
      value: r.value ?? '',
      verdict: r.verdict ?? 'unlimited',
      limits: r.limits.map((l) => ({ ...l, pass: l.pass ?? true })),
      instrument: r.instrument?.code ?? '',
    })),
    ...(test.runIn ? { runInMinutes: test.runIn.minutes } : {}),
    ...(test.concession
      ? { concession: { code: test.concession.code, reference: test.concession.reference } }
      : {}),
  };
}

const MAKING = text('正在生成合格证', 'Making the certificate');

/** Draws the document off the request, stores it once by its content, and certifies the unit. */
const certificateJob = defineJob<{ certificateId: string }>({
  kind: 'quality.make-certificate',
  handle: async (run, { certificateId }) => {
    await run.progress(0.1, MAKING);
    const row = await run.inTx((ctx) => found(ctx, certificateId));
    if (!row.ok) return row;
    if (row.value.state === 'issued') return ok({ certificateId });
    const pdf = await renderCertificate(row.value.content);
    return run.inTx((ctx) => issue(ctx, certificateId, pdf));
  },
});

async function issue(ctx: Ctx, certificateId: string, pdf: Uint8Array) {
  const row = await repo.findCertificate(ctx, certificateId, true);
  if (!row) return err(qualityErrors.CERTIFICATE_NOT_FOUND());
  if (row.state === 'issued') return ok({ certificateId });
  const file = await storeFile(ctx, pdf, `${row.code}.pdf`);
  if (!file.ok) return file;
  const site = await defaultSite(ctx);
  const recorded = await record(ctx, [
    objectEvent({
      // when a person asked for it: that is when the plant vouched for the unit
      eventTime: row.requested_at,
      action: 'OBSERVE',
      epcList: [row.unit.epc],
      bizStep: bizStep.inspecting,
      disposition: disposition.conformant,
      readPoint: site.epc,
      bizLocation: site.epc,
      certificationInfo: certificateUrl(ctx.app, row.id),
      bizTransactionList: [
        { type: 'cert', bizTransaction: `urn:zaizao:certificate:${row.code}` },
        { type: 'testres', bizTransaction: `urn:zaizao:test:${row.content.test.code}` },
      ],
      zz: {
        certificate: row.code,
        sha256: file.value.sha256,
        standards: row.content.standards.map((s) => s.number),
        lifeNumber: row.content.life,
      },
    }),
  ]);
  if (!recorded.ok) return recorded;
  await repo.saveDocument(ctx, row, file.value.sha256, recorded.value[0]?.eventId ?? '');
  const moved = await moveUnit(ctx, row.unit_id, 'certify');
  if (!moved.ok) return moved;
  await ctx.publish('quality.unit-certified', row.unit_id, {
    unitId: row.unit_id,
    certificateId: row.id,
  });
  return ok({ certificateId, sha256: file.value.sha256 });
}

export function certificateView(app: App, c: CertificateRow) {
  return {
    id: c.id,
    code: c.code,
    state: c.state,
    unit: c.unit,
    testId: c.test_id,
    requestedAt: c.requested_at.toISOString(),
    requestedBy: c.requested_by,
    ...(c.issued_at ? { issuedAt: c.issued_at.toISOString() } : {}),
    ...(c.sha256 ? { sha256: c.sha256, url: certificateUrl(app, c.id) } : {}),
    jobId: c.job_id,
  };
}

/** The certificate of a unit, for passports and the market; undefined while there is none. */
export async function certificateOf(ctx: Ctx, unitId: string) {
  const row = await repo.certificateOfUnit(ctx, unitId);
  return row && { ...certificateView(ctx.app, row), content: row.content };
}
