import type { Genealogy } from '../contract.ts';

export interface PlacedNode {
  readonly epc: string;
  readonly x: number;
  readonly y: number;
  readonly node: Genealogy['nodes'][number];
}

export interface GenealogyPicture {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly ways: readonly {
    readonly key: string;
    readonly from: PlacedNode;
    readonly to: PlacedNode;
    readonly edge: Genealogy['edges'][number];
  }[];
}

export const NODE = { width: 168, height: 44, gapX: 72, gapY: 12, margin: 12 };

/**
 * Columns by distance, the thing itself at the side where reading starts: what it was made of stands
 * to its left, where it went to its right. Rows follow the order in which the neighbours came.
 */
export function layGenealogy(graph: Genealogy): GenealogyPicture {
  const deepest = Math.max(0, ...graph.nodes.map((n) => n.depth));
  const backwards = graph.direction === 'components-of';
  const columns = new Map<number, Genealogy['nodes'][number][]>();
  for (const node of graph.nodes) {
    columns.set(node.depth, [...(columns.get(node.depth) ?? []), node]);
  }
  const tallest = Math.max(1, ...[...columns.values()].map((c) => c.length));
  const height = 2 * NODE.margin + tallest * (NODE.height + NODE.gapY) - NODE.gapY;
  const placed = new Map<string, PlacedNode>();
  for (const [depth, nodes] of columns) {
    const column = backwards ? deepest - depth : depth;
    const own = nodes.length * (NODE.height + NODE.gapY) - NODE.gapY;
    nodes.forEach((node, i) => {
      placed.set(node.epc, {
        ...{ epc: node.epc, node },
        x: NODE.margin + column * (NODE.width + NODE.gapX),
        y: (height - own) / 2 + i * (NODE.height + NODE.gapY),
      });
    });
  }
  const ways = graph.edges.flatMap((edge) => {
    const [from, to] = [placed.get(edge.from), placed.get(edge.to)];
    return from && to ? [{ key: `${edge.eventId} ${edge.from} ${edge.to}`, from, to, edge }] : [];
  });
  return {
    width: 2 * NODE.margin + (deepest + 1) * (NODE.width + NODE.gapX) - NODE.gapX,
    ...{ height, ways, nodes: [...placed.values()] },
  };
}
