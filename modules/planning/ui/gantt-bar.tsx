import { useLang, useSay, useTexts } from '@zaizao/platform/ui';
import { type PointerEvent as DragEvent, type KeyboardEvent, useRef, useState } from 'react';
import { ROW, type RowProps } from './gantt-rows.ts';
import { momentOf } from './moment.ts';
import { type Assignment, type Plan, problemOf } from './words.tsx';

/** Amber is kept for late orders. */
const COLOURS = [1, 2, 4, 5, 6] as const;
/** Steps of the keyboard, in seconds. */
const STEP = 300;
const LEAP = 3600;

/**
 * One operation: a button that is dragged, moved by the arrows, told about by Enter and locked by L.
 */
export function Bar({ a, ...props }: RowProps & { a: Assignment }) {
  const t = useTexts('planning');
  const say = useSay();
  const lang = useLang();
  const { axis, names, facts, rows, row, plan, origin } = props;
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
  const stations = () => stationsFor(plan, a.operation);
  /** The nearest row, in a direction, whose station can do it. */
  const beside = (by: number): string => {
    const able = new Set(stations());
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
  const { ghost, handlers } = useDrag(mayMove, ({ dx, dy }) => {
    const start = Math.max(0, Math.round(axis.time(x + dx) / 60) * 60);
    const at = rows.findIndex((r) => r.id === row.id) + Math.round(dy / ROW);
    const target = props.by === 'station' ? rows[at]?.id : a.machine;
    const machine = target && stations().includes(target) ? target : a.machine;
    props.onMove?.(a.operation, machine, start);
  });
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
      {...handlers}
    >
      {isLocked ? <b aria-hidden="true">▪</b> : null}
      <span>{props.by === 'station' ? order?.code : operation?.code}</span>
    </button>
  );
}

/** The stations at which an operation can be done. */
function stationsFor(plan: Plan, operation: string): string[] {
  const operations = problemOf(plan).jobs.flatMap((j) => j.operations);
  return operations.find((o) => o.id === operation)?.modes.map((m) => m.machine) ?? [];
}

interface Way {
  readonly dx: number;
  readonly dy: number;
}

/** Dragging: how far the thing has been dragged so far, and what to do when it is let go. */
function useDrag(isFree: boolean, drop: (way: Way) => void) {
  const [ghost, setGhost] = useState<Way>();
  const from = useRef<{ x: number; y: number }>(undefined);
  const handlers = {
    onPointerDown: (e: DragEvent<HTMLButtonElement>) => {
      if (!isFree || e.button !== 0) return;
      from.current = { x: e.clientX, y: e.clientY };
      e.currentTarget.setPointerCapture(e.pointerId);
    },
    onPointerMove: (e: DragEvent) => {
      if (!from.current) return;
      const [dx, dy] = [e.clientX - from.current.x, e.clientY - from.current.y];
      if (ghost || Math.hypot(dx, dy) > 5) setGhost({ dx, dy });
    },
    onPointerUp: () => {
      from.current = undefined;
      if (!ghost) return;
      setGhost(undefined);
      drop(ghost);
    },
  };
  return { ghost, handlers };
}

function hashOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) >>> 0;
  return hash >>> 3;
}
