import { parseArgs } from 'node:util';
import { loadHighs } from './bench/highs.ts';
import { writeGraphLp } from './bench/linear-programme.ts';
import { randomGraph } from './bench/random-graph.ts';
import {
  type AircraftCase,
  aircraftCases,
  dataFolder,
  type LineFileCase,
  lineCases,
  type Unreadable,
} from './bench/sets.ts';
import { checkGraphPlan } from './graph/check.ts';
import { solveGraph } from './graph/solve.ts';
import { checkLinePlan } from './line/check.ts';
import { solveLine } from './line/solve.ts';
import { checkMachinePlan } from './machine/check.ts';
import { solveMachine } from './machine/solve.ts';

interface BenchOptions {
  readonly instances: readonly string[] | undefined;
  readonly seconds: number | undefined;
  readonly seeds: number;
}

interface Line {
  readonly instance: string;
  /** Percent over the reference; negative is better; null without a reference. */
  readonly gap: number | null;
  readonly atBest: boolean;
  readonly [detail: string]: unknown;
}

/** An instance that could not be read or solved, or whose answer was wrong. */
interface Failure {
  readonly instance: string;
  readonly error: string;
}

type Say = (line: Line | Failure) => void;

/**
 * The last line of `npm run bench -- disassembly`: gaps in percent of the reference. `n` counts the instances
 * measured, of which `withoutReference` have no gap; `failed` could not be.
 */
export interface BenchSummary {
  readonly [detail: string]: unknown;
  readonly bench: 'disassembly';
  readonly set: string;
  readonly n: number;
  readonly meanGap: number | null;
  readonly worstGap: number | null;
  readonly atBest: number;
  readonly seconds: number;
  readonly withoutReference?: number;
  readonly failed?: number;
}

/**
 * Measures one set: `--set aircraft|dlbp|andor [--instances a,b] [--seconds s] [--seeds k] [--json]`.
 * Prints a line per instance and returns the summary, which the caller prints last; every answer
 * goes through its checker. An instance that cannot be read or solved, or whose answer the checker
 * refuses, is told and counted as failed, and the others go on.
 */
export async function bench(args: string[]): Promise<Record<string, unknown>> {
  const { values } = parseArgs({
    args,
    options: {
      set: { type: 'string', default: 'aircraft' },
      instances: { type: 'string' },
      seconds: { type: 'string' },
      seeds: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const options: BenchOptions = {
    instances: values.instances?.split(',').map((name) => name.trim()),
    seconds: values.seconds === undefined ? undefined : positive('seconds', values.seconds),
    seeds: positive('seeds', values.seeds),
  };
  if (!Number.isInteger(options.seeds)) throw new Error('--seeds is a whole number.');
  const started = performance.now();
  const lines: Line[] = [];
  let failed = 0;
  const say: Say = (line) => {
    if ('error' in line) {
      failed++;
      console.error(`✘ ${line.instance}: ${line.error}`);
      if (values.json) console.log(JSON.stringify(line));
      return;
    }
    lines.push(line);
    console.log(values.json ? JSON.stringify(line) : describe(line));
  };
  if (values.set === 'aircraft') benchAircraft(options, say);
  else if (values.set === 'dlbp') benchLines(options, say);
  else if (values.set === 'andor') await benchGraphs(options, say);
  else throw new RangeError(`There is no set ${values.set}; sets are aircraft, dlbp and andor.`);

  const gaps = lines.flatMap(({ gap }) => (gap === null ? [] : [gap]));
  const without = lines.length - gaps.length;
  const summary: BenchSummary = {
    bench: 'disassembly',
    set: values.set,
    n: lines.length,
    meanGap:
      gaps.length === 0 ? null : round(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length),
    worstGap: gaps.length === 0 ? null : round(Math.max(...gaps)),
    atBest: lines.filter(({ atBest }) => atBest).length,
    seconds: round((performance.now() - started) / 1000),
    ...(without > 0 ? { withoutReference: without } : {}),
    ...(failed > 0 ? { failed } : {}),
  };
  return summary;
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Error(`--${name} is a number above 0, not “${text}”.`);
}

/** The instances asked for: all that there are when none is named. */
function chosen<T extends { readonly name: string }>(
  { instances }: BenchOptions,
  cases: readonly T[],
): readonly T[] {
  if (instances === undefined) return cases;
  const unknown = instances.filter((wanted) => !cases.some(({ name }) => named([wanted], name)));
  if (unknown.length > 0) throw new Error(`No such instance: ${unknown.join(', ')}`);
  return cases.filter(({ name }) => named(instances, name));
}

/** Measures what can be read; tells the rest, and what goes wrong underway. */
function each<T extends { readonly name: string; readonly path: string }>(
  options: BenchOptions,
  cases: readonly (T | Unreadable)[],
  say: Say,
  measure: (entry: T) => Line,
): void {
  if (cases.length === 0) {
    throw new Error(
      `No instances below ${dataFolder()}; ZAIZAO_DATA names the folder of the data.`,
    );
  }
  for (const entry of chosen(options, cases)) {
    if ('error' in entry) say({ instance: entry.name, error: entry.error });
    else {
      try {
        say(measure(entry));
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        say({ instance: entry.name, error: `${entry.path}: ${message}` });
      }
    }
  }
}

function benchAircraft(options: BenchOptions, say: Say): void {
  each(options, aircraftCases(), say, (entry) => aircraftLine(entry, options));
}

function aircraftLine({ name, problem, published }: AircraftCase, options: BenchOptions): Line {
  const makespans: number[] = [];
  const costs: number[] = [];
  const reached: number[] = [];
  let bound = 0;
  let proven = true;
  let slowest = 0;
  for (let seed = 1; seed <= options.seeds; seed++) {
    const started = performance.now();
    const solved = solveMachine(problem, { seed, deadlineMs: (options.seconds ?? 60) * 1000 });
    if (!solved.ok) throw new Error(solved.problem.message);
    slowest = Math.max(slowest, (performance.now() - started) / 1000);
    const plan = solved.value;
    const check = checkMachinePlan(problem, plan.operations);
    if (check.faults.length > 0 || check.makespan !== plan.makespan) {
      throw new Error(`the plan is wrong: ${check.faults[0] ?? 'its makespan'}`);
    }
    makespans.push(plan.makespan);
    costs.push(check.cost);
    reached.push(plan.makespanAtMs / 1000);
    bound = Math.max(bound, plan.bound.makespan);
    proven &&= plan.status === 'optimal';
  }
  const value = mean(makespans);
  const note =
    published !== undefined && bound > published.makespan
      ? { note: `the reference is below the bound ${bound}: it is not of this file` }
      : {};
  return {
    instance: name,
    value: round(value),
    bound,
    published: published?.makespan ?? null,
    publishedBound: published?.bound ?? null,
    gap: published ? round((100 * (value - published.makespan)) / published.makespan) : null,
    atBest: published !== undefined && Math.max(...makespans) <= published.makespan,
    proven,
    wages: round(mean(costs)),
    publishedWages: published?.cost ?? null,
    reachedSeconds: round(mean(reached)),
    slowestSeconds: round(slowest),
    ...note,
  };
}

function benchLines(options: BenchOptions, say: Say): void {
  each(options, lineCases(), say, (entry) => lineLine(entry, options));
}

function lineLine(entry: LineFileCase, options: BenchOptions): Line {
  const { name, problem, reference, withoutPrecedence } = entry;
  const solved = solveLine(problem, { deadlineMs: (options.seconds ?? 1) * 1000 });
  if (!solved.ok) throw new Error(solved.problem.message);
  const check = checkLinePlan(problem, solved.value.stations);
  if (check.faults.length > 0) throw new Error(`the plan is wrong: ${check.faults[0]}`);
  const { stations, smoothness, hazard, demand } = check.value;
  const measures = [stations, smoothness, hazard, demand];
  const compared = reference.slice(0, withoutPrecedence ? 2 : 4);
  const [best] = compared;
  return {
    instance: name,
    value: measures,
    reference: reference.length > 0 ? reference : null,
    comparable: withoutPrecedence ? 'N, F (the data have no precedence)' : 'N, F, H, D',
    gap: best === undefined || best <= 0 ? null : round((100 * (stations - best)) / best),
    atBest: best !== undefined && isNoWorse(measures, compared),
    proven: solved.value.status === 'optimal',
    solveSeconds: round(solved.value.elapsedMs / 1000),
  };
}

/** In the order of importance: the first measure that differs decides. */
function isNoWorse(measures: readonly number[], reference: readonly number[]): boolean {
  for (const [k, known] of reference.entries()) {
    const ours = measures[k] ?? Number.POSITIVE_INFINITY;
    if (Math.abs(ours - known) > 1e-9) return ours < known;
  }
  return true;
}

/** `random-1000`: equal to the LP on 1,000 graphs; `arcs-1e5`: time on a graph of 10⁵ arcs. */
async function benchGraphs(options: BenchOptions, say: Say): Promise<void> {
  const wanted = chosen(options, [{ name: 'random-1000' }, { name: 'arcs-1e5' }]);
  const names = wanted.map(({ name }) => name);
  if (names.includes('random-1000')) {
    const highs = await loadHighs();
    let equal = 0;
    let worst = 0;
    let infeasible = 0;
    for (let seed = 1; seed <= 1000; seed++) {
      const graph = randomGraph(seed, 12 + (seed % 30), 20 + (seed % 60));
      const lp = highs.solve(writeGraphLp(graph));
      const solved = solveGraph(graph);
      if (!solved.ok) {
        infeasible++;
        if (solved.problem.code === 'INFEASIBLE' && lp.Status === 'Infeasible') equal++;
        continue;
      }
      const check = checkGraphPlan(graph, solved.value.choices, solved.value.worth);
      if (check.faults.length > 0) throw new Error(`graph ${seed}: ${check.faults[0]}`);
      const off =
        Math.abs(lp.ObjectiveValue - solved.value.value) / Math.max(1, Math.abs(lp.ObjectiveValue));
      worst = Math.max(worst, off);
      if (lp.Status === 'Optimal' && off < 1e-6) equal++;
    }
    say({
      instance: 'random-1000',
      value: equal,
      reference: 1000,
      gap: round(100 * worst),
      atBest: equal === 1000,
      infeasible,
    });
  }
  if (names.includes('arcs-1e5')) {
    const times: number[] = [];
    const graph = randomGraph(7, 40_000, 100_000, 40_000);
    let proven = true;
    for (let run = 0; run < 5; run++) {
      const started = performance.now();
      const solved = solveGraph(graph);
      times.push(performance.now() - started);
      const check = solved.ok
        ? checkGraphPlan(graph, solved.value.choices, solved.value.worth)
        : undefined;
      proven &&= check !== undefined && check.faults.length === 0;
    }
    times.sort((a, b) => a - b);
    const arcs = graph.actions.length;
    say({
      instance: 'arcs-1e5',
      arcs,
      value: round((times[2] ?? 0) / 1000),
      reference: 1,
      gap: proven ? 0 : null,
      atBest: proven && (times[4] ?? 0) < 1000,
      slowestSeconds: round((times[4] ?? 0) / 1000),
    });
  }
}

/** `B737NG600-100`, or its ending `100`. */
function named(wanted: readonly string[], name: string): boolean {
  return wanted.includes(name) || wanted.includes(name.slice(name.indexOf('-') + 1));
}

function describe({ instance, ...details }: Line): string {
  const words = Object.entries(details).map(
    ([key, value]) => `${key} ${Array.isArray(value) ? value.join('/') : value}`,
  );
  return `${instance.padEnd(16)} ${words.join(' · ')}`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
