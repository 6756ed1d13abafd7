import type { BomPlan } from '@zaizao/disassembly';
import type { Ctx } from '@zaizao/platform/http';
import type { Text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { Damage, Outcome, Stream } from '../contract.ts';
import type { ComponentState } from '../domain/component-machine.ts';
import type { Alternative, PlanChange } from '../domain/plan.ts';
import type { Known, PlanProblem } from '../domain/plan-problem.ts';
import type { Demand, Odds, Rates } from '../domain/worth.ts';

export interface PartRef {
  id: string;
  number: string;
  name: Text;
}

export interface Donor {
  vin?: string | undefined;
  machineSerial?: string | undefined;
  mileageKm?: number | undefined;
  modelYear?: number | undefined;
}

export interface TeardownTable {
  org_id: number;
  id: string;
  code: string;
  state: 'open' | 'finished';
  core_id: string;
  core_code: string;
  core_epc: string;
  part: PartRef;
  bom_version: number;
  core_mass_g: number;
  residue_g: string;
  tolerance_pct: string;
  explanation: string | null;
  event_id: string | null;
  started_by: string;
  started_at: Date;
  finished_at: Date | null;
  version: number;
}

export interface LineTable {
  org_id: number;
  teardown_id: string;
  pos: number;
  part: PartRef;
  expected_qty: number;
  policy: string;
  serialised: boolean;
  outcome: z.output<typeof Outcome>;
  found_qty: number;
  piece_g: string;
  mass_g: string;
  mass_measured: boolean;
  extra: boolean;
  stream: z.output<typeof Stream>;
  damages: z.output<typeof Damage>[];
}

export interface ComponentTable {
  org_id: number;
  id: string;
  code: string;
  epc: string;
  state: ComponentState;
  part_id: string;
  part: PartRef;
  pos: number | null;
  teardown_id: string;
  core_id: string;
  core_code: string;
  /** The vehicle or machine, as the core named it. */
  donor: Donor | null;
  qty: number;
  serialised: boolean;
  mass_g: string;
  lives: number;
  restored_times: number;
  damages: z.output<typeof Damage>[];
  stream: z.output<typeof Stream>;
  place: string | null;
  unit_id: string | null;
  split_from: string | null;
  created_at: Date;
  ended_at: Date | null;
  version: number;
}

export interface CleaningTable {
  org_id: number;
  id: string;
  code: string;
  method: string;
  state: 'running' | 'good' | 'repeat';
  machine: string | null;
  parameters: Record<string, string>;
  consumption: Record<string, string>;
  component_ids: string[];
  started_by: string;
  started_at: Date;
  finished_at: Date | null;
}

export interface RatesTable {
  org_id: number;
  version: number;
  figures: Rates;
  note: string;
  made_by: string;
  made_at: Date;
}

export interface DemandTable {
  org_id: number;
  part_id: string;
  part: PartRef;
  wanted: number | null;
  good_fen: bigint | null;
  note: string;
  updated_by: string;
  updated_at: Date;
  version: number;
}

/** What of a joint is shown beside a plan, as the catalogue had it. */
export interface JointShown {
  readonly code: string;
  readonly name: Text;
  readonly tool: string;
  readonly direction?: string;
  readonly hazard: number;
  readonly hazardNote: Text;
  readonly destructive: boolean;
  readonly seconds: number;
}

/** What of a position or group is shown beside a plan, and what its worth rests on. */
export interface ItemShown {
  readonly item: string;
  readonly pos?: number;
  readonly name: Text;
  readonly group?: string;
  readonly chances?: Odds;
  readonly seen: number;
  readonly demand?: Demand & { readonly share: number };
}

/** Everything a plan rests on, frozen: it can be shown and solved again whatever changes later. */
export interface PlanBase {
  readonly problem: PlanProblem;
  readonly joints: readonly JointShown[];
  readonly items: readonly ItemShown[];
  readonly versions: {
    readonly bom: number;
    readonly joints: number;
    readonly removal: number;
    readonly rates: number;
  };
}

export interface PlanCauseJson {
  readonly kind:
    | 'missing'
    | 'broken'
    | 'left'
    | 'found'
    | 'seized'
    | 'destroyed'
    | 'checked'
    | 'asked';
  readonly at?: string;
  readonly name?: Text;
}

export interface PlanTable {
  org_id: number;
  id: string;
  core_id: string;
  core_code: string;
  part: PartRef;
  teardown_id: string | null;
  no: number;
  base_id: string;
  base: PlanBase | null;
  known: Known;
  cause: PlanCauseJson | null;
  change: PlanChange | null;
  result: BomPlan;
  alternatives: readonly Alternative[];
  worth: string;
  as_is: string;
  bound: string;
  engine: string;
  digest: string;
  made_by: string;
  made_at: Date;
}

export interface DecisionTable {
  org_id: number;
  id: string;
  plan_id: string;
  decision: 'follow' | 'deviate';
  reason: string;
  decided_by: string;
  decided_at: Date;
}

export interface JointTable {
  org_id: number;
  id: string;
  teardown_id: string;
  core_code: string;
  joint: string;
  name: Text;
  outcome: 'undone' | 'seized' | 'destroyed';
  source: 'person' | 'station';
  station: string;
  tool: string;
  torque_nm: string | null;
  angle_deg: string | null;
  seconds: string | null;
  curve: readonly (readonly [number, number])[] | null;
  note: string;
  photo: string | null;
  made_by: string;
  made_at: Date;
}

export interface StudyTable {
  org_id: number;
  id: string;
  kind: 'line' | 'crew';
  part: PartRef;
  core_id: string | null;
  title: string;
  /** `LineProblem` or `MachineProblem`, by kind. */
  problem: unknown;
  /** What of the joints is shown, and what turns slots into times. */
  words: unknown;
  seed: number;
  iterations: number;
  state: 'queued' | 'done' | 'failed';
  result: unknown;
  failure: Text | null;
  job: string | null;
  made_by: string;
  made_at: Date;
  ended_at: Date | null;
}

export interface CheckAnswer {
  readonly item: string;
  readonly state: 'good' | 'worn' | 'broken' | 'missing' | 'hidden';
  readonly note: string;
  readonly photos: readonly string[];
  readonly name: Text;
  readonly zone: Text;
}

export interface CheckTable {
  org_id: number;
  id: string;
  core_id: string;
  core_code: string;
  part: PartRef;
  answers: readonly CheckAnswer[];
  mileage_km: number | null;
  note: string;
  made_by: string;
  made_at: Date;
}

export interface OutflowTable {
  org_id: number;
  id: string;
  teardown_id: string;
  stream: string;
  kind: 'sold' | 'remanufactured' | 'shredded' | 'metal' | 'hazardous' | 'residue' | 'yard';
  mass_g: string;
  receiver: string;
  document: string;
  note: string;
  made_by: string;
  made_at: Date;
}

type Tables = {
  'dismantling.teardown': TeardownTable;
  'dismantling.teardown_line': LineTable;
  'dismantling.component': ComponentTable;
  'dismantling.cleaning': CleaningTable;
  'dismantling.rates': RatesTable;
  'dismantling.demand': DemandTable;
  'dismantling.plan': PlanTable;
  'dismantling.plan_decision': DecisionTable;
  'dismantling.joint_record': JointTable;
  'dismantling.study': StudyTable;
  'dismantling.vehicle_check': CheckTable;
  'dismantling.outflow': OutflowTable;
};

export const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

export const actorOf = (ctx: Ctx) => `${ctx.principal.kind}:${ctx.principal.id}`;
