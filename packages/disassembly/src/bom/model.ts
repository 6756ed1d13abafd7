import { topologicalOrder } from '../order.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { BomPart, BomPrices, Finding, Join, NodeValue } from './problem.ts';

/** Worth of one node when it comes out, and what to do with it then. */
export interface Worth {
  readonly value: number;
  readonly residual: number;
  /** Look at it on the bench before deciding. */
  readonly inspect: boolean;
}

/** The checked bill of material with findings applied. */
export interface BomModel {
  readonly parts: readonly BomPart[];
  readonly joins: readonly Join[];
  readonly row: ReadonlyMap<string, number>;
  readonly joinRow: ReadonlyMap<string, number>;
  readonly root: number;
  /** The node above; -1 for the product. */
  readonly parent: readonly number[];
  /** Single parts (no children). */
  readonly leaf: readonly boolean[];
  readonly missing: readonly boolean[];
  readonly worth: readonly Worth[];
  /** Money to undo each join; null when it cannot be; 0 when it is undone. */
  readonly cost: readonly (number | null)[];
  readonly undone: readonly boolean[];
  readonly before: readonly (readonly number[])[];
  /** Joins with exactly the outside of a node: all must go for it to come out. */
  readonly holding: readonly (readonly number[])[];
  /** Joins wholly inside a node. */
  readonly inside: readonly (readonly number[])[];
  /** What coming out whole adds to the residual worth of its parts; 0 when none. */
  readonly premium: readonly number[];
}

/**
 * Worth of a node by its odds: as it comes, or looked at on the bench for a fee and then the better
 * of recovery and scrap for each condition (a chance node).
 */
export function worthOf(value: NodeValue | undefined, condition: string | undefined): Worth {
  if (!value) return { value: 0, residual: 0, inspect: false };
  const residual = value.residual ?? 0;
  const names = Object.keys(value.recovered);
  const known = condition ?? (names.length === 1 ? names[0] : undefined);
  if (known !== undefined) {
    const recovered = value.recovered[known] ?? residual;
    return { value: Math.max(recovered, residual), residual, inspect: false };
  }
  let expected = 0;
  let sorted = 0;
  for (const name of names) {
    const odds = value.odds?.[name] ?? 0;
    expected += odds * (value.recovered[name] ?? 0);
    sorted += odds * Math.max(value.recovered[name] ?? 0, residual);
  }
  const unseen = Math.max(value.unseen ?? expected, residual);
  const seen =
    value.benchInspection === undefined ? Number.NEGATIVE_INFINITY : sorted - value.benchInspection;
  return { value: Math.max(unseen, seen), residual, inspect: seen > unseen };
}

function checkValue(value: NodeValue): Result<true> {
  const { part, recovered, odds } = value;
  const amounts = [
    ...Object.values(recovered),
    value.residual ?? 0,
    value.unseen ?? 0,
    value.benchInspection ?? 0,
    value.inPlaceInspection ?? 0,
  ];
  if (!amounts.every(Number.isFinite))
    return refuse('NOT_A_NUMBER', `a value of ${part} is not a number`, [part]);
  if ((value.benchInspection ?? 0) < 0 || (value.inPlaceInspection ?? 0) < 0) {
    return refuse('NEGATIVE', `an inspection of ${part} costs less than nothing`, [part]);
  }
  const names = Object.keys(recovered);
  if (names.length < 2) return ok(true);
  let sum = 0;
  for (const name of names) {
    const chance = odds?.[name] ?? 0;
    if (!(chance >= 0 && chance <= 1)) {
      return refuse('PROBABILITY', `${part} is ${name} with probability ${chance}`, [part]);
    }
    sum += chance;
  }
  if (Math.abs(sum - 1) > 1e-9) {
    return refuse('PROBABILITY', `the odds of ${part} sum to ${sum}, not to 1`, [part]);
  }
  return ok(true);
}

function checkJoin(join: Join): Result<true> {
  for (const [what, amount] of [
    ['cost', join.cost],
    ['time', join.seconds],
    ['hazard', join.hazard ?? 0],
  ] as const) {
    if (!Number.isFinite(amount))
      return refuse('NOT_A_NUMBER', `${what} of ${join.id} is not a number`, [join.id]);
    if (amount < 0)
      return refuse('NEGATIVE', `${what} of ${join.id} is ${amount}, below zero`, [join.id]);
  }
  if (new Set(join.parts).size < 2)
    return refuse('EMPTY', `${join.id} joins fewer than two parts`, [join.id]);
  return ok(true);
}

/** Checks bill, joins, values and findings, and applies the findings; names the first cause it refuses for. */
export function modelBom(
  parts: readonly BomPart[],
  joins: readonly Join[],
  values: readonly NodeValue[],
  findings: readonly Finding[],
  prices: BomPrices,
): Result<BomModel> {
  if (parts.length === 0) return refuse('EMPTY', 'the bill of material is empty');
  for (const [name, price] of Object.entries(prices)) {
    if (!(Number.isFinite(price) && price >= 0)) {
      return refuse('NEGATIVE', `the price ${name} is ${price}, not a number ≥ 0`, [name]);
    }
  }
  const row = new Map<string, number>();
  for (const [index, { id }] of parts.entries()) {
    if (row.has(id)) return refuse('DUPLICATE_ID', `${id} appears twice`, [id]);
    row.set(id, index);
  }
  const parent: number[] = [];
  for (const part of parts) {
    const above = part.parent === undefined ? -1 : row.get(part.parent);
    if (above === undefined) {
      return refuse('UNKNOWN_ID', `${part.id} sits in unknown ${part.parent}`, [
        part.id,
        part.parent ?? '',
      ]);
    }
    parent.push(above);
  }
  const tree = topologicalOrder(parent.map((above) => (above < 0 ? [] : [above])));
  if (tree.cycle) {
    const names = tree.cycle.map((index) => parts[index]?.id ?? '');
    return refuse('CYCLE', `assemblies contain each other: ${names.join(' → ')}`, names);
  }
  const roots = parts.filter((_, index) => (parent[index] ?? -1) < 0);
  if (roots.length !== 1) {
    const names = roots.map(({ id }) => id);
    return refuse('UNKNOWN_ID', `one product is needed, found ${names.join(', ')}`, names);
  }
  const root = row.get(roots[0]?.id ?? '') ?? 0;
  const joinRow = new Map<string, number>();
  for (const [index, join] of joins.entries()) {
    if (joinRow.has(join.id)) return refuse('DUPLICATE_ID', `${join.id} appears twice`, [join.id]);
    joinRow.set(join.id, index);
    const checked = checkJoin(join);
    if (!checked.ok) return checked;
    const stranger = join.parts.find((id) => !row.has(id));
    if (stranger !== undefined) {
      return refuse('UNKNOWN_ID', `${join.id} joins unknown part ${stranger}`, [join.id, stranger]);
    }
  }
  const before: number[][] = [];
  for (const join of joins) {
    const list: number[] = [];
    for (const id of new Set(join.after ?? [])) {
      const other = joinRow.get(id);
      if (other === undefined)
        return refuse('UNKNOWN_ID', `${join.id} waits for unknown join ${id}`, [join.id, id]);
      list.push(other);
    }
    before.push(list);
  }
  const valueBy = new Map<string, NodeValue>();
  for (const value of values) {
    if (!row.has(value.part))
      return refuse('UNKNOWN_ID', `a value names unknown part ${value.part}`, [value.part]);
    if (valueBy.has(value.part))
      return refuse('DUPLICATE_ID', `${value.part} has two values`, [value.part]);
    const checked = checkValue(value);
    if (!checked.ok) return checked;
    valueBy.set(value.part, value);
  }
  const missing = parts.map(() => false);
  const undone = joins.map(() => false);
  const condition = new Map<string, string>();
  const cost: (number | null)[] = joins.map(
    (join) =>
      join.cost +
      (join.seconds / 3600) * (prices.labourPerHour ?? 0) +
      (join.hazard ?? 0) * (prices.perHazard ?? 0),
  );
  for (const finding of findings) {
    if (finding.kind === 'condition' || finding.kind === 'missing') {
      const at = row.get(finding.part);
      if (at === undefined)
        return refuse('UNKNOWN_ID', `a finding names unknown part ${finding.part}`, [finding.part]);
      if (finding.kind === 'missing') missing[at] = true;
      else condition.set(finding.part, finding.condition);
      continue;
    }
    const at = joinRow.get(finding.join);
    const join = at === undefined ? undefined : joins[at];
    if (at === undefined || !join) {
      return refuse('UNKNOWN_ID', `a finding names unknown join ${finding.join}`, [finding.join]);
    }
    if (finding.kind === 'undone') undone[at] = true;
    else if (finding.cost === null) cost[at] = null;
    else {
      const checked = checkJoin({
        ...join,
        cost: finding.cost,
        seconds: finding.seconds ?? join.seconds,
      });
      if (!checked.ok) return checked;
      cost[at] =
        finding.cost +
        ((finding.seconds ?? join.seconds) / 3600) * (prices.labourPerHour ?? 0) +
        (join.hazard ?? 0) * (prices.perHazard ?? 0);
    }
  }
  for (const [at, done] of undone.entries()) if (done) cost[at] = 0;

  const leaf = parts.map(() => true);
  for (const above of parent) if (above >= 0) leaf[above] = false;
  // Every ancestor of every end of a join, once: it holds a node when some ends lie in it, not all.
  const holding: number[][] = parts.map(() => []);
  const inside: number[][] = parts.map(() => []);
  for (const [j, join] of joins.entries()) {
    const within = new Map<number, number>();
    const ends = [...new Set(join.parts)];
    for (const end of ends) {
      for (let at = row.get(end) ?? -1; at >= 0; at = parent[at] ?? -1) {
        within.set(at, (within.get(at) ?? 0) + 1);
      }
    }
    for (const [at, count] of within) {
      const gone = ends.some((end) => missing[row.get(end) ?? 0]) && ends.length === 2;
      if (gone) continue;
      if (count === ends.length) inside[at]?.push(j);
      else holding[at]?.push(j);
    }
  }
  const worth = parts.map((part, index) =>
    missing[index]
      ? { value: 0, residual: 0, inspect: false }
      : worthOf(valueBy.get(part.id), condition.get(part.id)),
  );
  const residualInside = parts.map((_, index) => (leaf[index] ? (worth[index]?.residual ?? 0) : 0));
  for (const index of [...tree.order].reverse()) {
    const above = parent[index] ?? -1;
    if (above >= 0)
      residualInside[above] = (residualInside[above] ?? 0) + (residualInside[index] ?? 0);
  }
  const holed = parts.map(() => false);
  for (const [index, gone] of missing.entries()) {
    for (let at = gone ? index : -1; at >= 0; at = parent[at] ?? -1) holed[at] = true;
  }
  const premium = parts.map((part, index) => {
    if (leaf[index]) return Math.max(0, (worth[index]?.value ?? 0) - (worth[index]?.residual ?? 0));
    const opened = holed[index] || (inside[index] ?? []).some((j) => undone[j]);
    if (opened || !valueBy.has(part.id)) return 0;
    return Math.max(0, (worth[index]?.value ?? 0) - (residualInside[index] ?? 0));
  });
  const whole = residualInside[root] ?? 0;
  worth[root] = {
    value: whole + (premium[root] ?? 0),
    residual: whole,
    inspect: worth[root]?.inspect ?? false,
  };
  const model: BomModel = {
    parts,
    joins,
    row,
    joinRow,
    root,
    parent,
    leaf,
    missing,
    worth,
    cost,
    undone,
    before,
    holding,
    inside,
    premium,
  };
  const sorted = topologicalOrder(orderedBefore(model));
  if (sorted.cycle) {
    const names = sorted.cycle.map((index) => joins[index]?.id ?? '');
    return refuse('CYCLE', `joins wait for each other: ${names.join(' → ')}`, names);
  }
  return ok(model);
}

/**
 * What must be undone before each join: what it waits for, and what holds the assemblies of worth
 * that it opens (an assembly of worth comes out first, then is opened on the bench).
 */
export function orderedBefore(model: BomModel): number[][] {
  const before = model.before.map((list) => new Set(list));
  for (const [index, premium] of model.premium.entries()) {
    if (premium <= 0 || model.leaf[index]) continue;
    for (const j of model.inside[index] ?? [])
      for (const k of model.holding[index] ?? []) before[j]?.add(k);
  }
  return before.map((set) => [...set]);
}
