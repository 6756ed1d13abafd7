import {
  Budget,
  drain,
  drainAsync,
  type SolveOptions,
  type Steps,
  type StoppedBy,
} from '../budget.ts';
import { ok, type Result, refuse } from '../result.ts';
import { findDeadEnd } from './conflict.ts';
import { type AndOrGraph, type CompiledGraph, compileGraph } from './problem.ts';
import { valueItems, yieldWorth } from './values.ts';

/** Cost of changing between actions; the first tool and direction are paid too. */
export interface SetupPrices {
  readonly toolChange: number;
  readonly directionChange: number;
}

/** The next action, and how to go on after each finding; null: everything in hand is kept. */
export interface SetupNode {
  readonly action: string | null;
  readonly next: readonly {
    /** The finding after an inspection; absent after a disassembly. */
    readonly finding?: string;
    readonly probability: number;
    readonly onward: SetupNode;
  }[];
}

export interface SetupPlan {
  readonly value: number;
  /** Profit without any set-up: no plan can earn more. */
  readonly bound: number;
  readonly plan: SetupNode;
  readonly status: 'optimal' | 'feasible';
  readonly stoppedBy: StoppedBy;
  readonly iterations: number;
  readonly elapsedMs: number;
}

interface Found {
  readonly value: number;
  /** Action row, or -1 to stop. */
  readonly action: number;
}

const MOST_STATES = 400_000;
/** Actions in one course of the plan at most: the recursion is as deep. */
const MOST_DEPTH = 1500;

/**
 * Profit-optimal depth and sequence together, when a change of tool or of direction between
 * consecutive actions costs money. Exact by recursion over (items still worth work, tool,
 * direction), each state once; items that cannot gain even without set-ups are settled at once.
 * The problem is NP-hard: when the budget or the memory ends, the answer is that of a greedy policy
 * (fewest changes first) with the profit without set-ups as its bound. One iteration is one state.
 * Quantities must be whole numbers.
 */
export function solveGraphWithSetups(
  graph: AndOrGraph,
  prices: SetupPrices,
  options: SolveOptions = {},
): Result<SetupPlan> {
  return drain(searchSetups(graph, prices, options));
}

/** As `solveGraphWithSetups`, letting the event loop run at least every 15 ms. */
export function solveGraphWithSetupsAsync(
  graph: AndOrGraph,
  prices: SetupPrices,
  options: SolveOptions = {},
): Promise<Result<SetupPlan>> {
  return drainAsync(searchSetups(graph, prices, options));
}

function* searchSetups(
  graph: AndOrGraph,
  prices: SetupPrices,
  options: SolveOptions,
): Steps<Result<SetupPlan>> {
  const budget = new Budget(options);
  const compiled = compileGraph(graph);
  if (!compiled.ok) return compiled;
  const rows = compiled.value;
  if (!(prices.toolChange >= 0 && prices.directionChange >= 0)) {
    return refuse('NEGATIVE', 'a set-up price is not a number ≥ 0');
  }
  const split = rows.yieldWeight.findIndex(
    (weight, y) =>
      !Number.isInteger(weight) && graph.actions[actionOf(rows, y)]?.kind === 'disassemble',
  );
  if (split >= 0) {
    const id = graph.actions[actionOf(rows, split)]?.id ?? '';
    return refuse('NOT_AN_INTEGER', `${id} yields a fraction of an item`, [id]);
  }
  const values = valueItems(rows);
  const bound = values.value[rows.root] ?? 0;
  if (!Number.isFinite(bound)) return { ok: false, problem: findDeadEnd(graph, rows) };

  const greedy = new Policy(graph, rows, values.value, prices, true);
  const first = yield* greedy.best([rows.root], undefined, undefined, undefined);
  if (!first) {
    return refuse('TOO_LARGE', `over ${MOST_DEPTH} actions in a row or ${MOST_STATES} states`, [
      graph.root,
    ]);
  }
  let chosen = { policy: greedy, found: first };
  budget.report([first.value], [bound]);
  let optimal = first.value >= bound - 1e-9;
  if (!optimal) {
    const exact = new Policy(graph, rows, values.value, prices, false);
    const found = yield* exact.best([rows.root], undefined, undefined, budget);
    if (found) {
      chosen = { policy: exact, found };
      optimal = true;
      budget.report([found.value], [found.value]);
    }
  }
  return ok({
    value: chosen.found.value,
    bound: optimal ? chosen.found.value : bound,
    plan: chosen.policy.write([rows.root], undefined, undefined),
    status: optimal ? 'optimal' : 'feasible',
    stoppedBy: optimal ? 'proof' : (budget.stoppedBy ?? 'iterations'),
    iterations: budget.iteration,
    elapsedMs: budget.elapsedMs(),
  });
}

function actionOf(rows: CompiledGraph, y: number): number {
  let low = 0;
  let high = rows.yieldStart.length - 1;
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if ((rows.yieldStart[middle] ?? 0) <= y) low = middle;
    else high = middle;
  }
  return low;
}

/** Value and choice of every state met, keyed by what is in hand, the tool and the direction. */
class Policy {
  readonly #graph: AndOrGraph;
  readonly #rows: CompiledGraph;
  readonly #ideal: Float64Array;
  readonly #prices: SetupPrices;
  readonly #greedy: boolean;
  readonly #known = new Map<string, Found>();
  readonly #written = new Map<string, SetupNode>();
  #ticks = 0;

  constructor(
    graph: AndOrGraph,
    rows: CompiledGraph,
    ideal: Float64Array,
    prices: SetupPrices,
    greedy: boolean,
  ) {
    this.#graph = graph;
    this.#rows = rows;
    this.#ideal = ideal;
    this.#prices = prices;
    this.#greedy = greedy;
  }

  /** Splits what is in hand into items worth work (sorted) and the value of those settled. */
  #settle(hand: readonly number[]): { open: number[]; settled: number } {
    const open: number[] = [];
    let settled = 0;
    for (const item of hand) {
      const keep = this.#rows.keep[item] ?? 0;
      if ((this.#ideal[item] ?? 0) > keep) open.push(item);
      else settled += keep;
    }
    return { open: open.sort((a, b) => a - b), settled };
  }

  #moves(
    open: readonly number[],
    tool: string | undefined,
    direction: string | undefined,
  ): number[] {
    const { actionStart, actionList, cost, keep } = this.#rows;
    const moves: { action: number; setup: number; gain: number }[] = [];
    let before = -1;
    for (const item of open) {
      if (item === before) continue;
      before = item;
      for (let k = actionStart[item] ?? 0; k < (actionStart[item + 1] ?? 0); k++) {
        const action = actionList[k] ?? 0;
        const gain =
          yieldWorth(this.#rows, action, this.#ideal) - (cost[action] ?? 0) - (keep[item] ?? 0);
        if (!(gain > 0)) continue;
        moves.push({ action, setup: this.#setup(action, tool, direction), gain });
      }
    }
    if (!this.#greedy) return moves.map(({ action }) => action);
    // Fewest set-ups, then most gain; a forced item counts as infinite gain.
    moves.sort((a, b) => a.setup - b.setup || b.gain - a.gain || a.action - b.action);
    const worthwhile = moves.find(({ setup, gain }) => gain > setup);
    return worthwhile ? [worthwhile.action] : [];
  }

  #setup(action: number, tool: string | undefined, direction: string | undefined): number {
    const { tool: needed, direction: way } = this.#graph.actions[action] ?? {};
    return (
      (needed !== undefined && needed !== tool ? this.#prices.toolChange : 0) +
      (way !== undefined && way !== direction ? this.#prices.directionChange : 0)
    );
  }

  /** Hands after the action: one for a disassembly, one an outcome for an inspection. */
  #after(
    open: readonly number[],
    action: number,
  ): { hand: number[]; probability: number; finding?: string }[] {
    const { yieldStart, yieldItem, yieldWeight, from } = this.#rows;
    const rest = open.slice();
    rest.splice(rest.indexOf(from[action] ?? 0), 1);
    const spec = this.#graph.actions[action];
    const start = yieldStart[action] ?? 0;
    if (spec?.kind === 'inspect') {
      return spec.outcomes.flatMap(({ probability, finding }, k) =>
        probability > 0
          ? [{ hand: [...rest, yieldItem[start + k] ?? 0], probability, finding }]
          : [],
      );
    }
    const hand = rest;
    for (let y = start; y < (yieldStart[action + 1] ?? 0); y++) {
      for (let q = yieldWeight[y] ?? 0; q > 0; q--) hand.push(yieldItem[y] ?? 0);
    }
    return [{ hand, probability: 1 }];
  }

  /** The best value from here on; undefined when the budget or the memory ended. */
  *best(
    hand: readonly number[],
    tool: string | undefined,
    direction: string | undefined,
    budget: Budget | undefined,
    depth = 0,
  ): Steps<Found | undefined> {
    const { open, settled } = this.#settle(hand);
    const key = `${open.join(',')}|${tool ?? ''}|${direction ?? ''}`;
    const known = this.#known.get(key);
    if (known) return { value: known.value + settled, action: known.action };
    if (depth > MOST_DEPTH || this.#known.size >= MOST_STATES || (budget && !budget.next()))
      return undefined;
    if (++this.#ticks % 64 === 0) yield;
    let value = 0;
    for (const item of open) value += this.#rows.keep[item] ?? 0;
    let chosen = -1;
    for (const action of this.#moves(open, tool, direction)) {
      const spec = this.#graph.actions[action];
      let worth = -(this.#rows.cost[action] ?? 0) - this.#setup(action, tool, direction);
      for (const branch of this.#after(open, action)) {
        const rest = yield* this.best(
          branch.hand,
          spec?.tool ?? tool,
          spec?.direction ?? direction,
          budget,
          depth + 1,
        );
        if (!rest) return undefined;
        worth += branch.probability * rest.value;
      }
      if (worth <= value) continue;
      value = worth;
      chosen = action;
    }
    const found = { value, action: chosen };
    this.#known.set(key, found);
    return { value: value + settled, action: chosen };
  }

  /** The plan from the states solved by `best`; courses that meet in one state share its node. */
  write(
    hand: readonly number[],
    tool: string | undefined,
    direction: string | undefined,
  ): SetupNode {
    const { open } = this.#settle(hand);
    const key = `${open.join(',')}|${tool ?? ''}|${direction ?? ''}`;
    const written = this.#written.get(key);
    if (written) return written;
    const found = this.#known.get(key);
    const spec = found && found.action >= 0 ? this.#graph.actions[found.action] : undefined;
    if (!found || !spec) return { action: null, next: [] };
    const node: SetupNode = {
      action: spec.id,
      next: this.#after(open, found.action).map(({ hand: rest, probability, finding }) => ({
        ...(finding === undefined ? {} : { finding }),
        probability,
        onward: this.write(rest, spec.tool ?? tool, spec.direction ?? direction),
      })),
    };
    this.#written.set(key, node);
    return node;
  }
}
