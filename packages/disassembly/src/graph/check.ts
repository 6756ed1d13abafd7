import type { AndOrGraph, GraphAction } from './problem.ts';
import type { SetupNode, SetupPrices } from './setups.ts';
import type { GraphChoice } from './solve.ts';

export interface GraphCheck {
  readonly faults: readonly string[];
  /** Expected profit, counted anew. */
  readonly value: number;
}

function chargeOf(graph: AndOrGraph, action: GraphAction): number {
  const labour = ((action.seconds ?? 0) * (graph.labourPrice ?? 0)) / 3600;
  return action.cost + labour + (action.hazard ?? 0) * (graph.hazardPrice ?? 0);
}

function endsOf(action: GraphAction): [string, number][] {
  return action.kind === 'inspect'
    ? action.outcomes.map((outcome) => [outcome.item, outcome.probability])
    : action.yields.map((part) => [part.item, part.quantity ?? 1]);
}

/**
 * Judges a plan from the graph alone: counts how often each item is met and what it earns, and,
 * when `worth` is given, that no choice of any item anywhere earns more than its worth, which with
 * an equal profit proves the plan optimal (linear programming duality). Shares no code with the
 * solver.
 */
export function checkGraphPlan(
  graph: AndOrGraph,
  choices: readonly GraphChoice[],
  worth?: ReadonlyMap<string, number | null>,
): GraphCheck {
  const faults: string[] = [];
  const keep = new Map(graph.items.map((item) => [item.id, item.keepValue]));
  const actions = new Map(graph.actions.map((action) => [action.id, action]));
  const met = new Map<string, number>([[graph.root, 1]]);
  const closed = new Set<string>();
  let value = 0;
  for (const choice of choices) {
    const times = met.get(choice.item) ?? 0;
    if (closed.has(choice.item)) faults.push(`${choice.item} is decided twice`);
    closed.add(choice.item);
    if (Math.abs(times - choice.expected) > 1e-9 * Math.max(1, times)) {
      faults.push(`${choice.item} is met ${times} times, the plan says ${choice.expected}`);
    }
    if (choice.action === null) {
      const kept = keep.get(choice.item);
      if (kept === null || kept === undefined) faults.push(`${choice.item} may not stay as it is`);
      else value += times * kept;
      continue;
    }
    const action = actions.get(choice.action);
    if (!action || action.from !== choice.item) {
      faults.push(`${choice.action} is not an action of ${choice.item}`);
      continue;
    }
    value -= times * chargeOf(graph, action);
    for (const [item, weight] of endsOf(action)) {
      if (closed.has(item) && weight > 0) faults.push(`${item} comes out after it was decided`);
      met.set(item, (met.get(item) ?? 0) + times * weight);
    }
  }
  for (const [item, times] of met) {
    if (times > 0 && !closed.has(item)) faults.push(`${item} is met and not decided`);
  }
  if (!worth) return { faults, value };
  const room = 1e-6 * Math.max(1, Math.abs(value));
  for (const { id, keepValue } of graph.items) {
    const claimed = worth.get(id);
    if (
      keepValue !== null &&
      (claimed === undefined || claimed === null || claimed < keepValue - room)
    ) {
      faults.push(`${id} is worth more when kept`);
    }
  }
  for (const action of graph.actions) {
    let earned = -chargeOf(graph, action);
    for (const [item, weight] of endsOf(action)) {
      if (weight > 0) earned += weight * (worth.get(item) ?? Number.NEGATIVE_INFINITY);
    }
    const claimed = worth.get(action.from) ?? Number.NEGATIVE_INFINITY;
    if (earned > claimed + room)
      faults.push(`${action.id} earns more than ${action.from} is worth`);
  }
  const root = worth.get(graph.root) ?? Number.NEGATIVE_INFINITY;
  if (Math.abs(root - value) > room)
    faults.push(`the plan earns ${value}, the root is worth ${root}`);
  return { faults, value };
}

/** Judges a plan with set-ups: follows every branch and counts changes of tool and direction. */
export function checkSetupPlan(
  graph: AndOrGraph,
  plan: SetupNode,
  prices: SetupPrices,
): GraphCheck {
  const faults: string[] = [];
  const keep = new Map(graph.items.map((item) => [item.id, item.keepValue]));
  const actions = new Map(graph.actions.map((action) => [action.id, action]));
  const follow = (
    node: SetupNode,
    hand: readonly string[],
    tool: string | undefined,
    direction: string | undefined,
  ): number => {
    if (node.action === null) {
      let sum = 0;
      for (const item of hand) {
        const kept = keep.get(item);
        if (kept === null || kept === undefined) faults.push(`${item} may not stay as it is`);
        else sum += kept;
      }
      return sum;
    }
    const action = actions.get(node.action);
    const at = action ? hand.indexOf(action.from) : -1;
    if (!action || at < 0) {
      faults.push(`${node.action} is done to an item that is not there`);
      return 0;
    }
    const rest = hand.filter((_, k) => k !== at);
    let value = -chargeOf(graph, action);
    if (action.tool !== undefined && action.tool !== tool) value -= prices.toolChange;
    if (action.direction !== undefined && action.direction !== direction)
      value -= prices.directionChange;
    const nextTool = action.tool ?? tool;
    const nextDirection = action.direction ?? direction;
    if (action.kind === 'disassemble') {
      const out = action.yields.flatMap(({ item, quantity = 1 }) =>
        Array<string>(quantity).fill(item),
      );
      const next = node.next[0];
      if (!next || node.next.length !== 1) faults.push(`${node.action} must go on in one way`);
      else value += follow(next.onward, [...rest, ...out], nextTool, nextDirection);
      return value;
    }
    for (const outcome of action.outcomes) {
      if (outcome.probability === 0) continue;
      const next = node.next.find((branch) => branch.finding === outcome.finding);
      if (!next) faults.push(`${node.action} has no way on after ${outcome.finding}`);
      else
        value +=
          outcome.probability *
          follow(next.onward, [...rest, outcome.item], nextTool, nextDirection);
    }
    return value;
  };
  return { value: follow(plan, [graph.root], undefined, undefined), faults };
}
