import { ok, type Result, refuse } from '../result.ts';
import { findDeadEnd } from './conflict.ts';
import { type AndOrGraph, compileGraph } from './problem.ts';
import { valueItems, yieldWorth } from './values.ts';

/** What to do with one item that the plan can meet. */
export interface GraphChoice {
  readonly item: string;
  /** The action to take, or null to keep the item as it is. */
  readonly action: string | null;
  /** Expected number of times the plan meets the item. */
  readonly expected: number;
  /** Worth of one such item from here on. */
  readonly value: number;
  /** How much worse the next best choice is; null when there is no other. */
  readonly margin: number | null;
}

export interface GraphPlan {
  /** Expected profit of the root under the best choices. */
  readonly value: number;
  /** Items met by the plan, each after the items it comes from: an order in which it can be worked. */
  readonly choices: readonly GraphChoice[];
  readonly seconds: number;
  readonly hazard: number;
  /**
   * Worth of every item of the graph (null: no allowed plan). They prove the optimum: no choice
   * anywhere beats them, and the plan attains the root's; `checkGraphPlan` verifies both.
   */
  readonly worth: ReadonlyMap<string, number | null>;
}

/**
 * Profit-optimal depth of disassembly of an AND/OR graph with inspections as chance nodes, without
 * set-up costs between actions (for those see `solveGraphWithSetups`). Exact dynamic programme,
 * linear in the arcs; 10⁵ arcs take well under a second, so it takes no budget.
 *
 * @returns the plan, or a problem: malformed input, or `INFEASIBLE` with a minimal set of items
 *   that may not stay as they are
 */
export function solveGraph(graph: AndOrGraph): Result<GraphPlan> {
  const compiled = compileGraph(graph);
  if (!compiled.ok) return compiled;
  const rows = compiled.value;
  const { value, choice } = valueItems(rows);
  const best = value[rows.root] ?? 0;
  if (best === Number.NEGATIVE_INFINITY) return { ok: false, problem: findDeadEnd(graph, rows) };
  if (!Number.isFinite(best)) {
    return refuse('TOO_LARGE', 'quantities multiply to more than a number can hold', [graph.root]);
  }
  const expected = new Float64Array(rows.items);
  expected[rows.root] = 1;
  const choices: GraphChoice[] = [];
  let seconds = 0;
  let hazard = 0;
  for (let k = rows.items - 1; k >= 0; k--) {
    const item = rows.order[k] ?? 0;
    const times = expected[item] ?? 0;
    if (times === 0) continue;
    const action = choice[item] ?? -1;
    const chosen = value[item] ?? 0;
    let second = action < 0 ? Number.NEGATIVE_INFINITY : (rows.keep[item] ?? 0);
    for (let a = rows.actionStart[item] ?? 0; a < (rows.actionStart[item + 1] ?? 0); a++) {
      const other = rows.actionList[a] ?? 0;
      if (other !== action)
        second = Math.max(second, yieldWorth(rows, other, value) - (rows.cost[other] ?? 0));
    }
    choices.push({
      item: graph.items[item]?.id ?? '',
      action: action < 0 ? null : (graph.actions[action]?.id ?? ''),
      expected: times,
      value: chosen,
      margin: second === Number.NEGATIVE_INFINITY ? null : chosen - second,
    });
    if (action < 0) continue;
    seconds += times * (graph.actions[action]?.seconds ?? 0);
    hazard += times * (graph.actions[action]?.hazard ?? 0);
    for (let y = rows.yieldStart[action] ?? 0; y < (rows.yieldStart[action + 1] ?? 0); y++) {
      const to = rows.yieldItem[y] ?? 0;
      expected[to] = (expected[to] ?? 0) + times * (rows.yieldWeight[y] ?? 0);
    }
  }
  const worth = new Map<string, number | null>();
  for (const [item, { id }] of graph.items.entries()) {
    const amount = value[item] ?? 0;
    worth.set(id, Number.isFinite(amount) ? amount : null);
  }
  return ok({ value: value[rows.root] ?? 0, choices, seconds, hazard, worth });
}
