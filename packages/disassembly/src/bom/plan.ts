import { ok, type Result } from '../result.ts';
import { chooseDepth, type Depth, findStuck } from './depth.ts';
import { type BomModel, modelBom, orderedBefore } from './model.ts';
import type { BomPart, BomPrices, Finding, Join, NodeValue } from './problem.ts';
import { type Job, orderJobs, type Sequence } from './sequence.ts';

/** One step: undo a join. */
export interface BomStep {
  readonly join: string;
  /** Parts and assemblies that come loose with it. */
  readonly frees: readonly string[];
  /** Money for the join itself, labour and hazard included. */
  readonly cost: number;
  readonly setup: number;
  readonly seconds: number;
  readonly hazard: number;
  readonly tool?: string;
  readonly direction?: string;
}

/** What becomes of one part or assembly, and why. */
export interface BomFate {
  readonly part: string;
  /**
   * `recover` it; recover and `inspect` it on the bench; `leave` it in the rest; `open` an assembly
   * worth more in parts; `missing`.
   */
  readonly fate: 'recover' | 'inspect' | 'leave' | 'open' | 'missing';
  /** Worth over the residual when it comes out. */
  readonly premium: number;
  /** For what is left: the least further money to get it out. It stays because this is not less. */
  readonly furtherCost: number | null;
  readonly mandatory: boolean;
}

export interface BomPlan {
  /** Expected worth after the plan, set-ups paid. */
  readonly worth: number;
  /** Worth when nothing more is undone. */
  readonly asIs: number;
  /** No plan is worth more. Equal to `worth` when set-ups cost nothing or change nothing. */
  readonly bound: number;
  readonly status: 'optimal' | 'feasible';
  readonly steps: readonly BomStep[];
  readonly fates: readonly BomFate[];
  readonly seconds: number;
  readonly setups: number;
  /** Parts worth looking at in place first, with the expected gain over its price, best first. */
  readonly inspectFirst: readonly { readonly part: string; readonly gain: number }[];
}

export interface BomOptions {
  readonly prices?: BomPrices;
  /** Parts up to which set-ups may shorten the depth and looking in place is weighed; default 200. */
  readonly smallUpTo?: number;
}

/**
 * Plans the teardown of one product: which parts come out, in which order, how deep, worth how
 * much. Without set-up costs the depth is exact (a maximum-weight closure over joins, parts and
 * assemblies, at any size); with them the order is by best-first search, parts that do not pay for
 * their changes are left again, and `bound` tells how far from the best the plan can be.
 *
 * @param bom one tree: the product, assemblies, parts
 * @param joins what holds parts together, with cost, time, tool, direction, precedence
 * @param values worth of parts by condition, odds, scrap, inspection fees (one money unit)
 * @param findings what was seen so far; pass them again with every new one to plan anew
 * @returns the plan, or a problem: malformed input, `CYCLE`, `INFEASIBLE` with the mandatory part
 *   and the join that cannot be undone
 */
export function planFromBom(
  bom: readonly BomPart[],
  joins: readonly Join[],
  values: readonly NodeValue[],
  findings: readonly Finding[] = [],
  options: BomOptions = {},
): Result<BomPlan> {
  const prices = options.prices ?? {};
  const modelled = modelBom(bom, joins, values, findings, prices);
  if (!modelled.ok) return modelled;
  const model = modelled.value;
  const stuck = findStuck(model);
  if (stuck) return { ok: false, problem: stuck };
  const small = bom.length <= (options.smallUpTo ?? 200);

  let depth = chooseDepth(model);
  const asIs = model.worth[model.root]?.value ?? 0;
  const bound = asIs + depth.gain;
  let sequence = sequenceOf(model, depth, prices);
  if (small && sequence.setups > 0) ({ depth, sequence } = shorten(model, depth, sequence, prices));
  const worth = asIs + trueGain(model, depth) - sequence.setups;
  const steps = describeSteps(model, depth, sequence, prices);
  return ok({
    worth,
    asIs,
    bound,
    status: worth >= bound - 1e-6 ? 'optimal' : 'feasible',
    steps,
    fates: describeFates(model, depth),
    seconds: steps.reduce((sum, step) => sum + step.seconds, 0),
    setups: sequence.setups,
    inspectFirst: small ? lookFirst(bom, joins, values, findings, prices, depth.gain) : [],
  });
}

/**
 * Leaves parts that do not pay for their changes: tries to do without each single part, and to stop
 * after each step, and takes the best, until nothing helps.
 */
function shorten(
  model: BomModel,
  first: Depth,
  firstSequence: Sequence,
  prices: BomPrices,
): { depth: Depth; sequence: Sequence } {
  const leave = new Set<number>();
  let depth = first;
  let sequence = firstSequence;
  for (;;) {
    const paying = [...model.parts.keys()].filter(
      (p) => p !== model.root && depth.out[p] && (model.premium[p] ?? 0) > 0 && !leave.has(p),
    );
    const freedAt = new Map<number, number>();
    for (const [step, at] of sequence.order.entries()) {
      const j = depth.joins[at] ?? -1;
      for (const p of paying) if (model.holding[p]?.includes(j)) freedAt.set(p, step);
    }
    const trials = paying.map((p) => [p]);
    for (let step = 0; step < sequence.order.length; step++) {
      trials.push(paying.filter((p) => (freedAt.get(p) ?? -1) >= step));
    }
    let best: { depth: Depth; sequence: Sequence; gain: number; without: number[] } | undefined;
    for (const without of trials) {
      const shallower = chooseDepth(model, new Set([...leave, ...without]));
      if (shallower.joins.length >= depth.joins.length) continue;
      const shorter = sequenceOf(model, shallower, prices, 0);
      const gain = trueGain(model, shallower) - shorter.setups;
      if (gain <= (best?.gain ?? trueGain(model, depth) - sequence.setups)) continue;
      best = { depth: shallower, sequence: shorter, gain, without };
    }
    if (!best) {
      const exact = sequenceOf(model, depth, prices);
      return { depth, sequence: exact.setups < sequence.setups ? exact : sequence };
    }
    ({ depth, sequence } = best);
    for (const p of best.without) leave.add(p);
  }
}

/** Gain of a depth by what truly comes out, whatever was meant to be left. */
function trueGain(model: BomModel, depth: Depth): number {
  let gain = 0;
  for (const j of depth.joins) gain -= model.cost[j] ?? 0;
  for (const [p, premium] of model.premium.entries()) {
    const opened = depth.opened[p] === true;
    if (p === model.root) gain -= opened ? premium : 0;
    else if (depth.out[p] && !opened) gain += premium;
  }
  return gain;
}

function sequenceOf(
  model: BomModel,
  depth: Depth,
  prices: BomPrices,
  openings = Number.POSITIVE_INFINITY,
): Sequence {
  const before = orderedBefore(model);
  const place = new Map(depth.joins.map((j, at) => [j, at]));
  const jobs: Job[] = depth.joins.map((j) => {
    const join = model.joins[j];
    const brings = (join?.parts ?? []).reduce(
      (sum, id) => sum + (model.premium[model.row.get(id) ?? 0] ?? 0),
      0,
    );
    return {
      ...(join?.tool === undefined ? {} : { tool: join.tool }),
      ...(join?.direction === undefined ? {} : { direction: join.direction }),
      before: (before[j] ?? []).flatMap((k) => place.get(k) ?? []),
      // Hazard leaves first, then what brings most for its money.
      urgency: (join?.hazard ?? 0) * 1e9 + brings - (model.cost[j] ?? 0),
    };
  });
  const tool = prices.toolChange ?? 0;
  const direction = prices.directionChange ?? 0;
  // Opening a state costs time in proportion to the jobs; a long teardown gets the greedy order.
  const most =
    jobs.length > 400 ? 0 : Math.min(4000, Math.floor(100_000 / (jobs.length + 1)), openings);
  return orderJobs(jobs, { tool, direction }, most);
}

function describeSteps(
  model: BomModel,
  depth: Depth,
  sequence: Sequence,
  prices: BomPrices,
): BomStep[] {
  const undone = new Set<number>();
  for (const [j, done] of model.undone.entries()) if (done) undone.add(j);
  const byJoin = new Map<number, number[]>();
  for (const [p, list] of model.holding.entries()) {
    if (!depth.out[p]) continue;
    for (const j of list) byJoin.set(j, [...(byJoin.get(j) ?? []), p]);
  }
  let tool: string | undefined;
  let direction: string | undefined;
  return sequence.order.flatMap((at) => {
    const j = depth.joins[at];
    const join = j === undefined ? undefined : model.joins[j];
    if (j === undefined || !join) return [];
    undone.add(j);
    let setup = 0;
    if (join.tool !== undefined && join.tool !== tool) setup += prices.toolChange ?? 0;
    if (join.direction !== undefined && join.direction !== direction)
      setup += prices.directionChange ?? 0;
    tool = join.tool ?? tool;
    direction = join.direction ?? direction;
    const frees = (byJoin.get(j) ?? []).filter((p) =>
      (model.holding[p] ?? []).every((k) => undone.has(k)),
    );
    return [
      {
        join: join.id,
        frees: frees.map((p) => model.parts[p]?.id ?? ''),
        cost: model.cost[j] ?? 0,
        setup,
        seconds: join.seconds,
        hazard: join.hazard ?? 0,
        ...(join.tool === undefined ? {} : { tool: join.tool }),
        ...(join.direction === undefined ? {} : { direction: join.direction }),
      },
    ];
  });
}

function describeFates(model: BomModel, depth: Depth): BomFate[] {
  const before = orderedBefore(model);
  const chosen = new Set(depth.joins);
  const further = (p: number): number | null => {
    const needed = new Set(model.holding[p] ?? []);
    let cost = 0;
    for (const j of needed) {
      if (model.undone[j] || chosen.has(j)) continue;
      const price = model.cost[j];
      if (price === null || price === undefined) return null;
      cost += price;
      for (const k of before[j] ?? []) needed.add(k);
    }
    return cost;
  };
  const above = new Set(
    [...model.parts.keys()].filter((p) => depth.out[p]).map((p) => model.parent[p]),
  );
  // By a join within it, or because it is not held together inside and a part of it comes out by itself.
  const isOpened = (p: number): boolean =>
    depth.opened[p] === true ||
    above.has(p) ||
    (model.inside[p] ?? []).some((j) => chosen.has(j) || model.undone[j]);
  return model.parts.flatMap((part, p) => {
    if (p === model.root) return [];
    const opened = !model.leaf[p] && isOpened(p);
    const out = depth.out[p] === true;
    const fate = model.missing[p]
      ? 'missing'
      : opened
        ? 'open'
        : !out
          ? 'leave'
          : model.worth[p]?.inspect
            ? 'inspect'
            : 'recover';
    return [
      {
        part: part.id,
        fate,
        premium: model.premium[p] ?? 0,
        furtherCost: fate === 'leave' ? further(p) : null,
        mandatory: part.mandatory === true,
      } as const,
    ];
  });
}

/** Value of knowing one part's condition before starting: Σ odds · best gain then − best gain now − fee. */
function lookFirst(
  bom: readonly BomPart[],
  joins: readonly Join[],
  values: readonly NodeValue[],
  findings: readonly Finding[],
  prices: BomPrices,
  gainNow: number,
): { part: string; gain: number }[] {
  const settled = new Set(
    findings.flatMap((finding) =>
      finding.kind === 'condition' || finding.kind === 'missing' ? [finding.part] : [],
    ),
  );
  const baseline = worthNow(bom, joins, values, findings, prices);
  return values
    .flatMap((value) => {
      const conditions = Object.keys(value.recovered);
      if (value.inPlaceInspection === undefined || conditions.length < 2 || settled.has(value.part))
        return [];
      let expected = -value.inPlaceInspection;
      for (const condition of conditions) {
        const odds = value.odds?.[condition] ?? 0;
        if (odds === 0) continue;
        const known: Finding = { kind: 'condition', part: value.part, condition };
        const then = worthNow(bom, joins, values, [...findings, known], prices);
        if (then !== undefined) expected += odds * then;
      }
      const gain = expected - (baseline ?? gainNow);
      return gain > 1e-6 ? [{ part: value.part, gain }] : [];
    })
    .sort((a, b) => b.gain - a.gain);
}

function worthNow(
  bom: readonly BomPart[],
  joins: readonly Join[],
  values: readonly NodeValue[],
  findings: readonly Finding[],
  prices: BomPrices,
): number | undefined {
  const modelled = modelBom(bom, joins, values, findings, prices);
  if (!modelled.ok) return undefined;
  return (modelled.value.worth[modelled.value.root]?.value ?? 0) + chooseDepth(modelled.value).gain;
}
