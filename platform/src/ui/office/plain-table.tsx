import type { ReactNode } from 'react';

/** A column of a short table: its title stands over it, and beside each value on a phone. */
export interface PlainColumn<T> {
  readonly title: string;
  readonly cell: (row: T) => ReactNode;
  /** Figures: they stand at the end of their column, digit below digit. */
  readonly end?: boolean;
  readonly className?: string;
}

/** A table of a few known rows: no pages, no filters. */
export function PlainTable<T>(props: {
  rows: readonly T[];
  rowKey: (row: T) => string;
  columns: readonly PlainColumn<T>[];
}) {
  const classOf = (c: PlainColumn<T>, cell = '') =>
    [c.end ? `z-end${cell}` : '', c.className ?? ''].join(' ').trim();
  return (
    <div className="z-table-scroll">
      <table className="z-table">
        <thead>
          <tr>
            {props.columns.map((c) => (
              <th key={c.title} scope="col" className={classOf(c)}>
                {c.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={props.rowKey(row)}>
              {props.columns.map((c) => (
                <td key={c.title} className={classOf(c, ' z-num')} data-title={c.title}>
                  {c.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
