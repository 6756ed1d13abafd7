import { parentPort, workerData } from 'node:worker_threads';
import {
  type Assignment,
  check,
  drawScenarios,
  explain,
  type Forecast,
  type Problem,
  planValue,
  type Result,
  type Solution,
  simulate,
  solve,
  withScenarios,
} from '@zaizao/scheduling';
import type {
  JudgeTask,
  Message,
  Outcome,
  Planned,
  SimulateTask,
  SolveTask,
  Start,
} from './messages.ts';

// The other end (`run.ts`) starts this file with exactly this.
const { task, stop } = workerData as Start;
const post = (message: Message) => parentPort?.postMessage(message);
const signal = {
  get aborted() {
    return Atomics.load(stop, 0) === 1;
  },
};

/** At most this often a search tells how far it is. */
const TELL_MS = 100;

function solved(t: SolveTask): Outcome<Planned> {
  const scenarios = t.robust
    ? drawScenarios(t.uncertainties, { count: Math.min(30, t.scenarios), seed: t.seed })
    : [];
  const started = performance.now();
  const { problem, released } = tenable(t);
  const left =
    t.deadlineMs === undefined ? undefined : t.deadlineMs - (performance.now() - started);
  let last = Number.NEGATIVE_INFINITY;
  const result: Result<Solution> = solve(t.robust ? withScenarios(problem, scenarios) : problem, {
    seed: t.seed,
    iterations: t.iterations,
    ...(left === undefined ? {} : { deadline: Math.max(1, left) }),
    ...beginning(t, problem),
    signal,
    onProgress: ({ value, bound, iterations, seconds }) => {
      const now = performance.now();
      if (now - last < TELL_MS) return;
      last = now;
      const share = Math.max(
        iterations / t.iterations,
        t.deadlineMs === undefined ? 0 : (seconds * 1000) / t.deadlineMs,
      );
      post({ kind: 'progress', share: Math.min(1, share), value, bound });
    },
  });
  return result.ok ? { ok: true, value: told(t, problem, result.value, released) } : result;
}

/** So many iterations show whether what is near can stand. */
const TRIAL = 50;

/**
 * Lets go of operations that stand only because they begin soon, as long as they contradict the rest: a
 * late predecessor, a person who is away. What people decided stays.
 */
function tenable(t: SolveTask): { problem: Problem; released: string[] } {
  let { problem } = t;
  const near = new Set(t.near);
  const released: string[] = [];
  while (near.size > 0 && !signal.aborted) {
    const { stability: _, ...alone } = problem;
    const trial = solve(alone, { seed: 1, iterations: TRIAL, warmStart: t.warmStart, signal });
    if (trial.ok || signal.aborted) break;
    const named = trial.problem.wishes?.map((w) => w.subject) ?? trial.problem.subjects;
    const some = named.filter((id) => near.has(id));
    const go = new Set(some.length > 0 ? some : near);
    for (const id of go) {
      near.delete(id);
      released.push(id);
    }
    problem = thawed(problem, go);
  }
  return { problem, released };
}

function thawed(problem: Problem, which: ReadonlySet<string>): Problem {
  return {
    ...problem,
    jobs: problem.jobs.map((job) => ({
      ...job,
      operations: job.operations.map((o) => {
        if (!which.has(o.id)) return o;
        const { frozen: _, ...free } = o;
        return free;
      }),
    })),
  };
}

function told(
  t: SolveTask,
  problem: Problem,
  solution: Solution,
  released: readonly string[],
): Planned {
  const plain = plainOf(problem);
  const violations = check(plain, solution.assignments, t.robust ? undefined : solution.value);
  // Whoever cancels wants the plan now, not what else could be said about it.
  const isHurried = signal.aborted;
  const forecast = isHurried ? undefined : forecastOf(plain, solution.assignments, t);
  const { scenarios: _, ...stated } = problem;
  return {
    problem: stated,
    solution,
    violations,
    explanation: explain(plain, solution.assignments),
    ...(forecast?.ok ? { forecast: forecast.value } : {}),
    baseline: isHurried ? [] : dispatched(plain, t.arrival),
    released,
  };
}

/** The problem at its stated times, for judges that know no chance. */
function plainOf(problem: Problem): Problem {
  const { scenarios: _, ...plain } = problem;
  const { objective } = plain;
  return objective.kind === 'cvar' ? { ...plain, objective: { kind: objective.of } } : plain;
}

/** What the floor does without a plan: every station takes the order that came first. */
function dispatched(problem: Problem, arrival: readonly string[]): readonly Assignment[] {
  const { stability: _, ...alone } = problem;
  const first = solve(alone, { seed: 1, iterations: 0, warmStart: inTurn(alone, arrival) });
  return first.ok ? first.value.assignments : [];
}

/**
 * Orders as they came, as a plan to start from: every operation ranked by its order, at whichever of its
 * stations has the least work so far.
 */
function inTurn(problem: Problem, arrival: readonly string[]) {
  const rank = new Map(arrival.map((id, n) => [id, n]));
  const load = new Map<string, number>();
  const jobs = [...problem.jobs].sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0));
  return jobs.flatMap((job) =>
    job.operations.map((o) => {
      const after = (m: { machine: string; time: number }) => (load.get(m.machine) ?? 0) + m.time;
      const mode = [...o.modes].sort((a, b) => after(a) - after(b))[0];
      const machine = o.frozen?.machine ?? mode?.machine ?? '';
      load.set(machine, (load.get(machine) ?? 0) + (mode?.time ?? 0));
      return { operation: o.id, machine, start: o.frozen?.start ?? rank.get(job.id) ?? 0 };
    }),
  );
}

/** Where a search begins: the plan in force, else the orders as they came (the makespan has better ways). */
function beginning(t: SolveTask, problem: Problem) {
  if (t.warmStart.length > 0) return { warmStart: t.warmStart };
  const { objective } = problem;
  return objective.kind === 'makespan' ? {} : { warmStart: inTurn(problem, t.arrival) };
}

function forecastOf(
  problem: Problem,
  assignments: readonly Assignment[],
  t: Pick<SolveTask, 'uncertainties' | 'scenarios' | 'seed'>,
): Result<Forecast> {
  const scenarios = drawScenarios(t.uncertainties, { count: t.scenarios, seed: t.seed });
  return simulate(problem, assignments, scenarios);
}

/** A hand-made arrangement: no search, the same judges. */
function judged(t: JudgeTask): Outcome<Planned> {
  const plain = plainOf(t.problem);
  const violations = check(plain, t.assignments);
  const value = planValue(plain, t.assignments);
  const forecast = violations.length === 0 ? forecastOf(plain, t.assignments, t) : undefined;
  const solution: Solution = {
    assignments: t.assignments,
    value,
    bound: 0,
    gap: value > 0 ? 1 : 0,
    ending: 'budget',
    iterations: 0,
    seconds: 0,
  };
  return {
    ok: true,
    value: {
      problem: t.problem,
      solution,
      violations,
      explanation: explain(plain, t.assignments),
      ...(forecast?.ok ? { forecast: forecast.value } : {}),
      baseline: [],
      released: [],
    },
  };
}

function simulated(t: SimulateTask): Outcome<Forecast> {
  return forecastOf(plainOf(t.problem), t.assignments, t);
}

function run(): Outcome<unknown> {
  switch (task.kind) {
    case 'solve':
      return solved(task);
    case 'judge':
      return judged(task);
    case 'simulate':
      return simulated(task);
  }
}

post({ kind: 'done', outcome: run() });
