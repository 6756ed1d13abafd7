import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Endpoint } from '../../http/contract.ts';
import type { Output, ReadInput } from '../client/call.ts';
import { useList } from '../client/hooks.ts';
import { useTexts } from '../i18n/language.ts';
import { useAddress } from '../parts/address.ts';
import { Button } from '../parts/button.tsx';
import { type Destination, Link, useGo } from '../parts/link.tsx';
import { EmptyState, Loading, ProblemBox } from '../parts/state.tsx';
import { FilterBar } from './filter-bar.tsx';
import { recall } from './table-memory.ts';
import { TableTools } from './table-tools.tsx';
import type { Column, Filter } from './table-types.ts';
import './office.css';

type Row<E extends Endpoint> = Output<E> extends { items: (infer T)[] } ? T : never;

export interface DataTableProps<E extends Endpoint> {
  /** Names the table in the browser's memory: `cores.list`. */
  readonly id: string;
  readonly title: string;
  /** A list endpoint: `pageQuery` and the filters in, `page(item)` out. */
  readonly list: E;
  readonly columns: readonly Column<Row<E>>[];
  readonly rowKey: (row: Row<E>) => string;
  readonly filters?: readonly Filter[];
  /** Parameters and the part of the query that no filter changes. */
  readonly fixed?: { readonly params?: object; readonly query?: object };
  /** Where a row leads; its first cell becomes the link. */
  readonly open?: (row: Row<E>) => Destination;
  /** What to say when there is nothing at all (no filter set). */
  readonly empty?: ReactNode;
  readonly actions?: ReactNode;
  /** What can be done with chosen rows; turns the choosing boxes on. */
  readonly chosen?: (rows: readonly Row<E>[], clear: () => void) => ReactNode;
  /** Other modules whose events make it stale. */
  readonly live?: readonly string[];
}

/**
 * A list: filters in the address, saved views, remembered columns, CSV and Excel, read page by page
 * by cursor. Arrow keys move between rows, Enter opens, Space chooses. Below 640 px rows are cards.
 */
export function DataTable<E extends Endpoint>(props: DataTableProps<E>) {
  const t = useTexts('kit');
  const go = useGo();
  const [search] = useAddress();
  const [memory, setMemory] = useState(() => recall(props.id));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const filters = props.filters ?? [];
  const set = Object.fromEntries(
    filters.flatMap((f) => (search[f.id] ? [[f.id, search[f.id]]] : [])),
  );
  const input = {
    ...(props.fixed?.params ? { params: props.fixed.params } : {}),
    query: { ...props.fixed?.query, ...set },
  } as unknown as ReadInput<E>; // filters are named after the query's own fields
  const list = useList(props.list, input, props.live ? { live: props.live } : {});
  const rows = list.items as readonly Row<E>[];
  const columns = props.columns.filter((c) =>
    c.optional ? memory.shown?.includes(c.id) : !memory.hidden?.includes(c.id),
  );
  const picked = rows.filter((r) => chosen.has(props.rowKey(r)));
  const toggle = (key: string) => {
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    setChosen(next);
  };
  const clear = () => setChosen(new Set());
  const isFiltered = Object.keys(set).length > 0;

  return (
    <div className={`z-table-frame${memory.dense ? ' z-dense' : ''}`}>
      <div className="z-table-bar">
        <FilterBar filters={filters} />
        <TableTools
          id={props.id}
          title={props.title}
          list={props.list}
          input={input}
          columns={props.columns}
          visible={columns}
          memory={memory}
          onMemory={setMemory}
          filters={filters}
        />
        {props.actions}
      </div>
      {props.chosen && picked.length > 0 ? (
        <div className="z-chosen-bar" role="status">
          <span>{t('table.chosen', { n: picked.length })}</span>
          {props.chosen(picked, clear)}
          <Button kind="quiet" size="small" onClick={clear}>
            {t('act.clear')}
          </Button>
        </div>
      ) : null}
      {list.problem && rows.length === 0 ? (
        <ProblemBox problem={list.problem} retry={list.reload} />
      ) : list.isLoading ? (
        <Loading lines={6} />
      ) : rows.length === 0 ? (
        !isFiltered && props.empty ? (
          props.empty
        ) : (
          <EmptyState icon="search" title={t('table.none')}>
            {isFiltered ? t('table.noneNext') : null}
          </EmptyState>
        )
      ) : (
        <div className="z-table-scroll">
          <table className="z-table" aria-label={props.title} onKeyDown={moveRow}>
            <thead>
              <tr>
                {props.chosen ? (
                  <th scope="col" className="z-choose">
                    <input
                      type="checkbox"
                      aria-label={t('table.chooseAll')}
                      checked={picked.length === rows.length}
                      onChange={() =>
                        picked.length === rows.length
                          ? clear()
                          : setChosen(new Set(rows.map(props.rowKey)))
                      }
                    />
                  </th>
                ) : null}
                {columns.map((c) => (
                  <th
                    key={c.id}
                    scope="col"
                    className={c.align === 'end' ? 'z-end' : ''}
                    style={c.width ? { width: c.width } : {}}
                  >
                    {c.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => {
                const key = props.rowKey(row);
                const where = props.open?.(row);
                return (
                  <tr
                    key={key}
                    tabIndex={-1}
                    data-row
                    className={where ? 'z-opens' : ''}
                    aria-selected={props.chosen ? chosen.has(key) : undefined}
                    onClick={(e) => {
                      if (where && !isOnControl(e.target) && !getSelection()?.toString()) go(where);
                    }}
                    onKeyDown={(e) => {
                      if (e.target !== e.currentTarget) return;
                      if (e.key === 'Enter' && where) go(where);
                      if (e.key === ' ' && props.chosen) {
                        e.preventDefault();
                        toggle(key);
                      }
                    }}
                  >
                    {props.chosen ? (
                      <td className="z-choose">
                        <input
                          type="checkbox"
                          aria-label={t('table.choose')}
                          checked={chosen.has(key)}
                          onChange={() => toggle(key)}
                        />
                      </td>
                    ) : null}
                    {columns.map((c, i) => (
                      <td
                        key={c.id}
                        data-title={c.title}
                        className={c.align === 'end' ? 'z-end z-num' : ''}
                      >
                        {i === 0 && where ? <Link {...where}>{c.cell(row)}</Link> : c.cell(row)}
                      </td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
          <More list={list} shown={rows.length} />
        </div>
      )}
    </div>
  );
}

function isOnControl(target: EventTarget): boolean {
  return (
    target instanceof Element && target.closest('a, button, input, select, label, summary') !== null
  );
}

function moveRow(e: KeyboardEvent<HTMLTableElement>): void {
  if (e.key !== 'ArrowDown' && e.key !== 'ArrowUp') return;
  const at = e.target instanceof Element ? e.target.closest('tr') : null;
  const next =
    e.key === 'ArrowDown' ? (at?.nextElementSibling ?? null) : (at?.previousElementSibling ?? null);
  if (!(next instanceof HTMLElement) || !next.hasAttribute('data-row')) return;
  e.preventDefault();
  next.focus();
}

/** The end of the rows: how many, and the next page, read by itself when it comes into sight. */
function More(props: {
  list: { hasMore: boolean; isMoreLoading: boolean; more: () => void };
  shown: number;
}) {
  const t = useTexts('kit');
  const end = useRef<HTMLDivElement>(null);
  const { hasMore, isMoreLoading, more } = props.list;
  const latest = useRef(more);
  latest.current = more;
  useEffect(() => {
    if (!hasMore || isMoreLoading || !end.current) return;
    const watcher = new IntersectionObserver(
      (seen) => {
        if (seen.some((s) => s.isIntersecting)) latest.current();
      },
      { rootMargin: '400px' },
    );
    watcher.observe(end.current);
    return () => watcher.disconnect();
  }, [hasMore, isMoreLoading]);
  return (
    <div ref={end} className="z-table-end">
      <span className="z-num">
        {t(hasMore ? 'table.rows' : 'table.rowsAll', { n: props.shown })}
      </span>
      {hasMore ? (
        <Button size="small" isBusy={isMoreLoading} onClick={more}>
          {t('act.more')}
        </Button>
      ) : null}
    </div>
  );
}
