import { createHash } from 'node:crypto';
import { checkBomPlan } from '@zaizao/disassembly';
import { type CoreRow, getCore } from '@zaizao/modules/cores';
import { requireFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type captureJoints,
  type checkPlan,
  dismantlingErrors,
  type recordJoint,
  type TeardownPlan,
} from '../contract.ts';
import { changeBetween, worthOfPlan } from '../domain/plan.ts';
import { type Known, knownFrom } from '../domain/plan-problem.ts';
import { ENGINE, solvePlanInThread } from '../engine/thread.ts';
import * as records from '../repo/joint.ts';
import * as repo from '../repo/plan.ts';
import type { PlanBase, PlanCauseJson, PlanTable } from '../repo/tables.ts';
import { findTeardown, linesOf, type TeardownRow, teardownOfCoreCode } from '../repo/teardown.ts';
import { newestCheck } from '../repo/vehicle.ts';
import { planBase } from './plan-base.ts';
import { planView } from './plan-view.ts';

type PlanRow = repo.PlanRow;
type Shown = z.input<typeof TeardownPlan>;

/** One problem has one digest, whatever order its keys are stored in. */
export function digestOf(base: PlanBase, known: Known): string {
  const plain = (v: unknown): unknown =>
    Array.isArray(v)
      ? v.map(plain)
      : v !== null && typeof v === 'object'
        ? Object.fromEntries(
            Object.entries(v)
              .filter(([, x]) => x !== undefined)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([k, x]) => [k, plain(x)]),
          )
        : v;
  return createHash('sha256')
    .update(JSON.stringify(plain({ problem: base.problem, known })))
    .digest('hex');
}

interface About {
  readonly core: { readonly id: string; readonly code: string };
  readonly part: PlanTable['part'];
  readonly teardownId: string | null;
}

/** What is known of a core: its lines and joints when its teardown has begun, its check before. */
async function knownOf(ctx: Ctx, base: PlanBase, about: About): Promise<Known> {
  const { teardownId } = about;
  const check = await newestCheck(ctx, about.core.id);
  const lines = teardownId ? await linesOf(ctx, teardownId) : [];
  const joints = teardownId ? await records.jointsOf(ctx, teardownId) : [];
  return knownFrom(base.problem, {
    lines: lines.map((l) => ({ pos: l.pos, outcome: l.outcome })),
    joints: joints.map((j) => ({ code: j.joint, outcome: j.outcome })),
    before: (check?.answers ?? []).flatMap((a) => {
      const state = ({ good: 'good', broken: 'scrap', missing: 'missing' } as const)[
        a.state as 'good' | 'broken' | 'missing' // other states are no key and give undefined
      ];
      return state && /^\d+$/.test(a.item) ? [{ pos: Number(a.item), state }] : [];
    }),
  });
}

interface Before {
  readonly base: PlanBase;
  readonly baseId: string;
  readonly plan: PlanRow | undefined;
}

async function solveAndKeep(
  ctx: Ctx,
  about: About,
  before: Before | { readonly base: PlanBase },
  cause: PlanCauseJson | undefined,
): Promise<Result<PlanRow>> {
  const { base } = before;
  const known = await knownOf(ctx, base, about);
  const solved = await solvePlanInThread(base.problem, known);
  if (!solved.ok) return err(dismantlingErrors.PLAN_IMPOSSIBLE({ reason: solved.message }));
  const { plan, alternatives } = solved.value;
  const id = newId('plan', ctx.now.getTime());
  const old = 'plan' in before ? before.plan : undefined;
  const undone = doneSince(base, known);
  const row = await repo.insertPlan(ctx, {
    id,
    core_id: about.core.id,
    core_code: about.core.code,
    part: about.part,
    teardown_id: about.teardownId,
    base_id: 'baseId' in before ? before.baseId : id,
    base: 'baseId' in before ? null : base,
    known,
    cause: cause ?? null,
    change: old ? changeBetween(old.result, plan, undone) : null,
    result: plan,
    alternatives: alternatives.slice(0, 200),
    worth: plan.worth,
    asIs: plan.asIs,
    bound: plan.bound,
    engine: ENGINE,
    digest: digestOf(base, known),
  });
  await ctx.publish('dismantling.plan-made', about.core.id, { planId: id, no: row.no });
  return ok(row);
}

/** Joints that are undone; those that merely lost their parts are not: they are steps no more. */
function doneSince(base: PlanBase, known: Known): ReadonlySet<string> {
  const missing = new Set(known.findings.flatMap((f) => (f.kind === 'missing' ? [f.part] : [])));
  const moot = new Set(
    base.problem.joins
      .filter((j) => j.parts.filter((p) => !missing.has(p)).length < 2)
      .map((j) => j.id),
  );
  return new Set(
    known.findings.flatMap((f) => (f.kind === 'undone' && !moot.has(f.join) ? [f.join] : [])),
  );
}

/** Works out a plan from the present figures, for a core in stock or under teardown. */
export async function makePlanFor(ctx: Ctx, coreId: string): Promise<Result<PlanRow>> {
  const core = await getCore(ctx, coreId);
  if (!core.ok) return core;
  const { part } = core.value;
  if (!part) return err(dismantlingErrors.PLAN_NO_JOINTS({ number: core.value.number_seen }));
  const base = await planBase(ctx, part);
  if (!base.ok) return base;
  const teardown = await teardownOfCoreCode(ctx, core.value.code);
  const about = { core: core.value, part, teardownId: teardown?.id ?? null };
  return solveAndKeep(ctx, about, { base: base.value }, undefined);
}

/** The plan with which a teardown begins; none where the catalogue does not say how it comes apart. */
export async function planForTeardown(
  ctx: Ctx,
  core: Pick<CoreRow, 'id' | 'code'>,
  part: PlanTable['part'],
  teardownId: string,
): Promise<void> {
  const base = await planBase(ctx, part);
  if (base.ok) await solveAndKeep(ctx, { core, part, teardownId }, { base: base.value }, undefined);
}

/** The base of a plan: its own, or that of the plan it goes back to. */
export async function baseOf(ctx: Ctx, plan: PlanRow): Promise<PlanBase> {
  const base = plan.base ?? (await repo.findPlan(ctx, plan.base_id))?.base;
  if (!base) throw new Error('a plan goes back to one that holds the problem');
  return base;
}

/**
 * Works the plan of a teardown out anew after a finding. An impossible plan (a part that must come
 * out behind a joint that cannot be undone) leaves the old one in force: a person has to act first.
 */
export async function replan(
  ctx: Ctx,
  teardown: Pick<TeardownRow, 'id' | 'core_id' | 'core_code'>,
  cause: PlanCauseJson,
): Promise<PlanRow | undefined> {
  const plan = await repo.newestPlan(ctx, { teardownId: teardown.id });
  if (!plan) return undefined;
  const base = await baseOf(ctx, plan);
  const name =
    base.joints.find((j) => j.code === cause.at)?.name ??
    base.items.find((i) => i.item === cause.at)?.name;
  const about = {
    core: { id: teardown.core_id, code: teardown.core_code },
    part: plan.part,
    teardownId: teardown.id,
  };
  const made = await solveAndKeep(
    ctx,
    about,
    { base, baseId: plan.base_id, plan },
    { ...cause, ...(name ? { name } : {}) },
  );
  return made.ok ? made.value : undefined;
}

/** The plan in force of a teardown, its joints, what is undone. */
export async function teardownPlan(ctx: Ctx, teardownId: string): Promise<Result<Shown>> {
  const teardown = await findTeardown(ctx, teardownId);
  if (!teardown) return err(dismantlingErrors.TEARDOWN_NOT_FOUND());
  const joints = (await records.jointsOf(ctx, teardownId)).map(jointView);
  const plan = await repo.newestPlan(ctx, { teardownId });
  if (!plan) {
    const without = text(
      '目录中没有此产品的拆解连接，按清单逐项登记即可。',
      'The catalogue does not say how this product comes apart: record position by position.',
    );
    return ok({ without, joints, done: [] });
  }
  const base = await baseOf(ctx, plan);
  const about = {
    core: { id: teardown.core_id, code: teardown.core_code },
    part: plan.part,
    teardownId,
  };
  const known = await knownOf(ctx, base, about);
  return ok({
    plan: await planView(ctx, plan, base),
    joints,
    done: known.findings.flatMap((f) => (f.kind === 'undone' ? [f.join] : [])),
  });
}

function jointView(j: records.JointRow): Shown['joints'][number] {
  return {
    id: j.id,
    joint: j.joint,
    name: j.name,
    outcome: j.outcome,
    source: j.source,
    station: j.station,
    tool: j.tool,
    ...(j.torque_nm === null ? {} : { torqueNm: Number(j.torque_nm) }),
    ...(j.angle_deg === null ? {} : { angleDeg: Number(j.angle_deg) }),
    ...(j.seconds === null ? {} : { seconds: Number(j.seconds) }),
    ...(j.curve ? { curve: j.curve.map(([a, b]): [number, number] => [a, b]) } : {}),
    note: j.note,
    ...(j.photo ? { photo: j.photo } : {}),
    by: j.made_by,
    at: j.made_at.toISOString(),
  };
}

type JointInput = Omit<z.output<(typeof recordJoint)['body']>, 'photo'> & {
  photo?: string | undefined;
  curve?: readonly (readonly [number, number])[] | undefined;
};

/** Keeps joints that a person or a station worked on; a seized one has the plan worked out anew. */
async function keepJoints(
  ctx: Ctx,
  teardown: TeardownRow,
  source: 'person' | 'station',
  station: string,
  inputs: readonly JointInput[],
): Promise<Result<boolean>> {
  const plan = await repo.newestPlan(ctx, { teardownId: teardown.id });
  if (!plan) return err(dismantlingErrors.PLAN_NO_JOINTS({ number: teardown.part.number }));
  const base = await baseOf(ctx, plan);
  const byCode = new Map(base.joints.map((j) => [j.code, j]));
  const undone = new Set(
    (await records.jointsOf(ctx, teardown.id))
      .filter((j) => j.outcome !== 'seized')
      .map((j) => j.joint),
  );
  const rows: records.NewJoint[] = [];
  for (const { joint, ...input } of inputs) {
    const known = byCode.get(joint);
    if (!known) return err(dismantlingErrors.JOINT_UNKNOWN({ joint }));
    if (undone.has(joint)) return err(dismantlingErrors.JOINT_DONE({ joint }));
    if (input.outcome !== 'seized') undone.add(joint);
    rows.push({
      ...input,
      teardown_id: teardown.id,
      core_code: teardown.core_code,
      joint,
      name: known.name,
      source,
      station,
      tool: input.tool || known.tool,
    });
  }
  await records.insertJoints(ctx, rows);
  const stuck = rows.findLast((r) => r.outcome === 'seized' && !undone.has(r.joint));
  if (!stuck) return ok(false);
  return ok((await replan(ctx, teardown, { kind: 'seized', at: stuck.joint })) !== undefined);
}

export async function recordJointBy(
  ctx: Ctx,
  teardown: TeardownRow,
  input: z.output<(typeof recordJoint)['body']>,
): Promise<Result<Shown>> {
  if (input.photo) {
    const file = await requireFile(ctx, input.photo, { image: true });
    if (!file.ok) return file;
  }
  const kept = await keepJoints(ctx, teardown, 'person', '', [input]);
  return kept.ok ? teardownPlan(ctx, teardown.id) : kept;
}

/** What a station sends for the core that stands on it. */
export async function captureFromStation(
  ctx: Ctx,
  input: z.output<(typeof captureJoints)['body']>,
): Promise<Result<z.input<(typeof captureJoints)['response']>>> {
  const teardown = await teardownOfCoreCode(ctx, input.core, true);
  if (teardown?.state !== 'open') {
    return err(dismantlingErrors.JOINT_NO_TEARDOWN({ core: input.core }));
  }
  const kept = await keepJoints(ctx, teardown, 'station', input.station, input.records);
  if (!kept.ok) return kept;
  await ctx.publish('dismantling.joints-captured', teardown.id, { station: input.station });
  const plan = await repo.newestPlan(ctx, { teardownId: teardown.id });
  return ok({
    teardownId: teardown.id,
    accepted: input.records.length,
    ...(plan ? { planId: plan.id } : {}),
    replanned: kept.value,
  });
}

/** A plan that must exist. */
export async function getPlanRow(ctx: Ctx, planId: string): Promise<Result<PlanRow>> {
  const plan = await repo.findPlan(ctx, planId);
  return plan ? ok(plan) : err(dismantlingErrors.PLAN_NOT_FOUND());
}

/** Keeps what a person decided about the plan in force, with the reason when it is not followed. */
export async function decide(
  ctx: Ctx,
  planId: string,
  input: { decision: 'follow' | 'deviate'; reason: string },
): Promise<Result<PlanRow>> {
  const plan = await getPlanRow(ctx, planId);
  if (!plan.ok) return plan;
  const newest = await repo.newestPlan(ctx, { coreId: plan.value.core_id });
  if (newest && newest.id !== planId) {
    return err(dismantlingErrors.PLAN_REPLACED({ no: newest.no }));
  }
  if (input.decision === 'deviate' && input.reason === '') {
    return err(dismantlingErrors.PLAN_REASON_MISSING());
  }
  await repo.insertDecision(ctx, { plan_id: planId, ...input });
  await ctx.audit('dismantling.plan-decided', planId, { decision: input.decision });
  return plan;
}

/** Solves a stored plan again, and judges it by rules that share nothing with the engine. */
export async function recheck(
  ctx: Ctx,
  planId: string,
): Promise<Result<z.input<(typeof checkPlan)['response']>>> {
  const row = await getPlanRow(ctx, planId);
  if (!row.ok) return row;
  const base = await baseOf(ctx, row.value);
  const { problem } = base;
  const { known, result } = row.value;
  const again = await solvePlanInThread(problem, known);
  if (!again.ok) return err(dismantlingErrors.PLAN_IMPOSSIBLE({ reason: again.message }));
  const steps = (p: typeof result) => p.steps.map((s) => s.join).join(' ');
  const { plan } = again.value;
  return ok({
    digestAgrees: digestOf(base, known) === row.value.digest,
    repeats: steps(plan) === steps(result) && Math.abs(plan.worth - result.worth) < 0.01,
    worthFen: result.worth,
    checkedFen: worthOfPlan(problem, known, result),
    faults: checkBomPlan(problem.bom, problem.joins, known.findings, result, problem.prices),
    engine: { made: row.value.engine, again: ENGINE },
  });
}
