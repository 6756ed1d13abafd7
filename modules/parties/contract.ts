/** Organisations, sites, partners, licences and roles: what other modules and the web may rely on. */
import {
  day,
  definePermissions,
  endpoint,
  id,
  line,
  page,
  pageQuery,
} from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { type Text, text } from '@zaizao/platform/kernel';
import { z } from 'zod';

export { partiesErrors } from './errors.ts';

export const perm = definePermissions({
  'parties.organisation:read': text('查看组织资料', 'See the organisation'),
  'parties.organisation:edit': text('修改组织资料', 'Edit the organisation'),
  'parties.site:read': text('查看场所', 'See sites'),
  'parties.site:edit': text('新建和修改场所', 'Add and edit sites'),
  'parties.partner:read': text('查看往来单位', 'See partners'),
  'parties.partner:edit': text('登记和修改往来单位', 'Add and edit partners'),
  'parties.licence:read': text('查看资质', 'See licences'),
  'parties.licence:edit': text('登记和修改资质', 'Record and edit licences'),
});

export const ORGANISATION_KINDS = {
  remanufacturer: text('再制造企业', 'Remanufacturer'),
  dismantler: text('拆解企业', 'Dismantler'),
  collector: text('旧件回收商', 'Core collector'),
  'repair-shop': text('修理厂', 'Repair shop'),
  distributor: text('经销商', 'Distributor'),
  fleet: text('车队与设备用户', 'Fleet and machine owner'),
  certifier: text('认证机构', 'Certifier'),
  laboratory: text('检测实验室', 'Laboratory'),
  insurer: text('保险机构', 'Insurer'),
  'park-operator': text('园区运营方', 'Park operator'),
  logistics: text('物流企业', 'Carrier'),
  regulator: text('主管部门', 'Regulator'),
  other: text('其他', 'Other'),
} as const satisfies Record<string, Text>;
export type OrganisationKind = keyof typeof ORGANISATION_KINDS;

export const SITE_KINDS = {
  plant: text('工厂', 'Plant'),
  warehouse: text('仓库', 'Warehouse'),
  yard: text('堆场', 'Yard'),
  outlet: text('网点', 'Outlet'),
  laboratory: text('实验室', 'Laboratory'),
  office: text('办公室', 'Office'),
} as const satisfies Record<string, Text>;

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

// Object.keys loses the literal types that z.enum needs to keep; the tables above are the only source.
const keys = <T extends string>(table: Record<T, Text>) =>
  z.enum(Object.keys(table) as [T, ...T[]]);
const organisationKind = keys(ORGANISATION_KINDS);
const siteKind = keys(SITE_KINDS);
const licenceKind = keys(LICENCE_KINDS);

const creditCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[0-9A-HJ-NP-RTUWXY]{18}$/);
const version = z.number().int();
const gs1Prefix = z.string().regex(/^\d{6,12}$/);

const organisationFields = z.object({
  legalName: line(200).optional(),
  kind: organisationKind,
  creditCode: creditCode.optional(),
  zone: z.enum(['Asia/Shanghai', 'Asia/Urumqi', 'Europe/Berlin', 'America/New_York', 'UTC']),
  contact: line(80).optional(),
  phone: line(40).optional(),
  address: line(300).optional(),
});

const OrganisationView = organisationFields.extend({
  id: z.string(),
  name: z.string(),
  simulated: z.boolean(),
  gs1Prefix,
  /** The prefix is of GS1’s example range: fit for trying out, not for print. */
  gs1Example: z.boolean(),
  version,
});

export const getOrganisation = endpoint({
  id: 'parties.getOrganisation',
  method: 'GET',
  path: '/api/v1/parties/organisation',
  title: text('查看组织资料', 'See the organisation'),
  access: perm('parties.organisation:read'),
  response: OrganisationView,
});

export const editOrganisation = endpoint({
  id: 'parties.editOrganisation',
  method: 'PUT',
  path: '/api/v1/parties/organisation',
  title: text('修改组织资料', 'Edit the organisation'),
  access: perm('parties.organisation:edit'),
  ifMatch: true,
  body: organisationFields.extend({ gs1Prefix }),
  response: OrganisationView,
});

/** Organisations of this installation, for finding those one deals with. */
export const listDirectory = endpoint({
  id: 'parties.listDirectory',
  method: 'GET',
  path: '/api/v1/parties/directory',
  title: text('组织目录', 'Directory of organisations'),
  access: perm('parties.partner:read'),
  query: pageQuery.extend({ q: z.string().max(80).optional(), kind: organisationKind.optional() }),
  response: page(
    z.object({ id: z.string(), name: z.string(), kind: organisationKind, simulated: z.boolean() }),
  ),
});

const siteFields = z.object({
  name: line(120),
  kind: siteKind,
  address: line(300).optional(),
  region: line(80).optional(),
});

const SiteView = siteFields.extend({
  id: id('site'),
  code: z.string(),
  gln: z.string(),
  epc: z.string(),
  isDefault: z.boolean(),
  active: z.boolean(),
  version,
});

const siteParams = z.object({ siteId: id('site') });

export const listSites = endpoint({
  id: 'parties.listSites',
  method: 'GET',
  path: '/api/v1/parties/sites',
  title: text('场所列表', 'List sites'),
  access: perm('parties.site:read'),
  query: pageQuery,
  response: page(SiteView),
});

export const openSite = endpoint({
  id: 'parties.openSite',
  method: 'POST',
  path: '/api/v1/parties/sites',
  title: text('新建场所', 'Open a site'),
  access: perm('parties.site:edit'),
  body: siteFields.extend({
    gln: z
      .string()
      .regex(/^\d{13}$/)
      .optional(),
  }),
  response: SiteView,
  status: 201,
});

export const getSite = endpoint({
  id: 'parties.getSite',
  method: 'GET',
  path: '/api/v1/parties/sites/:siteId',
  title: text('查看场所', 'See a site'),
  access: perm('parties.site:read'),
  params: siteParams,
  response: SiteView,
});

export const editSite = endpoint({
  id: 'parties.editSite',
  method: 'PUT',
  path: '/api/v1/parties/sites/:siteId',
  title: text('修改场所', 'Edit a site'),
  access: perm('parties.site:edit'),
  ifMatch: true,
  params: siteParams,
  body: siteFields.extend({ isDefault: z.boolean(), active: z.boolean() }),
  response: SiteView,
});

const partnerFields = z.object({
  name: line(120),
  kind: organisationKind,
  creditCode: creditCode.optional(),
  contact: line(80).optional(),
  phone: line(40).optional(),
  region: line(80).optional(),
  address: line(300).optional(),
  note: line(500).optional(),
});

const PartnerView = partnerFields.extend({
  id: id('partner'),
  code: z.string(),
  /** The organisation on this installation that the partner is, when it is one. */
  orgId: z.string().optional(),
  active: z.boolean(),
  version,
});

const partnerParams = z.object({ partnerId: id('partner') });

export const listPartners = endpoint({
  id: 'parties.listPartners',
  method: 'GET',
  path: '/api/v1/parties/partners',
  title: text('往来单位列表', 'List partners'),
  access: perm('parties.partner:read'),
  query: pageQuery.extend({
    q: z.string().max(80).optional(),
    kind: organisationKind.optional(),
    active: z.enum(['yes', 'no']).optional(),
  }),
  response: page(PartnerView),
});

export const addPartner = endpoint({
  id: 'parties.addPartner',
  method: 'POST',
  path: '/api/v1/parties/partners',
  title: text('登记往来单位', 'Add a partner'),
  access: perm('parties.partner:edit'),
  body: partnerFields.extend({ orgId: z.string().max(60).optional() }),
  response: PartnerView,
  status: 201,
});

export const readPartner = endpoint({
  id: 'parties.getPartner',
  method: 'GET',
  path: '/api/v1/parties/partners/:partnerId',
  title: text('查看往来单位', 'See a partner'),
  access: perm('parties.partner:read'),
  params: partnerParams,
  response: PartnerView,
});

export const editPartner = endpoint({
  id: 'parties.editPartner',
  method: 'PUT',
  path: '/api/v1/parties/partners/:partnerId',
  title: text('修改往来单位', 'Edit a partner'),
  access: perm('parties.partner:edit'),
  ifMatch: true,
  params: partnerParams,
  body: partnerFields.extend({ active: z.boolean() }),
  response: PartnerView,
});

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

export type OrganisationView = z.output<typeof OrganisationView>;
export type SiteView = z.output<typeof SiteView>;
export type PartnerView = z.output<typeof PartnerView>;
export type LicenceView = z.output<typeof LicenceView>;
