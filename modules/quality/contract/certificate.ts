/** Certificates of conformity. */
import { endpoint, id, instant, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './permissions.ts';
import { UnitRef } from './shared.ts';

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
