import type { Assignment, Job, Operation, Problem, Stability, Window } from './model.ts';

export interface RollOptions {
  /** The moment of re-planning. */
  readonly now: number;
  /** Planned starts before this date stand as they are; `now` when absent. */
  readonly frozenUntil?: number;
  /** What departing from the old plan costs; no term when absent. */
  readonly stability?: Pick<Stability, 'perShift' | 'perMove'>;
}

/**
 * Prepares the next step of a rolling horizon: what has begun, or begins before `frozenUntil`, keeps
 * its machine and start; nothing else starts before `now`; departures from the old plan are priced.
 * The problem may hold new jobs, and may have lost finished ones. Give the old plan to `solve` as its
 * warm start. A broken machine is told by its calendar; a freeze on it that cannot stand any more is
 * reported by `solve` as a contradiction, unless the operation lies after `now`: then it is let go.
 */
export function rollForward(
  problem: Problem,
  plan: readonly Assignment[],
  options: RollOptions,
): Problem {
  const planned = new Map(plan.map((entry) => [entry.operation, entry]));
  const until = Math.max(options.frozenUntil ?? options.now, options.now);
  const jobs = problem.jobs.map((job): Job => rollJob(problem, job, planned, options.now, until));
  const known = new Set(jobs.flatMap((job) => job.operations.map((operation) => operation.id)));
  const kept = plan.filter((entry) => known.has(entry.operation));
  return {
    ...problem,
    jobs,
    machines: problem.machines.map((machine) => openPast(machine, options.now)),
    ...(problem.operators
      ? { operators: problem.operators.map((person) => openPast(person, options.now)) }
      : {}),
    ...(options.stability ? { stability: { ...options.stability, plan: kept } } : {}),
  };
}

/** The past is what it was: only the future has a calendar. */
function openPast<T extends { readonly calendar?: readonly Window[] }>(owner: T, now: number): T {
  if (owner.calendar === undefined || now <= 0) return owner;
  const future = owner.calendar.filter((window) => window.end > now);
  const cut = future.map((window) => ({ start: Math.max(window.start, now), end: window.end }));
  return { ...owner, calendar: [{ start: 0, end: now }, ...cut] };
}

function rollJob(
  problem: Problem,
  job: Job,
  planned: ReadonlyMap<string, Assignment>,
  now: number,
  until: number,
): Job {
  const operations = job.operations.map((operation): Operation => {
    const entry = planned.get(operation.id);
    const stands =
      entry !== undefined &&
      entry.start < until &&
      operation.modes.some((mode) => mode.machine === entry.machine) &&
      (entry.start < now || standing(problem, operation, entry));
    if (stands) {
      const { machine, start, operator } = entry;
      const frozen = { machine, start, ...(operator === undefined ? {} : { operator }) };
      return { ...operation, frozen };
    }
    return { ...operation, release: Math.max(operation.release ?? 0, now) };
  });
  return { ...job, operations };
}

/** Whether the machine is still open for a planned operation. */
function standing(problem: Problem, operation: Operation, entry: Assignment): boolean {
  const machine = problem.machines.find((candidate) => candidate.id === entry.machine);
  if (machine?.calendar === undefined) return true;
  if (operation.resumable === true) {
    return machine.calendar.some(
      (window) => window.start <= entry.start && entry.start < window.end,
    );
  }
  return machine.calendar.some((window) => window.start <= entry.start && entry.end <= window.end);
}
