import type { Problem } from '../result.ts';
import { maximumClosure } from './closure.ts';
import { type BomModel, orderedBefore } from './model.ts';

export interface Depth {
  /** Joins to undo, in no order; those undone already are not among them. */
  readonly joins: readonly number[];
  /** Nodes that come out: single parts and whole assemblies. */
  readonly out: readonly boolean[];
  /** Assemblies opened after all (their worth as a whole is given up). */
  readonly opened: readonly boolean[];
  /** Profit over leaving everything as it is. */
  readonly gain: number;
}

/**
 * Exact depth for set-up-free costs: a maximum-weight closure over joins (−cost), single parts
 * (+premium, need all joins that hold them) and assemblies (coming out whole +premium; opening
 * −premium, needs them out first). `leave` names parts that are not to be recovered this time.
 */
export function chooseDepth(model: BomModel, leave?: ReadonlySet<number>): Depth {
  const joins = model.joins.length;
  const parts = model.parts.length;
  const weight = new Float64Array(joins + 2 * parts);
  const requires: number[] = [];
  let most = 1;
  for (let j = 0; j < joins; j++) most += Math.abs(model.cost[j] ?? 0);
  for (let p = 0; p < parts; p++) most += model.premium[p] ?? 0;
  for (let j = 0; j < joins; j++) {
    if (model.undone[j]) continue;
    const cost = model.cost[j];
    weight[j] = cost === null || cost === undefined ? -most * (parts + 1) : -cost;
    for (const k of model.before[j] ?? []) if (!model.undone[k]) requires.push(j, k);
  }
  for (let p = 0; p < parts; p++) {
    if (model.missing[p]) continue;
    const premium = model.premium[p] ?? 0;
    const out = joins + p;
    const mandatory = model.parts[p]?.mandatory === true;
    const assembly = !model.leaf[p];
    // The product itself is out from the start.
    weight[out] = p === model.root ? 0 : (leave?.has(p) ? 0 : premium) + (mandatory ? most : 0);
    for (const j of model.holding[p] ?? []) if (!model.undone[j]) requires.push(out, j);
    // Nothing leaves an assembly of worth without opening it.
    for (const a of wholesAbove(model, p)) requires.push(out, joins + parts + a);
    if (!assembly || premium <= 0) continue;
    const open = joins + parts + p;
    weight[open] = -premium;
    requires.push(open, out);
    for (const j of model.inside[p] ?? []) if (!model.undone[j]) requires.push(j, open);
  }
  const chosen = maximumClosure(weight, requires);
  let gain = 0;
  for (let v = 0; v < weight.length; v++) {
    const mandatory = v >= joins && v < joins + parts && model.parts[v - joins]?.mandatory === true;
    if (chosen[v] === 1)
      gain += (weight[v] ?? 0) - (mandatory && !model.missing[v - joins] ? most : 0);
  }
  const list: number[] = [];
  for (let j = 0; j < joins; j++) if (chosen[j] === 1 && !model.undone[j]) list.push(j);
  const isOut = (p: number): boolean =>
    !model.missing[p] &&
    p !== model.root &&
    (model.holding[p] ?? []).every((j) => model.undone[j] || chosen[j] === 1) &&
    wholesAbove(model, p).every((a) => chosen[joins + parts + a] === 1);
  return {
    joins: list,
    out: model.parts.map((_, p) => isOut(p)),
    opened: model.parts.map((_, p) => chosen[joins + parts + p] === 1),
    gain,
  };
}

/** Assemblies above a node that are worth something as a whole. */
function wholesAbove(model: BomModel, node: number): number[] {
  const above: number[] = [];
  for (let at = model.parent[node] ?? -1; at >= 0; at = model.parent[at] ?? -1) {
    if ((model.premium[at] ?? 0) > 0) above.push(at);
  }
  return above;
}

/**
 * A part that must come out and the join that cannot be undone which keeps it in: one that holds the
 * part or an assembly of worth around it, or that one of these waits for.
 */
export function findStuck(model: BomModel): Problem | undefined {
  const before = orderedBefore(model);
  for (const [p, part] of model.parts.entries()) {
    if (!part.mandatory || model.missing[p]) continue;
    const held = [p, ...wholesAbove(model, p)].flatMap((at) => model.holding[at] ?? []);
    const seen = new Set(held.filter((j) => !model.undone[j]));
    for (const j of seen) {
      if (model.cost[j] === null) {
        const id = model.joins[j]?.id ?? '';
        return {
          code: 'INFEASIBLE',
          message: `${part.id} must come out, but ${id} cannot be undone`,
          at: [part.id, id],
        };
      }
      for (const k of before[j] ?? []) if (!model.undone[k]) seen.add(k);
    }
  }
  return undefined;
}
