import type { MachineProblem } from './problem.ts';
import type { ScheduledOperation } from './solve.ts';

/** What a plan breaks, in words with ids; empty when it is a true plan. */
export interface MachineCheck {
  readonly faults: readonly string[];
  readonly makespan: number;
  readonly cost: number;
}

/**
 * Judges a machine plan from the problem statement alone: every operation once, precedence, crew
 * size, skills, presence, one place at a time, room in zones, balance at every start, horizon.
 * Shares no code with the solver.
 */
export function checkMachinePlan(
  problem: MachineProblem,
  plan: readonly ScheduledOperation[],
): MachineCheck {
  const faults: string[] = [];
  const planned = new Map<string, ScheduledOperation>();
  for (const entry of plan) {
    if (planned.has(entry.id)) faults.push(`${entry.id} is planned twice`);
    planned.set(entry.id, entry);
  }
  const people = new Map(problem.technicians.map((technician) => [technician.id, technician]));
  const booked = new Map<string, ScheduledOperation[]>();
  let makespan = 0;
  let cost = 0;
  for (const operation of problem.operations) {
    const entry = planned.get(operation.id);
    if (!entry) {
      faults.push(`${operation.id} is not planned`);
      continue;
    }
    if (!Number.isInteger(entry.start) || entry.start < 0)
      faults.push(`${operation.id} starts at ${entry.start}`);
    if (entry.end !== entry.start + operation.duration)
      faults.push(`${operation.id} has a wrong length`);
    makespan = Math.max(makespan, entry.end);
    for (const id of operation.after) {
      const earlier = planned.get(id);
      if (earlier && earlier.end > entry.start)
        faults.push(`${operation.id} starts before ${id} ends`);
    }
    if (
      new Set(entry.technicians).size !== operation.crew ||
      entry.technicians.length !== operation.crew
    ) {
      faults.push(
        `${operation.id} has a crew of ${entry.technicians.length}, needs ${operation.crew}`,
      );
    }
    for (const { skill, quantity } of operation.skills) {
      const able = entry.technicians.filter((id) => people.get(id)?.skills.includes(skill)).length;
      if (able < quantity) faults.push(`${operation.id} has ${able} × ${skill}, needs ${quantity}`);
    }
    for (const id of entry.technicians) {
      const person = people.get(id);
      if (!person) {
        faults.push(`${operation.id} is given to unknown ${id}`);
        continue;
      }
      cost += person.costPerSlot * operation.duration;
      for (const window of person.unavailable) {
        if (window.start < window.end && window.start < entry.end && entry.start < window.end) {
          faults.push(`${id} is away during ${operation.id}`);
        }
      }
      const diary = booked.get(id) ?? [];
      diary.push(entry);
      booked.set(id, diary);
    }
  }
  if (makespan > problem.horizon)
    faults.push(`ends at ${makespan}, after the horizon ${problem.horizon}`);
  for (const [id, diary] of booked) {
    diary.sort((a, b) => a.start - b.start || a.end - b.end);
    for (let k = 1; k < diary.length; k++) {
      const earlier = diary[k - 1];
      const later = diary[k];
      if (earlier && later && later.start < earlier.end) {
        faults.push(`${id} does ${earlier.id} and ${later.id} at once`);
      }
    }
  }
  for (const zone of problem.zones) {
    const here = problem.operations.filter(
      (operation) => operation.zone === zone.id && operation.duration > 0,
    );
    for (const at of here) {
      const moment = planned.get(at.id)?.start ?? 0;
      let inside = 0;
      for (const other of here) {
        const entry = planned.get(other.id);
        if (entry && entry.start <= moment && moment < entry.end) inside += other.crew;
      }
      if (inside > zone.capacity)
        faults.push(`${inside} people in ${zone.id} at ${moment}, room for ${zone.capacity}`);
    }
  }
  for (const axis of problem.balance) {
    const side = new Map(problem.zones.map((zone) => [zone.id, zone.side]));
    const steps = new Map<number, number>();
    for (const operation of problem.operations) {
      const entry = planned.get(operation.id);
      const where = side.get(operation.zone);
      const sign = where === axis.plus ? 1 : where === axis.minus ? -1 : 0;
      if (entry && sign !== 0) {
        steps.set(entry.start, (steps.get(entry.start) ?? 0) + sign * operation.mass);
      }
    }
    let tilt = 0;
    for (const moment of [...steps.keys()].sort((a, b) => a - b)) {
      tilt += steps.get(moment) ?? 0;
      if (Math.abs(tilt) > axis.limit)
        faults.push(`${axis.id} tips by ${tilt} at ${moment}, allowed ${axis.limit}`);
    }
  }
  return { faults, makespan, cost };
}
