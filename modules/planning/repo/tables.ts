import type { Ctx } from '@zaizao/platform/http';
import type { Text } from '@zaizao/platform/kernel';
import type { Assignment, Explanation, Forecast, Problem, Uncertainty } from '@zaizao/scheduling';
import type { Board } from '../domain/board.ts';
import type { Shift, SpecialDay } from '../domain/calendar.ts';
import type { Conflict } from '../domain/conflict.ts';
import type { Figures } from '../domain/figures.ts';
import type { PacedStep } from '../domain/line.ts';
import type { PlanState, RequestState } from '../domain/machines.ts';
import type { Wishes } from '../domain/work.ts';

export interface SettingTable {
  org_id: number;
  id: string;
  transport_seconds: number;
  freeze_minutes: number;
  horizon_days: number;
  per_shift: string;
  per_move: string;
  iterations: number;
  deadline_seconds: number;
  version: number;
}

export interface CalendarTable {
  org_id: number;
  id: string;
  name: string;
  site_id: string | null;
  shifts: Shift[];
  days: SpecialDay[];
  is_default: boolean;
  version: number;
}

export interface StationRuleTable {
  org_id: number;
  station_id: string;
  calendar_id: string | null;
  steps: string[];
  attended: boolean;
  batch_capacity: number | null;
  setup_seconds: number;
  in_use: boolean;
  version: number;
}

export interface PersonTable {
  org_id: number;
  id: string;
  name: string;
  skills: string[];
  calendar_id: string | null;
  active: boolean;
  version: number;
}

export interface ClosureTable {
  org_id: number;
  id: string;
  kind: 'station' | 'person';
  subject_id: string;
  from_at: Date;
  to_at: Date;
  reason: string;
  request_id: string | null;
  made_by: string;
}

/** A copy of the work with changes. Instants as text. */
export interface WhatIf {
  newOrders: {
    partId: string;
    quantity: number;
    dueAt?: string | undefined;
    priority: number;
    from: 'core' | 'assembly';
  }[];
  broken: { stationId: string; from: string; to: string }[];
  absent: { personId: string; from: string; to: string }[];
}

export interface PlanWishes {
  objective: Wishes['objective'];
  locks: { operationId: string; stationId: string; start: string }[];
  keepsNear: boolean;
  whatIf?: WhatIf | undefined;
}

/** The problem with what is not certain about it: all that a repetition needs. */
export interface StoredProblem {
  problem: Problem;
  uncertainties: readonly Uncertainty[];
  warmStart: readonly { operation: string; machine: string; start: number }[];
  near: readonly string[];
  arrival: readonly string[];
}

export interface PlanTable {
  org_id: number;
  id: string;
  code: string;
  kind: 'plan' | 'what-if' | 'edit';
  state: PlanState;
  name: string;
  basis_id: string | null;
  wishes: PlanWishes;
  job_id: string | null;
  origin: Date;
  problem: StoredProblem | null;
  board: Board | null;
  seed: number;
  iterations: number;
  deadline_seconds: number;
  engine: string | null;
  assignments: Assignment[] | null;
  value: number | null;
  bound: number | null;
  ending: 'optimal' | 'budget' | 'cancelled' | null;
  iterations_done: number | null;
  seconds: number | null;
  figures: Figures | null;
  baseline: Figures | null;
  forecast: Forecast | null;
  explanation: Explanation | null;
  conflict: Conflict | null;
  made_at: Date;
  made_by: string;
  published_at: Date | null;
  version: number;
}

export interface DecisionTable {
  org_id: number;
  id: string;
  plan_id: string;
  verdict: 'accepted' | 'changed' | 'refused';
  reason: string;
  at: Date;
  by_whom: string;
}

export interface RunResult {
  forecast?: Forecast;
  onTime?: number;
  same?: boolean;
  value?: number;
}

export interface RunTable {
  org_id: number;
  id: string;
  plan_id: string;
  kind: 'simulation' | 'repetition';
  seed: number;
  scenarios: number;
  job_id: string | null;
  engine: string | null;
  result: RunResult | null;
  made_at: Date;
  made_by: string;
}

export interface Story {
  chain: {
    order: string;
    operation: Text;
    station: string;
    start: string;
    end: string;
    cause: string;
  }[];
  remedies: { kind: string; subject: string; seconds: number }[];
}

export interface PromiseTable {
  org_id: number;
  order_id: string;
  plan_id: string;
  code: string;
  due_at: Date | null;
  planned_at: Date;
  p50_at: Date;
  p90_at: Date;
  late_share: number;
  story: Story;
}

export interface BalanceValue {
  stations: number;
  smoothness: number;
  turns: number;
}

export interface BalanceTable {
  org_id: number;
  id: string;
  name: string;
  part_id: string;
  part: { id: string; number: string; name: Text };
  route_version: number;
  units_per_day: number;
  work_seconds: number;
  lines: number;
  cycle_ms: number;
  tasks: PacedStep[];
  stations: string[][];
  value: BalanceValue;
  bound: BalanceValue;
  status: 'optimal' | 'feasible' | 'edited';
  engine: string;
  seed: number;
  iterations: number;
  made_at: Date;
  made_by: string;
  version: number;
}

export interface OfferTable {
  org_id: number;
  id: string;
  code: string;
  state: 'open' | 'taken' | 'withdrawn';
  provider_id: string;
  provider: { name: string; simulated: boolean };
  station_kind: string;
  title: string;
  capability: string;
  region: string;
  from_at: Date;
  to_at: Date;
  minutes: number;
  minutes_left: number;
  price_fen: bigint;
  made_at: Date;
  version: number;
}

export interface Revision {
  by: 'provider' | 'buyer';
  text: string;
  at: string;
}

export interface RequestTable {
  org_id: number;
  id: string;
  offer_id: string;
  buyer_org: number;
  buyer_id: string;
  buyer_name: string;
  provider_name: string;
  offer_code: string;
  station_kind: string;
  state: RequestState;
  minutes: number;
  price_fen: bigint;
  from_at: Date;
  to_at: Date;
  revisions: Revision[];
  station_id: string | null;
  made_at: Date;
  version: number;
}

type Tables = {
  'planning.setting': SettingTable;
  'planning.calendar': CalendarTable;
  'planning.station_rule': StationRuleTable;
  'planning.person': PersonTable;
  'planning.closure': ClosureTable;
  'planning.plan': PlanTable;
  'planning.decision': DecisionTable;
  'planning.run': RunTable;
  'planning.promise': PromiseTable;
  'planning.line_balance': BalanceTable;
  'planning.capacity_offer': OfferTable;
  'planning.capacity_request': RequestTable;
};

export const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

export const actorOf = (ctx: Ctx) => `${ctx.principal.kind}:${ctx.principal.id}`;
