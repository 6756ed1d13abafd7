import type { Assignment, Machine, Mode, Operation, Operator, Problem, Window } from './model.ts';

/** One way in which a schedule breaks the problem's rules. */
export interface Violation {
  readonly rule:
    | 'missing'
    | 'unknown'
    | 'mode'
    | 'duration'
    | 'release'
    | 'deadline'
    | 'precedence'
    | 'machine'
    | 'setup'
    | 'batch'
    | 'calendar'
    | 'operator'
    | 'blocking'
    | 'frozen'
    | 'value';
  readonly message: string;
  readonly subjects: readonly string[];
}

interface Item {
  readonly operation: Operation;
  readonly mode: Mode;
  readonly assignment: Assignment;
  readonly jobId: string;
  readonly release: number;
  readonly waits: readonly string[];
}

/**
 * Checks a schedule against the problem from first principles, and its claimed value when given. It
 * shares no code with the searches: plain records and pairwise tests, slow and easy to follow.
 * An empty list means the schedule is right. Values over scenarios are not recomputed here.
 */
export function check(
  problem: Problem,
  assignments: readonly Assignment[],
  claimed?: number,
): Violation[] {
  const found: Violation[] = [];
  const report = (rule: Violation['rule'], message: string, ...subjects: string[]) => {
    found.push({ rule, message, subjects });
  };
  const items = collect(problem, assignments, report);
  if (found.length > 0) return found;
  const machines = new Map(problem.machines.map((machine) => [machine.id, machine]));
  for (const entry of items.values()) checkOne(problem, entry, items, machines, report);
  for (const machine of problem.machines) checkMachine(problem, machine, items, report);
  for (const operator of problem.operators ?? []) checkOperator(operator, items, report);
  checkDeadlines(problem, items, report);
  if (claimed !== undefined && (problem.scenarios ?? []).length === 0) {
    const value = planValue(problem, assignments);
    if (Math.abs(value - claimed) > 1e-6 * Math.max(1, Math.abs(value))) {
      report('value', `The value is ${value}, not ${claimed}.`);
    }
  }
  return found;
}

/** The objective of a schedule at the stated times, the stability term included. */
export function planValue(problem: Problem, assignments: readonly Assignment[]): number {
  const ends = new Map(assignments.map((entry) => [entry.operation, entry.end]));
  const kind = problem.objective.kind === 'cvar' ? problem.objective.of : problem.objective.kind;
  let value = 0;
  for (const job of problem.jobs) {
    const completion = Math.max(...job.operations.map((operation) => ends.get(operation.id) ?? 0));
    const late = Math.max(0, completion - (job.due ?? Number.POSITIVE_INFINITY));
    if (kind === 'makespan') value = Math.max(value, completion);
    else if (late > 0) value += (job.weight ?? 1) * (kind === 'late-jobs' ? 1 : late);
  }
  const stability = problem.stability;
  if (stability) {
    const now = new Map(assignments.map((entry) => [entry.operation, entry]));
    for (const earlier of stability.plan) {
      const entry = now.get(earlier.operation);
      if (entry === undefined) continue;
      value += stability.perShift * Math.abs(entry.start - earlier.start);
      if (entry.machine !== earlier.machine) value += stability.perMove;
    }
  }
  return value;
}

type Report = (rule: Violation['rule'], message: string, ...subjects: string[]) => void;

function collect(problem: Problem, assignments: readonly Assignment[], report: Report) {
  const items = new Map<string, Item>();
  const given = new Map<string, Assignment>();
  for (const assignment of assignments) {
    if (given.has(assignment.operation))
      report('unknown', 'An operation is planned twice.', assignment.operation);
    given.set(assignment.operation, assignment);
  }
  let known = 0;
  for (const job of problem.jobs) {
    let previous: Operation | undefined;
    for (const operation of job.operations) {
      known++;
      const waits = operation.after ?? (previous ? [previous.id] : []);
      previous = operation;
      const assignment = given.get(operation.id);
      if (assignment === undefined) {
        report('missing', `${operation.id} is not planned.`, operation.id);
        continue;
      }
      const mode = operation.modes.find((entry) => entry.machine === assignment.machine);
      if (mode === undefined) {
        report('mode', `${operation.id} cannot be done on ${assignment.machine}.`, operation.id);
        continue;
      }
      items.set(operation.id, {
        operation,
        mode,
        assignment,
        jobId: job.id,
        release: Math.max(job.release ?? 0, operation.release ?? 0),
        waits,
      });
    }
  }
  if (given.size > known) report('unknown', 'The plan holds operations the problem does not.');
  return items;
}

function transportTime(problem: Problem, from: string, to: string): number {
  let time = 0;
  for (const lag of problem.transport ?? [])
    if (lag.from === from && lag.to === to) time = lag.time;
  return time;
}

function openTime(calendar: readonly Window[] | undefined, start: number, end: number): number {
  if (calendar === undefined) return end - start;
  return calendar.reduce(
    (sum, window) => sum + Math.max(0, Math.min(end, window.end) - Math.max(start, window.start)),
    0,
  );
}

function isOpenAt(calendar: readonly Window[] | undefined, date: number): boolean {
  return (
    calendar === undefined || calendar.some((window) => window.start <= date && date < window.end)
  );
}

/** The rules one operation keeps with itself and with what it waits for. */
function checkOne(
  problem: Problem,
  entry: Item,
  items: ReadonlyMap<string, Item>,
  machines: ReadonlyMap<string, Machine>,
  report: Report,
): void {
  const { operation, mode, assignment } = entry;
  const { start, end } = assignment;
  const id = operation.id;
  const machine = machines.get(assignment.machine);
  if (start < entry.release) report('release', `${id} starts before its release.`, id);
  if (machine?.batch === undefined) {
    const worked = openTime(machine?.calendar, start, end);
    if (operation.resumable === true) {
      if (worked !== mode.time)
        report('duration', `${id} is worked on for ${worked}, not ${mode.time}.`, id);
      if (!isOpenAt(machine?.calendar, start)) report('calendar', `${id} starts while closed.`, id);
    } else {
      if (end - start !== mode.time)
        report('duration', `${id} takes ${end - start}, not ${mode.time}.`, id);
      if (worked !== end - start)
        report('calendar', `${id} runs while ${assignment.machine} is closed.`, id);
    }
  } else if (
    openTime(machine.calendar, start, end) !== end - start &&
    operation.resumable !== true
  ) {
    report('calendar', `${id} runs while ${assignment.machine} is closed.`, id);
  }
  for (const before of entry.waits) {
    const other = items.get(before);
    if (other === undefined) continue;
    const carried = transportTime(problem, other.assignment.machine, assignment.machine);
    const ready = other.assignment.end + (other.operation.lag ?? 0) + carried;
    if (start < ready)
      report('precedence', `${id} starts at ${start}, ${before} allows ${ready}.`, id, before);
  }
  const frozen = operation.frozen;
  const kept =
    frozen === undefined ||
    (frozen.machine === assignment.machine &&
      frozen.start === start &&
      (frozen.operator ?? assignment.operator) === assignment.operator);
  if (!kept) {
    report('frozen', `${id} does not keep its frozen place.`, id);
  }
  if (mode.skill !== undefined) {
    const skill = mode.skill;
    const operator = (problem.operators ?? []).find((person) => person.id === assignment.operator);
    if (!operator?.skills.includes(skill))
      report('operator', `${id} lacks an operator with ${skill}.`, id);
  }
}

/** One job at a time with set-ups, or batches; and room for what waits. */
function checkMachine(
  problem: Problem,
  machine: Machine,
  items: ReadonlyMap<string, Item>,
  report: Report,
): void {
  const here = [...items.values()]
    .filter((entry) => entry.assignment.machine === machine.id)
    .sort((a, b) => a.assignment.start - b.assignment.start || a.assignment.end - b.assignment.end);
  const departures = new Map<string, number>();
  if (machine.buffer !== undefined) checkBuffer(problem, machine, here, items, departures, report);
  if (machine.batch !== undefined) checkBatches(machine, here, report);
  const initial = machine.setups?.initial;
  let previous: Item | undefined;
  for (const entry of here) {
    const sameBatch =
      machine.batch !== undefined && previous?.assignment.start === entry.assignment.start;
    if (!sameBatch) {
      const busy = previous ? previous.assignment.end : 0;
      const from = previous ? (previous.operation.family ?? '') : initial;
      const setup = setupTime(machine, from, entry.operation.family ?? '');
      const held = previous ? (departures.get(previous.operation.id) ?? busy) : 0;
      const { start } = entry.assignment;
      const ids = [previous?.operation.id ?? machine.id, entry.operation.id];
      if (start < busy) report('machine', `${ids.join(' and ')} overlap on ${machine.id}.`, ...ids);
      else if (start < held) report('blocking', `${ids[0]} still blocks ${machine.id}.`, ...ids);
      else if (start < held + setup) report('setup', `No time to set ${machine.id} up.`, ...ids);
    }
    previous = entry;
  }
}

function setupTime(machine: Machine, from: string | undefined, to: string): number {
  let time = 0;
  for (const setup of machine.setups?.times ?? []) {
    if (setup.from === from && setup.to === to) time = setup.time;
  }
  return time;
}

function checkBatches(machine: Machine, here: readonly Item[], report: Report): void {
  const batches = new Map<number, Item[]>();
  for (const entry of here) {
    const batch = batches.get(entry.assignment.start) ?? [];
    batch.push(entry);
    batches.set(entry.assignment.start, batch);
  }
  for (const batch of batches.values()) {
    const ids = batch.map((entry) => entry.operation.id);
    const room = batch.reduce((sum, entry) => sum + (entry.operation.size ?? 1), 0);
    if (room > (machine.batch?.capacity ?? 0))
      report('batch', `A batch overfills ${machine.id}.`, ...ids);
    if (new Set(batch.map((entry) => entry.operation.family ?? '')).size > 1) {
      report('batch', `A batch on ${machine.id} mixes families.`, ...ids);
    }
    const longest = Math.max(...batch.map((entry) => entry.mode.time));
    for (const { assignment, operation } of batch) {
      const worked =
        operation.resumable === true
          ? openTime(machine.calendar, assignment.start, assignment.end)
          : assignment.end - assignment.start;
      if (worked !== longest)
        report('duration', `${operation.id} does not last as long as its batch.`, operation.id);
    }
  }
}

/**
 * Finished work leaves for the buffer when there is room, else it stays on the machine. The earliest
 * possible departures are found by giving places in order of completion.
 */
function checkBuffer(
  problem: Problem,
  machine: Machine,
  here: readonly Item[],
  items: ReadonlyMap<string, Item>,
  departures: Map<string, number>,
  report: Report,
): void {
  const places = machine.buffer ?? 0;
  const taken: { from: number; to: number }[] = [];
  for (const entry of [...here].sort((a, b) => a.assignment.end - b.assignment.end)) {
    const id = entry.operation.id;
    const followers = [...items.values()].filter((other) => other.waits.includes(id));
    const end = entry.assignment.end;
    const wanted = followers.map(
      (other) =>
        other.assignment.start - transportTime(problem, machine.id, other.assignment.machine),
    );
    const gone = Math.max(end, ...wanted);
    let leave = gone;
    // Earliest moment from which a place stays free until the work is called for.
    const moments = [end, ...taken.map((span) => span.to)].filter(
      (date) => date >= end && date < gone,
    );
    for (const moment of moments.sort((a, b) => b - a)) {
      const full = [moment, ...taken.map((span) => span.from)].some(
        (date) =>
          date >= moment &&
          date < gone &&
          taken.filter((span) => span.from <= date && date < span.to).length >= places,
      );
      if (full) break;
      leave = moment;
    }
    if (leave < gone) taken.push({ from: leave, to: gone });
    departures.set(id, leave);
    if (leave < end) report('blocking', `${id} leaves before it is done.`, id);
  }
}

function checkOperator(operator: Operator, items: ReadonlyMap<string, Item>, report: Report): void {
  const work = [...items.values()]
    .filter((entry) => entry.assignment.operator === operator.id)
    .sort((a, b) => a.assignment.start - b.assignment.start);
  let previous: Assignment | undefined;
  for (const { assignment } of work) {
    const { operation, start, end } = assignment;
    if (openTime(operator.calendar, start, end) !== end - start) {
      report('operator', `${operator.id} is away during ${operation}.`, operation);
    }
    // One person may attend a whole batch.
    const together = previous?.machine === assignment.machine && previous.start === start;
    if (previous && !together && start < previous.end) {
      report('operator', `${operator.id} is needed twice at once.`, operation, previous.operation);
    }
    previous = assignment;
  }
}

function checkDeadlines(problem: Problem, items: ReadonlyMap<string, Item>, report: Report): void {
  for (const job of problem.jobs) {
    const deadline = job.deadline;
    if (deadline === undefined) continue;
    const completion = Math.max(
      ...job.operations.map((operation) => items.get(operation.id)?.assignment.end ?? 0),
    );
    if (completion > deadline)
      report('deadline', `${job.id} ends at ${completion}, after ${deadline}.`, job.id);
  }
}
