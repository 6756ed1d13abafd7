import type { CompiledGraph } from './problem.ts';

/** The worth of every item under the best choices, and the choice: an action row, or -1 to keep. */
export interface GraphValues {
  readonly value: Float64Array;
  readonly choice: Int32Array;
}

/**
 * V(item) = max(keep, max over actions of −cost + Σ weight · V(yield)), yields before items: one
 * pass, linear in the arcs, exact. Equal to the optimum of the flow LP over the graph, whose dual
 * it solves. Ties go to keeping, then to the action given first.
 */
export function valueItems(graph: CompiledGraph): GraphValues {
  const { order, keep, cost, actionStart, actionList } = graph;
  const value = new Float64Array(graph.items);
  const choice = new Int32Array(graph.items).fill(-1);
  for (const item of order) {
    let best = keep[item] ?? 0;
    for (let k = actionStart[item] ?? 0; k < (actionStart[item + 1] ?? 0); k++) {
      const action = actionList[k] ?? 0;
      const worth = yieldWorth(graph, action, value) - (cost[action] ?? 0);
      if (worth <= best) continue;
      best = worth;
      choice[item] = action;
    }
    value[item] = best;
  }
  return { value, choice };
}

/** Σ weight · value over the yields of an action. */
export function yieldWorth(graph: CompiledGraph, action: number, value: Float64Array): number {
  let sum = 0;
  for (let y = graph.yieldStart[action] ?? 0; y < (graph.yieldStart[action + 1] ?? 0); y++) {
    const weight = graph.yieldWeight[y] ?? 0;
    // An outcome that cannot happen must not spoil the sum with −∞ · 0.
    if (weight > 0) sum += weight * (value[graph.yieldItem[y] ?? 0] ?? 0);
  }
  return sum;
}
