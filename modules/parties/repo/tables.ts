import type { LicenceKind, OrganisationKind, SiteView } from '../contract.ts';

/** The module’s tables as Kysely sees them. */
export interface OrganisationRow {
  org_id: number;
  id: string;
  name: string;
  legal_name: string | null;
  kind: OrganisationKind;
  credit_code: string | null;
  gs1_prefix: string;
  zone: string;
  contact: string | null;
  phone: string | null;
  address: string | null;
  simulated: boolean;
  version: number;
  updated_at: Date;
}

export interface SiteRow {
  org_id: number;
  id: string;
  code: string;
  name: string;
  kind: SiteView['kind'];
  gln: string;
  address: string | null;
  region: string | null;
  is_default: boolean;
  active: boolean;
  version: number;
  created_at: Date;
}

export interface PartnerRow {
  org_id: number;
  id: string;
  code: string;
  name: string;
  kind: OrganisationKind;
  linked_org: string | null;
  linked_no: number | null;
  credit_code: string | null;
  contact: string | null;
  phone: string | null;
  region: string | null;
  address: string | null;
  note: string | null;
  active: boolean;
  version: number;
  created_at: Date;
}

export interface LicenceRow {
  org_id: number;
  id: string;
  partner_id: string | null;
  kind: LicenceKind;
  number: string;
  issuer: string;
  scope: string | null;
  valid_from: string;
  valid_to: string | null;
  revoked_on: string | null;
  document: string | null;
  version: number;
  created_at: Date;
}

export interface CounterRow {
  org_id: number;
  kind: string;
  last: bigint;
}

export type Tables = {
  'parties.organisation': OrganisationRow;
  'parties.site': SiteRow;
  'parties.partner': PartnerRow;
  'parties.licence': LicenceRow;
  'parties.counter': CounterRow;
};
