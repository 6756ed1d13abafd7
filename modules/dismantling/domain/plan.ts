import { type BomPlan, type Finding, type NodeValue, planFromBom } from '@zaizao/disassembly';
import { type Known, type PlanProblem, WHOLE } from './plan-problem.ts';

/** A way to do it otherwise, and what it would bring, set-ups aside. */
export interface Alternative {
  /** `without` the joint, leaving what it frees; `also` this item, which the plan leaves. */
  readonly kind: 'without' | 'also';
  readonly at: string;
  readonly worth: number;
  /** What it costs against the plan; never below zero. */
  readonly margin: number;
}

export interface SolvedPlan {
  readonly plan: BomPlan;
  /** The best other way for each joint and each item left, dearest difference last. */
  readonly alternatives: readonly Alternative[];
}

/** Items up to which every other way is worked out too. */
const MOST_ALTERNATIVES = 80;

/** Values without those of items that a person chose to leave: they call for nothing any more. */
function valuesFor(problem: PlanProblem, left: readonly string[]): readonly NodeValue[] {
  return left.length === 0
    ? problem.values
    : problem.values.map((v) => {
        if (!left.includes(v.part)) return v;
        const residual = v.residual ?? 0;
        return { part: v.part, recovered: { left: residual }, residual };
      });
}

function findingsFor(known: Known): readonly Finding[] {
  return known.findings.filter((f) => f.kind !== 'condition' || !known.left.includes(f.part));
}

/**
 * Solves a teardown exactly as far as set-ups go, and works out what each step and each item left
 * is worth: the best plan that must do otherwise. The best of those is the second-best plan.
 */
export function solvePlan(
  problem: PlanProblem,
  known: Known,
): { ok: true; value: SolvedPlan } | { ok: false; message: string } {
  const values = valuesFor(problem, known.left);
  const findings = findingsFor(known);
  const { bom, joins, prices } = problem;
  const solved = planFromBom(bom, joins, values, findings, { prices });
  if (!solved.ok) return { ok: false, message: solved.problem.message };
  const plan = solved.value;
  const plain = {
    prices: { labourPerHour: prices.labourPerHour ?? 0, perHazard: prices.perHazard ?? 0 },
    smallUpTo: 0,
  };
  const alternatives: Alternative[] = [];
  const compare = (
    kind: Alternative['kind'],
    at: string,
    other: ReturnType<typeof planFromBom>,
  ) => {
    if (!other.ok) return; // it must be so: there is no plan without it
    const { worth } = other.value;
    alternatives.push({ kind, at, worth, margin: Math.max(0, plan.bound - worth) });
  };
  if (bom.length <= MOST_ALTERNATIVES) {
    for (const { join } of plan.steps) {
      const stays: Finding = { kind: 'seized', join, cost: null };
      const others = findings.filter((f) => f.kind !== 'seized' || f.join !== join);
      compare('without', join, planFromBom(bom, joins, values, [...others, stays], plain));
    }
    for (const { part, fate } of plan.fates) {
      if (fate !== 'leave' || known.left.includes(part)) continue;
      const forced = bom.map((p) => (p.id === part ? { ...p, mandatory: true } : p));
      compare('also', part, planFromBom(forced, joins, values, findings, plain));
    }
  }
  alternatives.sort((a, b) => a.margin - b.margin || a.at.localeCompare(b.at));
  return { ok: true, value: { plan, alternatives } };
}

/**
 * What a plan is worth, added up from the problem alone: what comes out by its odds, what stays by
 * its scrap, less work, hazard, force and set-ups. Shares nothing with the engine.
 */
export function worthOfPlan(problem: PlanProblem, known: Known, plan: BomPlan): number {
  const values = new Map(valuesFor(problem, known.left).map((v) => [v.part, v]));
  const found = new Map(
    findingsFor(known).flatMap((f) => (f.kind === 'condition' ? [[f.part, f.condition]] : [])),
  );
  const childrenOf = (id: string) => problem.bom.filter((p) => p.parent === id).map((p) => p.id);
  const scrapIn = (id: string): number => {
    const inside = childrenOf(id);
    if (inside.length > 0) return inside.reduce((sum, c) => sum + scrapIn(c), 0);
    return fates.get(id)?.fate === 'missing' ? 0 : (values.get(id)?.residual ?? 0);
  };
  const fates = new Map(plan.fates.map((f) => [f.part, f]));
  const worthOf = (id: string): number => {
    const v = values.get(id);
    const least = scrapIn(id);
    if (!v) return least;
    const certain = found.get(id);
    if (certain !== undefined) return Math.max(least, v.recovered[certain] ?? least);
    const names = Object.keys(v.recovered);
    if (names.length === 1) return Math.max(least, v.recovered[names[0] ?? ''] ?? least);
    const expect = (each: (n: string) => number) =>
      names.reduce((sum, n) => sum + (v.odds?.[n] ?? 0) * each(n), 0);
    const unseen = Math.max(v.unseen ?? expect((n) => v.recovered[n] ?? 0), least);
    if (fates.get(id)?.fate !== 'inspect') return unseen;
    const own = v.residual ?? 0;
    return expect((n) => Math.max(v.recovered[n] ?? 0, own)) - (v.benchInspection ?? 0);
  };
  const undone = new Set(known.findings.flatMap((f) => (f.kind === 'undone' ? [f.join] : [])));
  /** Nothing is missing from it and no joint within it has been undone. */
  const intact = (inside: readonly string[]): boolean =>
    inside.every((c) => fates.get(c)?.fate !== 'missing') &&
    !problem.joins.some((j) => undone.has(j.id) && j.parts.every((p) => inside.includes(p)));
  const total = (id: string): number => {
    const fate = id === WHOLE ? 'open' : fates.get(id)?.fate;
    if (fate === 'missing') return 0;
    const inside = childrenOf(id);
    if (inside.length === 0) {
      return fate === 'recover' || fate === 'inspect' ? worthOf(id) : scrapIn(id);
    }
    const isOut = (fate === 'recover' || fate === 'inspect') && values.has(id) && intact(inside);
    // An assembly worth no more than its scrap counts by what becomes of its parts.
    return isOut && worthOf(id) > scrapIn(id)
      ? worthOf(id)
      : inside.reduce((sum, c) => sum + total(c), 0);
  };
  const joins = new Map(problem.joins.map((j) => [j.id, j]));
  const seized = new Map(
    known.findings.flatMap((f) => (f.kind === 'seized' ? [[f.join, f] as const] : [])),
  );
  const work = plan.steps.reduce((sum, s) => {
    const j = joins.get(s.join);
    const hard = seized.get(s.join);
    const seconds = hard?.seconds ?? j?.seconds ?? 0;
    return (
      sum +
      (hard?.cost ?? j?.cost ?? 0) +
      (seconds / 3600) * (problem.prices.labourPerHour ?? 0) +
      (j?.hazard ?? 0) * (problem.prices.perHazard ?? 0) +
      s.setup
    );
  }, 0);
  return total(WHOLE) - work;
}

export interface PlanChange {
  /** Steps that are no more, and new ones, by joint. */
  readonly dropped: readonly string[];
  readonly added: readonly string[];
  readonly fates: readonly { readonly item: string; readonly from: string; readonly to: string }[];
  /** Worth of what remains to be done now, less what it was. */
  readonly worth: number;
}

/** What a new plan changes in the old one; joints undone meanwhile are no change. */
export function changeBetween(
  before: BomPlan,
  after: BomPlan,
  undone: ReadonlySet<string>,
): PlanChange {
  const old = new Set(before.steps.map((s) => s.join));
  const now = new Set(after.steps.map((s) => s.join));
  const fate = new Map(before.fates.map((f) => [f.part, f.fate]));
  return {
    dropped: [...old].filter((j) => !now.has(j) && !undone.has(j)),
    added: [...now].filter((j) => !old.has(j)),
    fates: after.fates.flatMap((f) => {
      const from = fate.get(f.part);
      return from && from !== f.fate ? [{ item: f.part, from, to: f.fate }] : [];
    }),
    worth: after.worth - before.worth,
  };
}
