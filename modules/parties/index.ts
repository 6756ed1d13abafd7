import { fileURLToPath } from 'node:url';
import type { Module } from '@zaizao/platform/http';
import { ok } from '@zaizao/platform/kernel';
import { routes } from './routes.ts';
import { organisationOf } from './service/organisation.ts';

export type { LicenceView, OrganisationKind, PartnerView, SiteView } from './contract.ts';
export { ORGANISATION_KINDS as organisationKinds } from './contract.ts';
export type { CodeKind } from './domain/codes.ts';
export { roleTable } from './domain/roles.ts';
export { licenceValid, requireLicence, todayOf } from './service/licence.ts';
export {
  allocateCode,
  allocateCodes,
  gs1Prefix,
  kindOf,
  organisationOf,
  resolveOrganisation,
} from './service/organisation.ts';
export {
  getPartner,
  onlyCollector,
  partnerNames,
  partnerOfOrg,
  requirePartner,
} from './service/partner.ts';
export { defaultSite, locationEpc, siteOf } from './service/site.ts';

export const partiesModule: Module = {
  name: 'parties',
  migrations: {
    module: 'parties',
    directory: fileURLToPath(new URL('./migrations/', import.meta.url)),
  },
  routes,
  subscribers: [
    {
      // Others find an organisation in the directory from its first day.
      name: 'parties.open-books',
      topic: 'identity.organisation-founded',
      handle: async (ctx) => ok(await organisationOf(ctx)),
    },
  ],
};
