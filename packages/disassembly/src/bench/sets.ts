import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LineProblem } from '../line/problem.ts';
import { readAircraft } from '../machine/aircraft.ts';
import type { MachineProblem } from '../machine/problem.ts';

/** Folder of the benchmark data: `ZAIZAO_DATA`, else `../shared/data` beside the repository. */
export function dataFolder(): string {
  return process.env.ZAIZAO_DATA ?? '../shared/data';
}

export interface AircraftCase {
  readonly name: string;
  readonly problem: MachineProblem;
  /** Published result of CP Optimizer at 3,600 s: makespan, wages, its own lower bound. */
  readonly published: { makespan: number; cost: number; bound: number } | undefined;
}

interface PublishedRun {
  readonly bound: readonly number[];
  readonly best: { readonly objective: readonly number[] } | null;
}

/** The aircraft set, smallest first; empty when the data are absent. */
export function aircraftCases(folder = dataFolder()): AircraftCase[] {
  const home = join(folder, 'dlbp', 'aircraft_disassembly');
  if (!existsSync(home)) return [];
  // Shape of the published file; entries that are absent stay undefined.
  const results = JSON.parse(readFileSync(join(home, 'published_results.json'), 'utf8')) as Record<
    string,
    Record<string, PublishedRun>
  >;
  return readdirSync(join(home, 'instances'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const name = file.slice(0, -'.json'.length);
      const run = results[name]?.CPOAll;
      const [makespan, cost] = run?.best?.objective ?? [];
      return {
        name,
        problem: readAircraft(readFileSync(join(home, 'instances', file), 'utf8')),
        published:
          makespan === undefined
            ? undefined
            : { makespan, cost: cost ?? 0, bound: run?.bound[0] ?? 0 },
      };
    })
    .sort((a, b) => a.problem.operations.length - b.problem.operations.length);
}

export interface LineCase {
  readonly name: string;
  readonly problem: LineProblem;
  /** Known optimum or best published: stations, smoothness, hazard, demand. */
  readonly reference: readonly number[];
  /** Precedence is not in the data: hazard and demand cannot be compared. */
  readonly withoutPrecedence: boolean;
}

interface AprioriRecord {
  readonly n: number;
  readonly times: readonly number[];
  readonly cycle_time: number;
  readonly hazardous_index_last_11: number;
  readonly demanded_index_last_7: number;
  readonly optimum: {
    readonly N: number;
    readonly F: number;
    readonly H: number;
    readonly D: number;
  };
}

/** The line-balancing sets; empty when the data are absent. */
export function lineCases(folder = dataFolder()): LineCase[] {
  const file = join(folder, 'dlbp', 'apriori_mcgovern_gupta.json');
  if (!existsSync(file)) return [];
  // Shapes of the data files, see their MANIFEST.
  const records = JSON.parse(readFileSync(file, 'utf8')) as readonly AprioriRecord[];
  const cases: LineCase[] = records.map((record) => ({
    name: `apriori-${record.n}`,
    problem: {
      cycleTime: record.cycle_time,
      tasks: record.times.map((time, index) => ({
        id: `${index + 1}`,
        time,
        hazardous: index + 1 === record.hazardous_index_last_11,
        demand: index + 1 === record.demanded_index_last_7 ? 1 : 0,
        after: [],
      })),
    },
    reference: [record.optimum.N, record.optimum.F, record.optimum.H, record.optimum.D],
    withoutPrecedence: false,
  }));
  const pc = JSON.parse(readFileSync(join(folder, 'dlbp', 'pc8.json'), 'utf8')) as {
    readonly cycle_time: number;
    readonly times: readonly number[];
    readonly demand: readonly number[];
    readonly hazardous_part: number;
    readonly published_best: {
      readonly N: number;
      readonly F: number;
      readonly H: number;
      readonly D: number;
    };
  };
  cases.push({
    name: 'pc-8',
    problem: {
      cycleTime: pc.cycle_time,
      tasks: pc.times.map((time, index) => ({
        id: `${index + 1}`,
        time,
        hazardous: index + 1 === pc.hazardous_part,
        demand: pc.demand[index] ?? 0,
        // The top cover comes off first; the rest of the precedence is not in the data.
        after: index === 0 ? [] : ['1'],
      })),
    },
    reference: [pc.published_best.N, pc.published_best.F, pc.published_best.H, pc.published_best.D],
    withoutPrecedence: true,
  });
  return cases;
}
