import { grey, type Image, type Plane, resample } from './image.ts';

/** Descriptors of different versions are never compared. */
export const DESCRIPTOR_VERSION = 1;

const SIDE = 96;
const CELLS = 4;
const ANGLES = 9;
const HUES = 8;
/** Hues in three steps of strength, and eight steps of grey. */
const COLOURS = HUES * 2 + 8;
/** Rotation-invariant uniform patterns of eight neighbours: nine, and all others. */
const PATTERNS = 10;
const RINGS = 8;
const RADII = [1, 2, 4] as const;

/** Length of a descriptor. */
export const DESCRIPTOR_LENGTH =
  COLOURS * 2 + CELLS * CELLS * ANGLES + ANGLES + PATTERNS * RADII.length + RINGS + 2;

/**
 * What a picture shows, as numbers: colours of the whole and of the middle, edge orientations over a grid
 * and in all, fine texture at three radii, and the outline against the border. Each block is a histogram
 * under the square root (so that distances are Hellinger's) and weighs the same. The result has length 1.
 * @returns {@link DESCRIPTOR_LENGTH} numbers
 * @see N. Dalal, B. Triggs (2005), edge orientations; T. Ojala et al. (2002), local binary patterns
 */
export function describe(image: Image): Float32Array {
  const planes = resample(image, SIDE, SIDE);
  const luma = grey(planes);
  const blocks: Float32Array[] = [
    colours(planes, 0),
    colours(planes, SIDE / 4),
    ...orientations(luma),
    ...RADII.map((r) => patterns(luma, r)),
    outline(planes, image.width / image.height),
  ];
  const out = new Float32Array(DESCRIPTOR_LENGTH);
  let at = 0;
  for (const block of blocks) {
    let norm = 0;
    for (const v of block) norm += v;
    for (const v of block) out[at++] = norm > 0 ? Math.sqrt(v / norm / blocks.length) : 0;
  }
  return out;
}

/** Histogram of hue (weak and strong) and grey over the pixels inside a margin. */
function colours([r, g, b]: readonly [Plane, Plane, Plane], margin: number): Float32Array {
  const bins = new Float32Array(COLOURS);
  for (let y = margin; y < SIDE - margin; y++) {
    for (let x = margin; x < SIDE - margin; x++) {
      const i = y * SIDE + x;
      const [red, green, blue] = [r.data[i] ?? 0, g.data[i] ?? 0, b.data[i] ?? 0];
      const high = Math.max(red, green, blue);
      const spread = high - Math.min(red, green, blue);
      const strength = high > 0 ? spread / high : 0;
      if (strength < 0.15) {
        add(bins, HUES * 2 + Math.min(7, Math.floor(high * 8)), 1);
        continue;
      }
      const sector =
        high === red
          ? (green - blue) / spread
          : high === green
            ? 2 + (blue - red) / spread
            : 4 + (red - green) / spread;
      const hue = Math.floor((((sector + 6) % 6) / 6) * HUES) % HUES;
      add(bins, (strength < 0.5 ? 0 : HUES) + hue, 1);
    }
  }
  return bins;
}

/** Edge orientations, weighted by strength: over a grid of cells, and in all. */
function orientations(luma: Plane): [Float32Array, Float32Array] {
  const grid = new Float32Array(CELLS * CELLS * ANGLES);
  const all = new Float32Array(ANGLES);
  const cell = SIDE / CELLS;
  const at = (x: number, y: number) => luma.data[y * SIDE + x] ?? 0;
  for (let y = 1; y < SIDE - 1; y++) {
    for (let x = 1; x < SIDE - 1; x++) {
      const dx = at(x + 1, y) - at(x - 1, y);
      const dy = at(x, y + 1) - at(x, y - 1);
      const strength = Math.hypot(dx, dy);
      if (strength < 0.02) continue;
      // without sign: a light part on dark ground has the edges of a dark one on light ground
      const turn = ((Math.atan2(dy, dx) / Math.PI + 1) % 1) * ANGLES;
      const low = Math.floor(turn) % ANGLES;
      const share = turn - Math.floor(turn);
      const base = (Math.floor(y / cell) * CELLS + Math.floor(x / cell)) * ANGLES;
      for (const [angle, weight] of [
        [low, 1 - share],
        [(low + 1) % ANGLES, share],
      ] as const) {
        add(grid, base + angle, strength * weight);
        add(all, angle, strength * weight);
      }
    }
  }
  return [grid, all];
}

/** Rotation-invariant uniform local binary patterns at a radius. */
function patterns(luma: Plane, radius: number): Float32Array {
  const bins = new Float32Array(PATTERNS);
  const around = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [dx, dy] as const));
  const ring = [0, 1, 2, 5, 8, 7, 6, 3].map((i) => around[i] ?? ([0, 0] as const));
  for (let y = radius; y < SIDE - radius; y++) {
    for (let x = radius; x < SIDE - radius; x++) {
      const middle = luma.data[y * SIDE + x] ?? 0;
      const bits = ring.map(([dx, dy]) => {
        const v = luma.data[(y + dy * radius) * SIDE + x + dx * radius] ?? 0;
        return v >= middle + 0.004; // flat ground is one pattern, whatever its noise
      });
      const ones = bits.filter(Boolean).length;
      const changes = bits.filter((bit, i) => bit !== bits[(i + 1) % 8]).length;
      add(bins, changes <= 2 ? ones : PATTERNS - 1, 1);
    }
  }
  return bins;
}

/** How far from its middle what differs from the border reaches, how much there is, and how long the picture is. */
function outline(planes: readonly [Plane, Plane, Plane], aspect: number): Float32Array {
  const border: number[][] = [[], [], []];
  for (let i = 0; i < SIDE; i++) {
    for (const at of [i, (SIDE - 1) * SIDE + i, i * SIDE, i * SIDE + SIDE - 1]) {
      planes.forEach((p, c) => {
        border[c]?.push(p.data[at] ?? 0);
      });
    }
  }
  const ground = border.map(median);
  const inside: number[] = [];
  let [sx, sy] = [0, 0];
  for (let i = 0; i < SIDE * SIDE; i++) {
    const d = planes.reduce((n, p, c) => n + Math.abs((p.data[i] ?? 0) - (ground[c] ?? 0)), 0);
    if (d < 0.18) continue;
    inside.push(i);
    sx += i % SIDE;
    sy += Math.floor(i / SIDE);
  }
  const out = new Float32Array(RINGS + 2);
  const [cx, cy] = inside.length > 0 ? [sx / inside.length, sy / inside.length] : [0, 0];
  for (const i of inside) {
    const d = Math.hypot((i % SIDE) - cx, Math.floor(i / SIDE) - cy);
    add(out, Math.min(RINGS - 1, Math.floor((d / (SIDE * 0.7)) * RINGS)), 1 / (SIDE * SIDE));
  }
  out[RINGS] = 1 - inside.length / (SIDE * SIDE);
  out[RINGS + 1] = Math.min(2, Math.max(0.25, aspect)) / 4;
  return out;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

function add(bins: Float32Array, at: number, weight: number): void {
  bins[at] = (bins[at] ?? 0) + weight;
}
