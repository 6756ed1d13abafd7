import PDFDocument from 'pdfkit';
import type { Item, Label } from './layout.ts';
import { outlineOf, svgPath } from './outline.ts';
import { darkRuns } from './symbol.ts';

/** An item as the path of an SVG, filled by the non-zero rule, in millimetres. */
function pathOf(item: Item): string {
  if (item.kind === 'text') return svgPath(outlineOf(item));
  if (item.kind === 'frame') {
    const { x, y, width: w, height: h, line: t } = item;
    const outer = `M${x} ${y}h${w}v${h}h${-w}Z`;
    // the inner edge runs the other way round, so the middle stays white
    return `${outer}M${x + t} ${y + t}v${h - 2 * t}h${w - 2 * t}v${-(h - 2 * t)}Z`;
  }
  const module = item.size / item.modules.columns;
  const n = (v: number) => String(Number(v.toFixed(3)));
  let path = '';
  for (const [column, row, run] of darkRuns(item.modules)) {
    const [x, y] = [item.x + column * module, item.y + row * module];
    path += `M${n(x)} ${n(y)}h${n(run * module)}v${n(module)}h${n(-run * module)}Z`;
  }
  return path;
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** A label as SVG of its true size; its texts stand in the title and description for readers aloud. */
export function svgOf(label: Label): string {
  const { width: w, height: h } = label;
  const words = label.items.flatMap((i) => (i.kind === 'text' ? i.text : [])).join(' · ');
  const symbols = label.items.flatMap((i) => ('data' in i ? i.data : []));
  const paths = label.items.map((i) => `<path data-kind="${i.kind}" d="${pathOf(i)}"/>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}mm" height="${h}mm" viewBox="0 0 ${w} ${h}" role="img">`,
    `<title>${escaped(label.title)}</title>`,
    `<desc>${escaped([words, ...symbols].join(' · '))}</desc>`,
    `<rect width="${w}" height="${h}" fill="#fff"/>`,
    `<g fill="#000" shape-rendering="geometricPrecision">${paths.join('')}</g>`,
    '</svg>\n',
  ].join('\n');
}

const POINTS = 72 / 25.4; // a millimetre

/** A label as PDF of its true size, one page, texts as outlines. */
export function pdfOf(label: Label, at: Date): Promise<Uint8Array> {
  const doc = new PDFDocument({
    size: [label.width * POINTS, label.height * POINTS],
    margin: 0,
    info: { Title: label.title, CreationDate: at, ModDate: at },
  });
  const chunks: Uint8Array[] = [];
  const whole = new Promise<Uint8Array>((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    doc.on('error', reject);
  });
  doc.scale(POINTS);
  for (const item of label.items) doc.path(pathOf(item)).fill('black');
  doc.end();
  return whole;
}
