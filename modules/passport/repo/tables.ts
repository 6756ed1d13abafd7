import type { Tx } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import type { Disclosure, JsonObject } from '@zaizao/tlog';
import type { GrantedAudience, PassportFacts, PassportStatus } from '../contract.ts';

export interface DocumentJson {
  readonly facts: PassportFacts;
  readonly status: PassportStatus;
}

interface PublishedTable {
  org_id: number;
  epc: string;
  unit_id: string;
  serial: string;
  document: DocumentJson;
  picture: string | null;
  version: number;
  updated_at: Date;
}

interface DisclosureTable {
  org_id: number;
  epc: string;
  event_id: string;
  record_time: string;
  opened: Disclosure;
}

export type CredentialKind = 'passport' | 'conformity';

/** A credential signed another way than in `credential`. */
export interface Forms {
  readonly rdfc?: JsonObject;
  readonly jwt?: string;
}

interface CredentialTable {
  org_id: number;
  id: string;
  epc: string;
  version: number;
  status_list: number;
  status_index: number;
  content_hash: string;
  credential: JsonObject;
  kind: CredentialKind;
  /** Other signed forms, brought from outside. */
  forms: Forms;
  issued_at: Date;
  revoked_at: Date | null;
  revoked_for: string | null;
}

interface StatusListTable {
  org_id: number;
  list: number;
  issuer: string;
  next_index: number;
  bits: Uint8Array;
  credential: JsonObject;
  updated_at: Date;
}

interface IssuerKeyTable {
  org_id: number;
  fragment: string;
  did: string;
  public_key: string;
  made_at: Date;
  retired_at: Date | null;
  custody: 'server' | 'own';
  name: string | null;
  revoked_at: Date | null;
  revoked_from: Date | null;
  revoked_for: string | null;
}

interface KeyDisclosureTable {
  org_id: number;
  fragment: string;
  event_id: string;
  record_time: string;
  opened: Disclosure;
}

interface UnsignedTable {
  org_id: number;
  id: string;
  kind: CredentialKind | 'status-list';
  subject: string;
  fragment: string;
  document: JsonObject;
  content_hash: string | null;
  status_list: number | null;
  status_index: number | null;
  made_at: Date;
}

interface AccessTable {
  org_id: number;
  id: string;
  audience: GrantedAudience;
  epc: string | null;
  partner_org: number | null;
  partner_name: string | null;
  token_sha256: string | null;
  note: string | null;
  made_by: string;
  made_at: Date;
  expires_at: Date;
  withdrawn_at: Date | null;
  uses: number;
  last_used_at: Date | null;
}

interface SettingTable {
  org_id: number;
  bpn: string | null;
  version: number;
  updated_at: Date;
}

type Tables = {
  'passport.published': PublishedTable;
  'passport.disclosure': DisclosureTable;
  'passport.credential': CredentialTable;
  'passport.status_list': StatusListTable;
  'passport.issuer_key': IssuerKeyTable;
  'passport.key_disclosure': KeyDisclosureTable;
  'passport.unsigned': UnsignedTable;
  'passport.access': AccessTable;
  'passport.setting': SettingTable;
};

export type PublishedRow = PublishedTable;
export type CredentialRow = CredentialTable;
export type StatusListRow = StatusListTable;
export type IssuerKeyRow = IssuerKeyTable;
export type UnsignedRow = UnsignedTable;
export type AccessRow = AccessTable;
export type SettingRow = SettingTable;
export type DisclosureRow = Pick<DisclosureTable, 'event_id' | 'record_time' | 'opened'>;

export const tables = (tx: Tx) => tx.withTables<Tables>();
export const db = (ctx: Ctx) => tables(ctx.tx);
