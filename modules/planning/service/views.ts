import type { Ctx } from '@zaizao/platform/http';
import { err, type Text, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { type listPlans, type PlanView, type PromiseView, planningErrors } from '../contract.ts';
import type { PlanState } from '../domain/machines.ts';
import * as repo from '../repo/plan.ts';

export type View = z.input<typeof PlanView>;
type Row = z.input<(typeof listPlans)['response']>['items'][number];

const STATES: Record<PlanState, Text> = {
  solving: text('求解中', 'being solved'),
  proposed: text('待决定', 'proposed'),
  infeasible: text('不可行', 'infeasible'),
  changed: text('已调整', 'changed'),
  published: text('已发布', 'published'),
  refused: text('已拒绝', 'refused'),
  superseded: text('已被取代', 'superseded'),
};

export function planStateError(ctx: Ctx, p: Pick<repo.PlanRow, 'code' | 'state'>) {
  return err(planningErrors.SHOP_PLAN_STATE({ code: p.code, state: STATES[p.state][ctx.lang] }));
}

export function planRow(p: repo.PlanHead): Row {
  return {
    id: p.id,
    code: p.code,
    kind: p.kind,
    state: p.state,
    name: p.name,
    objective: p.wishes.objective,
    origin: p.origin.toISOString(),
    madeAt: p.made_at.toISOString(),
    madeBy: p.made_by,
    ...(p.published_at ? { publishedAt: p.published_at.toISOString() } : {}),
    ...(p.job_id ? { jobId: p.job_id } : {}),
    ...(p.value === null ? {} : { value: p.value }),
    ...(p.value === null || p.bound === null ? {} : { gap: gapOf(p.value, p.bound) }),
    ...(p.figures ? { figures: copy(p.figures) } : {}),
    version: p.version,
  };
}

const gapOf = (value: number, bound: number) => (value > 0 ? (value - bound) / value : 0);

/** What the engines give is read-only; what a contract answers is not. */
const copy = <T>(value: T) => value as Mutable<T>; // the same JSON either way
type Mutable<T> = T extends readonly (infer U)[]
  ? Mutable<U>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;

export async function planView(ctx: Ctx, p: repo.PlanRow): Promise<View> {
  const decisions = await repo.decisionsOf(ctx, p.id);
  return {
    ...planRow(p),
    ...(p.basis_id ? { basisId: p.basis_id } : {}),
    wishes: p.wishes,
    ...(p.board ? { board: copy(p.board) } : {}),
    ...(p.problem ? { problem: p.problem.problem } : {}),
    assignments: copy(p.assignments ?? []),
    seed: p.seed,
    iterations: p.iterations,
    deadlineSeconds: p.deadline_seconds,
    ...(p.engine ? { engine: p.engine } : {}),
    ...(p.bound === null ? {} : { bound: p.bound }),
    ...(p.ending ? { ending: p.ending } : {}),
    ...(p.iterations_done === null ? {} : { iterationsDone: p.iterations_done }),
    ...(p.seconds === null ? {} : { seconds: p.seconds }),
    ...(p.baseline ? { baseline: copy(p.baseline) } : {}),
    ...(p.forecast ? { forecast: copy(p.forecast) } : {}),
    ...(p.explanation ? { explanation: copy(p.explanation) } : {}),
    ...(p.conflict ? { conflict: p.conflict } : {}),
    decisions: decisions.map((d) => ({
      id: d.id,
      verdict: d.verdict,
      reason: d.reason,
      by: d.by_whom,
      at: d.at.toISOString(),
    })),
  };
}

export function promiseHead(
  p: repo.PromiseRow,
  planCode: string,
): Omit<z.input<typeof PromiseView>, 'story'> {
  return {
    orderId: p.order_id,
    code: p.code,
    planId: p.plan_id,
    planCode,
    ...(p.due_at ? { dueAt: p.due_at.toISOString() } : {}),
    plannedAt: p.planned_at.toISOString(),
    p50At: p.p50_at.toISOString(),
    p90At: p.p90_at.toISOString(),
    lateShare: p.late_share,
  };
}
