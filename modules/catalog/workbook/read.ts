import { ok, type Result } from '@zaizao/platform/kernel';
import type { Faults } from './faults.ts';
import { parseCell } from './parse.ts';
import { type Cell, columnName, readXlsx, type SheetReader, type SheetRow } from './read-xlsx.ts';
import {
  type Column,
  columnOfHeader,
  headerOf,
  NOTES_TITLE,
  type Row,
  type Sheet,
  type SheetKey,
  sheetOfTitle,
  sheetTitle,
  type Value,
} from './sheets.ts';

/** A row and where it stands, so that a fault can name its cell. */
export interface Placed {
  readonly line: number;
  readonly values: Row;
}

/** A workbook read cell by cell; nothing has been compared with anything yet. */
export interface Workbook {
  readonly rows: ReadonlyMap<SheetKey, readonly Placed[]>;
  /** The address of a cell of a row: `B7`. */
  cellOf(sheet: SheetKey, line: number, column: string): string;
  /** The title of the tab that holds a sheet. */
  titleOf(sheet: SheetKey): string;
}

interface Tab {
  readonly sheet: Sheet;
  readonly title: string;
  readonly rows: Placed[];
  columns: Map<number, Column> | undefined;
}

/** Reads an .xlsx; faults of single cells go to `faults`. */
export async function readWorkbook(bytes: Uint8Array, faults: Faults): Promise<Result<Workbook>> {
  const collector = new Collector(faults);
  const read = await readXlsx(bytes, collector);
  return read.ok ? ok(collector.finish()) : read;
}

class Collector implements SheetReader {
  readonly #faults: Faults;
  readonly #tabs = new Map<SheetKey, Tab>();
  #tab: Tab | undefined;

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  sheet(title: string): void {
    this.#tab = undefined;
    const sheet = sheetOfTitle(title);
    if (!sheet) {
      if (title.trim().toLowerCase() !== NOTES_TITLE) {
        this.#faults.add('SHEET_UNKNOWN', title, '', { name: title });
      }
      return;
    }
    if (this.#tabs.has(sheet.key)) {
      this.#faults.add('SHEET_TWICE', title, '', { name: title });
      return;
    }
    this.#tab = { sheet, title, rows: [], columns: undefined };
    this.#tabs.set(sheet.key, this.#tab);
  }

  merged(range: string): void {
    const cell = range.split(':')[0] ?? range;
    if (this.#tab) this.#faults.add('MERGED', this.#tab.title, cell, { cells: range });
  }

  row(row: SheetRow): void {
    const tab = this.#tab;
    if (!tab) return;
    if (tab.columns) this.#dataRow(tab, tab.columns, row);
    else tab.columns = this.#header(tab, row.cells);
  }

  #header(tab: Tab, cells: readonly Cell[]): Map<number, Column> {
    const columns = new Map<number, Column>();
    for (const cell of cells) {
      const column = columnOfHeader(tab.sheet, cell.text);
      if (cell.formula) this.#faults.add('FORMULA', tab.title, cell.ref);
      else if (!column) {
        this.#faults.add('COLUMN_UNKNOWN', tab.title, cell.ref, { name: cell.text.slice(0, 60) });
      } else if ([...columns.values()].includes(column)) {
        this.#faults.add('COLUMN_TWICE', tab.title, cell.ref, { name: cell.text });
      } else columns.set(cell.column, column);
    }
    const present = new Set([...columns.values()].map((c) => c.key));
    for (const c of tab.sheet.columns) {
      if (c.required && !present.has(c.key)) {
        this.#faults.add('COLUMN_MISSING', tab.title, 'A1', { name: headerOf(c) });
      }
    }
    return columns;
  }

  #dataRow(tab: Tab, columns: ReadonlyMap<number, Column>, row: SheetRow): void {
    const values: Record<string, Value> = {};
    for (const cell of row.cells) {
      const column = columns.get(cell.column);
      if (cell.formula) {
        this.#faults.add('FORMULA', tab.title, cell.ref);
        continue;
      }
      if (!column) {
        this.#faults.add('CELL_OUTSIDE', tab.title, cell.ref);
        continue;
      }
      const parsed = parseCell(column, cell);
      if (parsed.ok) values[column.key] = parsed.value;
      else this.#faults.add(parsed.code, tab.title, cell.ref, parsed.params);
    }
    for (const [at, column] of columns) {
      const seen = row.cells.some((c) => c.column === at);
      if (column.required && !seen) {
        const ref = `${columnName(at)}${row.row}`;
        this.#faults.add('REQUIRED', tab.title, ref, { name: column.name.zh });
      }
    }
    tab.rows.push({ line: row.row, values });
  }

  finish(): Workbook {
    const tabs = this.#tabs;
    return {
      rows: new Map([...tabs].map(([key, tab]) => [key, tab.rows])),
      cellOf: (sheet, line, column) => {
        for (const [at, c] of tabs.get(sheet)?.columns ?? []) {
          if (c.key === column) return `${columnName(at)}${line}`;
        }
        return `A${line}`;
      },
      titleOf: (sheet) => tabs.get(sheet)?.title ?? sheet,
    };
  }
}

/** Rows that did not come from a file (a form, a data file of the product): lines count from 1. */
export function workbookOf(rows: ReadonlyMap<SheetKey, readonly Row[]>): Workbook {
  const placed = [...rows].map(
    ([key, list]) => [key, list.map((values, i) => ({ line: i + 1, values }))] as const,
  );
  return {
    rows: new Map(placed),
    cellOf: (_, line, column) => `${column}/${line}`,
    titleOf: sheetTitleOf,
  };
}

function sheetTitleOf(key: SheetKey): string {
  const sheet = sheetOfTitle(key);
  return sheet ? sheetTitle(sheet) : key;
}
