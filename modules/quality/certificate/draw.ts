import PDFDocument from 'pdfkit';
import { fontBytes } from '../label/fonts.ts';
import { darkRuns, qrModules } from '../label/symbol.ts';
import type { CertificateContent } from './content.ts';
import { builtTable, facts, type Table, testTable } from './sections.ts';

// Points (1/72 in); A4.
const PAGE = { width: 595.28, height: 841.89, margin: 42 } as const;
const INNER = PAGE.width - 2 * PAGE.margin;
const GREEN = '#0B6E4F';
const GREY = '#5B6770';
const LINE = '#C9D1D6';

/**
 * Draws a certificate, in Chinese with English beside it. The same content gives the same bytes:
 * nothing of the clock or of chance enters.
 */
export function drawCertificate(c: CertificateContent): Promise<Uint8Array> {
  const doc = new PDFDocument({
    size: 'A4',
    margin: PAGE.margin,
    bufferPages: true,
    info: {
      Title: `再制造产品合格证 ${c.code}`,
      Author: c.maker.legalName ?? c.maker.name,
      Subject: `${c.product.number} ${c.serial}`,
      CreationDate: new Date(c.issuedAt),
      ModDate: new Date(c.issuedAt),
    },
    lang: 'zh-CN',
  });
  const chunks: Uint8Array[] = [];
  const whole = new Promise<Uint8Array>((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    doc.on('error', reject);
  });
  doc.registerFont('regular', fontBytes('regular'));
  doc.registerFont('bold', fontBytes('bold'));
  head(doc, c);
  drawFacts(doc, facts(c));
  table(doc, testTable(c));
  closing(doc, c);
  table(doc, builtTable(c));
  standards(doc, c);
  feet(doc, c);
  doc.end();
  return whole;
}

type Doc = PDFKit.PDFDocument;

function head(doc: Doc, c: CertificateContent): void {
  const { margin } = PAGE;
  doc.font('regular').fontSize(10).fillColor(GREY);
  doc.text(c.maker.legalName ?? c.maker.name, margin, margin);
  doc
    .font('bold')
    .fontSize(22)
    .fillColor('#12211B')
    .text('再制造产品合格证', margin, margin + 18);
  doc.font('regular').fontSize(10.5).fillColor(GREY);
  doc.text('Certificate of a remanufactured product', margin, margin + 50);
  // the mark, conspicuous (CE-03)
  const width = 128;
  const x = PAGE.width - margin - 92 - width - 14;
  doc.roundedRect(x, margin + 6, width, 46, 4).fill(GREEN);
  doc.font('bold').fontSize(26).fillColor('white');
  doc.text('再制造', x, margin + 9, { width, align: 'center', lineBreak: false });
  doc
    .font('regular')
    .fontSize(8)
    .text('REMANUFACTURED', x, margin + 41, { width, align: 'center' });
  qr(doc, c.link, PAGE.width - margin - 92, margin, 92);
  doc.y = margin + 104;
  if (!c.simulated) return;
  doc.rect(margin, doc.y - 4, INNER, 18).fill('#F3E3C2');
  doc.font('bold').fontSize(9).fillColor('#7A4B00');
  const words = '模拟数据，不作为合格证明 · Simulated data, not a proof of conformity';
  doc.text(words, margin, doc.y, { width: INNER, align: 'center' });
  doc.y += 10;
}

function qr(doc: Doc, text: string, x: number, y: number, size: number): void {
  const m = qrModules(text);
  const module = size / m.columns;
  for (const [column, row, run] of darkRuns(m)) {
    doc.rect(x + column * module, y + row * module, run * module, module);
  }
  doc.fill('black');
}

function drawFacts(doc: Doc, rows: readonly (readonly [label: string, value: string])[]): void {
  const column = INNER / 2;
  let y = doc.y;
  for (let i = 0; i < rows.length; i += 2) {
    let lowest = y;
    for (const [k, row] of rows.slice(i, i + 2).entries()) {
      const x = PAGE.margin + k * column;
      doc
        .font('regular')
        .fontSize(7.5)
        .fillColor(GREY)
        .text(row[0], x, y, { width: column - 10 });
      doc.font('bold').fontSize(10).fillColor('#12211B');
      doc.text(row[1], x, doc.y + 1, { width: column - 10 });
      lowest = Math.max(lowest, doc.y);
    }
    y = lowest + 5;
  }
  doc.y = y + 4;
}

function heading(doc: Doc, text: string): void {
  ensureRoom(doc, 60);
  doc.font('bold').fontSize(11).fillColor(GREEN).text(text, PAGE.margin, doc.y, { width: INNER });
  doc.y += 4;
}

function ensureRoom(doc: Doc, height: number): void {
  if (doc.y + height <= PAGE.height - PAGE.margin - 24) return;
  doc.addPage();
  doc.y = PAGE.margin;
}

const PAD = 3;

function table(doc: Doc, t: Table): void {
  heading(doc, t.title);
  tableRow(doc, t, t.head, 'head');
  for (const row of t.rows) {
    const before = doc.bufferedPageRange().count;
    ensureRoom(doc, rowHeight(doc, t, row, 'body'));
    if (doc.bufferedPageRange().count > before) tableRow(doc, t, t.head, 'head');
    tableRow(doc, t, row, 'body');
  }
  doc.y += 10;
}

type RowKind = 'head' | 'body';

function setRowFont(doc: Doc, kind: RowKind): void {
  doc.font(kind === 'head' ? 'bold' : 'regular').fontSize(kind === 'head' ? 7.5 : 8);
}

function rowHeight(doc: Doc, t: Table, cells: readonly string[], kind: RowKind): number {
  setRowFont(doc, kind);
  const heights = cells.map((cell, i) =>
    doc.heightOfString(cell, { width: (t.widths[i] ?? 0) * INNER - 2 * PAD }),
  );
  return Math.max(...heights) + 2 * PAD;
}

function tableRow(doc: Doc, t: Table, cells: readonly string[], kind: RowKind): void {
  const height = rowHeight(doc, t, cells, kind);
  const y = doc.y;
  if (kind === 'head') doc.rect(PAGE.margin, y, INNER, height).fill('#EEF3F1');
  let x: number = PAGE.margin;
  for (const [i, cell] of cells.entries()) {
    const width = (t.widths[i] ?? 0) * INNER;
    setRowFont(doc, kind);
    doc.fillColor(cell.startsWith('✕') ? '#B42318' : '#12211B');
    doc.text(cell.replace('✕', '×'), x + PAD, y + PAD, { width: width - 2 * PAD });
    x += width;
  }
  const bottom = y + height;
  doc.moveTo(PAGE.margin, bottom).lineTo(PAGE.margin + INNER, bottom);
  doc.lineWidth(0.5).stroke(LINE);
  doc.y = bottom;
}

function closing(doc: Doc, c: CertificateContent): void {
  const { concession, runInMinutes } = c.test;
  ensureRoom(doc, 60);
  doc.font('bold').fontSize(11).fillColor(GREEN);
  const verdict = concession
    ? `结论：让步接收 Accepted by concession ${concession.code}（${concession.reference}）`
    : '结论：试验合格 All tests passed';
  doc.text(verdict, PAGE.margin, doc.y, { width: INNER });
  doc.font('regular').fontSize(8.5).fillColor('#12211B');
  const runIn = runInMinutes ? ` · 磨合 run-in ${runInMinutes} min` : '';
  doc.text(`${c.test.code} · ${c.test.on} · ${c.test.by}${runIn}`, { width: INNER });
  doc.y += 10;
}

function standards(doc: Doc, c: CertificateContent): void {
  heading(doc, '参照标准 Standards referred to');
  doc.font('regular').fontSize(8.5).fillColor('#12211B');
  for (const s of c.standards) {
    ensureRoom(doc, 14);
    doc.text(`${s.number}  ${s.about.zh} ${s.about.en}`, PAGE.margin, doc.y, { width: INNER });
  }
  ensureRoom(doc, 40);
  doc.y += 10;
  doc.font('bold').fontSize(10);
  const signed = `签发 Issued by ${c.issuedBy}    日期 Date ${c.issuedOn}`;
  doc.text(signed, PAGE.margin, doc.y, { width: INNER, align: 'right' });
}

function feet(doc: Doc, c: CertificateContent): void {
  const { start, count } = doc.bufferedPageRange();
  for (let i = start; i < start + count; i++) {
    doc.switchToPage(i);
    // below the margin a text would open a new page
    doc.page.margins.bottom = 0;
    doc.font('regular').fontSize(7).fillColor(GREY);
    const words = `${c.code} · ${c.serial} · ${c.link} · ${i - start + 1}/${count}`;
    doc.text(words, PAGE.margin, PAGE.height - 30, { width: INNER, lineBreak: false });
  }
}
