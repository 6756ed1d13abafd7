import type { Problem } from './model.ts';
import { at, item } from './typed.ts';
import { predecessorsOf } from './validate.ts';

/** A list of lists of numbers, flat: row i is values[first[i]] … values[first[i+1] − 1]. */
export interface Rows {
  readonly first: Int32Array;
  readonly values: Int32Array;
}

/** Beyond every date, and small enough to add to. */
export const FAR = 1_000_000_000;

/** A validated problem in numbers: operations, machines and operators by index. */
export interface Compiled {
  readonly problem: Problem;
  readonly n: number;
  readonly operationIds: readonly string[];
  readonly machineIds: readonly string[];
  readonly operatorIds: readonly string[];
  readonly index: ReadonlyMap<string, number>;
  readonly jobOf: Int32Array;
  /** Modes of operation x are rows modeFirst[x] … modeFirst[x+1] − 1 of the mode arrays. */
  readonly modeFirst: Int32Array;
  readonly modeMachine: Int32Array;
  readonly modeTime: Int32Array;
  /** Index into `skillHolders`, −1 without. */
  readonly modeSkill: Int32Array;
  readonly skillHolders: Rows;
  readonly before: Rows;
  readonly after: Rows;
  readonly lag: Int32Array;
  readonly release: Int32Array;
  readonly resumable: Uint8Array;
  readonly size: Int32Array;
  readonly family: Int32Array;
  readonly families: number;
  /** Set-up table of a machine (from × to, row `families` is the initial state), or undefined. */
  readonly setups: readonly (Int32Array | undefined)[];
  readonly calendars: readonly (Int32Array | undefined)[];
  readonly operatorCalendars: readonly (Int32Array | undefined)[];
  /** Machine × machine, or undefined when nothing takes time to carry. */
  readonly transport: Int32Array | undefined;
  /** 0: no batching. */
  readonly capacity: Int32Array;
  /** −1: unlimited. */
  readonly buffer: Int32Array;
  readonly frozenMode: Int32Array;
  readonly frozenStart: Int32Array;
  /** −1: whoever is free. */
  readonly frozenOperator: Int32Array;
  /** Every operation after all it waits for. */
  readonly topological: Int32Array;
  readonly jobs: number;
  readonly due: Int32Array;
  readonly deadline: Int32Array;
  readonly weight: Float64Array;
  readonly features: Features;
}

/** What a problem needs beyond the plain job shop; picks the search that can serve it. */
export interface Features {
  /** Calendars, set-ups, batches, buffers, operators, transport, freezes or deadlines. */
  readonly rich: boolean;
  /** Every job a chain on fixed machines without lags. */
  readonly classical: boolean;
}

/** Turns a validated problem into arrays. */
export function compile(problem: Problem): Compiled {
  const machineIds = problem.machines.map((machine) => machine.id);
  const machineIndex = indexOf(machineIds);
  const operators = problem.operators ?? [];
  const operations = problem.jobs.flatMap((job) => job.operations);
  const operationIds = operations.map((operation) => operation.id);
  const index = indexOf(operationIds);
  const n = operations.length;
  const numberOf = (map: ReadonlyMap<string, number>, id: string) => map.get(id) ?? -1;

  const families = indexOf([...new Set(operations.map((operation) => operation.family ?? ''))]);
  const skills = indexOf([...new Set(operators.flatMap((operator) => operator.skills))]);
  const jobOf = new Int32Array(n);
  const release = new Int32Array(n);
  let x = 0;
  problem.jobs.forEach((job, j) => {
    for (const operation of job.operations) {
      jobOf[x] = j;
      release[x++] = Math.max(job.release ?? 0, operation.release ?? 0);
    }
  });

  const capacities = problem.machines.map((machine) => machine.batch?.capacity ?? 0);
  // A mode whose batch cannot hold the operation is no mode at all.
  const modes = operations.map((operation) =>
    operation.modes.filter((mode) => {
      const capacity = item(capacities, numberOf(machineIndex, mode.machine));
      return capacity === 0 || (operation.size ?? 1) <= capacity;
    }),
  );
  const flat = modes.flat();
  const modeFirst = new Int32Array(n + 1);
  modes.forEach((list, i) => {
    modeFirst[i + 1] = at(modeFirst, i) + list.length;
  });

  const waits = predecessorsOf(problem);
  const before = rows(
    operationIds.map((id) => (waits.get(id) ?? []).map((b) => numberOf(index, b))),
  );
  const after = transpose(before, n);
  const frozenMode = new Int32Array(n).fill(-1);
  const frozenStart = new Int32Array(n).fill(-1);
  const frozenOperator = new Int32Array(n).fill(-1);
  operations.forEach((operation, i) => {
    const frozen = operation.frozen;
    if (frozen === undefined) return;
    const position = item(modes, i).findIndex((mode) => mode.machine === frozen.machine);
    frozenMode[i] = at(modeFirst, i) + position;
    frozenStart[i] = frozen.start;
    frozenOperator[i] = operators.findIndex((operator) => operator.id === frozen.operator);
  });

  const calendars = problem.machines.map((machine) => flattenCalendar(machine.calendar));
  const setups = problem.machines.map((machine) => setupTable(machine.setups, families));
  const transport = transportTable(problem, machineIndex);
  const due = Int32Array.from(problem.jobs, (job) => job.due ?? FAR);
  const deadline = Int32Array.from(problem.jobs, (job) => job.deadline ?? FAR);
  const lag = Int32Array.from(operations, (operation) => operation.lag ?? 0);
  const rich =
    transport !== undefined ||
    [...calendars, ...setups].some((entry) => entry !== undefined) ||
    problem.machines.some(
      (machine) => machine.batch !== undefined || machine.buffer !== undefined,
    ) ||
    flat.some((mode) => mode.skill !== undefined) ||
    frozenMode.some((mode) => mode >= 0) ||
    deadline.some((date) => date < FAR);
  const chained = operations.every(
    (operation) => operation.after === undefined && operation.release === undefined,
  );

  return {
    problem,
    n,
    operationIds,
    machineIds,
    operatorIds: operators.map((operator) => operator.id),
    index,
    jobOf,
    modeFirst,
    modeMachine: Int32Array.from(flat, (mode) => numberOf(machineIndex, mode.machine)),
    modeTime: Int32Array.from(flat, (mode) => mode.time),
    modeSkill: Int32Array.from(flat, (mode) =>
      mode.skill === undefined ? -1 : numberOf(skills, mode.skill),
    ),
    skillHolders: rows(
      [...skills.keys()].map((skill) =>
        operators.flatMap((operator, o) => (operator.skills.includes(skill) ? [o] : [])),
      ),
    ),
    before,
    after,
    lag,
    release,
    resumable: Uint8Array.from(operations, (operation) => (operation.resumable === true ? 1 : 0)),
    size: Int32Array.from(operations, (operation) => operation.size ?? 1),
    family: Int32Array.from(operations, (operation) => numberOf(families, operation.family ?? '')),
    families: families.size,
    setups,
    calendars,
    operatorCalendars: operators.map((operator) => flattenCalendar(operator.calendar)),
    transport,
    capacity: Int32Array.from(capacities),
    buffer: Int32Array.from(problem.machines, (machine) => machine.buffer ?? -1),
    frozenMode,
    frozenStart,
    frozenOperator,
    topological: topologicalOrder(before, after, n),
    jobs: problem.jobs.length,
    due,
    deadline,
    weight: Float64Array.from(problem.jobs, (job) => job.weight ?? 1),
    features: {
      rich,
      classical: !rich && chained && flat.length === n && lag.every((time) => time === 0),
    },
  };
}

function indexOf(ids: readonly string[]): Map<string, number> {
  return new Map(ids.map((id, i) => [id, i]));
}

function rows(lists: readonly (readonly number[])[]): Rows {
  const first = new Int32Array(lists.length + 1);
  lists.forEach((list, i) => {
    first[i + 1] = at(first, i) + list.length;
  });
  return { first, values: Int32Array.from(lists.flat()) };
}

function transpose(relation: Rows, n: number): Rows {
  const lists: number[][] = Array.from({ length: n }, () => []);
  for (let x = 0; x < n; x++) {
    for (let k = at(relation.first, x); k < at(relation.first, x + 1); k++) {
      item(lists, at(relation.values, k)).push(x);
    }
  }
  return rows(lists);
}

function topologicalOrder(before: Rows, after: Rows, n: number): Int32Array {
  const waiting = new Int32Array(n);
  const order = new Int32Array(n);
  let filled = 0;
  for (let x = 0; x < n; x++) {
    waiting[x] = at(before.first, x + 1) - at(before.first, x);
    if (at(waiting, x) === 0) order[filled++] = x;
  }
  for (let i = 0; i < filled; i++) {
    const x = at(order, i);
    for (let k = at(after.first, x); k < at(after.first, x + 1); k++) {
      const y = at(after.values, k);
      waiting[y] = at(waiting, y) - 1;
      if (at(waiting, y) === 0) order[filled++] = y;
    }
  }
  return order;
}

/** Start, end, start, end …, touching windows joined. */
function flattenCalendar(
  calendar: readonly { readonly start: number; readonly end: number }[] | undefined,
): Int32Array | undefined {
  if (calendar === undefined) return undefined;
  const edges: number[] = [];
  for (const window of calendar) {
    if (edges.at(-1) === window.start) edges.pop();
    else edges.push(window.start);
    edges.push(window.end);
  }
  return Int32Array.from(edges);
}

function setupTable(
  setups: Problem['machines'][number]['setups'],
  families: ReadonlyMap<string, number>,
): Int32Array | undefined {
  if (setups === undefined) return undefined;
  const count = families.size;
  const table = new Int32Array((count + 1) * count);
  for (const setup of setups.times) {
    const from = families.get(setup.from);
    const to = families.get(setup.to);
    if (to === undefined) continue;
    if (from !== undefined) table[from * count + to] = setup.time;
    if (setup.from === setups.initial) table[count * count + to] = setup.time;
  }
  return table;
}

function transportTable(
  problem: Problem,
  machines: ReadonlyMap<string, number>,
): Int32Array | undefined {
  const lags = problem.transport ?? [];
  if (lags.every((lag) => lag.time === 0)) return undefined;
  const count = machines.size;
  const table = new Int32Array(count * count);
  for (const lag of lags) {
    table[(machines.get(lag.from) ?? 0) * count + (machines.get(lag.to) ?? 0)] = lag.time;
  }
  return table;
}
