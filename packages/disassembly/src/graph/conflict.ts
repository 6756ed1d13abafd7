import type { Problem } from '../result.ts';
import type { AndOrGraph, CompiledGraph } from './problem.ts';
import { valueItems } from './values.ts';

/**
 * For a graph without any allowed plan: a minimal set of items that may not stay as they are. These
 * alone already rule out every plan, and without any one of them a plan would exist (a deletion
 * filter over the items reached; other such sets may exist beside it).
 */
export function findDeadEnd(graph: AndOrGraph, compiled: CompiledGraph): Problem {
  const keep = compiled.keep.slice();
  const relaxed = { ...compiled, keep };
  const feasible = (): boolean => Number.isFinite(valueItems(relaxed).value[compiled.root] ?? 0);
  // One dead yield an action suffices for the proof, so only those are walked.
  const { value } = valueItems(compiled);
  const blamed: number[] = [];
  const seen = new Set([compiled.root]);
  for (const item of seen) {
    blamed.push(item);
    for (let k = compiled.actionStart[item] ?? 0; k < (compiled.actionStart[item + 1] ?? 0); k++) {
      const action = compiled.actionList[k] ?? 0;
      for (
        let y = compiled.yieldStart[action] ?? 0;
        y < (compiled.yieldStart[action + 1] ?? 0);
        y++
      ) {
        const child = compiled.yieldItem[y] ?? 0;
        if (value[child] !== Number.NEGATIVE_INFINITY || (compiled.yieldWeight[y] ?? 0) === 0)
          continue;
        seen.add(child);
        break;
      }
    }
  }
  const core = new Set(blamed);
  for (let item = 0; item < compiled.items; item++) {
    if (
      !core.has(item) &&
      keep[item] === Number.NEGATIVE_INFINITY &&
      value[item] === Number.NEGATIVE_INFINITY
    ) {
      keep[item] = 0;
    }
  }
  for (const item of blamed) {
    keep[item] = 0;
    if (feasible()) keep[item] = Number.NEGATIVE_INFINITY;
    else core.delete(item);
  }
  const names = [...core].map((item) => graph.items[item]?.id ?? '');
  return {
    code: 'INFEASIBLE',
    message: `may not stay as they are and cannot be taken apart far enough: ${names.join(', ')}`,
    at: names,
  };
}
