import { topologicalOrder } from '../order.ts';
import { ok, type Result, refuse } from '../result.ts';

/** A product, subassembly or part, or a part in a known condition. */
export interface GraphItem {
  readonly id: string;
  /** Worth when it is taken apart no further, below zero for disposal at a fee; null: it may not stay so. */
  readonly keepValue: number | null;
}

interface ActionBase {
  readonly id: string;
  /** The item it is done to. */
  readonly from: string;
  readonly cost: number;
  readonly seconds?: number;
  /** Exposure, in any one unit; priced by `hazardPrice`. */
  readonly hazard?: number;
  readonly tool?: string;
  readonly direction?: string;
}

/** Takes the item apart; every yield comes out (AND). */
export interface DisassembleAction extends ActionBase {
  readonly kind: 'disassemble';
  readonly yields: readonly { readonly item: string; readonly quantity?: number }[];
}

/** Looks at the item; one outcome comes true by chance. */
export interface InspectAction extends ActionBase {
  readonly kind: 'inspect';
  readonly outcomes: readonly {
    readonly item: string;
    readonly probability: number;
    readonly finding: string;
  }[];
}

export type GraphAction = DisassembleAction | InspectAction;

/** An AND/OR graph (Homem de Mello & Sanderson 1990); among the actions of an item one is chosen (OR). */
export interface AndOrGraph {
  readonly root: string;
  readonly items: readonly GraphItem[];
  readonly actions: readonly GraphAction[];
  /** Money per hour of work; default 0. */
  readonly labourPrice?: number;
  /** Money per unit of hazard; default 0. */
  readonly hazardPrice?: number;
}

/** The graph in rows: `actionsOf` and the yields of each action are ranges of flat arrays. */
export interface CompiledGraph {
  readonly items: number;
  readonly root: number;
  readonly keep: Float64Array;
  /** Item order in which every action's yields come before its item. */
  readonly order: Int32Array;
  readonly from: Int32Array;
  /** Cost with labour and hazard. */
  readonly cost: Float64Array;
  readonly actionStart: Int32Array;
  readonly actionList: Int32Array;
  readonly yieldStart: Int32Array;
  readonly yieldItem: Int32Array;
  /** Quantity or probability. */
  readonly yieldWeight: Float64Array;
}

function priceOf(graph: AndOrGraph, action: GraphAction): number {
  return (
    action.cost +
    ((action.seconds ?? 0) / 3600) * (graph.labourPrice ?? 0) +
    (action.hazard ?? 0) * (graph.hazardPrice ?? 0)
  );
}

function checkAction(action: GraphAction): Result<true> {
  const { id, cost, seconds = 0, hazard = 0 } = action;
  if (!Number.isFinite(cost)) return refuse('NOT_A_NUMBER', `cost of ${id} is not a number`, [id]);
  for (const [what, value] of [
    ['time', seconds],
    ['hazard', hazard],
  ] as const) {
    if (!Number.isFinite(value))
      return refuse('NOT_A_NUMBER', `${what} of ${id} is not a number`, [id]);
    if (value < 0) return refuse('NEGATIVE', `${what} of ${id} is ${value}, below zero`, [id]);
  }
  if (action.kind === 'disassemble') {
    if (action.yields.length === 0) return refuse('EMPTY', `${id} yields nothing`, [id]);
    for (const { item, quantity = 1 } of action.yields) {
      if (!(Number.isFinite(quantity) && quantity > 0)) {
        return refuse('NEGATIVE', `${id} yields ${quantity} × ${item}`, [id, item]);
      }
    }
    return ok(true);
  }
  let sum = 0;
  for (const { item, probability } of action.outcomes) {
    if (!(probability >= 0 && probability <= 1)) {
      return refuse('PROBABILITY', `${id} has outcome ${item} with probability ${probability}`, [
        id,
        item,
      ]);
    }
    sum += probability;
  }
  if (Math.abs(sum - 1) > 1e-9) {
    return refuse('PROBABILITY', `the outcomes of ${id} sum to ${sum}, not to 1`, [id]);
  }
  return ok(true);
}

/** Checks every record and turns the graph into flat arrays; names the first cause it refuses for. */
export function compileGraph(graph: AndOrGraph): Result<CompiledGraph> {
  const { items, actions } = graph;
  if (items.length === 0) return refuse('EMPTY', 'there is no item');
  const row = new Map<string, number>();
  for (const [index, { id, keepValue }] of items.entries()) {
    if (row.has(id)) return refuse('DUPLICATE_ID', `${id} appears twice`, [id]);
    if (keepValue !== null && !Number.isFinite(keepValue)) {
      return refuse('NOT_A_NUMBER', `the value of ${id} is not a number`, [id]);
    }
    row.set(id, index);
  }
  const root = row.get(graph.root);
  if (root === undefined)
    return refuse('UNKNOWN_ID', `the root ${graph.root} is no item`, [graph.root]);
  for (const price of [graph.labourPrice ?? 0, graph.hazardPrice ?? 0]) {
    if (!(Number.isFinite(price) && price >= 0))
      return refuse('NEGATIVE', 'a price is not a number ≥ 0');
  }
  const seen = new Set<string>();
  const from = new Int32Array(actions.length);
  const yieldStart = new Int32Array(actions.length + 1);
  const yieldItem: number[] = [];
  const yieldWeight: number[] = [];
  const actionStart = new Int32Array(items.length + 1);
  const below: number[][] = Array.from({ length: items.length }, () => []);
  for (const [index, action] of actions.entries()) {
    if (seen.has(action.id))
      return refuse('DUPLICATE_ID', `${action.id} appears twice`, [action.id]);
    seen.add(action.id);
    const checked = checkAction(action);
    if (!checked.ok) return checked;
    const at = row.get(action.from);
    if (at === undefined) {
      return refuse('UNKNOWN_ID', `${action.id} is done to unknown item ${action.from}`, [
        action.id,
        action.from,
      ]);
    }
    from[index] = at;
    actionStart[at + 1] = (actionStart[at + 1] ?? 0) + 1;
    const ends =
      action.kind === 'disassemble'
        ? action.yields.map(({ item, quantity }) => [item, quantity ?? 1] as const)
        : action.outcomes.map(({ item, probability }) => [item, probability] as const);
    for (const [item, weight] of ends) {
      const to = row.get(item);
      if (to === undefined) {
        return refuse('UNKNOWN_ID', `${action.id} yields unknown item ${item}`, [action.id, item]);
      }
      yieldItem.push(to);
      yieldWeight.push(weight);
      below[at]?.push(to);
    }
    yieldStart[index + 1] = yieldItem.length;
  }
  const sorted = topologicalOrder(below);
  if (sorted.cycle) {
    const names = sorted.cycle.map((index) => items[index]?.id ?? '').reverse();
    return refuse('CYCLE', `items contain each other: ${names.join(' → ')}`, names);
  }
  for (let i = 0; i < items.length; i++)
    actionStart[i + 1] = (actionStart[i + 1] ?? 0) + (actionStart[i] ?? 0);
  const next = actionStart.slice();
  const actionList = new Int32Array(actions.length);
  for (let a = 0; a < actions.length; a++) {
    const item = from[a] ?? 0;
    const place = next[item] ?? 0;
    actionList[place] = a;
    next[item] = place + 1;
  }
  return ok({
    items: items.length,
    root,
    keep: Float64Array.from(items, ({ keepValue }) => keepValue ?? Number.NEGATIVE_INFINITY),
    order: sorted.order,
    from,
    cost: Float64Array.from(actions, (action) => priceOf(graph, action)),
    actionStart,
    actionList,
    yieldStart,
    yieldItem: Int32Array.from(yieldItem),
    yieldWeight: Float64Array.from(yieldWeight),
  });
}
