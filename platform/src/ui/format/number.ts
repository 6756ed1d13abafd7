import type { Lang } from '../../kernel/index.ts';

const locales = { zh: 'zh-CN', en: 'en-GB' } as const;

export function localeOf(lang: Lang): string {
  return locales[lang];
}

const cache = new Map<string, Intl.NumberFormat>();

function formatter(lang: Lang, minimum: number, maximum: number): Intl.NumberFormat {
  const key = `${lang} ${minimum} ${maximum}`;
  let made = cache.get(key);
  if (!made) {
    made = new Intl.NumberFormat(locales[lang], {
      minimumFractionDigits: minimum,
      maximumFractionDigits: maximum,
    });
    cache.set(key, made);
  }
  return made;
}

/** A number or decimal string in the reader's grouping. A decimal string keeps its own decimals. */
export function formatNumber(value: number | string | bigint, lang: Lang, digits?: number): string {
  const decimals = typeof value === 'string' ? (value.split('.')[1]?.length ?? 0) : 0;
  const minimum = digits ?? decimals;
  const maximum = digits ?? (typeof value === 'string' ? decimals : 3);
  // Intl formats a decimal string exactly, without passing through a float
  return formatter(lang, minimum, maximum).format(value as number | bigint | `${number}`);
}

/** A share 0…1 as per cent. */
export function formatShare(value: number, lang: Lang, digits = 1): string {
  return `${formatNumber(value * 100, lang, digits)}%`;
}

/** Whole fen as yuan with two decimals and the currency's sign: `¥1,234.50`. */
export function formatMoney(fen: string | bigint, lang: Lang, currency = 'CNY'): string {
  const whole = BigInt(fen);
  const absolute = whole < 0n ? -whole : whole;
  const cents = (absolute % 100n).toString().padStart(2, '0');
  const sign = whole < 0n ? '−' : '';
  const symbol = currency === 'CNY' ? '¥' : `${currency}\u00a0`;
  return `${sign}${symbol}${formatter(lang, 0, 0).format(absolute / 100n)}.${cents}`;
}

/** Yuan as typed (`12.5`) to whole fen (`1250`); undefined when it is no amount. */
export function fenOf(typed: string): string | undefined {
  const m = /^\s*(-?)(\d{1,13})(?:[.。](\d{0,2}))?\s*$/.exec(typed.replaceAll(',', ''));
  if (!m) return undefined;
  const [, sign = '', yuan = '0', cents = ''] = m;
  return BigInt(`${sign}${yuan}${cents.padEnd(2, '0')}`).toString();
}

/** Whole fen to yuan as typed: `1250` → `12.50`. */
export function yuanOf(fen: string): string {
  const whole = BigInt(fen);
  const absolute = whole < 0n ? -whole : whole;
  const cents = (absolute % 100n).toString().padStart(2, '0');
  return `${whole < 0n ? '-' : ''}${absolute / 100n}.${cents}`;
}

/** A number as typed on any keyboard to a decimal string; undefined when it is none. */
export function decimalOf(typed: string): string | undefined {
  const plain = typed
    .replace(/[０-９．－]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)) // full-width forms
    .replaceAll(/[,\s]/g, '')
    .replace('。', '.')
    .replace('−', '-');
  return /^-?(\d{1,12}(\.\d{0,9})?|\.\d{1,9})$/.test(plain)
    ? plain.replace(/^(-?)\./, '$10.').replace(/\.$/, '')
    : undefined;
}

/** UN/CEFACT Recommendation 20 codes that the trade uses, and their signs. */
const units: Readonly<Record<string, string | { readonly zh: string; readonly en: string }>> = {
  KGM: 'kg',
  GRM: 'g',
  TNE: 't',
  MGM: 'mg',
  MTR: 'm',
  CMT: 'cm',
  MMT: 'mm',
  '4H': 'µm',
  KMT: 'km',
  LTR: 'L',
  MLT: 'mL',
  MTQ: 'm³',
  VLT: 'V',
  AMP: 'A',
  OHM: 'Ω',
  C16: 'mΩ',
  WTT: 'W',
  KWT: 'kW',
  KWH: 'kWh',
  HTZ: 'Hz',
  '2Z': 'mV',
  NEW: 'N',
  NU: 'N·m',
  PAL: 'Pa',
  KPA: 'kPa',
  MPA: 'MPa',
  BAR: 'bar',
  CEL: '°C',
  DD: '°',
  P1: '%',
  RPM: 'r/min',
  '2N': 'dB',
  SEC: 's',
  C26: 'ms',
  MIN: 'min',
  HUR: 'h',
  DAY: { zh: '天', en: 'd' },
  MON: { zh: '个月', en: 'mo' },
  ANN: { zh: '年', en: 'y' },
  C62: { zh: '件', en: 'pcs' },
  EA: { zh: '件', en: 'ea' },
  H87: { zh: '件', en: 'pcs' },
  PR: { zh: '对', en: 'pairs' },
  SET: { zh: '套', en: 'sets' },
};

/** The sign of a unit code; a code without one is shown as it is. */
export function unitSign(code: string, lang: Lang): string {
  const unit = units[code];
  if (unit === undefined) return code;
  return typeof unit === 'string' ? unit : unit[lang];
}

/** A quantity with its unit: `8.2 V`. */
export function formatQuantity(value: number | string, unit: string, lang: Lang): string {
  const sign = unitSign(unit, lang);
  const gap = sign === '%' || sign === '°' ? '' : '\u00a0';
  return `${formatNumber(value, lang)}${gap}${sign}`;
}
