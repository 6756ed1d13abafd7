import { type Text, text } from '@zaizao/platform/kernel';
import modes from './vocabulary/damage-modes.json' with { type: 'json' };
import familyData from './vocabulary/families.json' with { type: 'json' };
import methodData from './vocabulary/methods.json' with { type: 'json' };

/** A kind of product that is remanufactured. */
export interface Family {
  readonly code: string;
  readonly name: Text;
  readonly sector: string;
  /** One of the regulated assemblies of a vehicle: engine, steering, transmission, axles, frame. */
  readonly assembly: boolean;
  readonly basis: string;
}

/** A way of cleaning, restoring or testing, and what is recorded when it is used. */
export interface Method {
  readonly code: string;
  readonly kind: string;
  readonly name: Text;
  readonly parameters: readonly {
    readonly key: string;
    readonly name: Text;
    readonly unit: string;
  }[];
  /** The item of the acceptance table it belongs to. */
  readonly item: string;
  readonly basis: string;
}

export interface DamageMode {
  readonly code: string;
  readonly name: Text;
  readonly basis: string;
}

const families: readonly Family[] = familyData;
const methods: readonly Method[] = methodData;
const damageModes: readonly DamageMode[] = modes;

/** The 26 product families of the remanufacturing catalogue. */
export function productFamilies(): readonly Family[] {
  return families;
}

/** Cleaning, restoring, machining and non-destructive testing methods with their parameters. */
export function methodMaster(): readonly Method[] {
  return methods;
}

/** Damage modes: the code list under every finding. */
export function defectCodes(): readonly DamageMode[] {
  return damageModes;
}

/** The five classes of goods on a market page. @see white paper 2018, 六(一)2 */
export const GOODS_CLASSES = {
  'direct-reuse': text('拆解直接回用件', 'Dismantled, direct reuse'),
  remanufacturable: text('可再制造件', 'Remanufacturable core'),
  'reman-new': text('再制造新件', 'Remanufactured part'),
  'market-new': text('市场流通的新件', 'New part'),
  'second-hand': text('二手件', 'Second-hand part'),
} as const satisfies Record<string, Text>;

/** Where a part comes from. @see white paper 2018, table 6-1 */
export const PART_SOURCES = {
  oem: text('OEM 零部件', 'OEM part'),
  aftermarket: text('售后件', 'Aftermarket part'),
  recycled: text('回收零部件', 'Recycled part'),
  refurbished: text('翻新零部件', 'Refurbished part'),
  remanufactured: text('再制造零部件', 'Remanufactured part'),
} as const satisfies Record<string, Text>;

/** 4R. @see white paper 2018, 三(一) */
export const FOUR_R = {
  reduce: text('减量化', 'Reduce'),
  reuse: text('再利用', 'Reuse'),
  recycle: text('再循环', 'Recycle'),
  remanufacture: text('再制造', 'Remanufacture'),
} as const satisfies Record<string, Text>;
