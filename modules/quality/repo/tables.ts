import type { Characteristic } from '@zaizao/modules/catalog';
import type { Ctx } from '@zaizao/platform/http';
import type { Text } from '@zaizao/platform/kernel';
import type { CertificateContent } from '../certificate/content.ts';
import type { Point } from '../domain/downsample.ts';
import type { NonconformanceState } from '../domain/nonconformance-machine.ts';
import type { JudgedLimit } from '../domain/standing.ts';
import type { TestState } from '../domain/test-machine.ts';

export interface PartRef {
  id: string;
  number: string;
  name: Text;
}

/** What of a unit a record keeps, as it was then. */
export interface UnitRef {
  id: string;
  serial: string;
  epc: string;
  life: number;
  part: PartRef;
}

export interface RunInJson {
  minutes: string;
  speedRpm?: string | undefined;
  load?: string | undefined;
  maxTemperatureC?: string | undefined;
  good: boolean;
  note?: string | undefined;
  at: string;
  by: string;
}

/** A test without its plan, as lists need it. */
export interface TestRow {
  org_id: number;
  id: string;
  code: string;
  state: TestState;
  round: number;
  unit_id: string;
  unit: UnitRef;
  part_id: string;
  needs_run_in: boolean;
  customer: string | null;
  run_in: RunInJson | null;
  aborted_for: string | null;
  nonconformance_id: string | null;
  event_id: string | null;
  started_by: string;
  started_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
}

/** A test with the plan and the limits that were in force when it started. */
export interface TestTable extends TestRow {
  plan: Characteristic[];
}

export interface InstrumentRef {
  id: string;
  code: string;
  name: string;
}

export interface ValueRow {
  org_id: number;
  test_id: string;
  id: string;
  characteristic_id: string;
  code: string;
  value: string;
  unit: string;
  instrument: InstrumentRef | null;
  verdict: 'pass' | 'fail' | 'unlimited';
  judged: JudgedLimit[];
  by_whom: string;
  at: Date;
}

export interface CurveRow {
  org_id: number;
  test_id: string;
  id: string;
  part_id: string;
  name: string;
  unit: string;
  characteristic_id: string | null;
  instrument_id: string | null;
  samples: number;
  seconds: number;
  lowest: number;
  highest: number;
  mean: number;
  points: Point[];
  by_whom: string;
  at: Date;
}

export interface NonconformanceRow {
  org_id: number;
  id: string;
  code: string;
  state: NonconformanceState;
  subject_kind: 'unit' | 'component' | 'lot' | 'core' | 'process';
  subject_id: string;
  subject_code: string;
  part_id: string | null;
  part: PartRef | null;
  source: 'test' | 'inspection' | 'production' | 'incoming' | 'customer' | 'audit';
  test_id: string | null;
  defect: string;
  defect_name: Text;
  description: string;
  severity: 'critical' | 'major' | 'minor';
  quantity: number;
  containment: string | null;
  disposition: 'rework' | 'concession' | 'scrap' | 'return' | null;
  disposition_reason: string | null;
  reference: string | null;
  cause_category:
    | ('man' | 'machine' | 'material' | 'method')
    | ('measurement' | 'environment' | 'design' | 'core')
    | null;
  cause: string | null;
  action: string | null;
  action_owner: string | null;
  action_due: string | null;
  evidence: string | null;
  opened_by: string;
  opened_at: Date;
  closed_at: Date | null;
}

export interface StepRow {
  org_id: number;
  nonconformance_id: string;
  id: string;
  event: string;
  to_state: NonconformanceState;
  note: string;
  by_whom: string;
  at: Date;
}

export interface CertificateRow {
  org_id: number;
  id: string;
  code: string;
  state: 'making' | 'issued';
  unit_id: string;
  unit: UnitRef;
  test_id: string;
  content: CertificateContent;
  job_id: string;
  sha256: string | null;
  event_id: string | null;
  requested_by: string;
  requested_at: Date;
  issued_at: Date | null;
}

export interface DocumentRow {
  org_id: number;
  certificate_id: string;
  sha256: string;
  code: string;
}

export type Tables = {
  'quality.test_run': TestTable;
  'quality.test_value': ValueRow;
  'quality.curve': CurveRow;
  'quality.nonconformance': NonconformanceRow;
  'quality.nonconformance_step': StepRow;
  'quality.certificate': CertificateRow;
  'quality.certificate_document': DocumentRow;
};

export const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

/** Who did it, by name: records and certificates name people. */
export const actorOf = (ctx: Ctx) => ctx.principal.name;
