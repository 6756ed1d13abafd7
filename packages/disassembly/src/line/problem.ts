import { ok, type Result, refuse } from '../result.ts';

/** Removal of one part on a paced line. */
export interface LineTask {
  readonly id: string;
  readonly time: number;
  /** The part is hazardous and should leave early. */
  readonly hazardous: boolean;
  /** How much the part is demanded; 0 when not. */
  readonly demand: number;
  /** Direction of removal, as a label (`+x`, `-z`); turning the product between two labels counts. */
  readonly direction?: string;
  /** Tasks that must all be done before. */
  readonly after: readonly string[];
  /** Groups of tasks, of each of which at least one must be done before. */
  readonly afterAny?: readonly (readonly string[])[];
}

export interface LineProblem {
  readonly cycleTime: number;
  readonly tasks: readonly LineTask[];
}

/**
 * Measures of a balance, in the order of importance of McGovern & Gupta (2007), all to be low:
 * stations, Σ (cycle − station time)², Σ position of hazardous parts, Σ position × demand, turns.
 */
export interface LineValue {
  readonly stations: number;
  readonly smoothness: number;
  readonly hazard: number;
  readonly demand: number;
  readonly turns: number;
}

export const MOST_TASKS = 2000;

/**
 * Tasks alike in every respect are one class, and only the number done matters: this keeps the
 * state space of sets with many equal parts small.
 */
export interface CompiledLine {
  readonly cycle: number;
  readonly whole: boolean;
  readonly total: number;
  readonly size: Int32Array;
  readonly time: Float64Array;
  readonly hazardous: Uint8Array;
  readonly demand: Float64Array;
  readonly direction: Int32Array;
  readonly directions: number;
  /** Classes that must be complete before. */
  readonly needAll: readonly (readonly number[])[];
  /** All classes that come before by way of `needAll`. */
  readonly allBefore: readonly (readonly number[])[];
  /** Groups of classes of which one must be begun before. */
  readonly needAny: readonly (readonly (readonly number[])[])[];
  /** Tasks of each class in the given order. */
  readonly members: readonly (readonly number[])[];
}

function checkTask(task: LineTask, cycleTime: number, known: ReadonlySet<string>): Result<true> {
  const { id, time, demand } = task;
  if (!Number.isFinite(time) || !Number.isFinite(demand)) {
    return refuse('NOT_A_NUMBER', `time or demand of ${id} is not a number`, [id]);
  }
  if (time < 0) return refuse('NEGATIVE', `time of ${id} is ${time}, below zero`, [id]);
  if (demand < 0) return refuse('NEGATIVE', `demand of ${id} is ${demand}, below zero`, [id]);
  if (time > cycleTime) {
    return refuse('TASK_EXCEEDS_CYCLE', `${id} takes ${time}, the cycle time is ${cycleTime}`, [
      id,
    ]);
  }
  for (const other of [...task.after, ...(task.afterAny ?? []).flat()]) {
    if (!known.has(other))
      return refuse('UNKNOWN_ID', `${id} waits for unknown task ${other}`, [id, other]);
  }
  if (task.afterAny?.some((group) => group.length === 0)) {
    return refuse('EMPTY', `${id} waits for one of an empty group`, [id]);
  }
  return ok(true);
}

/** A ring of tasks none of which can be first, or undefined when all can be done in some order. */
function findRing(tasks: readonly LineTask[]): string[] | undefined {
  const done = new Set<string>();
  const ready = (task: LineTask): boolean =>
    task.after.every((id) => done.has(id)) &&
    (task.afterAny ?? []).every((group) => group.some((id) => done.has(id)));
  let waiting = [...tasks];
  for (;;) {
    const rest = waiting.filter((task) => {
      if (!ready(task)) return true;
      done.add(task.id);
      return false;
    });
    if (rest.length === 0) return undefined;
    if (rest.length === waiting.length) break;
    waiting = rest;
  }
  const byId = new Map(waiting.map((task) => [task.id, task]));
  const path: string[] = [];
  let at = waiting[0];
  while (at && !path.includes(at.id)) {
    path.push(at.id);
    const blocker: string | undefined =
      at.after.find((id) => !done.has(id)) ??
      (at.afterAny ?? []).find((group) => !group.some((id) => done.has(id)))?.[0];
    at = blocker === undefined ? undefined : byId.get(blocker);
  }
  return at ? path.slice(path.indexOf(at.id)).reverse() : path;
}

function reach(needAll: readonly (readonly number[])[], from: number): number[] {
  const seen = new Set(needAll[from] ?? []);
  for (const c of seen) for (const d of needAll[c] ?? []) seen.add(d);
  return [...seen];
}

/** Checks every record, groups equal tasks into classes; names the first cause it refuses for. */
export function compileLine(problem: LineProblem): Result<CompiledLine> {
  const { tasks, cycleTime } = problem;
  if (tasks.length === 0) return refuse('EMPTY', 'there is no task to assign');
  if (tasks.length > MOST_TASKS) {
    return refuse('TOO_LARGE', `${tasks.length} tasks, at most ${MOST_TASKS} are balanced at once`);
  }
  if (!Number.isFinite(cycleTime)) return refuse('NOT_A_NUMBER', 'the cycle time is not a number');
  if (cycleTime <= 0) return refuse('NEGATIVE', `the cycle time is ${cycleTime}, not above zero`);
  const known = new Set<string>();
  for (const { id } of tasks) {
    if (known.has(id)) return refuse('DUPLICATE_ID', `${id} appears twice`, [id]);
    known.add(id);
  }
  for (const task of tasks) {
    const checked = checkTask(task, cycleTime, known);
    if (!checked.ok) return checked;
  }
  const ring = findRing(tasks);
  if (ring) return refuse('CYCLE', `tasks wait for each other: ${ring.join(' → ')}`, ring);

  const waitedBy = new Map<string, string[]>();
  const wait = (id: string, mark: string): void => {
    waitedBy.set(id, [...(waitedBy.get(id) ?? []), mark]);
  };
  for (const task of tasks) {
    for (const id of new Set(task.after)) wait(id, `${task.id}!`);
    for (const [g, group] of (task.afterAny ?? []).entries()) {
      for (const id of new Set(group)) wait(id, `${task.id}?${g}`);
    }
  }
  const classOf = new Map<string, number>();
  const byKind = new Map<string, number>();
  const members: number[][] = [];
  for (const [index, task] of tasks.entries()) {
    const kind = JSON.stringify([
      task.time,
      task.hazardous,
      task.demand,
      task.direction ?? '',
      [...new Set(task.after)].sort(),
      (task.afterAny ?? []).map((group) => [...new Set(group)].sort()),
      (waitedBy.get(task.id) ?? []).sort(),
    ]);
    const found = byKind.get(kind) ?? members.length;
    if (found === members.length) {
      byKind.set(kind, found);
      members.push([]);
    }
    members[found]?.push(index);
    classOf.set(task.id, found);
  }
  // Long tasks first: equal bounds are then explored in the order of first-fit decreasing.
  const first = members.map((rows) => tasks[rows[0] ?? 0]).filter((task) => task !== undefined);
  const order = [...first.keys()].sort((a, b) => (first[b]?.time ?? 0) - (first[a]?.time ?? 0));
  const newClass = new Map(order.map((old, now) => [old, now]));
  const classes = (ids: readonly string[]): number[] => [
    ...new Set(ids.map((id) => newClass.get(classOf.get(id) ?? 0) ?? 0)),
  ];
  const heads = order.map((old) => first[old]).filter((task) => task !== undefined);
  const labels = [...new Set(heads.map((task) => task.direction ?? ''))];
  const needAll = heads.map((task) => classes(task.after));
  return ok({
    cycle: cycleTime,
    whole: Number.isInteger(cycleTime) && tasks.every((task) => Number.isInteger(task.time)),
    total: tasks.length,
    size: Int32Array.from(order, (old) => (members[old] ?? []).length),
    time: Float64Array.from(heads, (task) => task.time),
    hazardous: Uint8Array.from(heads, (task) => (task.hazardous ? 1 : 0)),
    demand: Float64Array.from(heads, (task) => task.demand),
    direction: Int32Array.from(heads, (task) => labels.indexOf(task.direction ?? '')),
    directions: labels.length,
    needAll,
    allBefore: needAll.map((_, c) => reach(needAll, c)),
    needAny: heads.map((task) => (task.afterAny ?? []).map(classes)),
    members: order.map((old) => members[old] ?? []),
  });
}
