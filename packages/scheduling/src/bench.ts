import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type Case, listCases } from './bench/cases.ts';
import { check } from './check.ts';
import { solveInWorkers } from './islands.ts';
import { solve } from './solve.ts';

/**
 * Measures the package on published instances, read from `ZAIZAO_DATA`.
 *
 * Arguments: `--set jsp|fjsp|reman [--instances a,b] [--seconds 10] [--seeds 5] [--workers 2] [--json]`;
 * `--cpu` counts seconds of the processor instead of the wall clock, on one thread: on a busy machine
 * it gives what an idle one would.
 * Gaps are in percent of the reference: the best-known upper bound, or for `reman` the published
 * learned policy; negative is better. Every schedule passes the independent checker. An instance that
 * cannot be read or solved is told with its file and line, and the others go on.
 *
 * @returns the summary; `n` counts the instances measured, of which `withoutReference` have no gap, and
 *   `failed` those told as failures
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
  const run: Run = {
    seconds: positive('seconds', values.seconds),
    seeds: positive('seeds', values.seeds, true),
    workers: values.cpu ? 1 : positive('workers', values.workers, true),
    cpu: values.cpu,
  };
  const cases = chosen(values.set, values.instances);
  const lines: { readonly line: Line; readonly reference: number | undefined }[] = [];
  let failed = 0;
  const begun = performance.now();
  for (const entry of cases) {
    try {
      const line = await measure(entry, run);
      lines.push({ line, reference: entry.reference });
      if (values.json) console.log(JSON.stringify({ instance: entry.name, ...line }));
      else console.log(row(entry, line));
    } catch (error) {
      failed++;
      const message = error instanceof Error ? error.message : String(error);
      if (values.json) console.log(JSON.stringify({ instance: entry.name, error: message }));
      console.error(`✘ ${entry.name}: ${message}`);
    }
  }
  const gaps = lines.map(({ line }) => line.gap).filter((gap) => gap !== undefined);
  const without = lines.length - gaps.length;
  return {
    bench: 'scheduling',
    set: values.set,
    n: lines.length,
    meanGap: gaps.length > 0 ? round(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length) : null,
    worstGap: gaps.length > 0 ? round(Math.max(...gaps)) : null,
    atBest: lines.filter(({ line, reference }) => line.best <= (reference ?? -1)).length,
    seconds: round((performance.now() - begun) / 1000),
    ...(without > 0 ? { withoutReference: without } : {}),
    ...(failed > 0 ? { failed } : {}),
  };
}

interface Run {
  readonly seeds: number;
  readonly seconds: number;
  readonly workers: number;
  readonly cpu: boolean;
}

function positive(name: string, text: string, whole = false): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value) && (!whole || Number.isInteger(value))) return value;
  throw new Error(`--${name} is a ${whole ? 'whole ' : ''}number above 0, not “${text}”.`);
}

/** The instances asked for, or all; says what the bounds name and the folder lacks. */
function chosen(set: string, names: string | undefined): readonly Case[] {
  const { cases, missing } = listCases(set, process.env.ZAIZAO_DATA ?? '../shared/data');
  if (names === undefined) {
    if (missing.length > 0) {
      console.error(`Without a file, left out: ${missing.join(', ')}`);
    }
    return cases;
  }
  const wanted = names.split(',').map((name) => name.trim());
  const unknown = wanted.filter((name) => !cases.some((entry) => entry.name === name));
  if (unknown.length > 0) throw new Error(`No such instance in ${set}: ${unknown.join(', ')}`);
  return cases.filter((entry) => wanted.includes(entry.name));
}

interface Line {
  /** Mean over the seeds. */
  readonly value: number;
  readonly best: number;
  /** Best lower bound that any seed proved. */
  readonly bound: number;
  readonly reference: number | undefined;
  readonly gap: number | undefined;
  readonly iterationsPerSecond: number;
  /** Longest time of a seed, from call to answer. */
  readonly wall: number;
  readonly load: number;
  /** What the figures say against the published ones. */
  readonly note?: string;
}

async function measure(entry: Case, run: Run): Promise<Line> {
  const loaded = entry.parse(readFileSync(entry.path, 'utf8'));
  if (!loaded.ok) throw new Error(`${entry.path}: ${loaded.problem.message}`);
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
    if (!result.ok) throw new Error(`${entry.path}: ${result.problem.message}`);
    const took = ((run.cpu ? processorTime() : performance.now()) - started) / 1000;
    const { value, assignments } = result.value;
    const wrong = check(loaded.value, assignments, value);
    if (wrong.length > 0) throw new Error(`the schedule is wrong: ${wrong[0]?.message}`);
    sum += value;
    best = Math.min(best, value);
    bound = Math.max(bound, result.value.bound);
    iterations += result.value.iterations;
    spent += took;
    wall = Math.max(wall, took);
  }
  const value = sum / run.seeds;
  const { reference } = entry;
  const note = noteOn(entry, best, bound);
  return {
    value,
    best,
    bound,
    reference,
    gap: reference === undefined ? undefined : round(100 * (value / reference - 1)),
    iterationsPerSecond: Math.round(iterations / Math.max(spent, 1e-9)),
    wall: round(wall),
    load: round(loadavg()[0] ?? 0),
    ...(note === undefined ? {} : { note }),
  };
}

/** Both cannot be right: our checked schedules and bounds, and the published figures for this file. */
function noteOn({ reference, lowerBound }: Case, best: number, bound: number): string | undefined {
  if (lowerBound !== undefined && best < lowerBound) {
    return `below the published lower bound ${lowerBound}: it is not of this file`;
  }
  if (reference !== undefined && bound > reference) {
    return `the reference is below the bound ${bound}: it is not of this file`;
  }
  return undefined;
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
    ...(line.note === undefined ? [] : [line.note]),
  ].join('  ');
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
