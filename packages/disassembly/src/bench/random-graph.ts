import type { AndOrGraph, GraphAction, GraphItem } from '../graph/problem.ts';
import { seededRandom } from '../random.ts';

/**
 * A random acyclic AND/OR graph: item k yields items of greater number, with some inspections, some
 * quantities above one and some items that may not stay as they are. Yields lie within `span` numbers of their item, which sets how deep the graph is.
 */
export function randomGraph(
  seed: number,
  size: number,
  actionCount: number,
  span = 40,
): AndOrGraph {
  const random = seededRandom(seed);
  const items: GraphItem[] = [];
  for (let i = 0; i < size; i++) {
    const forced = random.unit() < 0.1 && i < size - 2;
    items.push({ id: `i${i}`, keepValue: forced ? null : random.below(200) - 40 });
  }
  const actions: GraphAction[] = [];
  for (let a = 0; a < actionCount; a++) {
    const from = a < size - 2 ? a : random.below(size - 2);
    const below = (): string => `i${from + 1 + random.below(Math.min(span, size - from - 1))}`;
    const base = {
      id: `a${a}`,
      from: `i${from}`,
      cost: random.below(60),
      seconds: random.below(600),
      hazard: random.below(3),
    };
    if (random.unit() < 0.15) {
      const probability = (1 + random.below(9)) / 10;
      actions.push({
        ...base,
        kind: 'inspect',
        outcomes: [
          { item: below(), probability, finding: 'good' },
          { item: below(), probability: 1 - probability, finding: 'worn' },
        ],
      });
    } else {
      const count = 2 + random.below(2);
      const yields = new Map<string, number>();
      for (let k = 0; k < count; k++) yields.set(below(), random.unit() < 0.1 ? 2 : 1);
      actions.push({
        ...base,
        kind: 'disassemble',
        yields: [...yields].map(([item, quantity]) => ({ item, quantity })),
      });
    }
  }
  return { root: 'i0', items, actions, labourPrice: 36, hazardPrice: 5 };
}
