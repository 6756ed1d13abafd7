import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bitmapOf, pngOf } from './bitmap.ts';
import { isMarkConspicuous, type Label, type LabelSubject, layOut, MARK } from './layout.ts';
import { dataMatrixModules, qrModules } from './symbol.ts';
import { pdfOf, svgOf } from './vector.ts';
import { zplOf } from './zpl.ts';

const unit: LabelSubject = {
  about: 'unit',
  code: 'U0000001',
  link: 'http://localhost:8080/01/09529999010018/21/U0000001',
  elements: '(01)09529999010018(21)U0000001',
  name: '再制造起动机 12V 1.4kW',
  number: 'RS-12-14-9T',
  lines: ['河间起动机厂', '2026-03-02  GB/T 28673-2012'],
};
const core: LabelSubject = {
  about: 'core',
  code: 'C0000042',
  link: 'http://localhost:8080/8004/952000001C0000042',
  elements: '(8004)952000001C0000042',
  name: 'Starter ~12 V^',
  number: '3708010-D9',
  lines: [],
};

test('a long name breaks between words, Chinese between its characters', () => {
  const linesOf = (name: string) =>
    layOut({ ...core, name }, '60x40').items.flatMap((i) => (i.kind === 'text' ? [i.text] : []));
  expect(linesOf('Terminal hardware set')).toEqual(
    expect.arrayContaining(['Terminal hardware', 'set']),
  );
  const chinese = linesOf('再制造起动机永磁减速九齿十二伏一点四千瓦');
  expect(chinese.join('')).toContain('再制造起动机永磁减速九齿十二伏一点四千瓦');
});

describe('ZPL', () => {
  test('of a core, line by line', () => {
    expect(zplOf(layOut(core, '25x15'), 8)).toBe(
      [
        '^XA',
        '^CI28',
        '^PW200',
        '^LL120',
        '^LH0,0',
        '^FO12,6^BQN,2,3^FDMA,http://localhost:8080/8004/952000001C0000042^FS',
        '^FO106,16^A0N,17,14^TBN,91,18^FH\\^FDC0000042^FS',
        '^FO106,42^A0N,14,12^TBN,91,15^FH\\^FD3708010-D9^FS',
        '^FO106,62^A0N,14,12^TBN,91,15^FH\\^FDStarter \\7E12 V\\5E^FS',
        '^XZ',
        '',
      ].join('\n'),
    );
  });

  test('of a unit: the mark as a picture, FNC1 first in the DataMatrix, none after the last', () => {
    const zpl = zplOf(layOut(unit, '60x40'), 8);
    expect(zpl).toContain('^FD_1010952999901001821U0000001^FS');
    const [, bytes, total, stride, hex] = /\^GFA,(\d+),(\d+),(\d+),([0-9A-F]+)\^FS/.exec(zpl) ?? [];
    expect(bytes).toBe(total);
    expect(hex?.length).toBe(2 * Number(bytes));
    expect(Number(bytes) % Number(stride)).toBe(0);
  });

  test('a variable element before another is ended by FNC1, and an underscore is told twice', () => {
    const elements = '(01)09529999010018(10)L_1(21)U1';
    const label: Label = {
      ...{ width: 20, height: 20, about: 'lot', title: 'x' },
      items: [
        {
          ...{ kind: 'datamatrix', x: 1, y: 1, size: 10, data: elements },
          modules: dataMatrixModules(elements),
        },
      ],
    };
    expect(zplOf(label, 8)).toContain('^FD_1010952999901001810L__1_121U1^FS');
  });

  test('no text breaks out of its field', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 20 }), (name) => {
        const zpl = zplOf(layOut({ ...core, name }, '25x15'), 8);
        expect(zpl.match(/\^XZ/g)).toHaveLength(1);
        expect(zpl).not.toContain('~');
      }),
      { numRuns: 100 },
    );
  });
});

describe('the mark', () => {
  test('stands on every unit label that may be printed, larger than all else', () => {
    for (const size of ['60x40', '50x30'] as const) {
      expect(isMarkConspicuous(layOut(unit, size))).toBe(true);
    }
    expect(isMarkConspicuous(layOut(unit, '25x15'))).toBe(false);
    expect(isMarkConspicuous(layOut(core, '25x15'))).toBe(true);
  });

  test('left out, made small, pushed off the edge or outdone: refused', () => {
    const good = layOut(unit, '60x40');
    const changed = (change: object): Label => ({
      ...good,
      items: good.items.map((i) =>
        i.kind === 'text' && i.role === 'mark' ? { ...i, ...change } : i,
      ),
    });
    expect(isMarkConspicuous(changed({ text: 'REMAN' }))).toBe(false);
    expect(isMarkConspicuous(changed({ size: 2 }))).toBe(false);
    expect(isMarkConspicuous(changed({ y: 38 }))).toBe(false);
    const loud = {
      kind: 'text',
      x: 0,
      y: 0,
      size: 9,
      face: 'bold',
      width: 50,
      text: 'SALE',
    } as const;
    expect(isMarkConspicuous({ ...good, items: [...good.items, loud] })).toBe(false);
    expect(isMarkConspicuous({ ...good, items: good.items.filter((i) => i.kind !== 'text') })).toBe(
      false,
    );
    expect(MARK).toBe('再制造');
  });
});

describe('pictures', () => {
  const label = layOut(unit, '60x40');

  test('PNG: the size of the label in dots, one bit each, as much black as the symbols at least', () => {
    const bitmap = bitmapOf(label, 8);
    const png = Buffer.from(pngOf(bitmap, 8));
    expect([png.readUInt32BE(16), png.readUInt32BE(20), png[24]]).toEqual([480, 320, 1]);
    const at = png.indexOf('IDAT');
    const lines = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
    expect(lines.length).toBe(320 * (1 + 60));
    const black = bitmap.bits.reduce((n, b) => n + b.toString(2).replaceAll('0', '').length, 0);
    const dark = qrModules(unit.link).dark.filter(Boolean).length;
    expect(black).toBeGreaterThan(dark * 5 * 5);
    expect(black).toBeLessThan(480 * 320 * 0.35);
  });

  test('SVG: true size, words for readers aloud, nothing unescaped', () => {
    const svg = svgOf(layOut({ ...unit, name: '<b>&"' }, '60x40'));
    expect(svg).toContain('width="60mm" height="40mm"');
    expect(svg).toContain('&#60;b&#62;&#38;&#34;');
    expect(svg).toContain(unit.link);
    expect(svg).not.toContain('NaN');
  });

  test('PDF: one page, the same bytes for the same label and time', async () => {
    const at = new Date('2026-03-02T01:00:00Z');
    const [one, two] = [await pdfOf(label, at), await pdfOf(label, at)];
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
    expect(Buffer.from(one).toString('latin1')).toContain('/Count 1');
  });

  test('symbols are square, with the finder where it belongs', () => {
    const qr = qrModules(unit.link);
    expect(qr.columns).toBe(qr.rows);
    expect(qr.dark.slice(0, 8)).toEqual([...Array(7).fill(true), false]);
    const matrix = dataMatrixModules(unit.elements);
    const left = Array.from({ length: matrix.rows }, (_, y) => matrix.dark[y * matrix.columns]);
    expect(left.every(Boolean)).toBe(true); // the solid edge of a DataMatrix
  });
});
