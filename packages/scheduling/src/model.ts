/**
 * The scheduling problem as a planner states it. All times are whole numbers of one unit the caller
 * chooses (minutes, say), counted from one origin; identifiers are the caller's own.
 */
export interface Problem {
  readonly machines: readonly Machine[];
  readonly jobs: readonly Job[];
  readonly operators?: readonly Operator[];
  /** Time to carry work from one machine to another; pairs not named take none. */
  readonly transport?: readonly Transport[];
  readonly objective: Objective;
  /** What may happen; with scenarios the objective is the mean, or the tail mean for `cvar`. */
  readonly scenarios?: readonly Scenario[];
  /** Keeps a new plan near the one people already work by. */
  readonly stability?: Stability;
}

export interface Machine {
  readonly id: string;
  /** Open windows; without a calendar the machine is always open. */
  readonly calendar?: readonly Window[];
  readonly setups?: Setups;
  /** An oven or a washer: operations of one family start together while their sizes fit. */
  readonly batch?: { readonly capacity: number };
  /** Places for finished work waiting beside the machine; 0 blocks it, absent is unlimited. */
  readonly buffer?: number;
}

/** A half-open span of time, start included, end not. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** Times to change a machine over between families; pairs not named take none. */
export interface Setups {
  /** The family the machine stands ready for at the start. */
  readonly initial?: string;
  readonly times: readonly { readonly from: string; readonly to: string; readonly time: number }[];
}

export interface Operator {
  readonly id: string;
  readonly skills: readonly string[];
  readonly calendar?: readonly Window[];
}

export interface Transport {
  readonly from: string;
  readonly to: string;
  readonly time: number;
}

export interface Job {
  readonly id: string;
  /** Nothing of the job starts earlier; 0 when absent. */
  readonly release?: number;
  /** Wished completion, for the tardiness objectives. */
  readonly due?: number;
  /** Completion that must be kept. */
  readonly deadline?: number;
  /** Weight of its tardiness; 1 when absent. */
  readonly weight?: number;
  readonly operations: readonly Operation[];
}

export interface Operation {
  /** Unique in the whole problem. */
  readonly id: string;
  /** The ways to do it: at least one. */
  readonly modes: readonly Mode[];
  /**
   * Operations, of any job, that must be finished first. Absent: the operation before it in its job;
   * an empty list: none. This is how disassembly, parts and reassembly hang together.
   */
  readonly after?: readonly string[];
  /** It does not start earlier, whatever its job's release. */
  readonly release?: number;
  /** Time that must pass after it (cooling, curing) before what follows may start. */
  readonly lag?: number;
  /** Family for set-ups and batches. */
  readonly family?: string;
  /** Room it takes in a batch; 1 when absent. */
  readonly size?: number;
  /** Whether it may pause while its machine is closed. */
  readonly resumable?: boolean;
  /** A decision that stands: this machine, this start, and this operator if one is named. */
  readonly frozen?: {
    readonly machine: string;
    readonly start: number;
    readonly operator?: string;
  };
}

export interface Mode {
  readonly machine: string;
  /** Processing time, at least 1. */
  readonly time: number;
  /** Skill of the operator who stays with it from start to end; absent: none needed. */
  readonly skill?: string;
}

export type BasicObjective = 'makespan' | 'weighted-tardiness' | 'late-jobs';

/**
 * What is minimised. `late-jobs` counts weights of jobs finished after their due date; `cvar` is the
 * mean of the worst (1 − level) share of the scenarios (Rockafellar and Uryasev 2000).
 */
export type Objective =
  | { readonly kind: BasicObjective }
  | { readonly kind: 'cvar'; readonly of: BasicObjective; readonly level: number };

/** One course of events: factors on processing times by operation; 0 means it is not needed. */
export interface Scenario {
  readonly factors: Readonly<Record<string, number>>;
}

/** Cost of departing from an earlier plan, in units of the objective. */
export interface Stability {
  readonly plan: readonly {
    readonly operation: string;
    readonly machine: string;
    readonly start: number;
  }[];
  /** For each unit of time a start moves. */
  readonly perShift: number;
  /** For each operation that changes machine. */
  readonly perMove: number;
}

/** One operation of a plan. */
export interface Assignment {
  readonly operation: string;
  readonly machine: string;
  readonly start: number;
  readonly end: number;
  readonly operator?: string;
}

/** Why a solve ended. */
export type Ending = 'optimal' | 'budget' | 'cancelled';

export interface Solution {
  /** Sorted by start. With scenarios, the plan at the stated times. */
  readonly assignments: readonly Assignment[];
  /** Value of the objective, the stability term included. */
  readonly value: number;
  /** No schedule has a smaller value. */
  readonly bound: number;
  /** (value − bound) / value, 0 when proven optimal. */
  readonly gap: number;
  readonly ending: Ending;
  readonly iterations: number;
  readonly seconds: number;
}
