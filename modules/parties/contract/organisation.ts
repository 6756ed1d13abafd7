/** One’s own organisation, and the directory of all. */
import { endpoint, line, page, pageQuery } from '@zaizao/platform/contract';
import { type Text, text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { keys, perm, version } from './shared.ts';

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
export const organisationKind = keys(ORGANISATION_KINDS);

export const creditCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[0-9A-HJ-NP-RTUWXY]{18}$/);

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

export type OrganisationView = z.output<typeof OrganisationView>;
