import { DAY_MS } from '@zaizao/platform/kernel';
import { canonicalDecimal, compareDecimals, isDecimal } from '../domain/decimal.ts';
import type { FaultCode } from './faults.ts';
import type { Cell } from './read-xlsx.ts';
import type { Column, Value } from './sheets.ts';

export type Parsed =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false;
      readonly code: FaultCode;
      readonly params: Record<string, string | number>;
    };

const good = (value: Value): Parsed => ({ ok: true, value });

/** Reads one cell as its column wants it. Formulas and merges are found before this. */
export function parseCell(c: Column, cell: Cell): Parsed {
  const bad = (code: FaultCode, more: Record<string, string | number> = {}): Parsed => ({
    ...{ ok: false, code, params: { name: c.name.zh, value: cell.text.slice(0, 60), ...more } },
  });
  if (cell.kind === 'error') return bad('ERROR_VALUE');
  switch (c.type) {
    case 'code':
      if (cell.kind !== 'text') return bad('NOT_TEXT');
      return cell.text.length > c.longest ? bad('TOO_LONG', { most: c.longest }) : good(cell.text);
    case 'text': {
      const text = cell.kind === 'number' ? plain(cell.text) : cell.text;
      return text.length > c.longest ? bad('TOO_LONG', { most: c.longest }) : good(text);
    }
    case 'integer': {
      const digits = numberText(cell);
      if (digits === undefined || !/^-?\d{1,15}$/.test(digits)) return bad('NOT_INTEGER');
      return bounded(c, Number(digits), digits, bad);
    }
    case 'decimal':
    case 'money': {
      const digits = numberText(cell);
      if (digits === undefined) return bad(c.type === 'money' ? 'NOT_MONEY' : 'NOT_NUMBER');
      if (c.type === 'money' && !/^-?\d+(\.\d{1,2})?$/.test(digits)) return bad('NOT_MONEY');
      return bounded(c, digits, digits, bad);
    }
    case 'yes-no': {
      const answer = YES_NO.get(cell.text.toLowerCase());
      return answer === undefined ? bad('NOT_YES_NO') : good(answer);
    }
    case 'day': {
      const day = cell.kind === 'number' ? dayOfSerial(Number(cell.text)) : dayOfText(cell.text);
      return day === undefined ? bad('NOT_DAY') : good(day);
    }
    case 'choice': {
      const choices = Object.entries(c.choices ?? {});
      const typed = cell.text.toLowerCase();
      const found = choices.find(
        ([code, name]) =>
          code.toLowerCase() === typed || name.zh === cell.text || name.en.toLowerCase() === typed,
      );
      if (found) return good(found[0]);
      const list = choices.slice(0, 12).map(([code]) => code);
      return bad('NOT_CHOICE', { choices: list.join(' / ') + (choices.length > 12 ? ' …' : '') });
    }
  }
}

function bounded(
  c: Column,
  value: string | number,
  digits: string,
  bad: (code: FaultCode, more?: Record<string, string | number>) => Parsed,
): Parsed {
  if (c.least !== undefined && compareDecimals(digits, plain(String(c.least))) < 0) {
    return bad('TOO_SMALL', { least: c.least });
  }
  if (c.most !== undefined && compareDecimals(digits, plain(String(c.most))) > 0) {
    return bad('TOO_LARGE', { most: c.most });
  }
  return good(value);
}

/** Maps here and beside, because a cell may say `constructor`, which every object answers to. */
const YES_NO: ReadonlyMap<string, boolean> = new Map([
  ...['是', 'yes', 'y', 'true', '1', '✓'].map((word) => [word, true] as const),
  ...['否', 'no', 'n', 'false', '0'].map((word) => [word, false] as const),
]);

/** The digits of a numeric cell or of a number typed as text; undefined when it is no number. */
function numberText(cell: Cell): string | undefined {
  if (cell.kind === 'boolean') return undefined;
  const text = cell.kind === 'number' ? plain(cell.text) : cell.text.normalize('NFKC');
  return text.length <= 40 && isDecimal(text) ? canonicalDecimal(text) : undefined;
}

/** Excel writes 8.2 as 8.1999999999999993: the shortest decimal that means the same is what was typed. */
function plain(digits: string): string {
  const n = Number(digits);
  if (!Number.isFinite(n)) return digits;
  const short = String(n);
  if (!short.includes('e')) return short;
  return Math.abs(n) < 1 ? canonicalDecimal(n.toFixed(15)) : BigInt(n).toString(); // whole from 1e21
}

/** Excel’s serial days: 1 is 1900-01-01, and 60 is a day that never was. */
function dayOfSerial(serial: number): string | undefined {
  if (!Number.isInteger(serial) || serial < 61 || serial > 80_000) return undefined;
  return new Date(Date.UTC(1899, 11, 30) + serial * DAY_MS).toISOString().slice(0, 10);
}

function dayOfText(text: string): string | undefined {
  const m = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  if (!m) return undefined;
  const day = `${m[1]}-${m[2]?.padStart(2, '0')}-${m[3]?.padStart(2, '0')}`;
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : undefined;
}
