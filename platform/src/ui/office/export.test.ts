import { crc32 as reference } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { column, csvOf, workbookOf } from './export.ts';
import { crc32 } from './zip.ts';

describe('CSV', () => {
  test('quotes, keeps numbers, and opens as UTF-8', () => {
    expect(
      csvOf(
        ['编号', '价格'],
        [
          ['a"b,c', 12.5],
          ['两\n行', undefined],
        ],
      ),
    ).toBe('\ufeff编号,价格\r\n"a""b,c",12.5\r\n"两\n行",\r\n');
  });
  test('never hands a spreadsheet a formula', () => {
    expect(csvOf(['x'], [['=1+1'], ['@SUM(A1)'], ['-5'], ['+86 10']])).toBe(
      "\ufeffx\r\n'=1+1\r\n'@SUM(A1)\r\n-5\r\n'+86 10\r\n",
    );
  });
});

describe('the workbook', () => {
  test('names columns as Excel does', () => {
    expect([0, 25, 26, 701, 702].map(column)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
  });
  test('is a stored ZIP whose sheet holds the cells, escaped', () => {
    const bytes = workbookOf('旧件/清单', ['编号'], [['<A&B>'], [3.5]]);
    const whole = new TextDecoder().decode(bytes);
    expect(whole.startsWith('PK\u0003\u0004')).toBe(true);
    expect(whole).toContain('&lt;A&amp;B&gt;');
    expect(whole).toContain('<c r="A3"><v>3.5</v></c>');
    expect(whole).toContain('sheet name="旧件 清单"');
  });
  test('sums its files as zlib does', () => {
    for (const s of ['', 'a', '再制造', 'x'.repeat(10_000)]) {
      const bytes = new TextEncoder().encode(s);
      expect(crc32(bytes)).toBe(reference(bytes));
    }
  });
});
