import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decimalOf,
  fenOf,
  formatMoney,
  formatNumber,
  formatQuantity,
  formatShare,
  unitSign,
  yuanOf,
} from './number.ts';
import { formatAgo, formatDay, formatDuration, formatInstant } from './time.ts';

describe('money', () => {
  test('reads as people write it', () => {
    expect(formatMoney('123456', 'zh')).toBe('¥1,234.56');
    expect(formatMoney(-5n, 'en')).toBe('−¥0.05');
    expect(fenOf('1,234.5')).toBe('123450');
    expect(fenOf('12元')).toBeUndefined();
    expect(fenOf('1.234')).toBeUndefined();
  });
  test('survives being printed and typed again', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), (fen) => {
        expect(fenOf(yuanOf(fen.toString()))).toBe(fen.toString());
      }),
    );
  });
});

describe('numbers and quantities', () => {
  test('keep the decimals they came with', () => {
    expect(formatNumber('8.20', 'zh')).toBe('8.20');
    expect(formatNumber(1234.5678, 'en')).toBe('1,234.568');
    expect(formatNumber('123456789012.123456789', 'en')).toBe('123,456,789,012.123456789');
    expect(formatShare(0.9421, 'zh')).toBe('94.2%');
  });
  test('carry their unit', () => {
    expect(formatQuantity('8.2', 'VLT', 'zh')).toBe('8.2\u00a0V');
    expect(formatQuantity(3, 'C62', 'zh')).toBe('3\u00a0件');
    expect(unitSign('XYZ', 'en')).toBe('XYZ');
  });
  test('are read from any keyboard', () => {
    expect(decimalOf('８．２')).toBe('8.2');
    expect(decimalOf('8。2')).toBe('8.2');
    expect(decimalOf('.5')).toBe('0.5');
    expect(decimalOf('8.')).toBe('8');
    expect(decimalOf('−3')).toBe('-3');
    expect(decimalOf('8,2x')).toBeUndefined();
    expect(decimalOf('')).toBeUndefined();
  });
});

describe('time', () => {
  test('is the plant’s, not the reader’s', () => {
    expect(formatInstant('2026-11-21T17:30:00Z', 'zh')).toBe('2026-11-22 01:30');
    expect(formatInstant('2026-11-21T17:30:00Z', 'en')).toBe('22 Nov 2026, 01:30');
    expect(formatDay('2026-11-22', 'en')).toBe('22 Nov 2026');
  });
  test('says how long ago', () => {
    const now = new Date('2026-11-22T12:00:00Z');
    expect(formatAgo('2026-11-22T11:57:00Z', now, 'en')).toBe('3 minutes ago');
    expect(formatAgo('2026-11-25T12:00:00Z', now, 'zh')).toBe('3天后');
  });
  test('says how long', () => {
    expect(formatDuration(3900, 'en')).toBe('1 h 05 min');
    expect(formatDuration(59.6, 'zh')).toBe('1 分 00 秒');
  });
});
