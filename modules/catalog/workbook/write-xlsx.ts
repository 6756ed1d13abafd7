import { PassThrough } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import type ExcelJS from 'exceljs';
import { columnName } from './read-xlsx.ts';
import {
  type Column,
  headerOf,
  NOTES_TITLE,
  type Row,
  type Rows,
  SHEETS,
  type Sheet,
  sheetTitle,
} from './sheets.ts';

const HEAD = 'FF0B6E4F';
const ROWS_PER_BREATH = 500;
const LIST_ROWS = 1000; // how far the pull-down lists of the template reach

/**
 * Writes rows as a workbook that {@link readWorkbook} takes back unchanged. A hundred thousand rows
 * pass in a stream, with a breath for other work in between.
 * @param sheets `filled` leaves empty sheets out; `all` writes every sheet (the template)
 */
export async function writeWorkbook(
  rows: Rows,
  sheets: 'filled' | 'all',
  onProgress: (fraction: number) => Promise<void> = async () => {},
): Promise<Uint8Array> {
  // Two hundred files that a server reads only once somebody asks for a workbook.
  const { default: excel } = await import('exceljs');
  const out = new PassThrough();
  const chunks: Buffer[] = [];
  out.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => out.on('end', resolve));
  const book = new excel.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true });
  book.creator = 'Zaizao';
  const wanted = SHEETS.filter((s) => sheets === 'all' || rows[s.key].length > 0);
  const total = wanted.reduce((n, s) => n + rows[s.key].length, 0);
  let done = 0;
  writeNotes(book);
  for (const sheet of wanted) {
    const tab = book.addWorksheet(sheetTitle(sheet), {
      views: [{ state: 'frozen', ySplit: 1 }],
    });
    tab.columns = sheet.columns.map((c) => ({ key: c.key, width: widthOf(c) }));
    if (sheets === 'all') offerChoices(tab, sheet);
    const head = tab.addRow(sheet.columns.map(headerOf));
    head.eachCell((cell) => {
      cell.font = { bold: true, color: { argb: 'FFFFFFFF' } };
      cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: HEAD } };
    });
    head.commit();
    for (const row of rows[sheet.key]) {
      const line = tab.addRow(sheet.columns.map((c) => cellValue(c, row)));
      for (const [i, c] of sheet.columns.entries()) {
        if (c.type === 'code') line.getCell(i + 1).numFmt = '@';
      }
      line.commit();
      if (++done % ROWS_PER_BREATH === 0) {
        await breathe();
        await onProgress(done / total);
      }
    }
    tab.commit();
  }
  await book.commit();
  await ended;
  return Buffer.concat(chunks);
}

/** Numbers are numbers in Excel as long as a double holds them exactly; else text. */
function cellValue(c: Column, row: Row): string | number | boolean | null {
  const v = row[c.key];
  if (v === undefined) return null;
  if (c.type === 'decimal' || c.type === 'money') {
    const n = Number(v);
    return String(n) === v ? n : String(v);
  }
  if (c.type === 'yes-no') return v === true ? '是' : '否';
  return v;
}

function widthOf(c: Column): number {
  const head = c.name.zh.length * 2 + c.key.length + 3;
  return Math.min(60, Math.max(head, c.type === 'text' ? 24 : 12));
}

/** The pull-down lists of the template. */
function offerChoices(tab: ExcelJS.Worksheet, sheet: Sheet): void {
  for (const [i, c] of sheet.columns.entries()) {
    const list = c.type === 'yes-no' ? ['是', '否'] : Object.keys(c.choices ?? {});
    const formula = `"${list.join(',')}"`;
    if (list.length === 0 || formula.length > 255) continue; // Excel's own limit for a list in place
    const column = columnName(i + 1);
    validationsOf(tab)[`${column}2:${column}${LIST_ROWS}`] = {
      type: 'list',
      allowBlank: !c.required,
      formulae: [formula],
    };
  }
}

/** ExcelJS keeps the validations of a range here and leaves it out of its types. */
function validationsOf(tab: ExcelJS.Worksheet): Record<string, ExcelJS.DataValidation> {
  const { dataValidations } = tab as ExcelJS.Worksheet & {
    dataValidations: { model: Record<string, ExcelJS.DataValidation> };
  };
  return dataValidations.model;
}

function writeNotes(book: ExcelJS.stream.xlsx.WorkbookWriter): void {
  const tab = book.addWorksheet(NOTES_TITLE);
  tab.columns = [{ width: 28 }, { width: 22 }, { width: 40 }, { width: 60 }];
  const lines = [
    ['再造 目录工作簿', 'Zaizao catalogue workbook'],
    [
      '每个工作表第一行是表头；不要合并单元格，不要用公式。',
      'Row 1 of every sheet is the header; no merged cells, no formulas.',
    ],
    [
      '料号、号码等列请用文本格式，以免丢失前导零。',
      'Keep number columns as text, so that no leading zero is lost.',
    ],
    [
      '导入不会删除数据；物料清单和工艺路线按产品整体替换为新版本。',
      'An import deletes nothing; bills of material and routes are replaced whole, as a new version.',
    ],
    [
      '限值和回收规则的已有版本不能改，请加新版本。',
      'Versions of limits and programmes that stand cannot change: add a new one.',
    ],
    [],
    ['工作表 sheet', '列 column', '必填 required', '可填 values'],
  ];
  for (const line of lines) tab.addRow(line).commit();
  for (const sheet of SHEETS) {
    for (const c of sheet.columns) {
      const choices = Object.entries(c.choices ?? {}).map(([k, n]) => `${k} ${n.zh}`);
      const line = [sheetTitle(sheet), headerOf(c), c.required ? '是 yes' : '', choices.join('; ')];
      tab.addRow(line).commit();
    }
  }
  tab.commit();
}
