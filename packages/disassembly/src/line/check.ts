import type { LineProblem, LineValue } from './problem.ts';

export interface LineCheck {
  readonly faults: readonly string[];
  readonly value: LineValue;
}

/**
 * Judges a balance from the problem statement alone and measures it anew. Shares no code with the
 * solver.
 */
export function checkLinePlan(
  problem: LineProblem,
  stations: readonly (readonly string[])[],
): LineCheck {
  const faults: string[] = [];
  const tasks = new Map(problem.tasks.map((task) => [task.id, task]));
  const done = new Set<string>();
  let smoothness = 0;
  let hazard = 0;
  let demand = 0;
  let turns = 0;
  let position = 0;
  let facing: string | undefined;
  for (const [number, station] of stations.entries()) {
    if (station.length === 0) faults.push(`station ${number + 1} is empty`);
    let load = 0;
    for (const id of station) {
      const task = tasks.get(id);
      if (!task) {
        faults.push(`unknown task ${id}`);
        continue;
      }
      if (done.has(id)) faults.push(`${id} is done twice`);
      const missing = task.after.filter((other) => !done.has(other));
      if (missing.length > 0) faults.push(`${id} comes before ${missing.join(', ')}`);
      for (const group of task.afterAny ?? []) {
        if (!group.some((other) => done.has(other)))
          faults.push(`${id} comes before all of ${group.join(', ')}`);
      }
      done.add(id);
      position++;
      load += task.time;
      if (task.hazardous) hazard += position;
      demand += task.demand * position;
      const direction = task.direction ?? '';
      if (facing !== undefined && facing !== direction) turns++;
      facing = direction;
    }
    if (load > problem.cycleTime + 1e-9) faults.push(`station ${number + 1} takes ${load}`);
    smoothness += (problem.cycleTime - load) ** 2;
  }
  for (const id of tasks.keys()) if (!done.has(id)) faults.push(`${id} is not done`);
  return { faults, value: { stations: stations.length, smoothness, hazard, demand, turns } };
}
