import { topologicalOrder } from '../order.ts';
import { ok, type Result, refuse } from '../result.ts';

/** A stretch of time slots, end exclusive. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

export interface Technician {
  readonly id: string;
  readonly skills: readonly string[];
  /** Slots in which the technician is away (shift off, leave, other work). */
  readonly unavailable: readonly Window[];
  /** Cost of one working slot, in fen or any one unit of money. */
  readonly costPerSlot: number;
}

/** A place of the machine where people work. */
export interface Zone {
  readonly id: string;
  /** How many people can work there at once. */
  readonly capacity: number;
  /** Side of the machine, as named by the balance axes; absent where mass does not tip it. */
  readonly side?: string;
}

/**
 * Mass taken off the `plus` side less mass taken off the `minus` side must stay within ± `limit`
 * at every moment, counted from the start of each operation.
 */
export interface BalanceAxis {
  readonly id: string;
  readonly plus: string;
  readonly minus: string;
  readonly limit: number;
}

export interface SkillDemand {
  readonly skill: string;
  readonly quantity: number;
}

export interface Operation {
  readonly id: string;
  /** Slots; not interruptible. Zero is a milestone. */
  readonly duration: number;
  readonly zone: string;
  /** People who work on it from start to end. */
  readonly crew: number;
  /** Of the crew, how many at least must have a skill; one person may count for several skills. */
  readonly skills: readonly SkillDemand[];
  /** Mass removed when it starts, in any one unit. */
  readonly mass: number;
  /** Operations that must be finished first. */
  readonly after: readonly string[];
}

/** Disassembly of one whole machine by a crew of technicians. All times are integer slots from 0. */
export interface MachineProblem {
  readonly horizon: number;
  readonly technicians: readonly Technician[];
  readonly zones: readonly Zone[];
  readonly balance: readonly BalanceAxis[];
  readonly operations: readonly Operation[];
}

/** Crew masks are 32-bit words. */
export const MOST_TECHNICIANS = 31;
export const MOST_OPERATIONS = 100_000;

/** The problem in typed arrays: rows are operations in their given order. */
export interface CompiledMachine {
  readonly n: number;
  readonly duration: Int32Array;
  readonly crew: Int32Array;
  readonly zone: Int32Array;
  readonly capacity: Float64Array;
  /** Signed mass per axis: `mass[axis][operation]`. */
  readonly mass: readonly Float64Array[];
  readonly limit: Float64Array;
  /** Whether the operation moves mass on any axis. */
  readonly tips: Uint8Array;
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
  readonly order: Int32Array;
  /** Skill demands as (mask of technicians with the skill, quantity). */
  readonly demands: readonly (readonly { readonly mask: number; readonly quantity: number }[])[];
  readonly technicians: number;
  readonly cost: Float64Array;
  readonly skillCount: Int32Array;
  /** Sorted, merged absences. */
  readonly away: readonly (readonly Window[])[];
  readonly horizon: number;
}

function firstDuplicate(ids: readonly { readonly id: string }[]): string | undefined {
  const seen = new Set<string>();
  for (const { id } of ids) {
    if (seen.has(id)) return id;
    seen.add(id);
  }
  return undefined;
}

function checkNumbers(problem: MachineProblem): Result<true> {
  const whole = (value: number, what: string, id: string): Result<true> => {
    if (!Number.isFinite(value))
      return refuse('NOT_A_NUMBER', `${what} of ${id} is not a number`, [id]);
    if (value < 0) return refuse('NEGATIVE', `${what} of ${id} is ${value}, below zero`, [id]);
    if (!Number.isInteger(value)) {
      return refuse('NOT_AN_INTEGER', `${what} of ${id} is ${value}, not a whole number`, [id]);
    }
    return ok(true);
  };
  const checks: [number, string, string][] = [[problem.horizon, 'horizon', 'machine']];
  for (const zone of problem.zones) checks.push([zone.capacity, 'capacity', zone.id]);
  for (const operation of problem.operations) {
    checks.push(
      [operation.duration, 'duration', operation.id],
      [operation.crew, 'crew', operation.id],
    );
    for (const demand of operation.skills) {
      checks.push([demand.quantity, `demand for ${demand.skill}`, operation.id]);
    }
  }
  for (const [value, what, id] of checks) {
    const checked = whole(value, what, id);
    if (!checked.ok) return checked;
  }
  for (const technician of problem.technicians) {
    if (!(Number.isFinite(technician.costPerSlot) && technician.costPerSlot >= 0)) {
      return refuse('NEGATIVE', `cost of ${technician.id} is not a number ≥ 0`, [technician.id]);
    }
    for (const { start, end } of technician.unavailable) {
      if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && end >= start)) {
        return refuse('BAD_WINDOW', `${technician.id} is away from ${start} to ${end}`, [
          technician.id,
        ]);
      }
    }
  }
  for (const { id, mass } of problem.operations) {
    if (!(Number.isFinite(mass) && mass >= 0)) {
      return refuse('NEGATIVE', `mass of ${id} is not a number ≥ 0`, [id]);
    }
  }
  for (const { id, limit } of problem.balance) {
    if (!(Number.isFinite(limit) && limit >= 0)) {
      return refuse('NEGATIVE', `limit of axis ${id} is not a number ≥ 0`, [id]);
    }
  }
  return ok(true);
}

function mergeWindows(windows: readonly Window[]): Window[] {
  const merged: Window[] = [];
  for (const { start, end } of [...windows].sort((a, b) => a.start - b.start)) {
    if (start === end) continue;
    const last = merged.at(-1);
    if (last && start <= last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    else merged.push({ start, end });
  }
  return merged;
}

/** Checks every record and turns the problem into typed arrays; names the first cause it refuses for. */
export function compileMachine(problem: MachineProblem): Result<CompiledMachine> {
  const { technicians, zones, balance, operations, horizon } = problem;
  if (operations.length === 0) return refuse('EMPTY', 'there is no operation to plan');
  if (operations.length > MOST_OPERATIONS) {
    return refuse(
      'TOO_LARGE',
      `${operations.length} operations, at most ${MOST_OPERATIONS} are planned at once`,
    );
  }
  if (technicians.length > MOST_TECHNICIANS) {
    return refuse(
      'TOO_LARGE',
      `${technicians.length} technicians, at most ${MOST_TECHNICIANS} in one crew`,
    );
  }
  for (const records of [technicians, zones, balance, operations]) {
    const twice = firstDuplicate(records);
    if (twice !== undefined) return refuse('DUPLICATE_ID', `${twice} appears twice`, [twice]);
  }
  const numbers = checkNumbers(problem);
  if (!numbers.ok) return numbers;

  const n = operations.length;
  const row = new Map(operations.map((operation, index) => [operation.id, index]));
  const zoneRow = new Map(zones.map((zone, index) => [zone.id, index]));
  const skillMask = new Map<string, number>();
  technicians.forEach((technician, index) => {
    for (const skill of technician.skills) {
      skillMask.set(skill, (skillMask.get(skill) ?? 0) | (1 << index));
    }
  });
  const before: number[][] = [];
  const after: number[][] = Array.from({ length: n }, () => []);
  const zone = new Int32Array(n);
  for (const [index, operation] of operations.entries()) {
    const at = zoneRow.get(operation.zone);
    if (at === undefined) {
      return refuse('UNKNOWN_ID', `${operation.id} is in unknown zone ${operation.zone}`, [
        operation.id,
        operation.zone,
      ]);
    }
    zone[index] = at;
    const list: number[] = [];
    for (const id of new Set(operation.after)) {
      const predecessor = row.get(id);
      if (predecessor === undefined) {
        return refuse('UNKNOWN_ID', `${operation.id} waits for unknown operation ${id}`, [
          operation.id,
          id,
        ]);
      }
      list.push(predecessor);
      after[predecessor]?.push(index);
    }
    before.push(list);
  }
  const sorted = topologicalOrder(before);
  if (sorted.cycle) {
    const names = sorted.cycle.map((index) => operations[index]?.id ?? '');
    return refuse('CYCLE', `operations wait for each other: ${names.join(' → ')}`, names);
  }
  const sideOf = operations.map((operation) => zones[zoneRow.get(operation.zone) ?? 0]?.side);
  const mass = balance.map((axis) =>
    Float64Array.from(operations, (operation, index) =>
      sideOf[index] === axis.plus
        ? operation.mass
        : sideOf[index] === axis.minus
          ? -operation.mass
          : 0,
    ),
  );
  return ok({
    n,
    duration: Int32Array.from(operations, (operation) => operation.duration),
    crew: Int32Array.from(operations, (operation) => operation.crew),
    zone,
    capacity: Float64Array.from(zones, (z) => z.capacity),
    mass,
    limit: Float64Array.from(balance, (axis) => axis.limit),
    tips: Uint8Array.from(operations, (_, index) =>
      mass.some((axis) => axis[index] !== 0) ? 1 : 0,
    ),
    before,
    after,
    order: sorted.order,
    demands: operations.map((operation) =>
      operation.skills
        .filter((demand) => demand.quantity > 0)
        .map((demand) => ({ mask: skillMask.get(demand.skill) ?? 0, quantity: demand.quantity })),
    ),
    technicians: technicians.length,
    cost: Float64Array.from(technicians, (technician) => technician.costPerSlot),
    skillCount: Int32Array.from(technicians, (technician) => technician.skills.length),
    away: technicians.map((technician) => mergeWindows(technician.unavailable)),
    horizon,
  });
}
