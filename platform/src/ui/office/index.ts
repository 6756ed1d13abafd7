/** The office's own parts: dense, comparable, by keyboard. */
export { DataTable, type DataTableProps } from './data-table.tsx';
export { csvOf, download, workbookOf } from './export.ts';
export { FilterBar } from './filter-bar.tsx';
export { OfficePage } from './page.tsx';
export { type PlainColumn, PlainTable } from './plain-table.tsx';
export type { Column, Filter } from './table-types.ts';
