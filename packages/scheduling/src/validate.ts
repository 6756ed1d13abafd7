import type { Machine, Mode, Operation, Problem, Window } from './model.ts';
import { bad, good, type Result, type SchedulingProblem } from './result.ts';
import { item } from './typed.ts';

/** More than this is refused: a plan of that size should be cut into areas or periods first. */
export const MAX_OPERATIONS = 50_000;

/** Times beyond this are refused, so that sums stay exact in 32 bits. */
const MAX_TIME = 100_000_000;

type Finding = { readonly ok: false; readonly problem: SchedulingProblem } | undefined;

/**
 * Looks for everything that makes a problem meaningless whatever the schedule, in the order a person
 * would want to hear it. Says nothing about capacity: that is `findConflict`'s part.
 */
export function validate(problem: Problem): Result<Problem> {
  const finding =
    checkSize(problem) ??
    checkIds(problem) ??
    checkTimes(problem) ??
    checkReferences(problem) ??
    checkCycles(problem) ??
    checkCalendars(problem) ??
    checkBatches(problem) ??
    checkObjective(problem);
  return finding ?? good(problem);
}

/** What each operation must wait for, the default chain made explicit. */
export function predecessorsOf(problem: Problem): Map<string, readonly string[]> {
  const before = new Map<string, readonly string[]>();
  for (const job of problem.jobs) {
    let previous: string | undefined;
    for (const operation of job.operations) {
      before.set(operation.id, operation.after ?? (previous === undefined ? [] : [previous]));
      previous = operation.id;
    }
  }
  return before;
}

function operationsOf(problem: Problem): Operation[] {
  return problem.jobs.flatMap((job) => job.operations);
}

function checkSize(problem: Problem): Finding {
  let count = 0;
  for (const job of problem.jobs) count += job.operations.length;
  if (count === 0) return bad('EMPTY_PROBLEM', 'There is no operation to schedule.');
  if (count > MAX_OPERATIONS) {
    return bad('TOO_LARGE', `${count} operations are more than the limit of ${MAX_OPERATIONS}.`);
  }
  const empty = problem.jobs.find((job) => job.operations.length === 0);
  if (empty) return bad('EMPTY_PROBLEM', `Job ${empty.id} has no operation.`, [empty.id]);
  return undefined;
}

function checkIds(problem: Problem): Finding {
  const kinds = [
    problem.machines.map((machine) => machine.id),
    problem.jobs.map((job) => job.id),
    operationsOf(problem).map((operation) => operation.id),
    (problem.operators ?? []).map((operator) => operator.id),
  ];
  for (const ids of kinds) {
    const seen = new Set<string>();
    for (const id of ids) {
      if (seen.has(id)) return bad('DUPLICATE_ID', `The identifier ${id} is used twice.`, [id]);
      seen.add(id);
    }
  }
  return undefined;
}

function isTime(value: number, least: number): boolean {
  return Number.isInteger(value) && value >= least && value <= MAX_TIME;
}

function checkTimes(problem: Problem): Finding {
  const wrong = (what: string, value: number, subject: string) =>
    bad('BAD_TIME', `${what} of ${subject} is ${value}; a whole number within limits is needed.`, [
      subject,
    ]);
  for (const job of problem.jobs) {
    if (!isTime(job.release ?? 0, 0)) return wrong('The release', job.release ?? 0, job.id);
    if (!isTime(job.due ?? 0, 0)) return wrong('The due date', job.due ?? 0, job.id);
    if (!isTime(job.deadline ?? 0, 0)) return wrong('The deadline', job.deadline ?? 0, job.id);
    const weight = job.weight ?? 1;
    if (!Number.isFinite(weight) || weight < 0) return wrong('The weight', weight, job.id);
    for (const operation of job.operations) {
      for (const mode of operation.modes) {
        if (!isTime(mode.time, 1)) return wrong('The processing time', mode.time, operation.id);
      }
      if (!isTime(operation.release ?? 0, 0)) {
        return wrong('The release', operation.release ?? 0, operation.id);
      }
      if (!isTime(operation.lag ?? 0, 0)) return wrong('The lag', operation.lag ?? 0, operation.id);
      if (!isTime(operation.size ?? 1, 1))
        return wrong('The size', operation.size ?? 1, operation.id);
      const start = operation.frozen?.start ?? 0;
      if (!isTime(start, 0)) return wrong('The frozen start', start, operation.id);
    }
  }
  for (const machine of problem.machines) {
    if (!isTime(machine.buffer ?? 0, 0))
      return wrong('The buffer', machine.buffer ?? 0, machine.id);
    const capacity = machine.batch?.capacity ?? 1;
    if (!isTime(capacity, 1)) return wrong('The batch capacity', capacity, machine.id);
    for (const setup of machine.setups?.times ?? []) {
      if (!isTime(setup.time, 0)) return wrong('A set-up time', setup.time, machine.id);
    }
  }
  for (const lag of problem.transport ?? []) {
    if (!isTime(lag.time, 0))
      return wrong('The transport time', lag.time, `${lag.from} to ${lag.to}`);
  }
  return undefined;
}

function checkReferences(problem: Problem): Finding {
  const machines = new Set(problem.machines.map((machine) => machine.id));
  const operations = new Set(operationsOf(problem).map((operation) => operation.id));
  const skills = new Set((problem.operators ?? []).flatMap((operator) => operator.skills));
  const unknown = (id: string, by: string) =>
    bad('UNKNOWN_MACHINE', `${by} names the machine ${id}, which does not exist.`, [id, by]);
  for (const operation of operationsOf(problem)) {
    if (operation.modes.length === 0) {
      return bad('NO_MODES', `Operation ${operation.id} has no machine.`, [operation.id]);
    }
    for (const mode of operation.modes) {
      if (!machines.has(mode.machine)) return unknown(mode.machine, operation.id);
      if (mode.skill !== undefined && !skills.has(mode.skill)) {
        const message = `No operator has the skill ${mode.skill} that ${operation.id} needs.`;
        return bad('UNKNOWN_SKILL', message, [mode.skill, operation.id]);
      }
    }
    for (const before of operation.after ?? []) {
      if (!operations.has(before)) {
        const message = `Operation ${operation.id} waits for ${before}, which does not exist.`;
        return bad('UNKNOWN_OPERATION', message, [before, operation.id]);
      }
    }
    const frozen = operation.frozen;
    const operator = (problem.operators ?? []).find((person) => person.id === frozen?.operator);
    if (frozen?.operator !== undefined && operator === undefined) {
      const message = `Operation ${operation.id} is frozen with ${frozen.operator}, who does not exist.`;
      return bad('CONTRADICTORY_FREEZES', message, [operation.id, frozen.operator]);
    }
    if (frozen && !operation.modes.some((mode) => mode.machine === frozen.machine)) {
      const message = `Operation ${operation.id} is frozen on ${frozen.machine}, where it cannot be done.`;
      return bad('CONTRADICTORY_FREEZES', message, [operation.id, frozen.machine]);
    }
  }
  for (const lag of problem.transport ?? []) {
    for (const id of [lag.from, lag.to]) if (!machines.has(id)) return unknown(id, 'transport');
  }
  return undefined;
}

/** Finds a cycle of the precedence relation and names its operations in order. */
function checkCycles(problem: Problem): Finding {
  const before = predecessorsOf(problem);
  const state = new Map<string, 'open' | 'done'>();
  for (const start of before.keys()) {
    if (state.has(start)) continue;
    const stack: { id: string; next: number }[] = [{ id: start, next: 0 }];
    state.set(start, 'open');
    while (stack.length > 0) {
      const top = item(stack, stack.length - 1);
      const waits = before.get(top.id) ?? [];
      if (top.next === waits.length) {
        state.set(top.id, 'done');
        stack.pop();
        continue;
      }
      const id = item(waits, top.next++);
      if (state.get(id) === 'open') {
        const cycle = stack
          .slice(stack.findIndex((entry) => entry.id === id))
          .map((entry) => entry.id);
        const message = `These operations wait for each other: ${cycle.join(', ')}.`;
        return bad('PRECEDENCE_CYCLE', message, cycle);
      }
      if (!state.has(id)) {
        state.set(id, 'open');
        stack.push({ id, next: 0 });
      }
    }
  }
  return undefined;
}

function checkCalendars(problem: Problem): Finding {
  for (const owner of [...problem.machines, ...(problem.operators ?? [])]) {
    let last = 0;
    for (const window of owner.calendar ?? []) {
      if (!isTime(window.start, last) || !isTime(window.end, window.start + 1)) {
        const message = `The calendar of ${owner.id} is not a list of windows in order of time.`;
        return bad('BAD_CALENDAR', message, [owner.id]);
      }
      last = window.end;
    }
  }
  const machines = new Map(problem.machines.map((machine) => [machine.id, machine]));
  for (const job of problem.jobs) {
    for (const operation of job.operations) {
      const possible = operation.modes.some((mode) =>
        modeFits(
          problem,
          machines.get(mode.machine),
          operation,
          mode,
          Math.max(job.release ?? 0, operation.release ?? 0),
        ),
      );
      if (!possible) {
        const owners = [...new Set(operation.modes.map((mode) => mode.machine))];
        const message = `No calendar of ${owners.join(', ')} leaves room for operation ${operation.id}.`;
        return bad('IMPOSSIBLE_CALENDAR', message, [operation.id, ...owners]);
      }
    }
  }
  return undefined;
}

function modeFits(
  problem: Problem,
  machine: Machine | undefined,
  operation: Operation,
  mode: Mode,
  release: number,
): boolean {
  if (!calendarFits(machine?.calendar, mode.time, release, operation.resumable === true))
    return false;
  if (mode.skill === undefined) return true;
  const skill = mode.skill;
  return (problem.operators ?? []).some(
    (operator) =>
      operator.skills.includes(skill) && calendarFits(operator.calendar, mode.time, release, false),
  );
}

function calendarFits(
  calendar: readonly Window[] | undefined,
  time: number,
  release: number,
  resumable: boolean,
): boolean {
  if (calendar === undefined) return true;
  let sum = 0;
  for (const window of calendar) {
    const room = window.end - Math.max(window.start, release);
    if (room <= 0) continue;
    if (room >= time) return true;
    sum += room;
  }
  return resumable && sum >= time;
}

function checkBatches(problem: Problem): Finding {
  const capacity = new Map(problem.machines.map((m) => [m.id, m.batch?.capacity]));
  for (const operation of operationsOf(problem)) {
    const size = operation.size ?? 1;
    const fits = operation.modes.some((mode) => size <= (capacity.get(mode.machine) ?? size));
    if (!fits) {
      const message = `Operation ${operation.id} of size ${size} fits no batch of its machines.`;
      return bad('BATCH_TOO_SMALL', message, [operation.id]);
    }
  }
  return undefined;
}

function checkObjective(problem: Problem): Finding {
  const { objective, scenarios, stability } = problem;
  if (objective.kind === 'cvar') {
    if (!(objective.level >= 0 && objective.level < 1)) {
      return bad(
        'BAD_OBJECTIVE',
        `The level ${objective.level} of the tail mean is not in [0, 1).`,
      );
    }
    if (scenarios === undefined || scenarios.length === 0) {
      return bad('BAD_OBJECTIVE', 'The tail mean needs scenarios.');
    }
  }
  if (stability && !(stability.perShift >= 0 && stability.perMove >= 0)) {
    return bad('BAD_OBJECTIVE', 'The costs of changing a plan must not be negative.');
  }
  const operations = new Set(operationsOf(problem).map((operation) => operation.id));
  for (const scenario of scenarios ?? []) {
    for (const [id, factor] of Object.entries(scenario.factors)) {
      if (!operations.has(id))
        return bad('BAD_SCENARIO', `A scenario names ${id}, which does not exist.`, [id]);
      if (!Number.isFinite(factor) || factor < 0 || factor > 1000) {
        return bad('BAD_SCENARIO', `The factor ${factor} of ${id} is not within 0 and 1000.`, [id]);
      }
    }
  }
  return undefined;
}
