import type { Assignment, Machine, Operation, Problem } from './model.ts';
import { predecessorsOf } from './validate.ts';

/** What an operation waited for last: the reason it did not start earlier. */
export type Cause =
  | 'release'
  | 'predecessor'
  | 'machine'
  | 'setup'
  | 'operator'
  | 'calendar'
  | 'frozen'
  | 'batch'
  | 'choice';

/** One link of the chain that makes a date what it is. */
export interface Step {
  readonly operation: string;
  readonly job: string;
  readonly machine: string;
  readonly start: number;
  readonly end: number;
  readonly cause: Cause;
  /** The operation it waited for, when it waited for one. */
  readonly behind?: string;
}

/** A change that could shorten a chain, and the most it could bring. */
export interface Remedy {
  readonly kind: 'machine' | 'operator' | 'setup' | 'shift' | 'release' | 'freeze';
  /** Machine, job or operation the change is about. */
  readonly subject: string;
  /** Upper limit of the time saved on this chain; other work may become critical before. */
  readonly upTo: number;
}

export interface LateJob {
  readonly job: string;
  readonly due: number;
  readonly completion: number;
  readonly late: number;
  readonly chain: readonly Step[];
  readonly remedies: readonly Remedy[];
}

export interface Explanation {
  /** The chain that sets the last completion, from its first operation to its last. */
  readonly criticalPath: readonly Step[];
  readonly remedies: readonly Remedy[];
  /** Late jobs, the latest first. */
  readonly lateJobs: readonly LateJob[];
}

/**
 * Says why a plan takes as long as it does: the chain of operations behind the makespan and behind
 * each late job, what each of them waited for last, and what would help, largest effect first.
 */
export function explain(problem: Problem, assignments: readonly Assignment[]): Explanation {
  const story = new Story(problem, assignments);
  const last = [...assignments].sort((a, b) => b.end - a.end)[0];
  const criticalPath = last ? story.chainTo(last) : [];
  const lateJobs: LateJob[] = [];
  for (const job of problem.jobs) {
    if (job.due === undefined) continue;
    const finals = job.operations.flatMap((operation) => story.assignment(operation.id) ?? []);
    const final = finals.sort((a, b) => b.end - a.end)[0];
    if (final === undefined || final.end <= job.due) continue;
    const chain = story.chainTo(final);
    lateJobs.push({
      job: job.id,
      due: job.due,
      completion: final.end,
      late: final.end - job.due,
      chain,
      remedies: story.remedies(chain),
    });
  }
  lateJobs.sort((a, b) => b.late - a.late);
  return { criticalPath, remedies: story.remedies(criticalPath), lateJobs };
}

interface Waited {
  readonly cause: Cause;
  readonly until: number;
  readonly behind?: Assignment;
}

interface Link {
  readonly step: Step;
  readonly behind: Assignment | undefined;
}

class Story {
  readonly #problem: Problem;
  readonly #planned: ReadonlyMap<string, Assignment>;
  readonly #operations = new Map<string, { operation: Operation; job: string; release: number }>();
  readonly #machines: ReadonlyMap<string, Machine>;
  readonly #waits: ReadonlyMap<string, readonly string[]>;
  readonly #onMachine = new Map<string, Assignment[]>();
  readonly #ofOperator = new Map<string, Assignment[]>();
  /** By operation, told once: the chains of many late jobs run through the same links. */
  readonly #links = new Map<string, Link>();
  readonly #ready = new Map<string, number>();

  constructor(problem: Problem, assignments: readonly Assignment[]) {
    this.#problem = problem;
    this.#planned = new Map(assignments.map((entry) => [entry.operation, entry]));
    this.#machines = new Map(problem.machines.map((machine) => [machine.id, machine]));
    this.#waits = predecessorsOf(problem);
    for (const job of problem.jobs) {
      for (const operation of job.operations) {
        this.#operations.set(operation.id, {
          operation,
          job: job.id,
          release: Math.max(job.release ?? 0, operation.release ?? 0),
        });
      }
    }
    for (const entry of [...assignments].sort((a, b) => a.start - b.start)) {
      push(this.#onMachine, entry.machine, entry);
      if (entry.operator !== undefined) push(this.#ofOperator, entry.operator, entry);
    }
  }

  assignment(operation: string): Assignment | undefined {
    return this.#planned.get(operation);
  }

  /** Backwards from an operation through whatever each one waited for last. */
  chainTo(last: Assignment): Step[] {
    const chain: Step[] = [];
    const seen = new Set<string>();
    for (let entry: Assignment | undefined = last; entry && !seen.has(entry.operation); ) {
      seen.add(entry.operation);
      const { step, behind }: Link = this.#link(entry);
      chain.push(step);
      entry = behind;
    }
    chain.reverse();
    return chain;
  }

  #link(entry: Assignment): Link {
    const told = this.#links.get(entry.operation);
    if (told) return told;
    const { cause, behind } = this.#waited(entry);
    const step = {
      operation: entry.operation,
      job: this.#operations.get(entry.operation)?.job ?? '',
      machine: entry.machine,
      start: entry.start,
      end: entry.end,
      cause,
      ...(behind ? { behind: behind.operation } : {}),
    };
    const link = { step, behind };
    this.#links.set(entry.operation, link);
    return link;
  }

  #waited(entry: Assignment): Waited {
    const known = this.#operations.get(entry.operation);
    const machine = this.#machines.get(entry.machine);
    if (known?.operation.frozen) return { cause: 'frozen', until: entry.start };
    const reasons: Waited[] = [{ cause: 'release', until: known?.release ?? 0 }];
    for (const id of this.#waits.get(entry.operation) ?? []) {
      const before = this.#planned.get(id);
      if (before === undefined) continue;
      const lag = this.#operations.get(id)?.operation.lag ?? 0;
      const until = before.end + lag + this.#carried(before.machine, entry.machine);
      reasons.push({ cause: 'predecessor', until, behind: before });
    }
    const row = this.#onMachine.get(entry.machine) ?? [];
    const previous = row.filter((other) => other.start < entry.start).at(-1);
    if (previous) {
      const setup = this.#setup(machine, previous.operation, entry.operation);
      const cause = setup > 0 ? 'setup' : 'machine';
      reasons.push({ cause, until: previous.end + setup, behind: previous });
    }
    const person = entry.operator && this.#ofOperator.get(entry.operator);
    const task = person ? person.filter((other) => other.start < entry.start).at(-1) : undefined;
    if (task) reasons.push({ cause: 'operator', until: task.end, behind: task });
    const company = machine?.batch && row.filter((other) => other.start === entry.start);
    for (const other of company ?? []) {
      for (const id of this.#waits.get(other.operation) ?? []) {
        const before = this.#planned.get(id);
        if (other !== entry && before)
          reasons.push({ cause: 'batch', until: before.end, behind: before });
      }
    }
    reasons.sort((a, b) => b.until - a.until);
    const binding = reasons[0] ?? { cause: 'release', until: 0 };
    if (binding.until >= entry.start) return binding;
    // Later than everything it waited for: it was closed, or the plan chose to wait.
    const closed = machine?.calendar !== undefined || entry.operator !== undefined;
    return { ...binding, cause: closed ? 'calendar' : 'choice' };
  }

  #carried(from: string, to: string): number {
    const lag = this.#problem.transport?.findLast(
      (entry) => entry.from === from && entry.to === to,
    );
    return lag?.time ?? 0;
  }

  #setup(machine: Machine | undefined, from: string, to: string): number {
    const families = [from, to].map((id) => this.#operations.get(id)?.operation.family ?? '');
    const setup = machine?.setups?.times.findLast(
      (entry) => entry.from === families[0] && entry.to === families[1],
    );
    return setup?.time ?? 0;
  }

  /** What the chain waited for, summed by subject. */
  remedies(chain: readonly Step[]): Remedy[] {
    const totals = new Map<string, Remedy>();
    const add = (kind: Remedy['kind'], subject: string, upTo: number) => {
      if (upTo <= 0) return;
      const key = `${kind} ${subject}`;
      const before = totals.get(key)?.upTo ?? 0;
      totals.set(key, { kind, subject, upTo: before + upTo });
    };
    for (const step of chain) {
      const behind = step.behind === undefined ? undefined : this.#planned.get(step.behind);
      // With the resource free, it could have started when its own predecessors allowed.
      const wait = step.start - this.#readyDate(step.operation, step.machine);
      if (step.cause === 'machine') add('machine', step.machine, wait);
      else if (step.cause === 'setup') {
        add('setup', step.machine, Math.min(wait, step.start - (behind?.end ?? step.start)));
        add('machine', step.machine, (behind?.end ?? 0) - (step.start - wait));
      } else if (step.cause === 'operator') add('operator', step.machine, wait);
      else if (step.cause === 'calendar') add('shift', step.machine, wait);
      else if (step.cause === 'frozen') add('freeze', step.operation, wait);
      else if (step.cause === 'release') add('release', step.job, step.start);
    }
    return [...totals.values()].sort((a, b) => b.upTo - a.upTo);
  }

  /** When its own predecessors let an operation start on the machine it is planned on. */
  #readyDate(operation: string, machine: string): number {
    const told = this.#ready.get(operation);
    if (told !== undefined) return told;
    let date = this.#operations.get(operation)?.release ?? 0;
    for (const id of this.#waits.get(operation) ?? []) {
      const before = this.#planned.get(id);
      if (before === undefined) continue;
      const lag = this.#operations.get(id)?.operation.lag ?? 0;
      date = Math.max(date, before.end + lag + this.#carried(before.machine, machine));
    }
    this.#ready.set(operation, date);
    return date;
  }
}

function push(map: Map<string, Assignment[]>, key: string, entry: Assignment): void {
  const list = map.get(key);
  if (list) list.push(entry);
  else map.set(key, [entry]);
}
