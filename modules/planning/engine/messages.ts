import type {
  Assignment,
  Explanation,
  Forecast,
  Problem,
  SchedulingProblem,
  Solution,
  Uncertainty,
  Violation,
} from '@zaizao/scheduling';

/** What a search thread is asked to do. Everything in it is plain data. */
export type Task = SolveTask | JudgeTask | SimulateTask;

interface Chances {
  readonly uncertainties: readonly Uncertainty[];
  readonly seed: number;
  readonly scenarios: number;
}

export interface SolveTask extends Chances {
  readonly kind: 'solve';
  readonly problem: Problem;
  readonly warmStart: readonly { operation: string; machine: string; start: number }[];
  /** Operations that stand only for nearness: let go one conflict at a time. */
  readonly near: readonly string[];
  readonly iterations: number;
  /** Milliseconds of wall clock; absent: the iterations alone end it. */
  readonly deadlineMs?: number;
  /** Uses the drawn scenarios in the objective. */
  readonly robust: boolean;
  /** Orders in the order in which they came: the baseline dispatches them so. */
  readonly arrival: readonly string[];
}

/** Judges an arrangement made by hand. */
export interface JudgeTask extends Chances {
  readonly kind: 'judge';
  readonly problem: Problem;
  readonly assignments: readonly Assignment[];
}

export interface SimulateTask extends Chances {
  readonly kind: 'simulate';
  readonly problem: Problem;
  readonly assignments: readonly Assignment[];
}

/** A plan with all that is said about it. */
export interface Planned {
  readonly problem: Problem;
  readonly solution: Solution;
  /** Faults by the independent checker; a plan is only proposed without any. */
  readonly violations: readonly Violation[];
  readonly explanation: Explanation;
  readonly forecast?: Forecast;
  /** First come, first served, on the same problem. */
  readonly baseline: readonly Assignment[];
  readonly released: readonly string[];
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: SchedulingProblem };

export type Message =
  | {
      readonly kind: 'progress';
      readonly share: number;
      readonly value: number;
      readonly bound: number;
    }
  | { readonly kind: 'done'; readonly outcome: Outcome<unknown> };

export interface Start {
  readonly task: Task;
  /** Set to 1 to end the search at once. */
  readonly stop: Int32Array;
}
