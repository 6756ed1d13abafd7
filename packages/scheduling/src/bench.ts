import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { check } from './check.ts';
import { parseFlexible, parseJobShop, parseRemanufacturing } from './instances/parse.ts';
import { solveInWorkers } from './islands.ts';
import type { Problem } from './model.ts';
import type { Result } from './result.ts';
import { solve } from './solve.ts';

/** An instance with what is known of it. */
interface Case {
  readonly name: string;
  readonly load: () => Result<Problem>;
  /** Value the gap is measured against; without it the instance is listed only. */
  readonly reference?: number | undefined;
  /** What others reached, for the table. */
  readonly published: string;
}

/**
 * Measures the package on published instances, read from `ZAIZAO_DATA`.
 *
 * Arguments: `--set jsp|fjsp|reman [--instances a,b] [--seconds 10] [--seeds 5] [--workers 2] [--json]`;
 * `--cpu` counts seconds of the processor instead of the wall clock, on one thread: on a busy machine
 * it gives what an idle one would.
 * Gaps are in percent of the reference: the best-known upper bound, or for `reman` the published
 * learned policy; negative is better. Every schedule passes the independent checker.
 */
export async function bench(args: string[]): Promise<Record<string, unknown>> {
  const { values } = parseArgs({
    args,
    options: {
      set: { type: 'string', default: 'jsp' },
      instances: { type: 'string' },
      seconds: { type: 'string', default: '10' },
      seeds: { type: 'string', default: '5' },
      workers: { type: 'string', default: '2' },
      cpu: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const data = process.env.ZAIZAO_DATA ?? '../shared/data';
  const all = casesOf(values.set, data);
  const wanted = values.instances?.split(',');
  const cases = wanted ? all.filter((entry) => wanted.includes(entry.name)) : all;
  const unknown = wanted?.filter((name) => !all.some((entry) => entry.name === name)) ?? [];
  if (unknown.length > 0)
    throw new Error(`No such instance in ${values.set}: ${unknown.join(', ')}`);
  const seeds = Number(values.seeds);
  const seconds = Number(values.seconds);
  const workers = values.cpu ? 1 : Number(values.workers);
  const gaps: number[] = [];
  let atBest = 0;
  const begun = performance.now();
  for (const entry of cases) {
    const line = await measure(entry, { seeds, seconds, workers, cpu: values.cpu });
    if (line.gap !== undefined) {
      gaps.push(line.gap);
      if (line.best <= (entry.reference ?? 0)) atBest++;
    }
    if (values.json) console.log(JSON.stringify({ instance: entry.name, ...line }));
    else console.log(row(entry, line));
  }
  return {
    bench: 'scheduling',
    set: values.set,
    n: gaps.length,
    meanGap: round(gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, gaps.length)),
    worstGap: round(Math.max(...gaps)),
    atBest,
    seconds: round((performance.now() - begun) / 1000),
  };
}

interface Line {
  /** Mean over the seeds. */
  readonly value: number;
  readonly best: number;
  readonly bound: number;
  readonly reference: number | undefined;
  readonly gap: number | undefined;
  readonly iterationsPerSecond: number;
  /** Longest time of a seed, from call to answer. */
  readonly wall: number;
  readonly load: number;
}

async function measure(
  entry: Case,
  run: {
    readonly seeds: number;
    readonly seconds: number;
    readonly workers: number;
    readonly cpu: boolean;
  },
): Promise<Line> {
  const loaded = entry.load();
  if (!loaded.ok) throw new Error(`${entry.name}: ${loaded.problem.message}`);
  let sum = 0;
  let best = Number.POSITIVE_INFINITY;
  let bound = 0;
  let iterations = 0;
  let spent = 0;
  let wall = 0;
  for (let seed = 1; seed <= run.seeds; seed++) {
    const started = run.cpu ? processorTime() : performance.now();
    const options = {
      seed,
      deadline: run.seconds * 1000,
      ...(run.cpu ? { clock: processorTime } : {}),
    };
    const result =
      run.workers > 1
        ? await solveInWorkers(loaded.value, { ...options, workers: run.workers })
        : solve(loaded.value, options);
    if (!result.ok) throw new Error(`${entry.name}: ${result.problem.message}`);
    const took = ((run.cpu ? processorTime() : performance.now()) - started) / 1000;
    const { value, assignments } = result.value;
    const wrong = check(loaded.value, assignments, value);
    if (wrong.length > 0) throw new Error(`${entry.name}: ${wrong[0]?.message}`);
    sum += value;
    best = Math.min(best, value);
    bound = result.value.bound;
    iterations += result.value.iterations;
    spent += took;
    wall = Math.max(wall, took);
  }
  const value = sum / run.seeds;
  const reference = entry.reference;
  return {
    value,
    best,
    bound,
    reference,
    gap: reference === undefined ? undefined : round(100 * (value / reference - 1)),
    iterationsPerSecond: Math.round(iterations / spent),
    wall: round(wall),
    load: round(loadavg()[0] ?? 0),
  };
}

/** Milliseconds this process has used of any processor. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function row(entry: Case, line: Line): string {
  const gap = line.gap === undefined ? 'no reference' : `${line.gap.toFixed(2)} %`;
  return [
    entry.name.padEnd(12),
    `value ${line.value.toFixed(1)} (best ${line.best}, bound ${line.bound})`,
    `reference ${line.reference ?? '–'}`,
    gap,
    entry.published,
    `${line.iterationsPerSecond} it/s`,
    `${line.wall.toFixed(2)} s`,
    `load ${line.load}`,
  ].join('  ');
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function casesOf(set: string, data: string): Case[] {
  if (set === 'jsp') return jobShopCases(data);
  if (set === 'fjsp') return flexibleCases(data);
  if (set === 'reman') return remanufacturingCases(data);
  throw new Error(`There is no set ${set}; sets are jsp, fjsp and reman.`);
}

/** A bounds file: name → lower and upper bound, and where the instance lies. */
type Bounds = Record<
  string,
  { readonly lb?: number; readonly ub?: number; readonly file?: string }
>;

function readJson<T>(path: string): T {
  // The shape is that of the published files this bench is written for.
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

function jobShopCases(data: string): Case[] {
  const folder = join(data, 'jsp');
  const bounds = readJson<Bounds>(join(folder, 'bks_2026.json'));
  const peers = ['cpsat', 'cpo', 'optalcp'].map((peer) => ({
    peer,
    results: readJson<Bounds>(join(folder, `peer_${peer}_600s.json`)),
  }));
  return Object.entries(bounds).map(([name, entry]) => ({
    name,
    load: () => parseJobShop(readFileSync(join(folder, 'instances', name), 'utf8')),
    reference: entry.ub,
    published: peers.map(({ peer, results }) => `${peer} ${results[name]?.ub ?? '–'}`).join(' '),
  }));
}

function flexibleCases(data: string): Case[] {
  const folder = join(data, 'fjsp');
  const bounds = readJson<Bounds>(join(folder, 'bks_2026.json'));
  return Object.entries(bounds).map(([name, entry]) => ({
    name,
    load: () => parseFlexible(readFileSync(join(folder, 'schedlab', `${entry.file}.txt`), 'utf8')),
    reference: entry.ub,
    published: `best lower bound ${entry.lb ?? '–'}`,
  }));
}

interface Published {
  readonly best_dispatch_rule?: string;
  readonly makespan?: number;
  readonly drl_best_of_2?: number;
}

function remanufacturingCases(data: string): Case[] {
  const folder = join(data, 'reman', 'ironmou_rmfjsp');
  const published = readJson<Record<string, Published>>(join(folder, 'reference_published.json'));
  return readdirSync(folder)
    .filter((file) => file.endsWith('.fjs'))
    .map((file) => {
      const name = basename(file, '.fjs');
      const { best_dispatch_rule: rule, makespan, drl_best_of_2: learned } = published[name] ?? {};
      return {
        name,
        load: () => parseRemanufacturing(readFileSync(join(folder, file), 'utf8')),
        reference: learned,
        published: `best rule ${rule ?? ''} ${makespan ?? '–'}`,
      };
    });
}
