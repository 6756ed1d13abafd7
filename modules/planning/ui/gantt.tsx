import { useLang, useSay, useTexts } from '@zaizao/platform/ui';
import {
  type PointerEvent as DragEvent,
  type KeyboardEvent,
  useMemo,
  useRef,
  useState,
} from 'react';
import { setupsOf } from '../domain/figures.ts';
import { type Axis, axisOf, type Zoom } from './axis.ts';
import { momentOf } from './moment.ts';
import {
  type Assignment,
  type Board,
  engineView,
  type Names,
  namesOf,
  type Plan,
  problemOf,
} from './words.tsx';

export interface GanttProps {
  readonly plan: Plan;
  readonly board: Board;
  /** As planned, with the changes made by hand so far. */
  readonly assignments: readonly Assignment[];
  readonly by: 'station' | 'order';
  readonly zoom: Zoom;
  readonly foldsClosed: boolean;
  readonly now: number;
  readonly selected?: string | undefined;
  readonly onSelect?: (operation: string | undefined) => void;
  /** A person puts an operation elsewhere. Absent: the plan is only looked at. */
  readonly onMove?: (operation: string, machine: string, start: number) => void;
  readonly onLock?: (operation: string) => void;
  /** What each operation became on the floor. */
  readonly fates?: ReadonlyMap<string, string>;
  readonly locked?: ReadonlySet<string>;
  readonly changed?: ReadonlySet<string>;
  readonly clashing?: ReadonlySet<string>;
  /** Both plans of a comparison share one stretch of time. */
  readonly until?: number;
}

interface Row {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly isLate: boolean;
  readonly entries: readonly Assignment[];
  readonly closed: readonly { readonly start: number; readonly end: number }[];
}

const ROW = 38;
/** Seconds around work that stay unfolded. */
const AROUND = 900;
/** Amber is kept for late orders. */
const COLOURS = [1, 2, 4, 5, 6] as const;
/** Steps of the keyboard, in seconds. */
const STEP = 300;
const LEAP = 3600;

/**
 * The plan over time: a row a station or an order. Bars are buttons: tab to one, arrows move it, Enter
 * tells about it, L locks it. Closed times are shaded, set-ups hatched, carrying thin; late orders amber.
 */
export function Gantt(props: GanttProps) {
  const t = useTexts('planning');
  const { plan, board, assignments, now } = props;
  const names = useMemo(() => namesOf(board), [board]);
  const problem = problemOf(plan);
  const origin = Date.parse(board.origin);
  const facts = useFacts(plan, board, assignments, names);
  const rows = useMemo(
    () => rowsOf(props.by, plan, board, assignments, names, facts.late),
    [props.by, plan, board, assignments, names, facts.late],
  );
  const nowAt = (now - origin) / 1000;
  const axis = useMemo(() => {
    const last = Math.max(0, ...assignments.map((a) => a.end), props.until ?? 0);
    const to = last + Math.max(600, last * 0.02);
    // Around work there is room to move it; where nobody works for long, time is folded.
    const busy = [
      { start: 0, end: AROUND },
      ...assignments.map((a) => ({ start: Math.max(0, a.start - AROUND), end: a.end + AROUND })),
    ];
    const from = 0;
    return axisOf({ origin, from, to, zoom: props.zoom, ...(props.foldsClosed ? { busy } : {}) });
  }, [assignments, origin, props.zoom, props.foldsClosed, props.until]);
  const setups = useMemo(
    () => (props.by === 'station' ? setupsOf(problem, engineView(assignments)) : []),
    [problem, assignments, props.by],
  );
  return (
    <section className="z-gantt" aria-label={t('gantt.label')}>
      <div className="z-gantt-names" aria-hidden="true">
        <div className="z-gantt-corner">{t(`gantt.by.${props.by}`)}</div>
        {rows.map((row) => (
          <div
            key={row.id}
            className={`z-gantt-name${row.isLate ? ' z-gantt-late' : ''}`}
            style={{ height: ROW }}
          >
            <strong>{row.title}</strong>
            <small>{row.note}</small>
          </div>
        ))}
      </div>
      <div className="z-gantt-scroll">
        <div className="z-gantt-field" style={{ width: axis.width }}>
          <div className="z-gantt-axis">
            {axis.ticks.map((tick) => (
              <span
                key={`${tick.x} ${tick.label}`}
                className={tick.isDay ? 'z-gantt-day' : ''}
                style={{ left: tick.x }}
              >
                {tick.label}
              </span>
            ))}
          </div>
          <div className="z-gantt-rows">
            {axis.pieces
              .filter((p) => p.folded)
              .map((p) => (
                <i
                  key={p.start}
                  className="z-gantt-fold"
                  title={t('gantt.folded')}
                  style={{ left: p.x, width: p.width }}
                />
              ))}
            {rows.map((row) => (
              <RowOf
                key={row.id}
                row={row}
                rows={rows}
                axis={axis}
                names={names}
                facts={facts}
                setups={setups.filter((s) => s.machine === row.id)}
                origin={origin}
                {...props}
              />
            ))}
            {nowAt >= 0 && nowAt <= (axis.pieces.at(-1)?.end ?? 0) ? (
              <i className="z-gantt-now" title={t('gantt.now')} style={{ left: axis.x(nowAt) }} />
            ) : null}
          </div>
        </div>
      </div>
    </section>
  );
}

interface Facts {
  readonly late: ReadonlySet<string>;
  readonly critical: ReadonlySet<string>;
  /** Seconds an operation was carried before it begins. */
  readonly carried: ReadonlyMap<string, number>;
}

function useFacts(
  plan: Plan,
  board: Board,
  assignments: readonly Assignment[],
  names: Names,
): Facts {
  return useMemo(() => {
    const ends = new Map<string, number>();
    const byOperation = new Map(assignments.map((a) => [a.operation, a]));
    for (const a of assignments) {
      const order = names.operation.get(a.operation)?.order ?? '';
      ends.set(order, Math.max(ends.get(order) ?? 0, a.end));
    }
    const late = new Set(
      board.orders
        .filter((o) => o.due !== undefined && (ends.get(o.id) ?? 0) > o.due)
        .map((o) => o.id),
    );
    const problem = problemOf(plan);
    const ways = new Map(problem.transport?.map((w) => [`${w.from} ${w.to}`, w.time]));
    const carried = new Map<string, number>();
    for (const job of problem.jobs) {
      for (const [n, o] of job.operations.entries()) {
        const [a, before] = [
          byOperation.get(o.id),
          byOperation.get(job.operations[n - 1]?.id ?? ''),
        ];
        const time = a && before ? (ways.get(`${before.machine} ${a.machine}`) ?? 0) : 0;
        if (time > 0) carried.set(o.id, time);
      }
    }
    const critical = new Set(plan.explanation?.criticalPath.map((s) => s.operation));
    return { late, critical, carried };
  }, [plan, board, assignments, names]);
}

function rowsOf(
  by: 'station' | 'order',
  plan: Plan,
  board: Board,
  assignments: readonly Assignment[],
  names: Names,
  late: ReadonlySet<string>,
): Row[] {
  if (by === 'order') {
    return board.orders
      .map((o) => ({
        id: o.id,
        title: o.code,
        note: [o.about, o.customer].filter(Boolean).join(' · '),
        isLate: late.has(o.id),
        entries: assignments.filter((a) => names.operation.get(a.operation)?.order === o.id),
        closed: [],
      }))
      .sort((a, b) => firstOf(a.entries) - firstOf(b.entries));
  }
  const calendars = new Map(problemOf(plan).machines.map((m) => [m.id, m.calendar]));
  const last = Math.max(0, ...assignments.map((a) => a.end)) * 1.05 + 3600;
  return board.stations
    .filter((s) => s.name !== '' || assignments.some((a) => a.machine === s.id))
    .map((s) => ({
      id: s.id,
      title: s.name || s.kind,
      note: s.code,
      isLate: false,
      entries: assignments.filter((a) => a.machine === s.id),
      closed: gapsOf(calendars.get(s.id), last),
    }));
}

const firstOf = (entries: readonly Assignment[]) =>
  entries.reduce((n, a) => Math.min(n, a.start), Number.POSITIVE_INFINITY);

function gapsOf(
  windows: readonly { readonly start: number; readonly end: number }[] | undefined,
  last: number,
) {
  const out: { start: number; end: number }[] = [];
  let at = 0;
  for (const w of windows ?? [{ start: 0, end: last }]) {
    if (w.start > at) out.push({ start: at, end: Math.min(last, w.start) });
    at = Math.max(at, w.end);
    if (at >= last) break;
  }
  if (at < last) out.push({ start: at, end: last });
  return out;
}

interface RowProps extends GanttProps {
  readonly row: Row;
  readonly rows: readonly Row[];
  readonly axis: Axis;
  readonly names: Names;
  readonly facts: Facts;
  readonly setups: readonly { readonly start: number; readonly end: number }[];
  readonly origin: number;
}

function RowOf(props: RowProps) {
  const { row, axis, setups, facts } = props;
  const t = useTexts('planning');
  return (
    <div className="z-gantt-row" style={{ height: ROW }}>
      {row.closed.map((c) => (
        <i
          key={c.start}
          className="z-gantt-closed"
          style={{ left: axis.x(c.start), width: axis.x(c.end) - axis.x(c.start) }}
        />
      ))}
      {setups.map((s) => (
        <i
          key={s.start}
          className="z-gantt-setup"
          title={t('gantt.setup')}
          style={{ left: axis.x(s.start), width: Math.max(2, axis.x(s.end) - axis.x(s.start)) }}
        />
      ))}
      {row.entries.map((a) => {
        const way = facts.carried.get(a.operation) ?? 0;
        return way > 0 ? (
          <i
            key={`way ${a.operation}`}
            className="z-gantt-way"
            title={t('gantt.way')}
            style={{ left: axis.x(a.start - way), width: axis.x(a.start) - axis.x(a.start - way) }}
          />
        ) : null;
      })}
      {row.entries.map((a) => (
        <Bar key={a.operation} a={a} {...props} />
      ))}
    </div>
  );
}

function Bar({ a, ...props }: RowProps & { a: Assignment }) {
  const t = useTexts('planning');
  const say = useSay();
  const lang = useLang();
  const { axis, names, facts, rows, row, plan, origin } = props;
  const [ghost, setGhost] = useState<{ dx: number; dy: number }>();
  const from = useRef<{ x: number; y: number }>(undefined);
  const operation = names.operation.get(a.operation);
  const order = names.order.get(operation?.order ?? '');
  const fate = props.fates?.get(a.operation);
  const isFixed = operation?.stands === 'running' || fate === 'started' || fate === 'done';
  const mayMove = props.onMove !== undefined && !isFixed;
  const x = axis.x(a.start);
  const width = Math.max(4, axis.x(a.end) - x);
  const isLate = order !== undefined && facts.late.has(order.id);
  const label = t('gantt.bar', {
    order: order?.code ?? '',
    operation: operation ? say(operation.name) : a.operation,
    station: names.station.get(a.machine)?.name ?? '',
    start: momentOf(origin + a.start * 1000, lang),
    end: momentOf(origin + a.end * 1000, lang),
  });
  const modes = () =>
    problemOf(plan)
      .jobs.flatMap((j) => j.operations)
      .find((o) => o.id === a.operation)
      ?.modes.map((m) => m.machine) ?? [];
  /** The nearest row, in a direction, whose station can do it. */
  const beside = (by: number): string => {
    const able = new Set(modes());
    const at = rows.findIndex((r) => r.id === row.id);
    for (let n = at + by; n >= 0 && n < rows.length; n += by) {
      const id = rows[n]?.id ?? '';
      if (able.has(id)) return id;
    }
    return a.machine;
  };
  const onKeyDown = (e: KeyboardEvent) => {
    const far = e.shiftKey ? LEAP : STEP;
    if (e.key === 'l' || e.key === 'L') props.onLock?.(a.operation);
    else if (!mayMove) return;
    else if (e.key === 'ArrowRight') props.onMove?.(a.operation, a.machine, a.start + far);
    else if (e.key === 'ArrowLeft')
      props.onMove?.(a.operation, a.machine, Math.max(0, a.start - far));
    else if (e.key === 'ArrowDown' && props.by === 'station')
      props.onMove?.(a.operation, beside(1), a.start);
    else if (e.key === 'ArrowUp' && props.by === 'station')
      props.onMove?.(a.operation, beside(-1), a.start);
    else return;
    e.preventDefault();
  };
  const onPointerDown = (e: DragEvent<HTMLButtonElement>) => {
    if (!mayMove || e.button !== 0) return;
    from.current = { x: e.clientX, y: e.clientY };
    e.currentTarget.setPointerCapture(e.pointerId);
  };
  const onPointerMove = (e: DragEvent) => {
    if (!from.current) return;
    const [dx, dy] = [e.clientX - from.current.x, e.clientY - from.current.y];
    if (ghost || Math.hypot(dx, dy) > 5) setGhost({ dx, dy });
  };
  const onPointerUp = () => {
    from.current = undefined;
    if (!ghost) return;
    setGhost(undefined);
    const start = Math.max(0, Math.round(axis.time(x + ghost.dx) / 60) * 60);
    const at = rows.findIndex((r) => r.id === row.id) + Math.round(ghost.dy / ROW);
    const target = props.by === 'station' ? rows[at]?.id : a.machine;
    const machine = target && modes().includes(target) ? target : a.machine;
    props.onMove?.(a.operation, machine, start);
  };
  const marks = [
    'z-gantt-bar',
    isLate ? 'z-gantt-late' : '',
    facts.critical.has(a.operation) ? 'z-gantt-critical' : '',
    props.selected === a.operation ? 'z-gantt-selected' : '',
    props.changed?.has(a.operation) ? 'z-gantt-changed' : '',
    props.clashing?.has(a.operation) ? 'z-gantt-clash' : '',
    fate === 'done' ? 'z-gantt-done' : '',
    fate === 'started' || operation?.stands === 'running' ? 'z-gantt-running' : '',
    order?.imagined ? 'z-gantt-imagined' : '',
    ghost ? 'z-gantt-dragged' : '',
  ];
  const isLocked = props.locked?.has(a.operation) || operation?.stands === 'locked';
  return (
    <button
      type="button"
      className={marks.filter(Boolean).join(' ')}
      style={
        {
          left: x + (ghost?.dx ?? 0),
          width,
          ...(ghost ? { top: 4 + (props.by === 'station' ? ghost.dy : 0) } : {}),
          '--z-bar': `var(--z-chart-${COLOURS[hashOf(order?.id ?? '') % COLOURS.length]})`,
        } as React.CSSProperties
      } // a custom property is not in the type
      aria-label={label}
      aria-pressed={props.selected === a.operation}
      title={label}
      onClick={() => props.onSelect?.(props.selected === a.operation ? undefined : a.operation)}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
    >
      {isLocked ? <b aria-hidden="true">▪</b> : null}
      <span>{props.by === 'station' ? order?.code : operation?.code}</span>
    </button>
  );
}

function hashOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) >>> 0;
  return hash >>> 3;
}
