import type { Random } from './random.ts';
import { reading } from './values.ts';

/** A value that is written down while a product is put together, with what it is measured by. */
export interface Noted {
  readonly name: string;
  readonly unit: string;
  readonly value: (rng: Random) => string;
  readonly instrumentKind?: string;
}

/** What the simulation must know of a product beyond its catalogue. */
export interface Product {
  readonly product: string;
  /** The number that suppliers read on the core. */
  readonly oeNumber: string;
  readonly cleaning: {
    readonly method: string;
    readonly machine: string;
    readonly parameters: Readonly<Record<string, string>>;
  };
  /** Positions that are worn, and can be restored, when all goes well. */
  readonly worn: readonly number[];
  readonly noted: readonly Noted[];
  readonly consumption: readonly {
    readonly name: string;
    readonly quantity: string;
    readonly unit: string;
  }[];
  /** A curve of the test bench, where the product has one. */
  readonly curve?: {
    readonly name: string;
    readonly unit: string;
    readonly points: (rng: Random) => [number, number][];
  };
}

export interface Plant {
  /** What it makes, the first oftenest. */
  readonly products: readonly [Product, ...Product[]];
  readonly stations: readonly (readonly [name: string, kind: StationKind])[];
}
type StationKind = 'forming' | 'assembly' | 'test' | 'coating' | 'labelling' | 'packing';

const ULTRASONIC = {
  method: 'CLN-US',
  machine: 'CL-04',
  parameters: { frequency: '28', temperature: '62', time: '8' },
};
const torque: Noted = {
  name: '贯穿螺栓力矩',
  unit: 'N·m',
  value: (rng) => reading('N·m', [{ min: '9', max: '11' }], true, rng),
  instrumentKind: 'torque-wrench',
};
const grease = { name: '润滑脂', quantity: '20', unit: 'GRM' };

/** Readings of a bench at even intervals of `step` seconds: a value over time, and its noise. */
const sampled =
  (n: number, step: number, digits: number, at: (t: number, rng: Random) => number) =>
  (rng: Random): [number, number][] =>
    Array.from({ length: n }, (_, i) => {
      const t = i * step;
      return [Number(t.toFixed(3)), Number(at(t, rng).toFixed(digits))];
    });

const starter: Product = {
  product: 'RS-12-14-9T',
  oeNumber: '3708010-D9A',
  cleaning: ULTRASONIC,
  worn: [30, 70],
  noted: [torque, { name: '润滑脂', unit: 'g', value: () => '20' }],
  consumption: [grease],
  curve: {
    name: '空载电流',
    unit: 'A',
    // inrush and settling of the no-load current, one reading each 5 ms
    points: sampled(
      400,
      0.005,
      1,
      (t, rng) => 70 + 320 * Math.exp(-t / 0.06) + 3 * Math.sin(t * 300) + rng.between(-1, 1),
    ),
  },
};

const alternator: Product = {
  product: 'RA-14-90',
  oeNumber: '3701010-D9A',
  cleaning: ULTRASONIC,
  worn: [30],
  noted: [torque],
  consumption: [],
  curve: {
    name: '输出电流',
    unit: 'A',
    // the current rises with speed towards the rated one and is held there by the regulator
    points: sampled(300, 0.05, 1, (t, rng) => 92 * (1 - Math.exp(-t / 3)) + rng.between(-0.6, 0.6)),
  },
};

const drillBit: Product = {
  product: 'RB-215.9-M516',
  oeNumber: 'M516-8.5',
  cleaning: { method: 'CLN-MECH', machine: 'CL-01', parameters: {} },
  worn: [40],
  noted: [
    {
      name: '钎焊温度',
      unit: '°C',
      value: (rng) => reading('°C', [{ min: '620', max: '700' }], true, rng),
      instrumentKind: 'pyrometer',
    },
  ],
  consumption: [],
};

/** The reference plants whose catalogues are complete enough to be worked in. */
export const PLANTS: Readonly<Record<'A' | 'B', Plant>> = {
  A: {
    products: [starter, alternator],
    stations: [
      ['红外线精车机', 'forming'],
      ['单向器修复台', 'forming'],
      ['电磁开关修复台', 'forming'],
      ['衬套压装台', 'forming'],
      ['总装台 1', 'assembly'],
      ['总装台 2', 'assembly'],
      ['试验台', 'test'],
      ['涂装线', 'coating'],
      ['激光标识', 'labelling'],
      ['包装台', 'packing'],
    ],
  },
  B: {
    products: [drillBit],
    stations: [
      ['齿孔修复台', 'forming'],
      ['等离子堆焊机器人', 'forming'],
      ['七轴五联动加工中心', 'forming'],
      ['钎焊炉', 'forming'],
      ['保径磨床', 'forming'],
      ['装配台', 'assembly'],
      ['终检台', 'test'],
      ['涂装装箱', 'packing'],
    ],
  },
};

export type PlantLetter = keyof typeof PLANTS;

/** The plant of a letter typed on a command line; undefined where the catalogue has no programme. */
export function plantOf(letter: string): PlantLetter | undefined {
  const known = letter.toUpperCase();
  return known === 'A' || known === 'B' ? known : undefined;
}
