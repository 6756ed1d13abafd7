import type { Axis, Zoom } from './axis.ts';
import { type Assignment, type Board, type Names, type Plan, problemOf } from './words.tsx';

/** Pixels. */
export const ROW = 38;

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

/** One line of the picture: a station or an order, with what is done there. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly isLate: boolean;
  readonly entries: readonly Assignment[];
  readonly closed: readonly { readonly start: number; readonly end: number }[];
}

/** What is marked on the bars. */
export interface Facts {
  readonly late: ReadonlySet<string>;
  readonly critical: ReadonlySet<string>;
  /** Seconds an operation was carried before it begins. */
  readonly carried: ReadonlyMap<string, number>;
}

export interface RowProps extends GanttProps {
  readonly row: Row;
  readonly rows: readonly Row[];
  readonly axis: Axis;
  readonly names: Names;
  readonly facts: Facts;
  readonly setups: readonly { readonly start: number; readonly end: number }[];
  readonly origin: number;
}

export function factsOf(
  plan: Plan,
  board: Board,
  assignments: readonly Assignment[],
  names: Names,
): Facts {
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
      const [a, before] = [byOperation.get(o.id), byOperation.get(job.operations[n - 1]?.id ?? '')];
      const time = a && before ? (ways.get(`${before.machine} ${a.machine}`) ?? 0) : 0;
      if (time > 0) carried.set(o.id, time);
    }
  }
  const critical = new Set(plan.explanation?.criticalPath.map((s) => s.operation));
  return { late, critical, carried };
}

export function rowsOf(
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
