import { create, type Font } from 'fontkit';
import { type Face, fontBytes } from './fonts.ts';
import type { TextItem } from './layout.ts';

export type Command =
  | readonly ['M', number, number]
  | readonly ['L', number, number]
  | readonly ['Q', number, number, number, number]
  | readonly ['C', number, number, number, number, number, number]
  | readonly ['Z'];

const fonts = new Map<Face, Font>();

function fontOf(face: Face): Font {
  const known = fonts.get(face);
  if (known) return known;
  const font = create(fontBytes(face));
  if (!('unitsPerEm' in font)) throw new Error('a collection of fonts, not a font');
  fonts.set(face, font);
  return font;
}

/** Height of the letters' upper edge above the baseline, as a share of the em box. */
const BASELINE = 0.88;

/**
 * A text as outlines in millimetres, y downwards: the same picture on every printer and screen,
 * whatever fonts it has. Too long a text ends in an ellipsis.
 */
export function outlineOf(t: TextItem): Command[] {
  const font = fontOf(t.face);
  const scale = t.size / font.unitsPerEm;
  const baseline = t.y + t.size * BASELINE;
  const out: Command[] = [];
  let x = t.x;
  for (const glyph of font.glyphsForString(fitted(font, t, scale))) {
    const at = (px: number) => x + px * scale;
    const up = (py: number) => baseline - py * scale;
    for (const { command, args } of glyph.path.commands) {
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args;
      if (command === 'moveTo') out.push(['M', at(a), up(b)]);
      else if (command === 'lineTo') out.push(['L', at(a), up(b)]);
      else if (command === 'quadraticCurveTo') out.push(['Q', at(a), up(b), at(c), up(d)]);
      else if (command === 'bezierCurveTo') {
        out.push(['C', at(a), up(b), at(c), up(d), at(e), up(f)]);
      } else out.push(['Z']);
    }
    x += glyph.advanceWidth * scale;
  }
  return out;
}

function fitted(font: Font, t: TextItem, scale: number): string {
  const widthOf = (s: string) =>
    font.glyphsForString(s).reduce((n, g) => n + g.advanceWidth, 0) * scale;
  if (widthOf(t.text) <= t.width) return t.text;
  const letters = [...t.text];
  while (letters.length > 0 && widthOf(`${letters.join('')}…`) > t.width) letters.pop();
  return `${letters.join('')}…`;
}

/** The outlines as an SVG path. @param places decimals kept; 2 are a hundredth of a millimetre */
export function svgPath(commands: readonly Command[], places = 2): string {
  const number = (n: number) => String(Number(n.toFixed(places)));
  return commands.map(([letter, ...numbers]) => letter + numbers.map(number).join(' ')).join('');
}
