import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCell } from './parse.ts';
import { sheetByKey } from './sheets.ts';
import { attributesOf, decode, elements, prefixOf } from './xml.ts';
import { Damaged } from './zip.ts';

describe('elements', () => {
  test('are found by their whole name, empty or not, with their prefix', () => {
    const xml = '<cols><col/></cols><c r="A1"><v>1</v></c><c r="B1"/><x:c>2</x:c>';
    expect([...elements(xml, 'c', '')].map((e) => e.body)).toEqual(['<v>1</v>', '']);
    expect([...elements(xml, 'c', 'x:')].map((e) => e.body)).toEqual(['2']);
    expect(prefixOf('<?xml version="1.0"?><x:worksheet xmlns:x="…">', 'worksheet')).toBe('x:');
    expect(prefixOf('<worksheet>', 'worksheet')).toBe('');
  });

  test('that are not complete are left for the next piece', () => {
    expect([...elements('<row r="1"><c/></row><row r="2"><c', 'row', '')]).toHaveLength(1);
    expect([...elements('<row', 'row', '')]).toEqual([]);
  });

  test('a tag of no end is refused, and a flood of openings takes no time', () => {
    expect(() => [...elements(`<row ${'a'.repeat(5000)}>`, 'row', '')]).toThrow(Damaged);
    const began = process.threadCpuUsage();
    expect([...elements('<row>'.repeat(400_000), 'row', '')]).toEqual([]);
    expect(process.threadCpuUsage(began).user / 1000).toBeLessThan(2000);
  });

  test('an entity that only JavaScript knows stays as it is', () => {
    expect(decode('&amp;&constructor;&toString;&__proto__;')).toBe(
      '&&constructor;&toString;&__proto__;',
    );
    expect(attributesOf('__proto__="1" constructor="2" r="A1"').r).toBe('A1');
  });

  test('give back what was written', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 20 })), (texts) => {
        const safe = (s: string) =>
          s.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`).replaceAll('_x', '_x005F_x');
        const xml = texts.map((s) => `<t a="${safe(s)}">${safe(s)}</t>`).join('');
        const found = [...elements(xml, 't', '')];
        const clean = texts.map((s) => s.replaceAll('\0', ''));
        expect(found.map((e) => decode(e.body))).toEqual(clean);
        expect(found.map((e) => attributesOf(e.attributes).a)).toEqual(clean);
      }),
    );
  });
});

test('a cell of yes or no is nothing that JavaScript finds under its text', () => {
  const column = sheetByKey('parts').columns.find((c) => c.key === 'active');
  const read = (text: string) =>
    column && parseCell(column, { ref: 'A1', column: 1, kind: 'text', text, formula: false });
  expect(read('是')).toEqual({ ok: true, value: true });
  expect(read('No')).toEqual({ ok: true, value: false });
  for (const text of ['constructor', '__proto__'])
    expect(read(text)).toMatchObject({ code: 'NOT_YES_NO' });
});

test('a number that Excel writes with an exponent is its digits, or too long for any column', () => {
  const mass = sheetByKey('parts').columns.find((c) => c.key === 'mass_g');
  const read = (text: string) =>
    mass && parseCell(mass, { ref: 'A1', column: 1, kind: 'number', text, formula: false });
  expect(read('1E-3')).toEqual({ ok: true, value: '0.001' });
  expect(read('1E21')).toMatchObject({ code: 'TOO_LARGE' });
  for (const text of ['1E308', '-1E300', '1E400'])
    expect(read(text)).toMatchObject({ code: 'NOT_NUMBER' });
});
