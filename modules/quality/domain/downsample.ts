/** Seconds since the start, and the reading. */
export type Point = readonly [seconds: number, value: number];

/**
 * Thins a curve for keeping and drawing: of each of `buckets` equal spans of samples, the lowest and
 * the highest stay, with the first and the last sample of all. Peaks are what a test is about, so
 * none is ever lost; at most `2 × buckets + 2` points come out, in their order.
 */
export function downsample(points: readonly Point[], buckets: number): Point[] {
  if (points.length <= 2 * buckets + 2) return [...points];
  const keep = new Set<number>([0, points.length - 1]);
  for (let b = 0; b < buckets; b++) {
    const from = Math.floor((b * points.length) / buckets);
    const to = Math.floor(((b + 1) * points.length) / buckets);
    let low = from;
    let high = from;
    for (let i = from; i < to; i++) {
      if (valueAt(points, i) < valueAt(points, low)) low = i;
      if (valueAt(points, i) > valueAt(points, high)) high = i;
    }
    keep.add(low).add(high);
  }
  return points.filter((_, i) => keep.has(i));
}

function valueAt(points: readonly Point[], i: number): number {
  return points[i]?.[1] ?? Number.NaN;
}

interface CurveFigures {
  readonly seconds: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

/** Figures of all samples, taken before thinning. The mean is over time (trapezoids). */
export function curveFigures(points: readonly Point[]): CurveFigures {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let area = 0;
  let before: Point | undefined;
  for (const p of points) {
    min = Math.min(min, p[1]);
    max = Math.max(max, p[1]);
    if (before) area += ((p[1] + before[1]) / 2) * (p[0] - before[0]);
    before = p;
  }
  const seconds = (before?.[0] ?? 0) - (points[0]?.[0] ?? 0);
  return { seconds, min, max, mean: seconds > 0 ? area / seconds : min };
}

/** Whether time runs forward at every sample. */
export function isForward(points: readonly Point[]): boolean {
  return points.every((p, i) => i === 0 || p[0] > (points[i - 1]?.[0] ?? Number.POSITIVE_INFINITY));
}
