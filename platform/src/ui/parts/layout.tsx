import type { ReactNode } from 'react';
import { type Destination, Link } from './link.tsx';

/** A titled part of a page. */
export function Section(props: {
  title?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  flush?: boolean;
}) {
  return (
    <section className={`z-section${props.flush ? ' z-section-flush' : ''}`}>
      {props.title || props.actions ? (
        <header className="z-section-head">
          <div>
            {props.title ? <h2>{props.title}</h2> : null}
            {props.note ? <p className="z-note">{props.note}</p> : null}
          </div>
          {props.actions ? <div className="z-actions">{props.actions}</div> : null}
        </header>
      ) : null}
      {props.children}
    </section>
  );
}

/** One large number with its name; it opens its records. */
export function Figure(props: {
  label: ReactNode;
  value: ReactNode;
  unit?: ReactNode;
  note?: ReactNode;
  tone?: 'good' | 'decide' | 'bad';
  to?: Destination;
}) {
  const inside = (
    <>
      <span className="z-figure-label">{props.label}</span>
      <span className={`z-figure-value z-num${props.tone ? ` z-text-${props.tone}` : ''}`}>
        {props.value}
        {props.unit ? <small>{props.unit}</small> : null}
      </span>
      {props.note ? <span className="z-figure-note">{props.note}</span> : null}
    </>
  );
  return props.to ? (
    <Link className="z-figure" {...props.to}>
      {inside}
    </Link>
  ) : (
    <div className="z-figure">{inside}</div>
  );
}

/** Figures or cards side by side, as many as fit. */
export function Grid({ children, min = 180 }: { children: ReactNode; min?: number }) {
  return (
    <div
      className="z-grid"
      style={{ gridTemplateColumns: `repeat(auto-fit, minmax(min(${min}px, 100%), 1fr))` }}
    >
      {children}
    </div>
  );
}

/** Names and values of one record. Rows whose value is `undefined` or `null` are left out. */
export function Facts({
  rows,
}: {
  rows: readonly (readonly [name: ReactNode, value: ReactNode])[];
}) {
  return (
    <dl className="z-facts">
      {rows
        .filter(
          ([, value]) => value !== undefined && value !== null && value !== false && value !== '',
        )
        .map(([name, value], i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are written in the page and keep their order
          <div key={i}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** Things in a row that wraps. */
export function Row({ children, gap = 8 }: { children: ReactNode; gap?: number }) {
  return (
    <div className="z-row" style={{ gap }}>
      {children}
    </div>
  );
}

/** Things under one another. */
export function Stack({ children, gap = 12 }: { children: ReactNode; gap?: number }) {
  return (
    <div className="z-stack" style={{ gap }}>
      {children}
    </div>
  );
}
