/** What a plan is made from, and what a person wants of it. Instants are milliseconds; lengths of work are seconds. */
import type { Text } from '@zaizao/platform/kernel';
import type { Assignment } from '@zaizao/scheduling';
import type { Span } from './calendar.ts';

export interface WorkInput {
  readonly now: number;
  readonly orders: readonly OrderInput[];
  readonly stations: readonly StationInput[];
  readonly people: readonly PersonInput[];
  readonly measured: ReadonlyMap<string, MeasuredTime>;
  /** The plan in force, from which the new one departs at a price. */
  readonly published?: EarlierPlan | undefined;
  readonly settings: PlanSettings;
  /** The plant's usual opening, for steps of an imagined order that no station is set up for. */
  readonly usual: readonly Span[];
}

export interface PlanSettings {
  readonly transportSeconds: number;
  readonly freezeMinutes: number;
  /** Price of moving a start by an hour, and of moving to another station; hours of lateness. */
  readonly perShift: number;
  readonly perMove: number;
}

export interface EarlierPlan {
  readonly origin: number;
  readonly assignments: readonly Assignment[];
}

export interface OrderInput {
  readonly id: string;
  readonly code: string;
  readonly kind: string;
  readonly about: string;
  readonly product: string;
  readonly due?: number | undefined;
  readonly firm: boolean;
  readonly notBefore?: number | undefined;
  readonly priority: number;
  readonly customer: string;
  readonly imagined: boolean;
  readonly operations: readonly OperationInput[];
}

export interface OperationInput {
  readonly id: string;
  readonly code: string;
  readonly name: Text;
  readonly kind: string;
  readonly stdSeconds?: number | undefined;
  readonly maxRework: number;
  readonly state: 'waiting' | 'started' | 'paused';
  /** Station it runs on, when it runs. */
  readonly stationId?: string | undefined;
  /** Seconds it was worked on already. */
  readonly workedSeconds: number;
  /** Chance that findings make it necessary; 1 when absent. */
  readonly chance?: number | undefined;
}

export interface StationInput {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly open: readonly Span[];
  /** Codes of the steps it can do; empty: every step of its kind. */
  readonly steps: readonly string[];
  readonly attended: boolean;
  readonly batchCapacity?: number | undefined;
  readonly setupSeconds: number;
}

export interface PersonInput {
  readonly id: string;
  readonly name: string;
  /** Kinds of stations this person can work at. */
  readonly skills: readonly string[];
  readonly open: readonly Span[];
}

export interface MeasuredTime {
  readonly attempts: number;
  readonly failed: number;
  readonly mean: number;
  readonly deviation: number;
}

/** What a person wants of this plan. */
export interface Wishes {
  readonly objective: 'due-dates' | 'makespan' | 'late-orders' | 'robust';
  readonly locks: readonly {
    readonly operationId: string;
    readonly stationId: string;
    readonly start: number;
  }[];
  readonly keepsNear: boolean;
  readonly seed: number;
}
