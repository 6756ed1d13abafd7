import type { ReactNode } from 'react';
import { useAddress } from './address.ts';

/** Parts of one record side by side; which one is open stands in the address (`?tab=`). */
export function Tabs(props: {
  label: string;
  tabs: readonly { id: string; title: ReactNode; render: () => ReactNode }[];
  /** Name in the address, when a page has two. */
  name?: string;
}) {
  const [search, change] = useAddress();
  const name = props.name ?? 'tab';
  const open = props.tabs.find((t) => t.id === search[name]) ?? props.tabs[0];
  const move = (by: number) => {
    const at = props.tabs.findIndex((t) => t.id === open?.id);
    const next = props.tabs[(at + by + props.tabs.length) % props.tabs.length];
    if (!next) return;
    change({ [name]: next.id });
    document.getElementById(`${name}-${next.id}`)?.focus();
  };
  return (
    <div className="z-tabs">
      <div role="tablist" aria-label={props.label}>
        {props.tabs.map((t) => (
          <button
            key={t.id}
            id={`${name}-${t.id}`}
            type="button"
            role="tab"
            aria-selected={t.id === open?.id}
            aria-controls={`${name}-panel`}
            tabIndex={t.id === open?.id ? 0 : -1}
            onClick={() => change({ [name]: t.id })}
            onKeyDown={(e) => {
              if (e.key === 'ArrowRight') move(1);
              if (e.key === 'ArrowLeft') move(-1);
            }}
          >
            {t.title}
          </button>
        ))}
      </div>
      <div
        id={`${name}-panel`}
        role="tabpanel"
        aria-labelledby={open ? `${name}-${open.id}` : undefined}
      >
        {open?.render()}
      </div>
    </div>
  );
}
