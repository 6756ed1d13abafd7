import { storeZip } from './zip.ts';

export type Cell = string | number | undefined;

/**
 * RFC 4180 with a byte-order mark, so that Excel reads it as UTF-8. Text that a spreadsheet would
 * run as a formula gets a leading apostrophe.
 */
export function csvOf(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [head, ...rows].map((row) => row.map(csvCell).join(','));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const isNumber = /^-?\d+(\.\d+)?$/.test(cell);
  const safe = !isNumber && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A workbook of one sheet (ECMA-376 SpreadsheetML): a bold, frozen head and the rows. */
export function workbookOf(
  name: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
): Uint8Array {
  const encode = (s: string) => new TextEncoder().encode(s);
  return storeZip([
    ['[Content_Types].xml', encode(contentTypes)],
    ['_rels/.rels', encode(rootRelations)],
    ['xl/workbook.xml', encode(workbook(name))],
    ['xl/_rels/workbook.xml.rels', encode(bookRelations)],
    ['xl/styles.xml', encode(styles)],
    ['xl/worksheets/sheet1.xml', encode(sheet(head, rows))],
  ]);
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const packageNs = 'http://schemas.openxmlformats.org/package/2006';
const officeNs = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const mainNs = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const contentTypes = `${declaration}<Types xmlns="${packageNs}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${mediaType}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${mediaType}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${mediaType}.styles+xml"/></Types>`;
const rootRelations = `${declaration}<Relationships xmlns="${packageNs}/relationships"><Relationship Id="r1" Type="${officeNs}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;
const bookRelations = `${declaration}<Relationships xmlns="${packageNs}/relationships"><Relationship Id="r1" Type="${officeNs}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${officeNs}/styles" Target="styles.xml"/></Relationships>`;
const styles = `${declaration}<styleSheet xmlns="${mainNs}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>`;

function workbook(name: string): string {
  const title = xml(name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31) || 'Sheet');
  return `${declaration}<workbook xmlns="${mainNs}" xmlns:r="${officeNs}"><sheets><sheet name="${title}" sheetId="1" r:id="r1"/></sheets></workbook>`;
}

function sheet(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [
    `<row r="1">${head.map((h, i) => text(h, `${column(i)}1`, 1)).join('')}</row>`,
    ...rows.map((row, n) => {
      const r = n + 2;
      return `<row r="${r}">${row.map((c, i) => cellXml(c, `${column(i)}${r}`)).join('')}</row>`;
    }),
  ];
  return `${declaration}<worksheet xmlns="${mainNs}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

function cellXml(cell: Cell, at: string): string {
  if (cell === undefined) return '';
  return typeof cell === 'number' && Number.isFinite(cell)
    ? `<c r="${at}"><v>${cell}</v></c>`
    : text(String(cell), at, 0);
}

function text(value: string, at: string, style: number): string {
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xml(value)}</t></is></c>`;
}

function xml(value: string): string {
  return (
    value
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids them
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}

/** 0 → A, 25 → Z, 26 → AA. */
export function column(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? column(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}

/** Hands a file to the browser's downloads. */
export function download(name: string, type: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
