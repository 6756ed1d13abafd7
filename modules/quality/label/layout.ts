import { dataMatrixModules, type Modules, qrModules } from './symbol.ts';

/** The word that a remanufactured product carries where everybody sees it (CE-03; GB/T 39895). */
export const MARK = '再制造';

// All measures in millimetres from the upper left corner.
interface At {
  readonly x: number;
  readonly y: number;
}

export interface TextItem extends At {
  readonly kind: 'text';
  readonly text: string;
  /** Height of the em box. */
  readonly size: number;
  readonly face: 'regular' | 'bold';
  /** The text is cut to this width, with an ellipsis. */
  readonly width: number;
  readonly role?: 'mark';
}

export interface SymbolItem extends At {
  readonly kind: 'qr' | 'datamatrix';
  readonly size: number;
  /** QR: the text. DataMatrix: bracketed elements. */
  readonly data: string;
  readonly modules: Modules;
}

export interface FrameItem extends At {
  readonly kind: 'frame';
  readonly width: number;
  readonly height: number;
  readonly line: number;
}

export type Item = TextItem | SymbolItem | FrameItem;

export interface Label {
  readonly width: number;
  readonly height: number;
  readonly about: 'core' | 'component' | 'lot' | 'unit' | 'parcel';
  readonly title: string;
  readonly items: readonly Item[];
}

/** What a label is about, as texts. */
export interface LabelSubject {
  readonly about: Label['about'];
  readonly code: string;
  /** Digital Link on our own address, for phones. */
  readonly link: string;
  /** Bracketed GS1 elements, for industrial readers. */
  readonly elements: string;
  readonly name: string;
  readonly number: string;
  /** More lines in order of weight: maker, date, standard, grade. */
  readonly lines: readonly string[];
}

export type LabelSize = '60x40' | '50x30' | '25x15';

/** Lays a label out; the three sizes are common rolls. */
export function layOut(s: LabelSubject, size: LabelSize): Label {
  const [width, height] = { '60x40': [60, 40], '50x30': [50, 30], '25x15': [25, 15] }[size] as [
    number,
    number,
  ]; // the table names every size
  const title = `${s.name} ${s.code}`;
  const items = size === '25x15' ? smallest(s) : full(s, width, height);
  return { width, height, about: s.about, title, items };
}

function smallest(s: LabelSubject): Item[] {
  const line = { kind: 'text', x: 13.2, face: 'regular', width: 11.4 } as const;
  return [
    { kind: 'qr', x: 1.5, y: 2, size: 11, data: s.link, modules: qrModules(s.link) },
    { ...line, y: 2, size: 2.1, face: 'bold', text: s.code },
    { ...line, y: 5.2, size: 1.7, text: s.number },
    { ...line, y: 7.8, size: 1.7, text: s.name },
  ];
}

const isWide = (letter: string) => /[\u2e80-\uffef]/.test(letter);

/** About how wide a text is: capitals and digits are taken for 0.62 em, Chinese for one. */
function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, letter) => sum + (isWide(letter) ? 1 : 0.62) * size, 0);
}

/** A long text as two lines of about a width: between Chinese characters, or between words. */
function wrapped(text: string, width: number, size: number): string[] {
  if (widthOf(text, size) <= width) return [text];
  const letters = [...text];
  let end = letters.findIndex((_, i) => widthOf(letters.slice(0, i + 1).join(''), size) > width);
  const inWord = !isWide(letters[end] ?? '') && letters[end] !== ' ';
  const space = letters.lastIndexOf(' ', end);
  const wide = letters.findLastIndex((letter, i) => i < end && isWide(letter));
  if (inWord && Math.max(space, wide) > 0) end = Math.max(space, wide) + 1;
  return [letters.slice(0, end), letters.slice(end)].map((line) => line.join('').trim());
}

function full(s: LabelSubject, width: number, height: number): Item[] {
  const isLarge = height >= 40;
  const qr = isLarge ? 20 : 15;
  const matrix = isLarge ? 8 : 6.5;
  // four modules of quiet zone on every side (ISO/IEC 18004)
  const right = width - 3 - qr;
  const room = right - 4;
  const body = isLarge ? 2.6 : 2.2;
  const items: Item[] = [
    { kind: 'qr', x: right, y: 3, size: qr, data: s.link, modules: qrModules(s.link) },
    {
      ...{ kind: 'datamatrix', x: width - 2 - matrix, y: height - 2 - matrix, size: matrix },
      ...{ data: s.elements, modules: dataMatrixModules(s.elements) },
    },
  ];
  let y = 2;
  if (s.about === 'unit') {
    const mark = isLarge ? 6 : 4.6;
    const frame = { x: 2, y, width: mark * 3 + 2, height: mark * 1.25, line: 0.4 };
    items.push({ kind: 'frame', ...frame });
    items.push({
      ...{ kind: 'text', x: 3, y: y + mark * 0.12, size: mark, face: 'bold', width: mark * 3.2 },
      ...{ text: MARK, role: 'mark' },
    });
    y += frame.height + (isLarge ? 1 : 0.6);
  }
  const code = isLarge ? 4.4 : 3.6;
  const line = { kind: 'text', x: 2, face: 'regular' } as const;
  items.push({ ...line, y, size: code, face: 'bold', width: room, text: s.code });
  y += code * 1.25;
  for (const text of [...wrapped(s.name, room, body), s.number, ...s.lines]) {
    if (y + body > height - 1) break;
    // beside the QR code there is its room, below it the room beside the DataMatrix
    const wide = y > 4 + qr ? width - matrix - 6 : room;
    items.push({ ...line, y, size: body, width: wide, text });
    y += body * 1.3;
  }
  return items;
}

/** Smallest height at which the mark is told at arm’s length. */
const CONSPICUOUS_MM = 4;

/**
 * Whether a label may go on its thing: a unit’s shows the mark, whole, larger than every other text
 * and large enough to be seen (item CE-03). Other things have no such duty.
 */
export function isMarkConspicuous(label: Label): boolean {
  if (label.about !== 'unit') return true;
  const texts = label.items.filter((i) => i.kind === 'text');
  const mark = texts.find((t) => t.role === 'mark');
  if (!mark?.text.includes(MARK) || mark.size < CONSPICUOUS_MM) return false;
  const isInside = mark.x >= 0 && mark.y >= 0 && mark.y + mark.size <= label.height;
  return isInside && texts.every((t) => t === mark || t.size < mark.size);
}
