/** Licences, of oneself and of partners. */
import { day, endpoint, id, line, page, pageQuery } from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { type Text, text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { keys, perm, version } from './shared.ts';

export const LICENCE_KINDS = {
  'vehicle-dismantling': text('报废机动车回收拆解资质', 'vehicle dismantling licence'),
  'hazardous-waste': text('危险废物经营许可证', 'hazardous waste permit'),
  business: text('营业执照', 'business licence'),
  'reman-recognition': text('再制造产品认定', 'remanufactured product recognition'),
  testing: text('检验检测资质认定 (CMA)', 'testing laboratory approval (CMA)'),
  insurance: text('保险许可证', 'insurance licence'),
  transport: text('道路运输经营许可证', 'road transport licence'),
} as const satisfies Record<string, Text>;

export type LicenceKind = keyof typeof LICENCE_KINDS;
const licenceKind = keys(LICENCE_KINDS);

const licenceFields = z.object({
  kind: licenceKind,
  number: line(80),
  issuer: line(120),
  scope: line(300).optional(),
  validFrom: day,
  /** Absent: without end. */
  validTo: day.optional(),
  document: sha256.optional(),
});

const LicenceView = licenceFields.extend({
  id: id('lic'),
  partnerId: id('partner').optional(),
  holder: z.string(),
  revokedOn: day.optional(),
  state: z.enum(['not-yet', 'valid', 'expired', 'revoked']),
  version,
});

const licenceParams = z.object({ licenceId: id('lic') });

export const listLicences = endpoint({
  id: 'parties.listLicences',
  method: 'GET',
  path: '/api/v1/parties/licences',
  title: text('资质列表', 'List licences'),
  access: perm('parties.licence:read'),
  query: pageQuery.extend({
    partnerId: id('partner').optional(),
    own: z.enum(['yes']).optional(),
    kind: licenceKind.optional(),
  }),
  response: page(LicenceView),
});

export const recordLicence = endpoint({
  id: 'parties.recordLicence',
  method: 'POST',
  path: '/api/v1/parties/licences',
  title: text('登记资质', 'Record a licence'),
  access: perm('parties.licence:edit'),
  body: licenceFields.extend({ partnerId: id('partner').optional() }),
  response: LicenceView,
  status: 201,
});

export const editLicence = endpoint({
  id: 'parties.editLicence',
  method: 'PUT',
  path: '/api/v1/parties/licences/:licenceId',
  title: text('修改资质', 'Edit a licence'),
  access: perm('parties.licence:edit'),
  ifMatch: true,
  params: licenceParams,
  body: licenceFields,
  response: LicenceView,
});

export const revokeLicence = endpoint({
  id: 'parties.revokeLicence',
  method: 'POST',
  path: '/api/v1/parties/licences/:licenceId/revoke',
  title: text('注销资质', 'Revoke a licence'),
  access: perm('parties.licence:edit'),
  ifMatch: true,
  params: licenceParams,
  body: z.object({ day }),
  response: LicenceView,
});

export type LicenceView = z.output<typeof LicenceView>;
