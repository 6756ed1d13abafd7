import { parseArgs } from 'node:util';
import { loadHighs } from './bench/highs.ts';
import { writeGraphLp } from './bench/linear-programme.ts';
import { randomGraph } from './bench/random-graph.ts';
import { aircraftCases, lineCases } from './bench/sets.ts';
import { checkGraphPlan } from './graph/check.ts';
import { solveGraph } from './graph/solve.ts';
import { checkLinePlan } from './line/check.ts';
import { solveLine } from './line/solve.ts';
import { checkMachinePlan } from './machine/check.ts';
import { solveMachine } from './machine/solve.ts';

interface BenchOptions {
  readonly instances: ReadonlySet<string> | undefined;
  readonly seconds: number | undefined;
  readonly seeds: number;
  readonly json: boolean;
}

interface Line {
  readonly instance: string;
  /** Percent over the reference; negative is better; null without a reference. */
  readonly gap: number | null;
  readonly atBest: boolean;
  readonly [detail: string]: unknown;
}

/** The last line of `npm run bench -- disassembly`: gaps in percent of the reference. */
export interface BenchSummary {
  readonly [detail: string]: unknown;
  readonly bench: 'disassembly';
  readonly set: string;
  readonly n: number;
  readonly meanGap: number | null;
  readonly worstGap: number | null;
  readonly atBest: number;
  readonly seconds: number;
}

/**
 * Measures one set: `--set aircraft|dlbp|andor [--instances a,b] [--seconds s] [--seeds k] [--json]`.
 * Prints a line per instance and returns the summary, which the caller prints last; every answer
 * goes through its checker, and one that fails it throws.
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
    instances: values.instances === undefined ? undefined : new Set(values.instances.split(',')),
    seconds: values.seconds === undefined ? undefined : Number(values.seconds),
    seeds: Math.max(1, Number(values.seeds)),
    json: values.json,
  };
  const started = performance.now();
  const lines: Line[] = [];
  const say = (line: Line): void => {
    lines.push(line);
    console.log(options.json ? JSON.stringify(line) : describe(line));
  };
  if (values.set === 'aircraft') benchAircraft(options, say);
  else if (values.set === 'dlbp') benchLines(options, say);
  else if (values.set === 'andor') await benchGraphs(options, say);
  else throw new RangeError(`unknown set ${values.set}: aircraft, dlbp or andor`);

  const gaps = lines.flatMap(({ gap }) => (gap === null ? [] : [gap]));
  const summary: BenchSummary = {
    bench: 'disassembly',
    set: values.set,
    n: lines.length,
    meanGap:
      gaps.length === 0 ? null : round(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length),
    worstGap: gaps.length === 0 ? null : round(Math.max(...gaps)),
    atBest: lines.filter(({ atBest }) => atBest).length,
    seconds: round((performance.now() - started) / 1000),
  };
  return summary;
}

function benchAircraft(options: BenchOptions, say: (line: Line) => void): void {
  const cases = aircraftCases();
  if (cases.length === 0) throw new Error('no aircraft data: set ZAIZAO_DATA');
  for (const { name, problem, published } of cases) {
    if (options.instances && !named(options.instances, name)) continue;
    const makespans: number[] = [];
    const costs: number[] = [];
    const reached: number[] = [];
    let bound = 0;
    let proven = true;
    for (let seed = 1; seed <= options.seeds; seed++) {
      const solved = solveMachine(problem, { seed, deadlineMs: (options.seconds ?? 60) * 1000 });
      if (!solved.ok) throw new Error(`${name}: ${solved.problem.message}`);
      const plan = solved.value;
      const check = checkMachinePlan(problem, plan.operations);
      if (check.faults.length > 0 || check.makespan !== plan.makespan) {
        throw new Error(`${name}: ${check.faults[0] ?? 'wrong makespan'}`);
      }
      makespans.push(plan.makespan);
      costs.push(check.cost);
      reached.push(plan.makespanAtMs / 1000);
      bound = plan.bound.makespan;
      proven &&= plan.status === 'optimal';
    }
    const value = mean(makespans);
    say({
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
    });
  }
}

function benchLines(options: BenchOptions, say: (line: Line) => void): void {
  const cases = lineCases();
  if (cases.length === 0) throw new Error('no line-balancing data: set ZAIZAO_DATA');
  for (const { name, problem, reference, withoutPrecedence } of cases) {
    if (options.instances && !named(options.instances, name)) continue;
    const solved = solveLine(problem, { deadlineMs: (options.seconds ?? 1) * 1000 });
    if (!solved.ok) throw new Error(`${name}: ${solved.problem.message}`);
    const check = checkLinePlan(problem, solved.value.stations);
    if (check.faults.length > 0) throw new Error(`${name}: ${check.faults[0]}`);
    const { stations, smoothness, hazard, demand } = check.value;
    const measures = [stations, smoothness, hazard, demand].slice(0, withoutPrecedence ? 2 : 4);
    const [best = 1] = reference;
    say({
      instance: name,
      value: [stations, smoothness, hazard, demand],
      reference,
      comparable: withoutPrecedence ? 'N, F (the data have no precedence)' : 'N, F, H, D',
      gap: round((100 * (stations - best)) / best),
      atBest: measures.every((measure, k) => measure === reference[k]),
      proven: solved.value.status === 'optimal',
      solveSeconds: round(solved.value.elapsedMs / 1000),
    });
  }
}

/** `random-1000`: equal to the LP on 1,000 graphs; `arcs-1e5`: time on a graph of 10⁵ arcs. */
async function benchGraphs(options: BenchOptions, say: (line: Line) => void): Promise<void> {
  if (!options.instances || named(options.instances, 'random-1000')) {
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
  if (!options.instances || named(options.instances, 'arcs-1e5')) {
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
function named(wanted: ReadonlySet<string>, name: string): boolean {
  return wanted.has(name) || wanted.has(name.slice(name.indexOf('-') + 1));
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
