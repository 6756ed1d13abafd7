import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAircraft } from '../machine/aircraft.ts';
import type { MachineProblem } from '../machine/problem.ts';
import { type LineCase, lineCasesIn } from './line-file.ts';

/** A file of a set that could not be read, in words. */
export interface Unreadable {
  readonly name: string;
  readonly error: string;
}

/** Folder of the benchmark data: `ZAIZAO_DATA`, else `../shared/data` beside the repository. */
export function dataFolder(): string {
  return process.env.ZAIZAO_DATA ?? '../shared/data';
}

export interface AircraftCase {
  readonly name: string;
  /** The file, for messages. */
  readonly path: string;
  readonly problem: MachineProblem;
  /** Published result of CP Optimizer at 3,600 s: makespan, wages, its own lower bound. */
  readonly published:
    | {
        readonly makespan: number;
        readonly cost: number | undefined;
        readonly bound: number | undefined;
      }
    | undefined;
}

/**
 * The aircraft set, smallest first, and the files that are no instances; empty when the data are absent. Published
 * results are used where they are there.
 */
export function aircraftCases(folder = dataFolder()): (AircraftCase | Unreadable)[] {
  const home = join(folder, 'dlbp', 'aircraft_disassembly');
  const files = jsonFilesIn(join(home, 'instances'));
  const results = join(home, 'published_results.json');
  const published = existsSync(results) ? readJson(results) : {};
  const cases = files.map((file): AircraftCase | Unreadable => {
    const name = file.slice(0, -'.json'.length);
    const path = join(home, 'instances', file);
    try {
      const problem = readAircraft(readFileSync(path, 'utf8'));
      return { name, path, problem, published: resultOf(published, name) };
    } catch (error) {
      return { name, error: `${path}: ${sentence(error)}` };
    }
  });
  const size = (entry: AircraftCase | Unreadable) =>
    'problem' in entry ? entry.problem.operations.length : 0;
  return cases.sort((a, b) => size(a) - size(b));
}

function resultOf(published: unknown, name: string): AircraftCase['published'] {
  const best = field(field(field(published, name), 'CPOAll'), 'best');
  const bounds = field(field(field(published, name), 'CPOAll'), 'bound');
  const objective = field(best, 'objective');
  const makespan = number(Array.isArray(objective) ? objective[0] : undefined);
  if (makespan === undefined || makespan <= 0) return undefined;
  return {
    makespan,
    cost: number(Array.isArray(objective) ? objective[1] : undefined),
    bound: number(Array.isArray(bounds) ? bounds[0] : undefined),
  };
}

export type LineFileCase = LineCase & { readonly path: string };

/**
 * The line-balancing sets: every JSON file of the folder that holds lines, one or a list; and the files that could
 * not be read. Empty when the data are absent.
 */
export function lineCases(folder = dataFolder()): (LineFileCase | Unreadable)[] {
  const home = join(folder, 'dlbp');
  const names = new Set<string>();
  return jsonFilesIn(home).flatMap((file): (LineFileCase | Unreadable)[] => {
    const path = join(home, file);
    try {
      const stem = file.replace(/\.json$/, '');
      return lineCasesIn(readJson(path), stem, names).map((line) => ({ ...line, path }));
    } catch (error) {
      return [{ name: file, error: `${path}: ${sentence(error)}` }];
    }
  });
}

function jsonFilesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort();
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name]; // an object that has the field
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
