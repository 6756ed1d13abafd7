import { Worker } from 'node:worker_threads';
import type {
  LinePlan,
  LineProblem,
  MachinePlan,
  MachineProblem,
  Result as Solved,
} from '@zaizao/disassembly';
import { endWithServer } from '@zaizao/platform/threads';
import type { solvePlan } from '../domain/plan.ts';
import type { Known, PlanProblem } from '../domain/plan-problem.ts';

/** Which engine answered, kept with every plan. */
export const ENGINE = '@zaizao/disassembly 0.1';

interface Budget {
  readonly seed: number;
  readonly iterations: number;
}

type Work =
  | { readonly kind: 'plan'; readonly problem: PlanProblem; readonly known: Known }
  | { readonly kind: 'line'; readonly problem: LineProblem; readonly options: Budget }
  | { readonly kind: 'crew'; readonly problem: MachineProblem; readonly options: Budget };

export interface Task {
  readonly no: number;
  readonly work: Work;
}

export type Answer =
  | { readonly no: number; readonly answer: unknown }
  | { readonly no: number; readonly failure: string };

const IDLE_MS = 60_000;

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (e: Error) => void;
}

/** A thread that solves, and those who wait for it; it ends when nobody has asked for a minute. */
class SolvingThread {
  readonly #waiting = new Map<number, Waiting>();
  readonly #worker = endWithServer(new Worker(new URL('./worker.ts', import.meta.url)));
  readonly #ended: () => void;
  #idle: NodeJS.Timeout | undefined;
  #no = 0;

  constructor(ended: () => void) {
    this.#ended = ended;
    this.#worker.on('message', (answer: Answer) => this.#answered(answer));
    this.#worker.on('error', (e: Error) => this.#lost(e));
    this.#worker.on('exit', () => this.#lost(new Error('the solving thread ended')));
  }

  ask(work: Work): Promise<unknown> {
    clearTimeout(this.#idle);
    this.#worker.ref();
    const no = ++this.#no;
    return new Promise((resolve, reject) => {
      this.#waiting.set(no, { resolve, reject });
      this.#worker.postMessage({ no, work } satisfies Task);
    });
  }

  #answered(answer: Answer): void {
    const waiting = this.#waiting.get(answer.no);
    this.#waiting.delete(answer.no);
    if ('answer' in answer) waiting?.resolve(answer.answer);
    else waiting?.reject(new Error(answer.failure));
    if (this.#waiting.size > 0) return;
    this.#worker.unref();
    this.#idle = setTimeout(() => {
      this.#ended();
      void this.#worker.terminate();
    }, IDLE_MS);
    this.#idle.unref();
  }

  #lost(why: Error): void {
    this.#ended();
    for (const w of this.#waiting.values()) w.reject(why);
    this.#waiting.clear();
  }
}

let quick: SolvingThread | undefined;
let patient: SolvingThread | undefined;

/** Plans of one product: tens of milliseconds, in a thread of their own so that no study delays them. */
export async function solvePlanInThread(
  problem: PlanProblem,
  known: Known,
): Promise<ReturnType<typeof solvePlan>> {
  if (!quick) {
    const started = new SolvingThread(() => {
      if (quick === started) quick = undefined;
    });
    quick = started;
  }
  // the worker answers a task of this kind with the result of `solvePlan`
  return (await quick.ask({ kind: 'plan', problem, known })) as ReturnType<typeof solvePlan>;
}

function patientThread(): SolvingThread {
  if (!patient) {
    const started = new SolvingThread(() => {
      if (patient === started) patient = undefined;
    });
    patient = started;
  }
  return patient;
}

/** A line in balance: up to seconds. */
export async function solveLineInThread(
  problem: LineProblem,
  options: Budget,
): Promise<Solved<LinePlan>> {
  // the worker answers a task of this kind with the result of `solveLine`
  return (await patientThread().ask({ kind: 'line', problem, options })) as Solved<LinePlan>;
}

/** A crew’s schedule: up to seconds. */
export async function solveCrewInThread(
  problem: MachineProblem,
  options: Budget,
): Promise<Solved<MachinePlan>> {
  // the worker answers a task of this kind with the result of `solveMachine`
  return (await patientThread().ask({ kind: 'crew', problem, options })) as Solved<MachinePlan>;
}
