import type { Problem } from '../result.ts';
import { boundMakespan, Presence } from './bounds.ts';
import { chooseCrew } from './dispatch.ts';
import type { CompiledMachine, MachineProblem } from './problem.ts';

const NEVER = 0x7fffffff;

function infeasible(message: string, at: readonly string[]): Problem {
  return { code: 'INFEASIBLE', message, at };
}

/** A demand of one operation that this crew and this machine can never meet. */
function impossibleOperation(
  problem: MachineProblem,
  machine: CompiledMachine,
): Problem | undefined {
  const everyone = machine.technicians === 0 ? 0 : 2 ** machine.technicians - 1;
  const all = Int32Array.from({ length: machine.technicians }, (_, r) => r);
  const presence = new Presence(machine);
  for (const [v, operation] of problem.operations.entries()) {
    const { id, crew, zone, duration } = operation;
    if (crew > machine.technicians) {
      return infeasible(
        `${id} needs a crew of ${crew}; there are ${machine.technicians} technicians`,
        [id],
      );
    }
    const capacity = machine.capacity[machine.zone[v] ?? 0] ?? 0;
    if (duration > 0 && crew > capacity) {
      return infeasible(`${id} needs ${crew} people in ${zone}, which holds ${capacity}`, [
        id,
        zone,
      ]);
    }
    for (const { skill, quantity } of operation.skills) {
      const have = problem.technicians.filter((technician) =>
        technician.skills.includes(skill),
      ).length;
      if (quantity > Math.min(have, crew)) {
        return infeasible(
          `${id} needs ${quantity} × ${skill} in a crew of ${crew}; ${have} technicians have it`,
          [id, skill],
        );
      }
    }
    if (crew > 0 && chooseCrew(crew, machine.demands[v] ?? [], everyone, all) === 0) {
      const skills = operation.skills.map((demand) => demand.skill);
      return infeasible(`no crew of ${crew} has all of ${skills.join(', ')} for ${id}`, [
        id,
        ...skills,
      ]);
    }
    if (presence.first(v, 0) >= NEVER) {
      return infeasible(`a crew for ${id} is never present for ${duration} slots at a stretch`, [
        id,
      ]);
    }
  }
  return undefined;
}

/** All mass is removed in the end: an axis that then tips too far can never be kept. */
function impossibleBalance(problem: MachineProblem, machine: CompiledMachine): Problem | undefined {
  for (const [a, axis] of problem.balance.entries()) {
    const masses = machine.mass[a] ?? new Float64Array();
    const total = masses.reduce((sum, mass) => sum + mass, 0);
    if (Math.abs(total) <= axis.limit) continue;
    const heavy = [...masses.keys()].filter((v) => (masses[v] ?? 0) * total > 0);
    heavy.sort((x, y) => Math.abs(masses[x] ?? 0) - Math.abs(masses[y] ?? 0));
    let excess = Math.abs(total) - axis.limit;
    // Operations whose mass the excess does not need are left out, lightest first.
    const needed = heavy.filter((v) => {
      const mass = Math.abs(masses[v] ?? 0);
      if (mass >= excess) return true;
      excess -= mass;
      return false;
    });
    const names = needed.map((v) => problem.operations[v]?.id ?? '');
    return infeasible(
      `all masses together tip ${axis.id} by ${Math.abs(total)}, allowed is ${axis.limit}`,
      [axis.id, ...names],
    );
  }
  return undefined;
}

/**
 * The first proof found that no schedule exists, with the ids that clash; undefined when none of
 * the simple proofs applies (which does not promise that a schedule exists).
 */
export function findConflict(
  problem: MachineProblem,
  machine: CompiledMachine,
): Problem | undefined {
  const single = impossibleOperation(problem, machine) ?? impossibleBalance(problem, machine);
  if (single) return single;
  const bound = boundMakespan(machine);
  if (bound.makespan <= problem.horizon) return undefined;
  const names = bound.members.map((row) =>
    bound.kind === 'chain'
      ? (problem.operations[row]?.id ?? '')
      : bound.kind === 'work'
        ? (problem.technicians[row]?.id ?? '')
        : (problem.zones[row]?.id ?? ''),
  );
  const cause = { chain: 'the chain', work: 'the work of', zone: 'the work in' }[bound.kind];
  const until = bound.makespan >= NEVER ? 'never ends' : `needs ${bound.makespan} slots`;
  return infeasible(
    `${cause} ${names.join(', ')} ${until}, the horizon is ${problem.horizon}`,
    names,
  );
}
