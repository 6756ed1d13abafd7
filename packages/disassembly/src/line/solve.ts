import {
  Budget,
  drain,
  drainAsync,
  type SolveOptions,
  type Steps,
  type StoppedBy,
} from '../budget.ts';
import { seededRandom } from '../random.ts';
import { ok, type Result } from '../result.ts';
import { LineClimb } from './climb.ts';
import { type CompiledLine, compileLine, type LineProblem, type LineValue } from './problem.ts';
import { LineStates, MEASURES } from './states.ts';

export interface LinePlan {
  /** Task ids, station by station, each in the order of work. */
  readonly stations: readonly (readonly string[])[];
  readonly value: LineValue;
  /** No balance has a value below this one, measures compared in order. */
  readonly bound: LineValue;
  readonly status: 'optimal' | 'feasible';
  readonly stoppedBy: StoppedBy;
  readonly iterations: number;
  readonly elapsedMs: number;
}

/** States kept at once; beyond it the exact search gives way to wider beams. */
const MOST_STATES = 1_500_000;
const MOST_CELLS = 120_000_000;
const BATCH = 32;
/** Moves of the climb between two batches of the exact search. */
const MOVES = 400;

interface Incumbent {
  value: Float64Array;
  /** Task rows by station. */
  stations: readonly (readonly number[])[];
}

/**
 * Balances a disassembly line, measures in the order of McGovern & Gupta (2007, EJOR 179(3)):
 * stations, smoothness, hazardous parts early, demanded parts early, turns. Three beams give a good
 * balance at once; then best-first search over (tasks done, load of the open station, last
 * direction) with lexicographic bounds proves the optimum, while a climb over whole balances improves
 * the best known between its batches; when memory is full,
 * beams twice as wide each go on to the deadline. One iteration is one state opened.
 *
 * @returns a balance with its bound, or a problem: malformed input (`CYCLE`, `UNKNOWN_ID`,
 *   `TASK_EXCEEDS_CYCLE` …); every budget has an answer, first-fit at least
 */
export function solveLine(problem: LineProblem, options: SolveOptions = {}): Result<LinePlan> {
  return drain(searchLine(problem, options));
}

/** As `solveLine`, letting the event loop run at least every 15 ms. */
export function solveLineAsync(
  problem: LineProblem,
  options: SolveOptions = {},
): Promise<Result<LinePlan>> {
  return drainAsync(searchLine(problem, options));
}

function* searchLine(problem: LineProblem, options: SolveOptions): Steps<Result<LinePlan>> {
  const budget = new Budget(options);
  const compiled = compileLine(problem);
  if (!compiled.ok) return compiled;
  const line = compiled.value;
  const states = new LineStates(line);
  states.reset();
  let bound = states.boundOf(0);
  const best: Incumbent = { value: new Float64Array(MEASURES), stations: [] };
  keep(states, line, states.firstFit(), best);
  const improved = (): void => budget.report([...best.value], [...bound]);
  const met = (): boolean => best.value.every((value, k) => value <= (bound[k] ?? 0) + 1e-9);

  for (const width of [1, 16, 128]) {
    if (!met() && budget.open()) yield* beam(states, line, width, best, budget, improved);
  }
  if (!met() && budget.open()) {
    const climb = new LineClimb(problem, best.stations, seededRandom(options.seed ?? 1));
    const proven = yield* bestFirst(states, line, best, climb, budget, improved);
    if (proven) bound = proven;
  }
  for (let width = 512; !met() && budget.open() && width <= MOST_STATES / 4; width *= 2) {
    yield* beam(states, line, width, best, budget, improved);
  }

  return ok({
    stations: best.stations.map((station) => station.map((row) => problem.tasks[row]?.id ?? '')),
    value: named(best.value),
    bound: named(bound),
    status: met() ? 'optimal' : 'feasible',
    stoppedBy: met() ? 'proof' : (budget.stoppedBy ?? 'iterations'),
    iterations: budget.iteration,
    elapsedMs: budget.elapsedMs(),
  });
}

function named(value: Float64Array): LineValue {
  const [stations = 0, smoothness = 0, hazard = 0, demand = 0, turns = 0] = value;
  return { stations, smoothness, hazard, demand, turns };
}

function keep(states: LineStates, line: CompiledLine, state: number, best: Incumbent): void {
  const moves: number[] = [];
  for (let at = state; (states.parent[at] ?? -1) >= 0; at = states.parent[at] ?? -1) {
    moves.unshift(states.move[at] ?? 0);
  }
  const used = new Int32Array(line.size.length);
  const stations: number[][] = [];
  for (const move of moves) {
    const c = move < 0 ? -1 - move : move;
    if (move < 0) stations.push([]);
    stations.at(-1)?.push(line.members[c]?.[used[c] ?? 0] ?? 0);
    used[c] = (used[c] ?? 0) + 1;
  }
  best.value = states.boundOf(state);
  best.stations = stations;
}

/** One task a level; of each level the `width` states of best bound go on. */
function* beam(
  states: LineStates,
  line: CompiledLine,
  width: number,
  best: Incumbent,
  budget: Budget,
  improved: () => void,
): Steps<void> {
  let level = [states.reset()];
  while (level.length > 0) {
    const mark = states.count;
    const next: number[] = [];
    const seen = new Map<string, number>();
    for (const state of level) {
      if (!budget.next()) return;
      const first = states.expand(state);
      for (let child = first; child < states.count; child++) {
        if (!states.beats(child, best.value)) continue;
        if (states.complete(child)) {
          keep(states, line, child, best);
          improved();
          continue;
        }
        const key = states.key(child);
        const twin = seen.get(key);
        if (twin !== undefined && !states.cheaper(child, states.spentOf(twin))) continue;
        seen.set(key, child);
        next.push(child);
      }
      yield;
    }
    next.sort((a, b) => states.compare(a, b) || b - a);
    level = states.compact(mark, next.slice(0, width));
    yield;
  }
}

/**
 * Opens states in the order of their bound. Returns the proven bound, or undefined when memory or
 * budget ended before anything better than the first bound was known.
 */
function* bestFirst(
  states: LineStates,
  line: CompiledLine,
  best: Incumbent,
  climb: LineClimb,
  budget: Budget,
  improved: () => void,
): Steps<Float64Array | undefined> {
  const heap: number[] = [states.reset()];
  const spent = new Map<string, Float64Array>();
  const better = (a: number, b: number): boolean => (states.compare(a, b) || b - a) < 0;
  const room = Math.min(MOST_STATES, Math.floor(MOST_CELLS / line.size.length));
  let proven: Float64Array | undefined;
  for (;;) {
    const state = heap[0];
    if (state === undefined || !states.beats(state, best.value)) return best.value.slice();
    proven = states.boundOf(state);
    if (states.count > room || !budget.next()) return proven;
    pop(heap, better);
    const known = spent.get(states.key(state));
    if (known && states.cheaper(state, known) === false && !same(known, states.spentOf(state)))
      continue;
    const first = states.expand(state);
    let kept = first;
    for (let child = first; child < states.count; child++) {
      if (!states.beats(child, best.value)) continue;
      if (states.complete(child)) {
        keep(states, line, child, best);
        improved();
        continue;
      }
      const key = states.key(child);
      const before = spent.get(key);
      if (before && !states.cheaper(child, before)) continue;
      spent.set(key, states.spentOf(child));
      kept = child + 1;
      push(heap, child, better);
    }
    states.rewind(Math.max(kept, first));
    yield;
    if (budget.iteration % BATCH !== 0) continue;
    climb.adopt(best.stations);
    if (climb.run(MOVES)) {
      best.value = climb.value.slice();
      best.stations = climb.best;
      improved();
    }
  }
}

function same(a: Float64Array, b: Float64Array): boolean {
  return a.every((value, k) => value === b[k]);
}

function push(heap: number[], state: number, better: (a: number, b: number) => boolean): void {
  let k = heap.length;
  heap.push(state);
  while (k > 0) {
    const parent = (k - 1) >>> 1;
    const other = heap[parent] ?? 0;
    if (better(other, state)) break;
    heap[k] = other;
    k = parent;
  }
  heap[k] = state;
}

function pop(heap: number[], better: (a: number, b: number) => boolean): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let k = 0;
  for (;;) {
    let child = 2 * k + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && better(heap[child + 1] ?? 0, heap[child] ?? 0)) child++;
    const other = heap[child] ?? 0;
    if (better(last, other)) break;
    heap[k] = other;
    k = child;
  }
  heap[k] = last;
}
