import { crc32, deflateSync } from 'node:zlib';
import type { Item, Label } from './layout.ts';
import { type Command, outlineOf } from './outline.ts';
import { darkRuns } from './symbol.ts';

/** One bit a dot, rows padded to bytes, 1 is black: what label printers print and ZPL sends. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly bits: Uint8Array;
}

export function emptyBitmap(width: number, height: number): Bitmap {
  const stride = Math.ceil(width / 8);
  return { width, height, stride, bits: new Uint8Array(stride * height) };
}

function fillSpan(b: Bitmap, y: number, from: number, to: number): void {
  if (y < 0 || y >= b.height) return;
  for (let x = Math.max(0, from); x < Math.min(b.width, to); x++) {
    const at = y * b.stride + (x >> 3);
    b.bits[at] = (b.bits[at] ?? 0) | (0x80 >> (x & 7));
  }
}

type Edge = readonly [x0: number, y0: number, x1: number, y1: number];

const CURVE_STEPS = 8;

/** The outlines as straight edges in dots. */
function edgesOf(commands: readonly Command[], dpmm: number): Edge[] {
  const edges: Edge[] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const to = (nx: number, ny: number) => {
    if (ny !== y) edges.push([x, y, nx, ny]);
    x = nx;
    y = ny;
  };
  for (const c of commands) {
    if (c[0] === 'M') {
      [x, y] = [c[1] * dpmm, c[2] * dpmm];
      [startX, startY] = [x, y];
    } else if (c[0] === 'L') to(c[1] * dpmm, c[2] * dpmm);
    else if (c[0] === 'Z') to(startX, startY);
    else {
      const [fromX, fromY] = [x, y];
      for (let i = 1; i <= CURVE_STEPS; i++) {
        const [px, py] = curvePoint(c, fromX / dpmm, fromY / dpmm, i / CURVE_STEPS);
        to(px * dpmm, py * dpmm);
      }
    }
  }
  return edges;
}

type Curve = Exclude<Command, readonly ['M' | 'L', number, number] | readonly ['Z']>;

function curvePoint(c: Curve, x: number, y: number, t: number): [number, number] {
  const u = 1 - t;
  if (c[0] === 'Q') {
    const [, ax, ay, bx, by] = c;
    return [u * u * x + 2 * u * t * ax + t * t * bx, u * u * y + 2 * u * t * ay + t * t * by];
  }
  const [, ax, ay, bx, by, dx, dy] = c;
  const [k0, k1, k2, k3] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return [k0 * x + k1 * ax + k2 * bx + k3 * dx, k0 * y + k1 * ay + k2 * by + k3 * dy];
}

type Crossing = readonly [x: number, direction: 1 | -1];

/** Where the edges cross the middle of each row. */
function crossingsByRow(edges: readonly Edge[], height: number): Crossing[][] {
  const rows = Array.from({ length: height }, (): Crossing[] => []);
  for (const [x0, y0, x1, y1] of edges) {
    const first = Math.max(0, Math.ceil(Math.min(y0, y1) - 0.5));
    const last = Math.min(height, Math.ceil(Math.max(y0, y1) - 0.5));
    for (let row = first; row < last; row++) {
      const x = x0 + ((row + 0.5 - y0) / (y1 - y0)) * (x1 - x0);
      rows[row]?.push([x, y1 > y0 ? 1 : -1]);
    }
  }
  return rows;
}

/** Fills outlines by the non-zero rule, sampled at the middle of each row and dot. */
export function fillOutline(b: Bitmap, commands: readonly Command[], dpmm: number): void {
  for (const [y, crossings] of crossingsByRow(edgesOf(commands, dpmm), b.height).entries()) {
    crossings.sort((p, q) => p[0] - q[0]);
    let winding = 0;
    let from = 0;
    for (const [x, direction] of crossings) {
      if (winding !== 0) fillSpan(b, y, Math.round(from), Math.round(x));
      winding += direction;
      from = x;
    }
  }
}

function paint(b: Bitmap, item: Item, dpmm: number): void {
  const dots = (mm: number) => Math.round(mm * dpmm);
  if (item.kind === 'text') {
    fillOutline(b, outlineOf(item), dpmm);
    return;
  }
  if (item.kind === 'frame') {
    const [x, y, w, h] = [dots(item.x), dots(item.y), dots(item.width), dots(item.height)];
    const line = Math.max(1, dots(item.line));
    for (let row = 0; row < h; row++) {
      const isEdge = row < line || row >= h - line;
      if (isEdge) fillSpan(b, y + row, x, x + w);
      else {
        fillSpan(b, y + row, x, x + line);
        fillSpan(b, y + row, x + w - line, x + w);
      }
    }
    return;
  }
  // whole dots a module, or readers see uneven bars
  const module = Math.max(1, Math.floor(dots(item.size) / item.modules.columns));
  for (const [column, row, run] of darkRuns(item.modules)) {
    const x = dots(item.x) + column * module;
    for (let i = 0; i < module; i++) {
      fillSpan(b, dots(item.y) + row * module + i, x, x + run * module);
    }
  }
}

/** The whole label as dots. @param dpmm dots a millimetre */
export function bitmapOf(label: Label, dpmm: number): Bitmap {
  const b = emptyBitmap(Math.round(label.width * dpmm), Math.round(label.height * dpmm));
  for (const item of label.items) paint(b, item, dpmm);
  return b;
}

/** A bitmap as PNG: greyscale of one bit, with its resolution (W3C PNG, 3rd edition). */
export function pngOf(b: Bitmap, dpmm: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(b.width, 0);
  header.writeUInt32BE(b.height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const physical = Buffer.alloc(9);
  physical.writeUInt32BE(dpmm * 1000, 0);
  physical.writeUInt32BE(dpmm * 1000, 4);
  physical[8] = 1;
  const lines = Buffer.alloc((b.stride + 1) * b.height);
  for (let y = 0; y < b.height; y++) {
    for (let i = 0; i < b.stride; i++) {
      lines[y * (b.stride + 1) + 1 + i] = ~(b.bits[y * b.stride + i] ?? 0); // 0 is black here
    }
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('pHYs', physical),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  out.set(body, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}
