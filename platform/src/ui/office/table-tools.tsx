import { useState } from 'react';
import type { Endpoint } from '../../http/contract.ts';
import { type ReadInput, read } from '../client/call.ts';
import { Problem } from '../client/problem.ts';
import { dayOf } from '../format/time.ts';
import { useTexts } from '../i18n/language.ts';
import { useAddress } from '../parts/address.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Menu } from '../parts/menu.tsx';
import { notify } from '../parts/notices.tsx';
import { type Cell, csvOf, download, workbookOf } from './export.ts';
import { type recall, remember } from './table-memory.ts';
import type { Column, Filter } from './table-types.ts';

/** Rows an export reads at most; beyond it the filters should be narrower. */
const EXPORT_MOST = 20_000;

/** Saved views, columns and export of one table. */
export function TableTools<E extends Endpoint, T>(props: {
  id: string;
  title: string;
  list: E;
  input: ReadInput<E>;
  columns: readonly Column<T>[];
  visible: readonly Column<T>[];
  memory: ReturnType<typeof recall>;
  onMemory: (memory: ReturnType<typeof recall>) => void;
  filters: readonly Filter[];
}) {
  const t = useTexts('kit');
  const { id, columns, memory, onMemory } = props;
  return (
    <div className="z-table-tools">
      <Views id={id} memory={memory} onMemory={onMemory} filters={props.filters} />
      <Menu label={t('table.columns')} icon="columns" iconOnly kind="quiet" size="small">
        {() => (
          <>
            {columns.map((c) => {
              const isOn = props.visible.includes(c);
              return (
                <label key={c.id} className="z-menu-item">
                  <input
                    type="checkbox"
                    checked={isOn}
                    onChange={() => {
                      const list = new Set(c.optional ? memory.shown : memory.hidden);
                      if (!list.delete(c.id)) list.add(c.id);
                      onMemory(remember(id, { [c.optional ? 'shown' : 'hidden']: [...list] }));
                    }}
                  />
                  {c.title}
                </label>
              );
            })}
            <hr />
            <label className="z-menu-item">
              <input
                type="checkbox"
                checked={memory.dense ?? false}
                onChange={(e) => onMemory(remember(id, { dense: e.target.checked }))}
              />
              {t('table.density')}
            </label>
          </>
        )}
      </Menu>
      <Exports {...props} />
    </div>
  );
}

function Views(props: {
  id: string;
  memory: ReturnType<typeof recall>;
  onMemory: (memory: ReturnType<typeof recall>) => void;
  filters: readonly Filter[];
}) {
  const t = useTexts('kit');
  const [search, change] = useAddress();
  const [name, setName] = useState('');
  const views = props.memory.views ?? [];
  const cleared = Object.fromEntries(props.filters.map((f) => [f.id, undefined]));
  const save = (next: typeof views) => props.onMemory(remember(props.id, { views: next }));
  return (
    <Menu label={t('table.views')} icon="star" iconOnly kind="quiet" size="small">
      {(close) => (
        <>
          {views.map((v) => (
            <div key={v.name} className="z-menu-line">
              <button
                type="button"
                className="z-menu-item"
                onClick={() => {
                  change({ ...cleared, ...v.search }, true);
                  close();
                }}
              >
                {v.name}
              </button>
              <button
                type="button"
                className="z-menu-mini"
                aria-label={t('table.viewRemove', { name: v.name })}
                onClick={() => save(views.filter((w) => w.name !== v.name))}
              >
                <Icon name="close" size={16} />
              </button>
            </div>
          ))}
          <form
            className="z-menu-form"
            onSubmit={(e) => {
              e.preventDefault();
              if (!name.trim()) return;
              const kept = Object.fromEntries(
                props.filters.flatMap((f) => {
                  const value = search[f.id];
                  return value ? [[f.id, value]] : [];
                }),
              );
              save([
                ...views.filter((v) => v.name !== name.trim()),
                { name: name.trim(), search: kept },
              ]);
              setName('');
            }}
          >
            <input
              className="z-input"
              aria-label={t('table.viewName')}
              placeholder={t('table.viewName')}
              value={name}
              maxLength={40}
              onChange={(e) => setName(e.target.value)}
            />
            <Button submit size="small">
              {t('table.viewSave')}
            </Button>
          </form>
        </>
      )}
    </Menu>
  );
}

function Exports<E extends Endpoint, T>(props: {
  title: string;
  list: E;
  input: ReadInput<E>;
  visible: readonly Column<T>[];
}) {
  const t = useTexts('kit');
  const [isBusy, setBusy] = useState(false);
  const columns = props.visible.filter((c) => c.plain);
  if (columns.length === 0) return null;

  const run = async (kind: 'csv' | 'xlsx') => {
    setBusy(true);
    try {
      const { rows, isCut } = await readAll<T>(props.list, props.input);
      const cells = rows.map((row) => columns.map((c): Cell => c.plain?.(row)));
      const head = columns.map((c) => c.title);
      const name = `${props.title} ${dayOf(Date.now())}.${kind}`;
      if (kind === 'csv') download(name, 'text/csv;charset=utf-8', csvOf(head, cells));
      else {
        const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
        download(name, type, new Uint8Array(workbookOf(props.title, head, cells)));
      }
      notify({
        kind: isCut ? 'info' : 'good',
        text: t(isCut ? 'table.exportCut' : 'table.exported', { n: rows.length }),
      });
    } catch (e) {
      if (!(e instanceof Problem)) throw e;
      notify({ kind: 'bad', text: e.message, requestId: e.requestId });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu label={t('table.export')} icon="download" iconOnly kind="quiet" size="small">
      {(close) =>
        (['xlsx', 'csv'] as const).map((kind) => (
          <button
            key={kind}
            type="button"
            className="z-menu-item"
            disabled={isBusy}
            onClick={() => void run(kind).then(close)}
          >
            {t(kind === 'csv' ? 'table.csv' : 'table.excel')}
          </button>
        ))
      }
    </Menu>
  );
}

async function readAll<T>(list: Endpoint, input: object): Promise<{ rows: T[]; isCut: boolean }> {
  const rows: T[] = [];
  let cursor: string | undefined;
  do {
    const { query } = input as { query?: object }; // a list's input has a query
    const paged = { ...input, query: { ...query, limit: 200, ...(cursor ? { cursor } : {}) } };
    const cut = (await read(list, paged)) as { items: T[]; next?: string }; // every list answers page(item)
    rows.push(...cut.items);
    cursor = cut.next;
  } while (cursor && rows.length < EXPORT_MOST);
  return { rows, isCut: cursor !== undefined };
}
