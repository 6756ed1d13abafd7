import type {
  Assignment,
  Job,
  Machine,
  Mode,
  Operation,
  Operator,
  Problem,
  Setups,
  Uncertainty,
  Window,
} from '@zaizao/scheduling';
import type { Board, BoardOperation } from './board.ts';
import type { Span } from './calendar.ts';
import type { OperationInput, OrderInput, StationInput, Wishes, WorkInput } from './work.ts';

export interface Built {
  readonly problem: Problem;
  readonly board: Board;
  readonly uncertainties: readonly Uncertainty[];
  readonly warmStart: readonly { operation: string; machine: string; start: number }[];
  /** Operations that stand only because they begin soon: let go when they cannot stand. */
  readonly near: readonly string[];
  /** Kinds of stations that some operation needs and no station in use has, with those operations. */
  readonly missing: readonly { readonly kind: string; readonly operations: readonly string[] }[];
}

/** Without a standard and without enough measurements. */
const ASSUMED_SECONDS = 900;

/** So many finished operations of a step make its measured mean the planned time. */
const ENOUGH = 5;

/** Relative spread of a time that was never measured: an assumption. */
const ASSUMED_SPREAD = 0.2;
const WEIGHTS = [0.5, 1, 2, 4, 8] as const;

/** An order without a due date is wanted soon, but never at the price of a date given to a customer. */
const UNDATED_WEIGHT = 0.02;

/**
 * States the plant's open work as a scheduling problem in seconds from now: running operations stand
 * with what is left of them, near ones stand as planned, locked ones where a person put them.
 */
export function buildProblem(input: WorkInput, wishes: Wishes): Built {
  return new Builder(input, wishes).build();
}

class Builder {
  readonly #in: WorkInput;
  readonly #wishes: Wishes;
  readonly #origin: number;
  readonly #machines: Machine[];
  readonly #operations: BoardOperation[] = [];
  readonly #uncertainties: Uncertainty[] = [];
  readonly #near: string[] = [];
  readonly #missing = new Map<string, string[]>();
  readonly #planned: ReadonlyMap<string, Assignment>;
  readonly #locks: ReadonlyMap<string, Wishes['locks'][number]>;
  readonly #outside: Board['stations'][number][] = [];
  /** Stations that a running operation occupies. */
  readonly #taken = new Set<string>();

  constructor(input: WorkInput, wishes: Wishes) {
    this.#in = input;
    this.#wishes = wishes;
    this.#origin = Math.floor(input.now / 1000) * 1000;
    this.#planned = new Map(input.published?.assignments.map((a) => [a.operation, a]));
    this.#locks = new Map(wishes.locks.map((l) => [l.operationId, l]));
    const families = [...new Set(input.orders.map((o) => o.product))];
    this.#machines = input.stations.map((s) => ({
      id: s.id,
      calendar: this.#windows(s.open),
      ...(s.setupSeconds > 0 ? { setups: changeovers(families, s.setupSeconds) } : {}),
      ...(s.batchCapacity ? { batch: { capacity: s.batchCapacity } } : {}),
    }));
  }

  build(): Built {
    const jobs = this.#in.orders.flatMap((o) => this.#job(o) ?? []);
    const people = this.#in.people.map(
      (p): Operator => ({ id: p.id, skills: p.skills, calendar: this.#windows(p.open) }),
    );
    const known = new Set(jobs.flatMap((j) => j.operations.map((o) => o.id)));
    const shift = this.#in.published ? (this.#origin - this.#in.published.origin) / 1000 : 0;
    const earlier = [...this.#planned.values()]
      .filter((a) => known.has(a.operation))
      .map((a) => ({
        operation: a.operation,
        machine: a.machine,
        start: Math.max(0, Math.round(a.start - shift)),
      }));
    const { perShift, perMove, transportSeconds } = this.#in.settings;
    const problem: Problem = {
      machines: this.#machines,
      jobs,
      ...(people.length > 0 ? { operators: people } : {}),
      ...(transportSeconds > 0 ? { transport: this.#ways(transportSeconds) } : {}),
      objective: objectiveOf(this.#wishes.objective),
      ...(this.#wishes.keepsNear && earlier.length > 0
        ? { stability: { plan: earlier, perShift, perMove: perMove * 3600 } }
        : {}),
    };
    return {
      problem,
      board: this.#board(),
      uncertainties: this.#uncertainties,
      warmStart: earlier,
      near: this.#near,
      missing: [...this.#missing].map(([kind, operations]) => ({ kind, operations })),
    };
  }

  #windows(spans: readonly Span[]): Window[] {
    return spans.flatMap((s) => {
      const start = Math.max(0, Math.ceil((s.start - this.#origin) / 1000));
      const end = Math.floor((s.end - this.#origin) / 1000);
      return start < end ? [{ start, end }] : [];
    });
  }

  #seconds(at: number): number {
    return Math.round((at - this.#origin) / 1000);
  }

  #ways(time: number) {
    const ids = this.#machines.map((m) => m.id);
    return ids.flatMap((from) => ids.flatMap((to) => (from === to ? [] : [{ from, to, time }])));
  }

  #job(o: OrderInput): Job | undefined {
    if (o.operations.length === 0) return undefined;
    const operations = o.operations.map((x) => this.#operation(o, x));
    const due = o.due === undefined ? undefined : Math.max(0, this.#seconds(o.due));
    const weight = WEIGHTS[o.priority - 1] ?? 1;
    return {
      id: o.id,
      operations,
      ...(o.notBefore === undefined ? {} : { release: Math.max(0, this.#seconds(o.notBefore)) }),
      ...(due === undefined
        ? { due: 0, weight: weight * UNDATED_WEIGHT }
        : { due, weight, ...(o.firm ? { deadline: due } : {}) }),
    };
  }

  #operation(o: OrderInput, x: OperationInput): Operation {
    const { seconds, basis } = this.#time(x);
    const stations = this.#capable(x);
    const running = x.state !== 'waiting';
    const modes = stations.map((s): Mode => {
      const skilled = !running && s.attended && this.#isManned(s.kind);
      return { machine: s.id, time: seconds, ...(skilled ? { skill: s.kind } : {}) };
    });
    if (modes.length === 0) modes.push(this.#elsewhere(o, x, seconds));
    const stands = this.#stands(x, modes);
    const resumable = running || !stations.some((s) => s.attended);
    this.#operations.push({
      id: x.id,
      order: o.id,
      code: x.code,
      name: x.name,
      kind: x.kind,
      seconds,
      basis,
      ...(stands ? { stands: stands.why } : running ? { stands: 'running' as const } : {}),
    });
    this.#uncertain(x, running);
    return {
      id: x.id,
      modes,
      family: o.product,
      ...(resumable ? { resumable: true } : {}),
      ...(stands ? { frozen: { machine: stands.machine, start: stands.start } } : {}),
    };
  }

  #time(x: OperationInput): Pick<BoardOperation, 'seconds' | 'basis'> {
    const measured = this.#in.measured.get(x.code);
    const isMeasured = measured !== undefined && measured.attempts - measured.failed >= ENOUGH;
    const usual = isMeasured ? measured.mean : (x.stdSeconds ?? ASSUMED_SECONDS);
    const whole = Math.max(1, Math.round(usual));
    if (x.state !== 'waiting') {
      // At least a tenth is left of what is still under way.
      const left = Math.max(1, Math.ceil(whole / 10), Math.round(whole - x.workedSeconds));
      return { seconds: left, basis: 'left' };
    }
    const basis = isMeasured ? 'measured' : x.stdSeconds === undefined ? 'assumed' : 'standard';
    return { seconds: whole, basis };
  }

  #capable(x: OperationInput): StationInput[] {
    const able = this.#in.stations.filter(
      (s) => s.kind === x.kind && (s.steps.length === 0 || s.steps.includes(x.code)),
    );
    // A station that names the step is meant for it: the general ones are left to the rest.
    const meant = able.filter((s) => s.steps.includes(x.code));
    const here = meant.length > 0 ? meant : able;
    if (x.state === 'waiting') return here;
    const on =
      this.#in.stations.find((s) => s.id === x.stationId) ??
      here.find((s) => !this.#taken.has(s.id));
    return on ? [on] : here;
  }

  #isManned(kind: string): boolean {
    return this.#in.people.some((p) => p.skills.includes(kind));
  }

  /** No station is set up for it: an imagined order passes beside the plan, a real one cannot be planned. */
  #elsewhere(o: OrderInput, x: OperationInput, seconds: number): Mode {
    if (!o.imagined) this.#missing.set(x.kind, [...(this.#missing.get(x.kind) ?? []), x.id]);
    const id = `outside:${x.id}`;
    this.#machines.push({ id, calendar: this.#windows(this.#in.usual) });
    this.#outside.push({ id, code: '', name: '', kind: x.kind });
    return { machine: id, time: seconds };
  }

  #stands(
    x: OperationInput,
    modes: readonly Mode[],
  ): { machine: string; start: number; why: 'running' | 'locked' | 'near' } | undefined {
    const isOpen = (machine: string, start: number, time: number) =>
      this.#machines
        .find((m) => m.id === machine)
        ?.calendar?.some((w) => w.start <= start && start + time <= w.end) ?? false;
    if (x.state === 'started') {
      const [mode] = modes;
      const free = mode && !this.#taken.has(mode.machine);
      if (!free || !isOpen(mode.machine, 0, 1)) return undefined;
      this.#taken.add(mode.machine);
      return { machine: mode.machine, start: 0, why: 'running' };
    }
    const lock = this.#locks.get(x.id);
    if (lock) {
      const start = this.#seconds(lock.start);
      const fits = modes.some((m) => m.machine === lock.stationId);
      return fits && start >= 0 ? { machine: lock.stationId, start, why: 'locked' } : undefined;
    }
    const before = this.#planned.get(x.id);
    if (!before || !this.#in.published || x.state === 'paused') return undefined;
    const start = this.#seconds(this.#in.published.origin + before.start * 1000);
    const soon = start >= 0 && start < this.#in.settings.freezeMinutes * 60;
    const mode = modes.find((m) => m.machine === before.machine);
    if (!soon || !mode || !isOpen(before.machine, start, mode.time)) return undefined;
    this.#near.push(x.id);
    return { machine: before.machine, start, why: 'near' };
  }

  #uncertain(x: OperationInput, running: boolean): void {
    const m = this.#in.measured.get(x.code);
    const done = m ? m.attempts - m.failed : 0;
    const isMeasured = m !== undefined && done >= ENOUGH && m.mean > 0;
    const spread = isMeasured ? Math.min(1.5, m.deviation / m.mean) : ASSUMED_SPREAD;
    const again = m && m.attempts >= ENOUGH ? Math.min(0.9, m.failed / m.attempts) : 0;
    this.#uncertainties.push({
      operation: x.id,
      spread,
      ...(x.chance === undefined || running ? {} : { chance: x.chance }),
      ...(again > 0 && x.maxRework > 0
        ? { rework: { chance: again, most: Math.min(3, x.maxRework) } }
        : {}),
    });
  }

  #board(): Board {
    const kinds = new Set(this.#in.stations.filter((s) => s.attended).map((s) => s.kind));
    const planned = new Set(this.#operations.map((o) => o.order));
    return {
      origin: new Date(this.#origin).toISOString(),
      orders: this.#in.orders
        .filter((o) => planned.has(o.id))
        .map(({ id, code, kind, about, product, due, firm, priority, customer, imagined }) => ({
          ...{ id, code, kind, about, product, firm, priority, customer, imagined },
          ...(due === undefined ? {} : { due: this.#seconds(due) }),
        })),
      operations: this.#operations,
      stations: [
        ...this.#in.stations.map(({ id, code, name, kind }) => ({ id, code, name, kind })),
        ...this.#outside,
      ],
      people: this.#in.people.map(({ id, name }) => ({ id, name })),
      unmanned: [...kinds].filter((k) => !this.#isManned(k)),
    };
  }
}

function changeovers(families: readonly string[], time: number): Setups {
  return {
    times: families.flatMap((from) =>
      families.flatMap((to) => (from === to ? [] : [{ from, to, time }])),
    ),
  };
}

/** The worst tenth of the courses decides a robust plan. */
const ROBUST_LEVEL = 0.9;

function objectiveOf(wish: Wishes['objective']): Problem['objective'] {
  switch (wish) {
    case 'makespan':
      return { kind: 'makespan' };
    case 'late-orders':
      return { kind: 'late-jobs' };
    case 'robust':
      return { kind: 'cvar', of: 'weighted-tardiness', level: ROBUST_LEVEL };
    default:
      return { kind: 'weighted-tardiness' };
  }
}
