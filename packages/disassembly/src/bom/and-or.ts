import type { AndOrGraph, GraphAction, GraphItem } from '../graph/problem.ts';
import { ok, type Result, refuse } from '../result.ts';
import { modelBom } from './model.ts';
import type { BomPart, BomPrices, Finding, Join, NodeValue } from './problem.ts';

const MOST_LEAVES = 24;
const MOST_ACTIONS = 200_000;

/**
 * The complete AND/OR graph of a small product: items are the connected sets of parts that can come
 * about, actions the cuts of a set into two connected sets by undoing every join between them; a cut
 * is allowed when the joins its joins wait for are not left inside either half. Cost, time and
 * hazard of a cut are summed; tool and direction are given when all its joins agree. Undone joins
 * and missing parts of the findings are taken into account. A join waits only for
 * joins of the piece it is in: what hangs on another piece by then is no longer in the way. The number of sets grows exponentially
 * with how bushy the product is; `planFromBom` has no such limit.
 *
 * @returns the graph, or a problem: malformed input, `TOO_LARGE`, `EMPTY` when parts hang loose
 */
export function andOrFromBom(
  bom: readonly BomPart[],
  joins: readonly Join[],
  values: readonly NodeValue[],
  findings: readonly Finding[] = [],
  prices: BomPrices = {},
): Result<AndOrGraph> {
  const modelled = modelBom(bom, joins, values, findings, prices);
  if (!modelled.ok) return modelled;
  const model = modelled.value;
  const leaves = [...model.parts.keys()].filter((p) => model.leaf[p] && !model.missing[p]);
  if (leaves.length > MOST_LEAVES) {
    return refuse(
      'TOO_LARGE',
      `${leaves.length} parts, at most ${MOST_LEAVES} make a complete graph`,
    );
  }
  const bitOf = new Map(leaves.map((p, k) => [p, 1 << k]));
  const ends = joins.map((join, j) => {
    if (model.undone[j]) return 0;
    let mask = 0;
    for (const id of join.parts) mask |= bitOf.get(model.row.get(id) ?? -1) ?? 0;
    return mask;
  });
  const assembly = joins.find((join) =>
    join.parts.some((id) => !model.leaf[model.row.get(id) ?? 0]),
  );
  if (assembly) {
    return refuse('UNKNOWN_ID', `${assembly.id} joins an assembly; a graph needs single parts`, [
      assembly.id,
    ]);
  }
  const connected = (set: number): boolean => {
    let reached = set & -set;
    for (let grown = 0; grown !== reached; ) {
      grown = reached;
      for (const mask of ends) if ((mask & set & reached) !== 0) reached |= mask & set;
    }
    return reached === set;
  };
  const nameOf = (set: number): string =>
    leaves
      .filter((p) => (set & (bitOf.get(p) ?? 0)) !== 0)
      .map((p) => model.parts[p]?.id ?? '')
      .join('+');
  const below = model.parts.map(() => 0);
  for (const p of leaves) {
    for (let at = p; at >= 0; at = model.parent[at] ?? -1)
      below[at] = (below[at] ?? 0) | (bitOf.get(p) ?? 0);
  }
  const keepOf = (set: number): number | null => {
    const single = (set & (set - 1)) === 0;
    if (
      !single &&
      leaves.some((p) => model.parts[p]?.mandatory && (set & (bitOf.get(p) ?? 0)) !== 0)
    )
      return null;
    let value = 0;
    for (const p of leaves)
      if ((set & (bitOf.get(p) ?? 0)) !== 0) value += model.worth[p]?.residual ?? 0;
    let premium = 0;
    for (const [p, mask] of below.entries())
      if (mask === set) premium = Math.max(premium, model.premium[p] ?? 0);
    return value + premium;
  };
  const all = leaves.reduce((mask, p) => mask | (bitOf.get(p) ?? 0), 0);
  if (!connected(all)) return refuse('EMPTY', 'some parts hang on no join', []);

  const items: GraphItem[] = [];
  const actions: GraphAction[] = [];
  const seen = new Set([all]);
  for (const set of seen) {
    items.push({ id: nameOf(set), keepValue: keepOf(set) });
    const lowest = set & -set;
    const rest = set ^ lowest;
    // Halves that hold the lowest part: every other subset of the rest is the other half.
    for (let other = rest; other !== 0; other = (other - 1) & rest) {
      const half = set ^ other;
      const cut: number[] = [];
      let intact = true;
      for (const [j, mask] of ends.entries()) {
        if ((mask & half) === 0 || (mask & other) === 0) continue;
        cut.push(j);
        if (model.cost[j] === null) intact = false;
      }
      if (!intact || cut.length === 0) continue;
      const blocked = cut.some((j) =>
        (model.before[j] ?? []).some((k) => {
          const mask = ends[k] ?? 0;
          return mask !== 0 && ((mask & ~half) === 0 || (mask & ~other) === 0);
        }),
      );
      if (blocked || !connected(half) || !connected(other)) continue;
      const undo = cut.map((j) => joins[j]).filter((join) => join !== undefined);
      const same = <T>(list: readonly (T | undefined)[]): T | undefined =>
        list.every((entry) => entry === list[0]) ? list[0] : undefined;
      const tool = same(undo.map((join) => join.tool));
      const direction = same(undo.map((join) => join.direction));
      actions.push({
        kind: 'disassemble',
        id: `${nameOf(half)} | ${nameOf(other)}`,
        from: nameOf(set),
        cost: cut.reduce((sum, j) => sum + (model.cost[j] ?? 0), 0),
        seconds: undo.reduce((sum, join) => sum + join.seconds, 0),
        hazard: undo.reduce((sum, join) => sum + (join.hazard ?? 0), 0),
        ...(tool === undefined ? {} : { tool }),
        ...(direction === undefined ? {} : { direction }),
        yields: [{ item: nameOf(half) }, { item: nameOf(other) }],
      });
      if (actions.length > MOST_ACTIONS) {
        return refuse('TOO_LARGE', `the complete graph has over ${MOST_ACTIONS} cuts`);
      }
      seen.add(half);
      seen.add(other);
    }
  }
  for (const set of [...seen].slice(items.length))
    items.push({ id: nameOf(set), keepValue: keepOf(set) });
  // Join costs already carry labour and hazard, so the graph has no prices of its own.
  return ok({ root: nameOf(all), items, actions });
}
