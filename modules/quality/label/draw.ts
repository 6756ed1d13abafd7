import type { z } from 'zod';
import type { printLabel } from '../contract.ts';
import { bitmapOf, pngOf } from './bitmap.ts';
import { isMarkConspicuous, type LabelSubject, layOut } from './layout.ts';
import { pdfOf, svgOf } from './vector.ts';
import { zplOf } from './zpl.ts';

type Wanted = Pick<z.output<(typeof printLabel)['query']>, 'size' | 'format' | 'dpmm'>;

/** A label in the format asked for; undefined where a unit’s mark would not be conspicuous on it. */
export async function drawLabel(subject: LabelSubject, { size, format, dpmm }: Wanted, at: Date) {
  const label = layOut(subject, size);
  if (!isMarkConspicuous(label)) return undefined;
  switch (format) {
    case 'svg':
      return { mediaType: 'image/svg+xml; charset=utf-8', body: svgOf(label) };
    case 'png':
      return { mediaType: 'image/png', body: pngOf(bitmapOf(label, dpmm), dpmm) };
    case 'pdf':
      return { mediaType: 'application/pdf', body: await pdfOf(label, at) };
    case 'zpl':
      return { mediaType: 'text/plain; charset=utf-8', body: zplOf(label, dpmm) };
  }
}
