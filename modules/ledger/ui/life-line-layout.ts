import type { LifeLine } from '../contract.ts';

type Station = LifeLine['stations'][number];
type Lane = LifeLine['lanes'][number];

export interface PlacedLane extends Lane {
  readonly y: number;
  /** The line runs from the first to the last of its stations. */
  readonly from: number;
  readonly to: number;
}

export interface PlacedStation extends Station {
  readonly x: number;
  /** Of the lanes it stands on, top to bottom. */
  readonly ys: readonly number[];
}

export interface Way {
  readonly key: string;
  readonly x: number;
  readonly fromY: number;
  readonly toY: number;
  readonly removed: boolean;
}

export interface Tick {
  readonly x: number;
  readonly at: string;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly PlacedLane[];
  readonly stations: readonly PlacedStation[];
  readonly ways: readonly Way[];
  readonly ticks: readonly Tick[];
}

export interface LayoutOptions {
  /** Pixels between one moment and the next. */
  readonly step: number;
  readonly laneHeight: number;
  /** Room for the lanes' names. */
  readonly left: number;
  readonly top: number;
  readonly siblings: boolean;
  /** Show only these steps; all when undefined. */
  readonly bizStep: string | undefined;
}

/**
 * Places a life line: one column for each moment something happened (lives last years and a teardown
 * minutes, so the distance of time would leave nothing to see), one lane for each thing in the order
 * of first appearance.
 */
export function layLifeLine(line: LifeLine, options: LayoutOptions): Picture {
  const { step, laneHeight, left, top } = options;
  const wanted = new Set(
    line.lanes.filter((l) => options.siblings || !l.sibling).map((l) => l.epc),
  );
  const shown = line.stations.filter(
    (s) =>
      s.epcs.some((epc) => wanted.has(epc)) &&
      (options.bizStep === undefined || s.bizStep === options.bizStep),
  );
  const moments = [...new Set(shown.map((s) => s.eventTime))].sort();
  const x = new Map(moments.map((moment, i) => [moment, left + (i + 0.5) * step]));
  const first = new Map<string, number>();
  shown.forEach((s, i) => {
    for (const epc of s.epcs) if (!first.has(epc)) first.set(epc, i);
  });
  const order = line.lanes
    .filter((lane) => wanted.has(lane.epc) && first.has(lane.epc))
    .toSorted(
      (a, b) =>
        (first.get(a.epc) ?? 0) - (first.get(b.epc) ?? 0) ||
        a.distance - b.distance ||
        a.epc.localeCompare(b.epc),
    );
  const y = new Map(order.map((lane, i) => [lane.epc, top + (i + 0.5) * laneHeight]));
  const stations = shown.map((s) => ({
    ...s,
    x: x.get(s.eventTime) ?? left,
    ys: s.epcs.flatMap((epc) => y.get(epc) ?? []).toSorted((a, b) => a - b),
  }));
  const lanes = order.map((lane) => {
    const xs = stations.filter((s) => s.epcs.includes(lane.epc)).map((s) => s.x);
    return { ...lane, y: y.get(lane.epc) ?? top, from: Math.min(...xs), to: Math.max(...xs) };
  });
  const ways = line.edges.flatMap((edge): Way[] => {
    const [fromY, toY, at] = [y.get(edge.from), y.get(edge.to), x.get(edge.eventTime)];
    if (fromY === undefined || toY === undefined || at === undefined) return [];
    const key = `${edge.eventId} ${edge.from} ${edge.to}`;
    return [{ key, x: at, fromY, toY, removed: edge.removedAt !== undefined }];
  });
  return {
    width: left + moments.length * step + step / 2,
    height: top + order.length * laneHeight + laneHeight / 2,
    ...{ lanes, stations, ways },
    ticks: ticksOf(moments, x),
  };
}

/** A date over the first moment of each day. */
function ticksOf(moments: readonly string[], x: ReadonlyMap<string, number>): Tick[] {
  let day = '';
  return moments.flatMap((at) => {
    // Days of the plant, `Asia/Shanghai`.
    const own = new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);
    if (own === day) return [];
    day = own;
    return [{ x: x.get(at) ?? 0, at: own }];
  });
}
