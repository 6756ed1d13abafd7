import type { ImportState } from '../domain/import-state.ts';

/** The module’s tables as Kysely sees them; `numeric` comes as text, `int8` as bigint. */
export interface PartRow {
  org_id: number;
  id: string;
  number: string;
  norm: string;
  kind: 'product' | 'component' | 'consumable';
  family: string;
  name_zh: string;
  name_en: string;
  gtin: string | null;
  mass_g: string | null;
  new_price_fen: bigint | null;
  photo: string | null;
  needs_coding: boolean;
  vin_bound: boolean;
  restricted: boolean;
  active: boolean;
  basis: string;
  version: number;
  updated_at: Date;
}

export interface NumberRow {
  org_id: number;
  part_id: string;
  kind: 'oe' | 'aftermarket' | 'reman' | 'internal';
  norm: string;
  number: string;
  maker: string;
  basis: string;
}

export interface LinkRow {
  org_id: number;
  from_norm: string;
  to_norm: string;
  relation: 'supersession' | 'interchange';
  from_number: string;
  to_number: string;
  needs_coding: boolean;
  vin_bound: boolean;
  valid_from: string | null;
  basis: string;
}

export interface RevisionRow {
  org_id: number;
  part_id: string;
  doc: 'bom' | 'route' | 'joins' | 'removal';
  version: number;
  created_at: Date;
  created_by: string;
  note: string;
}

export interface BomRow {
  org_id: number;
  part_id: string;
  version: number;
  pos: number;
  component_id: string;
  qty: number;
  policy: 'inspect-reuse' | 'inspect-repair' | 'replace' | 'consumable';
  reuse_pct: string | null;
  restore_pct: string | null;
  replace_pct: string | null;
  critical: boolean;
  serialised: boolean;
  basis: string;
}

export interface StepRow {
  org_id: number;
  part_id: string;
  version: number;
  seq: number;
  code: string;
  name_zh: string;
  name_en: string;
  station_kind: string;
  station: string;
  std_seconds: number | null;
  condition: string;
  on_fail: number | null;
  max_rework: number | null;
  method: string;
  instruction_zh: string;
  instruction_en: string;
  records: string;
  basis: string;
}

export interface JoinRow {
  org_id: number;
  part_id: string;
  version: number;
  code: string;
  name_zh: string;
  name_en: string;
  kind: string;
  parts: number[];
  after: string[];
  seconds: number;
  tool: string;
  direction: string;
  hazard: number;
  hazard_zh: string;
  hazard_en: string;
  destructive: boolean;
  seized_pct: string | null;
  force_fen: bigint | null;
  crew: number;
  skill: string;
  zone: string;
  basis: string;
}

export interface RemovalRow {
  org_id: number;
  part_id: string;
  version: number;
  item: string;
  name_zh: string;
  name_en: string;
  members: number[];
  must_out: boolean;
  stream: string;
  zone: string;
  whole_fen: bigint | null;
  good_pct: string | null;
  look_fen: bigint | null;
  basis: string;
}

export interface CharacteristicRow {
  org_id: number;
  id: string;
  part_id: string;
  code: string;
  purpose: 'inspection' | 'test' | 'both';
  seq: number;
  name_zh: string;
  name_en: string;
  component_pos: number | null;
  component_id: string | null;
  unit: string;
  method: string;
  instrument_kind: string;
  condition: string;
  severity: 'critical' | 'major' | 'minor';
  active: boolean;
  basis: string;
  version: number;
}

export interface LimitRow {
  org_id: number;
  characteristic_id: string;
  level: 'national' | 'enterprise' | 'customer';
  customer: string;
  version: number;
  min: string | null;
  max: string | null;
  valid_from: string;
  source: string;
  created_at: Date;
}

export interface CriterionJson {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly failsTo: 'B' | 'C' | 'R';
  readonly basis: string;
}

export interface GradeJson {
  readonly grade: 'A' | 'B' | 'C' | 'R';
  readonly zh: string;
  readonly en: string;
  readonly pct: number;
  readonly creditFen: string;
  readonly basis: string;
}

export interface QuotaJson {
  readonly fullPct?: number;
  readonly halfPct?: number;
  readonly months?: number;
}

export interface ProgrammeRow {
  org_id: number;
  id: string;
  part_id: string;
  code: string;
  version: number;
  valid_from: string;
  valid_to: string | null;
  window_days: number;
  start_event: 'invoice' | 'delivery' | 'installation' | 'month-end';
  quota: QuotaJson;
  deposit_fen: bigint;
  criteria: CriterionJson[];
  grades: GradeJson[];
  basis: string;
  created_at: Date;
}

export interface NoticeRow {
  org_id: number;
  programme_id: string;
  org_name: string;
  part_number: string;
  norm: string;
  part_zh: string;
  part_en: string;
  family: string;
  valid_from: string;
  valid_to: string | null;
  body: unknown;
}

export interface DefectRow {
  org_id: number;
  part_id: string;
  code: string;
  name_zh: string;
  name_en: string;
  mode: string;
  component_pos: number | null;
  rate_pct: string | null;
  per: 'core' | 'unit' | 'warranty';
  basis: string;
}

export interface PriceRow {
  org_id: number;
  part_id: string;
  kind: 'new-retail' | 'reman-retail' | 'ex-works' | 'repair-service' | 'used' | 'scrap';
  valid_from: string;
  fen: bigint;
  basis: string;
}

export interface FactRow {
  org_id: number;
  key: string;
  name_zh: string;
  name_en: string;
  value: string;
  unit: string;
  basis: string;
}

export interface SourceRow {
  org_id: number;
  key: string;
  reference: string;
}

export interface ImportRow {
  org_id: number;
  id: string;
  no: number;
  file_name: string;
  file_sha256: string;
  state: ImportState;
  report: unknown;
  job: string | null;
  created_at: Date;
  created_by: string;
  committed_at: Date | null;
  version: number;
}

// A type, not an interface: Kysely wants an index signature, which interfaces do not imply.
export type Tables = {
  'catalog.part': PartRow;
  'catalog.part_number': NumberRow;
  'catalog.number_link': LinkRow;
  'catalog.revision': RevisionRow;
  'catalog.bom_item': BomRow;
  'catalog.route_step': StepRow;
  'catalog.join_item': JoinRow;
  'catalog.removal_item': RemovalRow;
  'catalog.characteristic': CharacteristicRow;
  'catalog.characteristic_limit': LimitRow;
  'catalog.programme': ProgrammeRow;
  'catalog.notice': NoticeRow;
  'catalog.defect': DefectRow;
  'catalog.price': PriceRow;
  'catalog.fact': FactRow;
  'catalog.source': SourceRow;
  'catalog.import': ImportRow;
};
