import { crc32, deflateSync } from 'node:zlib';

const W = 480;
const H = 360;

/**
 * A drawn picture of a starter motor, as PNG: a simulated photo that nobody takes for a real one
 * (striped edge). `view` turns it, `seed` varies dirt and light.
 */
export function drawnStarter(view: 'front' | 'side' | 'nameplate', seed: number): Uint8Array {
  return png((x, y) => pixel(view, x, y, seed));
}

/** What a starter looks like when the answer to a question of its programme is no, by the question. */
const FAULTS = {
  HOUSING: crack,
  RUST: rust,
  HEAT: burn,
  PINION: wornPinion,
  WHOLE: withoutSolenoid,
} as const satisfies Record<string, (x: number, y: number) => Rgb | undefined>;

type DrawnFault = keyof typeof FAULTS;
export const DRAWN_FAULTS = Object.keys(FAULTS) as DrawnFault[]; // the keys of the record above

/** The same drawing with one fault, to show beside the question that asks for it. */
export function drawnFault(fault: DrawnFault): Uint8Array {
  return png((x, y) => (isEdge(x, y) ? undefined : FAULTS[fault](x, y)) ?? pixel('side', x, y, 3));
}

function crack(x: number, y: number): Rgb | undefined {
  const middle = 250 + 14 * Math.sin(y / 7) + 6 * Math.sin(y / 2.3);
  return y > 122 && y < 258 && Math.abs(x - middle) < 4 ? [20, 22, 26] : undefined;
}

function rust(x: number, y: number): Rgb | undefined {
  if (x < 120 || x > 389 || Math.abs(y - 190) >= 70) return undefined;
  const blot = Math.sin(x * 0.06) + Math.sin(y * 0.08 + 1) + Math.sin((x + y) * 0.05);
  return blot > 0.6 ? [150, 74, 30] : undefined;
}

function burn(x: number, y: number): Rgb | undefined {
  const d = Math.hypot((x - 345) / 1.2, y - 190);
  return x < 390 && d < 62 ? [24 + Math.round(d / 3), 22, 20] : undefined;
}

function wornPinion(x: number, y: number): Rgb | undefined {
  return x > 60 && x < 100 && Math.abs(y - 190) < 36 && (y > 196 || x < 82)
    ? [232, 236, 238]
    : undefined;
}

function withoutSolenoid(x: number, y: number): Rgb | undefined {
  return y < 120 && x > 140 && x < 330 ? [232, 236, 238] : undefined;
}

function png(at: (x: number, y: number) => Rgb): Uint8Array {
  const rows = Buffer.alloc(H * (1 + W * 3));
  for (let y = 0; y < H; y++) {
    const start = y * (1 + W * 3);
    for (let x = 0; x < W; x++) rows.set(at(x, y), start + 1 + x * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(W, 0);
  header.writeUInt32BE(H, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 6 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(8 + data.length + 4);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), 8 + data.length);
  return out;
}

type Rgb = [number, number, number];

/** The striped border that says: simulated. */
function isEdge(x: number, y: number): boolean {
  return Math.min(x, y, W - 1 - x, H - 1 - y) < 12;
}

function pixel(view: string, x: number, y: number, seed: number): Rgb {
  if (isEdge(x, y)) return (x + y) % 24 < 12 ? [214, 158, 46] : [255, 250, 235]; // simulated
  const [cx, cy] = [W / 2, H / 2 + 10];
  const light = 1 - (x + y) / (W + H) / 2.2;
  const grime = 0.92 + 0.08 * Math.sin(x * 0.13 + seed) * Math.sin(y * 0.11 + seed * 1.7);
  const shade = (c: Rgb): Rgb => {
    const k = light * grime;
    return [Math.round(c[0] * k), Math.round(c[1] * k), Math.round(c[2] * k)];
  };
  if (view === 'front') {
    const d = Math.hypot(x - cx, y - cy);
    if (d < 26) return shade([90, 96, 104]);
    if (d < 60 && Math.atan2(y - cy, x - cx) % 0.7 > 0.32) return shade([120, 126, 134]);
    if (d < 120) return shade([168, 174, 182]);
    if (d < 128) return shade([96, 102, 110]);
  } else if (view === 'side') {
    const body = Math.abs(y - cy) < 70 && x > 120 && x < 390;
    const solenoid = Math.abs(y - (cy - 105)) < 34 && x > 150 && x < 320;
    const pinion = Math.abs(y - cy) < 34 && x > 70 && x <= 120;
    if (solenoid) return shade([148, 142, 120]);
    if (body) return shade(x > 300 ? [110, 116, 124] : [158, 164, 172]);
    if (pinion) return shade(Math.floor(y / 8) % 2 ? [188, 186, 178] : [132, 130, 124]);
  } else if (Math.abs(x - cx) < 150 && Math.abs(y - cy) < 80) {
    const line = Math.floor((y - cy + 80) / 20);
    const text = (y - cy + 80) % 20 > 6 && (y - cy + 80) % 20 < 14 && line > 0 && line < 7;
    const written = text && Math.abs(x - cx) < 130 && Math.sin((x + line * 37) * 0.5) > -0.3;
    return shade(written ? [50, 54, 60] : [206, 210, 214]);
  }
  return shade([232, 236, 238]);
}
