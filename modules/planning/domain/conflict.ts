import type { Text } from '@zaizao/platform/kernel';
import type { SchedulingProblem, Violation } from '@zaizao/scheduling';
import type { Board } from './board.ts';

/** Why there is no plan, with the names that people know. */
export interface Conflict {
  code: string;
  message: string;
  causes: {
    kind: 'release' | 'deadline' | 'freeze' | 'no-station' | 'no-skill' | 'calendar' | 'fault';
    order?: string;
    operation?: Text;
    station?: string;
    at?: string;
    rule?: string;
  }[];
}

type Cause = Conflict['causes'][number];

/** Puts names on what the engine refuses. */
export function conflictOf(board: Board, problem: SchedulingProblem): Conflict {
  const names = namesOf(board);
  const { code, message } = problem;
  if (problem.wishes) {
    const causes = problem.wishes.map((w): Cause => {
      const at = names.instant(w.at);
      if (w.kind !== 'freeze') return { kind: w.kind, ...names.order(w.subject), at };
      return {
        kind: 'freeze',
        ...names.operation(w.subject),
        ...names.station(w.machine ?? ''),
        at,
      };
    });
    return { code, message, causes };
  }
  const kind = KINDS[code];
  if (!kind) return { code, message, causes: [] };
  const [subject] = problem.subjects.filter((id) => names.knows(id));
  const cause: Cause = { kind, ...(subject ? names.operation(subject) : {}) };
  return { code, message, causes: subject ? [cause] : [] };
}

const KINDS: Readonly<Record<string, Cause['kind']>> = {
  IMPOSSIBLE_CALENDAR: 'calendar',
  UNKNOWN_SKILL: 'no-skill',
  NO_MODES: 'no-station',
  CONTRADICTORY_FREEZES: 'freeze',
};

/** What a hand-made arrangement breaks, one cause a fault. */
export function faultsOf(board: Board, violations: readonly Violation[]): Conflict {
  const names = namesOf(board);
  return {
    code: 'FAULTS',
    message: violations.map((v) => v.message).join(' '),
    causes: violations.slice(0, 50).map((v): Cause => {
      const [subject] = v.subjects.filter((id) => names.knows(id));
      return { kind: 'fault', rule: v.rule, ...(subject ? names.operation(subject) : {}) };
    }),
  };
}

/** Operations whose kind of station the plant has not set up. */
export function missingStations(
  board: Board,
  missing: readonly { readonly kind: string; readonly operations: readonly string[] }[],
): Conflict {
  const names = namesOf(board);
  return {
    code: 'NO_STATION',
    message: `No station in use for: ${missing.map((m) => m.kind).join(', ')}.`,
    causes: missing.map(({ kind, operations }): Cause => {
      const [first] = operations;
      return { kind: 'no-station', station: kind, ...(first ? names.operation(first) : {}) };
    }),
  };
}

function namesOf(board: Board) {
  const orders = new Map(board.orders.map((o) => [o.id, o.code]));
  const operations = new Map(board.operations.map((o) => [o.id, o]));
  const stations = new Map(board.stations.map((s) => [s.id, s.name || s.kind]));
  return {
    knows: (id: string) => operations.has(id),
    order: (id: string) => ({ order: orders.get(id) ?? '' }),
    operation: (id: string) => {
      const o = operations.get(id);
      return o ? { order: orders.get(o.order) ?? '', operation: o.name } : {};
    },
    station: (id: string) => ({ station: stations.get(id) ?? '' }),
    instant: (seconds: number) => new Date(Date.parse(board.origin) + seconds * 1000).toISOString(),
  };
}
