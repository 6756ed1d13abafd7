import type { AndOrGraph } from '../graph/problem.ts';

/**
 * The flow LP of an AND/OR graph in CPLEX LP format, a formulation of its own: one variable an
 * action, one per item that may be kept; what flows into an item flows out of it.
 */
export function writeGraphLp(graph: AndOrGraph): string {
  const column = new Map(graph.items.map((item, index) => [item.id, index]));
  const flow: string[][] = graph.items.map(() => []);
  const earns: string[] = [];
  for (const [index, item] of graph.items.entries()) {
    if (item.keepValue === null) continue;
    earns.push(`${signed(item.keepValue)} k${index}`);
    flow[index]?.push(`+ k${index}`);
  }
  for (const [index, action] of graph.actions.entries()) {
    const price =
      action.cost +
      ((action.seconds ?? 0) * (graph.labourPrice ?? 0)) / 3600 +
      (action.hazard ?? 0) * (graph.hazardPrice ?? 0);
    earns.push(`${signed(-price)} x${index}`);
    flow[column.get(action.from) ?? 0]?.push(`+ x${index}`);
    const inflow = new Map<number, number>();
    const ends =
      action.kind === 'inspect'
        ? action.outcomes.map((outcome) => [outcome.item, outcome.probability] as const)
        : action.yields.map((part) => [part.item, part.quantity ?? 1] as const);
    for (const [item, weight] of ends) {
      const at = column.get(item) ?? 0;
      inflow.set(at, (inflow.get(at) ?? 0) + weight);
    }
    for (const [at, weight] of inflow) flow[at]?.push(`${signed(-weight)} x${index}`);
  }
  const rows = flow.map((terms, index) => {
    const left = terms.length > 0 ? terms.join('\n ') : '0 x0';
    return ` r${index}: ${left} = ${graph.items[index]?.id === graph.root ? 1 : 0}`;
  });
  return `Maximize\n obj: ${earns.join('\n ')}\nSubject To\n${rows.join('\n')}\nEnd\n`;
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'} ${Math.abs(value)}`;
}
