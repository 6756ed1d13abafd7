/** What the picture needs of a step. */
export interface PlacedStep {
  readonly seq: number;
  readonly when: string;
  readonly onFail?: number | undefined;
  readonly maxRework?: number | undefined;
}

export interface Node {
  readonly seq: number;
  readonly x: number;
  readonly y: number;
  /** Stands beside the main line, because only some cores pass it. */
  readonly aside: boolean;
}

/** A way back after a failure. */
export interface Back {
  readonly from: number;
  readonly to: number;
  readonly path: string;
  readonly labelX: number;
  readonly labelY: number;
  readonly most: number;
}

export interface RoutePicture {
  readonly width: number;
  readonly height: number;
  /** The line that every core follows, from the first step to the last. */
  readonly trunk: string;
  readonly nodes: readonly Node[];
  /** From the trunk to each aside step and back. */
  readonly branches: readonly { readonly seq: number; readonly path: string }[];
  readonly backs: readonly Back[];
}

export const BOX = { width: 250, height: 44 } as const;
const ROW = 62;
const TOP = 12;
const LANE = 18; // between two ways back
const ASIDE = 300;

/**
 * Places a route: steps from top to bottom on one trunk, those with a condition to its right, ways
 * back in lanes to its left. Pure, and the same for the same steps.
 */
export function routePicture(steps: readonly PlacedStep[]): RoutePicture {
  const failing = steps.filter((s) => s.onFail !== undefined);
  const left = 24 + failing.length * LANE;
  const center = left + BOX.width / 2;
  const y = (i: number) => TOP + i * ROW;
  const nodes = steps.map((s, i) => {
    const aside = s.when !== '';
    return { seq: s.seq, x: aside ? left + ASIDE : left, y: y(i), aside };
  });
  const last = steps.length - 1;
  const branches = nodes
    .filter((n) => n.aside)
    .map((n) => {
      const mid = n.y + BOX.height / 2;
      const out = `M ${center} ${mid} H ${n.x}`;
      const back = `M ${n.x + BOX.width / 2} ${n.y + BOX.height} V ${n.y + ROW - 6} H ${center}`;
      return { seq: n.seq, path: `${out} ${back}` };
    });
  const at = new Map(nodes.map((n) => [n.seq, n]));
  const backs = failing.flatMap((s, i) => {
    const from = at.get(s.seq);
    const to = at.get(s.onFail ?? -1);
    if (!from || !to) return [];
    const lane = left - 12 - (i + 1) * LANE + LANE / 2;
    const y1 = from.y + BOX.height / 2 + 6;
    const y2 = to.y + BOX.height / 2 - 6 + i * 3;
    return [
      {
        from: s.seq,
        to: to.seq,
        path: `M ${from.x} ${y1} H ${lane} V ${y2} H ${to.x}`,
        labelX: lane,
        labelY: (y1 + y2) / 2,
        most: s.maxRework ?? 1,
      },
    ];
  });
  return {
    width: left + ASIDE + BOX.width + 12,
    height: y(last) + ROW,
    trunk: `M ${center} ${TOP} V ${y(last) + BOX.height / 2}`,
    nodes,
    branches,
    backs,
  };
}
