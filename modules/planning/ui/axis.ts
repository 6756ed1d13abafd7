import { clockOf, dayOfPlant, midnightOfPlant, nextDay } from './moment.ts';

/** How much a person sees at once. */
export const ZOOMS = ['day', 'shift', 'hour', 'minute'] as const;
export type Zoom = (typeof ZOOMS)[number];

/** Pixels of an hour. */
const PIXELS: Readonly<Record<Zoom, number>> = { day: 10, shift: 60, hour: 260, minute: 1500 };
/** Seconds between two ticks. */
const TICKS: Readonly<Record<Zoom, number>> = {
  day: 86_400,
  shift: 7200,
  hour: 1800,
  minute: 300,
};
/** A stretch in which nothing can happen is this wide when it is folded. */
const FOLDED = 18;
const WORTH_FOLDING = 1800;

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly x: number;
  readonly width: number;
  readonly folded: boolean;
}

export interface Tick {
  readonly x: number;
  readonly label: string;
  /** A new day begins. */
  readonly isDay: boolean;
}

/** Time in seconds from a plan's origin against pixels, with closed stretches folded away. */
export interface Axis {
  readonly width: number;
  readonly pieces: readonly Piece[];
  readonly ticks: readonly Tick[];
  x(time: number): number;
  time(x: number): number;
}

export function axisOf(options: {
  readonly origin: number;
  readonly from: number;
  readonly to: number;
  readonly zoom: Zoom;
  /** Spans in which something may happen; absent: nothing is folded. */
  readonly busy?: readonly { readonly start: number; readonly end: number }[];
}): Axis {
  const { origin, from, to, zoom, busy } = options;
  const scale = PIXELS[zoom] / 3600;
  const pieces: Piece[] = [];
  let x = 0;
  const add = (start: number, end: number, folded: boolean) => {
    if (end <= start) return;
    const width = folded ? FOLDED : (end - start) * scale;
    pieces.push({ start, end, x, width, folded });
    x += width;
  };
  let at = from;
  for (const span of busy ? joined(busy) : [{ start: from, end: to }]) {
    const [start, end] = [Math.max(from, span.start), Math.min(to, span.end)];
    if (end <= at) continue;
    if (start > at) add(at, start, start - at > WORTH_FOLDING);
    add(Math.max(at, start), end, false);
    at = end;
  }
  if (at < to) add(at, to, busy !== undefined && to - at > WORTH_FOLDING);
  const place = (time: number) => {
    const piece = pieces.find((p) => time <= p.end) ?? pieces.at(-1);
    if (!piece) return 0;
    const share = (time - piece.start) / (piece.end - piece.start);
    return piece.x + Math.min(1, Math.max(0, share)) * piece.width;
  };
  const axis = {
    width: x,
    pieces,
    x: place,
    time: (px: number) => {
      const piece = pieces.find((p) => px <= p.x + p.width) ?? pieces.at(-1);
      if (!piece) return from;
      return piece.start + ((px - piece.x) / piece.width) * (piece.end - piece.start);
    },
  };
  return { ...axis, ticks: ticksOf(axis, origin, TICKS[zoom]) };
}

function joined(spans: readonly { readonly start: number; readonly end: number }[]) {
  const out: { start: number; end: number }[] = [];
  for (const s of [...spans].sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last && s.start <= last.end) last.end = Math.max(last.end, s.end);
    else out.push({ ...s });
  }
  return out;
}

const ROOM = 44;

/** A tick at each day, and at whole steps within the day, as far apart as their labels need. */
function ticksOf(axis: Omit<Axis, 'ticks'>, origin: number, step: number): Tick[] {
  const out: Tick[] = [];
  const first = axis.pieces[0]?.start ?? 0;
  const last = axis.pieces.at(-1)?.end ?? 0;
  const folded = axis.pieces.filter((p) => p.folded);
  for (let day = dayOfPlant(origin + first * 1000); ; day = nextDay(day)) {
    const midnight = (midnightOfPlant(day) - origin) / 1000;
    if (midnight > last) break;
    for (let at = midnight; at < midnight + 86_400; at += step) {
      const shown = at === midnight && at < first ? first : at;
      if (shown < first || shown > last) continue;
      const isDay = at === midnight;
      const hidden = folded.some((p) => at > p.start && at < p.end);
      if (hidden && !isDay) continue;
      const x = axis.x(shown);
      const before = out.at(-1);
      if (before && x - before.x < ROOM) {
        if (!isDay) continue;
        if (!before.isDay) out.pop();
      }
      const label = isDay ? day.slice(5) : clockOf(origin + at * 1000);
      out.push({ x, label, isDay });
    }
  }
  return out;
}
