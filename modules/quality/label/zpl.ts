import { type Bitmap, emptyBitmap, fillOutline } from './bitmap.ts';
import type { Item, Label, SymbolItem, TextItem } from './layout.ts';
import { outlineOf } from './outline.ts';

/**
 * A label in ZPL II. Symbols and Latin texts are the printer’s own, so they come out at its full
 * sharpness; Chinese goes as a picture, because few printers have a Chinese font.
 * @param dpmm dots a millimetre: 8 for 203 dpi, 12 for 300 dpi
 */
export function zplOf(label: Label, dpmm: number): string {
  const dots = (mm: number) => Math.round(mm * dpmm);
  return [
    '^XA',
    '^CI28', // UTF-8
    `^PW${dots(label.width)}`,
    `^LL${dots(label.height)}`,
    '^LH0,0',
    ...label.items.map((item) => field(item, dpmm)),
    '^XZ',
    '',
  ].join('\n');
}

function field(item: Item, dpmm: number): string {
  const dots = (mm: number) => Math.round(mm * dpmm);
  const origin = `^FO${dots(item.x)},${dots(item.y)}`;
  switch (item.kind) {
    case 'frame': {
      const line = Math.max(1, dots(item.line));
      return `${origin}^GB${dots(item.width)},${dots(item.height)},${line}^FS`;
    }
    case 'text':
      return isLatin(item.text)
        ? `${origin}^A0N,${dots(item.size)},${dots(item.size * 0.85)}^TBN,${dots(item.width)},${dots(item.size * 1.1)}^FH\\^FD${escaped(item.text)}^FS`
        : picture(item, dpmm);
    case 'qr': {
      const module = moduleDots(item, dpmm, 10);
      // ^BQ moves every symbol ten dots down; the origin is moved up by as much.
      const y = Math.max(0, dots(item.y) - 10);
      return `^FO${dots(item.x)},${y}^BQN,2,${module}^FDMA,${item.data}^FS`;
    }
    case 'datamatrix':
      return `${origin}^BXN,${moduleDots(item, dpmm, 30)},200,,,,_,1^FD${gs1Data(item.data)}^FS`;
  }
}

function moduleDots(item: SymbolItem, dpmm: number, most: number): number {
  const module = Math.floor((item.size * dpmm) / item.modules.columns);
  return Math.min(most, Math.max(1, module));
}

function isLatin(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

/** `^`, `~` and the escape mark itself as hexadecimal. */
function escaped(text: string): string {
  return text.replace(/[\^~\\]/g, (c) => `\\${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Lengths that GS1 fixes: after them no separator is needed. */
const FIXED = new Set(['00', '01', '02', '11', '12', '13', '15', '17', '20', '410', '414']);

/** Bracketed elements as a DataMatrix field: `_1` is FNC1, first of all and after a variable one. */
function gs1Data(elements: string): string {
  const parts = [...elements.matchAll(/\((\d{2,4})\)((?:(?!\(\d{2,4}\)).)+)/g)];
  return parts
    .map(([, ai = '', value = ''], i) => {
      const isLast = i === parts.length - 1;
      const end = isLast || FIXED.has(ai) ? '' : '_1';
      return `${ai}${value.replaceAll('_', '__')}${end}`;
    })
    .reduce((all, part) => all + part, '_1');
}

/** A text as a picture at its place: `^GFA`, hexadecimal, rows of whole bytes. */
function picture(item: TextItem, dpmm: number): string {
  const height = Math.ceil(item.size * 1.2 * dpmm);
  const b = emptyBitmap(Math.ceil(item.width * dpmm), height);
  fillOutline(b, outlineOf({ ...item, x: 0, y: 0 }), dpmm);
  const cut = withoutEmptyColumns(b);
  const hex = Buffer.from(cut.bits).toString('hex').toUpperCase();
  const origin = `^FO${Math.round(item.x * dpmm)},${Math.round(item.y * dpmm)}`;
  return `${origin}^GFA,${cut.bits.length},${cut.bits.length},${cut.stride},${hex}^FS`;
}

/** Drops the empty bytes at the right end of all rows. */
function withoutEmptyColumns(b: Bitmap): Bitmap {
  let stride = b.stride;
  const isEmpty = (column: number) => {
    for (let y = 0; y < b.height; y++) if (b.bits[y * b.stride + column] !== 0) return false;
    return true;
  };
  while (stride > 1 && isEmpty(stride - 1)) stride--;
  const bits = new Uint8Array(stride * b.height);
  for (let y = 0; y < b.height; y++) {
    bits.set(b.bits.subarray(y * b.stride, y * b.stride + stride), y * stride);
  }
  return { width: stride * 8, height: b.height, stride, bits };
}
