import { useEffect, useId, useRef, useState } from 'react';
import { useTexts } from '../i18n/language.ts';
import { type Search, useAddress } from '../parts/address.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import type { Filter } from './table-types.ts';

/** The filters of a list, held by the address. */
export function FilterBar({ filters }: { filters: readonly Filter[] }) {
  const t = useTexts('kit');
  const [search, change] = useAddress();
  const isAny = filters.some((f) => search[f.id]);
  return (
    <search className="z-filters">
      {filters.map((f) => (
        <FilterControl key={f.id} filter={f} value={search[f.id]} change={change} />
      ))}
      {isAny ? (
        <Button
          kind="quiet"
          size="small"
          icon="close"
          onClick={() => change(Object.fromEntries(filters.map((f) => [f.id, undefined])))}
        >
          {t('table.reset')}
        </Button>
      ) : null}
    </search>
  );
}

function FilterControl(props: {
  filter: Filter;
  value: string | undefined;
  change: (c: Search) => void;
}) {
  const { filter, value, change } = props;
  const t = useTexts('kit');
  const id = useId();
  if (filter.kind === 'choice') {
    return (
      <label className={`z-filter${value ? ' z-filter-on' : ''}`} htmlFor={id}>
        <span>{filter.label}</span>
        <select
          id={id}
          value={value ?? ''}
          onChange={(e) => change({ [filter.id]: e.target.value })}
        >
          <option value="">{t('table.all')}</option>
          {filter.choices.map((c) => (
            <option key={c.value} value={c.value}>
              {c.label}
            </option>
          ))}
        </select>
      </label>
    );
  }
  if (filter.kind === 'day') {
    return (
      <label className={`z-filter${value ? ' z-filter-on' : ''}`} htmlFor={id}>
        <span>{filter.label}</span>
        <input
          id={id}
          type="date"
          value={value ?? ''}
          onChange={(e) => change({ [filter.id]: e.target.value })}
        />
      </label>
    );
  }
  return <TypedFilter key={filter.id} filter={filter} value={value} change={change} />;
}

/** Milliseconds of rest after which typed text is looked for. */
const REST = 300;

function TypedFilter(props: {
  filter: Filter;
  value: string | undefined;
  change: (c: Search) => void;
}) {
  const { filter, value, change } = props;
  const id = useId();
  const [typed, setTyped] = useState(value ?? '');
  const sent = useRef(value ?? '');
  useEffect(() => {
    if ((value ?? '') !== sent.current) {
      sent.current = value ?? '';
      setTyped(value ?? '');
    }
  }, [value]);
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed;
      change({ [filter.id]: typed });
    }, REST);
    return () => clearTimeout(timer);
  }, [typed, filter.id, change]);
  return (
    <label
      className={`z-filter${filter.kind === 'search' ? ' z-filter-search' : ''}${value ? ' z-filter-on' : ''}`}
      htmlFor={id}
    >
      {filter.kind === 'search' ? <Icon name="search" size={16} /> : <span>{filter.label}</span>}
      <input
        id={id}
        type="search"
        {...(filter.kind === 'search' ? { 'aria-label': filter.label } : {})}
        autoComplete="off"
        value={typed}
        placeholder={filter.kind === 'search' ? filter.label : ''}
        onChange={(e) => setTyped(e.target.value)}
      />
    </label>
  );
}
