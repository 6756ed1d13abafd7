import {
  checkLinePlan,
  checkMachinePlan,
  type LinePlan,
  type LineProblem,
  type MachinePlan,
  type MachineProblem,
} from '@zaizao/disassembly';
import { bomOf, dismantleOf, getPart } from '@zaizao/modules/catalog';
import { getCore } from '@zaizao/modules/cores';
import { organisationOf } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { defineJob, startJob } from '@zaizao/platform/jobs';
import { err, midnightOf, newId, ok, type Result, type Text, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { type balanceLine, dismantlingErrors, type planCrew, type StudyView } from '../contract.ts';
import {
  type CrewInput,
  crewProblem,
  lineProblem,
  type StudyJoint,
  withoutJoints,
} from '../domain/study.ts';
import { solveCrewInThread, solveLineInThread } from '../engine/thread.ts';
import { demandOf, experienceOf } from '../repo/rates.ts';
import * as repo from '../repo/study.ts';
import type { PartRef } from '../repo/tables.ts';

type View = z.input<typeof StudyView>;
type LineJson = NonNullable<View['line']>;
type CrewJson = NonNullable<View['crew']>;

/** Enough for lines of a hundred joints to be proven or near it; seconds at most. */
const LINE_ITERATIONS = 20_000;
const CREW_ITERATIONS = 4_000;

interface ShownJoint {
  readonly name: Text;
  readonly seconds: number;
  readonly hazard: number;
  readonly tool: string;
  readonly zone: string;
  readonly direction?: string;
  readonly skill?: string;
}

interface Words {
  readonly joints: Readonly<Record<string, ShownJoint>>;
  /** Of a crew: when slot 0 begins, and how long a slot is. */
  readonly start?: string;
  readonly slotMs?: number;
}

interface Data {
  readonly part: PartRef;
  readonly joints: StudyJoint[];
  readonly words: Words['joints'];
}

async function dataOf(ctx: Ctx, partId: string, without: readonly string[]): Promise<Result<Data>> {
  const part = await getPart(ctx, partId);
  if (!part.ok) return part;
  const data = await dismantleOf(ctx, partId);
  if (!data.ok) return data;
  const joints = withoutJoints(data.value.joins, without);
  if (joints.length === 0) return err(dismantlingErrors.STUDY_EMPTY());
  const { id, number, name } = part.value;
  const words = data.value.joins.map((j): [string, ShownJoint] => [
    j.code,
    {
      name: j.name,
      seconds: j.seconds,
      hazard: j.hazard,
      tool: j.tool,
      zone: j.zone,
      ...(j.direction ? { direction: j.direction } : {}),
      ...(j.skill ? { skill: j.skill } : {}),
    },
  ]);
  return ok({ part: { id, number, name }, joints, words: Object.fromEntries(words) });
}

/** Pieces asked for by position: what a planner says, else what a month takes. */
async function demandBy(ctx: Ctx, partId: string): Promise<Map<number, number>> {
  const bom = await bomOf(ctx, partId);
  if (!bom.ok) return new Map();
  const items = bom.value.items.filter((i) => i.policy !== 'consumable' && i.policy !== 'replace');
  const ids = [...new Set(items.map((i) => i.part.id))];
  const said = await demandOf(ctx, ids);
  const known = await experienceOf(ctx, ids);
  return new Map(
    items.map((i) => {
      const month = Math.round((known.get(i.part.id)?.used ?? 0) / 3);
      return [i.pos, said.get(i.part.id)?.wanted ?? (month || i.qty)];
    }),
  );
}

/** Asks for a line in balance; the answer comes with the job. */
export async function startLine(
  ctx: Ctx,
  input: z.output<(typeof balanceLine)['body']>,
): Promise<Result<View>> {
  const data = await dataOf(ctx, input.partId, input.without);
  if (!data.ok) return data;
  const { part, joints, words } = data.value;
  const cycle = input.taktSeconds * input.lines;
  const long = joints.find((j) => j.seconds > cycle);
  if (long) {
    const { code: joint, seconds } = long;
    return err(dismantlingErrors.LINE_TASK_LONG({ joint, seconds, takt: cycle }));
  }
  const problem = lineProblem(joints, await demandBy(ctx, input.partId), cycle);
  return start(ctx, {
    kind: 'line',
    part,
    coreId: null,
    title: input.title || `${part.number} ${input.taktSeconds} s × ${input.lines}`,
    problem,
    words: { joints: words },
    seed: input.seed,
    iterations: LINE_ITERATIONS,
  });
}

/** Asks for a crew’s schedule; the answer comes with the job. */
export async function startCrew(
  ctx: Ctx,
  input: z.output<(typeof planCrew)['body']>,
): Promise<Result<View>> {
  const core = input.coreId ? await getCore(ctx, input.coreId) : undefined;
  if (core && !core.ok) return core;
  const data = await dataOf(ctx, input.partId, input.without);
  if (!data.ok) return data;
  const { part, joints, words } = data.value;
  for (const j of joints) {
    const able = input.people.filter(
      (p) => !j.skill || j.skill === 'general' || p.skills.includes(j.skill),
    );
    if (able.length > 0 && input.people.length >= j.crew) continue;
    const skill = j.skill ?? 'general';
    return err(dismantlingErrors.CREW_SKILL_MISSING({ skill, joint: j.code, people: j.crew }));
  }
  const crew: CrewInput = input;
  const { zone } = await organisationOf(ctx);
  return start(ctx, {
    kind: 'crew',
    part,
    coreId: input.coreId ?? null,
    title: input.title || `${part.number} ${core?.value.code ?? ''}`.trim(),
    problem: crewProblem(joints, crew),
    words: {
      joints: words,
      start: new Date(midnightOf(zone, input.from)).toISOString(),
      slotMs: input.slotMinutes * 60_000,
    },
    seed: input.seed,
    iterations: CREW_ITERATIONS,
  });
}

async function start(
  ctx: Ctx,
  s: {
    kind: 'line' | 'crew';
    part: PartRef;
    coreId: string | null;
    title: string;
    problem: LineProblem | MachineProblem;
    words: Words;
    seed: number;
    iterations: number;
  },
): Promise<Result<View>> {
  const { coreId, ...rest } = s;
  const id = newId('study', ctx.now.getTime());
  const job = await startJob(ctx, studyJob, { studyId: id });
  const row = await repo.insertStudy(ctx, { ...rest, id, core_id: coreId, job });
  return ok(studyView(row));
}

const studyJob = defineJob<{ studyId: string }>({
  kind: 'dismantling.study',
  handle: async (run, { studyId }) => {
    const found = await run.inTx(async (ctx) => ok(await repo.findStudy(ctx, studyId)));
    if (!found.ok) return found;
    const study = found.value;
    if (study?.state !== 'queued') return ok(null); // a second run after a crash
    await run.progress(0.1, text('正在求解', 'Solving'));
    const budget = { seed: study.seed, iterations: study.iterations };
    const end = await answer(study, budget);
    return run.inTx(async (ctx) => {
      await repo.endStudy(ctx, studyId, end);
      await ctx.publish('dismantling.study-ended', studyId, { studyId });
      return ok({ studyId });
    });
  },
});

async function answer(
  study: repo.StudyRow,
  budget: { seed: number; iterations: number },
): Promise<{ result: LinePlan | MachinePlan } | { failure: Text }> {
  const solved =
    study.kind === 'line'
      ? await solveLineInThread(study.problem as LineProblem, budget) // stored by `startLine`
      : await solveCrewInThread(study.problem as MachineProblem, budget); // stored by `startCrew`
  if (solved.ok) return { result: solved.value };
  const { message } = solved.problem;
  return {
    failure: text(
      `排不出方案，请增加天数、人员或放宽条件（${message}）。`,
      `No schedule is possible: give more days or people, or loosen a condition (${message}).`,
    ),
  };
}

export async function studyOf(ctx: Ctx, studyId: string): Promise<Result<View>> {
  const row = await repo.findStudy(ctx, studyId);
  return row ? ok(studyView(row)) : err(dismantlingErrors.STUDY_NOT_FOUND());
}

export function studyHead(s: repo.StudyRow) {
  return {
    id: s.id,
    kind: s.kind,
    part: s.part,
    ...(s.core_id ? { coreId: s.core_id } : {}),
    title: s.title,
    state: s.state,
    seed: s.seed,
    iterations: s.iterations,
    madeBy: s.made_by,
    madeAt: s.made_at.toISOString(),
    ...(s.ended_at ? { endedAt: s.ended_at.toISOString() } : {}),
  };
}

function studyView(s: repo.StudyRow): View {
  const words = s.words as Words; // stored by this module
  return {
    ...studyHead(s),
    ...(s.job ? { jobId: s.job } : {}),
    ...(s.failure ? { failure: s.failure } : {}),
    ...(s.state === 'done' && s.kind === 'line' ? { line: lineJson(s, words) } : {}),
    ...(s.state === 'done' && s.kind === 'crew' ? { crew: crewJson(s, words) } : {}),
  };
}

const nobody: ShownJoint = { name: text('', ''), seconds: 0, hazard: 0, tool: '', zone: '' };

function lineJson(s: repo.StudyRow, words: Words): LineJson {
  const problem = s.problem as LineProblem; // stored by `startLine`
  const plan = s.result as LinePlan; // stored by the job of a line
  const check = checkLinePlan(problem, plan.stations);
  const demand = new Map(problem.tasks.map((t) => [t.id, t.demand]));
  return {
    takt: problem.cycleTime,
    stations: plan.stations.map((codes) => {
      const tasks = codes.map((joint) => {
        const { name, seconds, hazard, tool, direction } = words.joints[joint] ?? nobody;
        return {
          ...{ joint, name, seconds, hazard, tool, demand: demand.get(joint) ?? 0 },
          ...(direction ? { direction } : {}),
        };
      });
      return { tasks, seconds: tasks.reduce((sum, t) => sum + t.seconds, 0) };
    }),
    value: plan.value,
    bound: plan.bound,
    status: plan.status,
    faults: [...check.faults],
    checked: check.value,
    elapsedMs: Math.round(plan.elapsedMs),
  };
}

function crewJson(s: repo.StudyRow, words: Words): CrewJson {
  const problem = s.problem as MachineProblem; // stored by `startCrew`
  const plan = s.result as MachinePlan; // stored by the job of a crew
  const zero = Date.parse(words.start ?? s.made_at.toISOString());
  const at = (slot: number) => new Date(zero + slot * (words.slotMs ?? 0)).toISOString();
  const check = checkMachinePlan(problem, plan.operations);
  const first = Math.min(...plan.operations.map((o) => o.start));
  return {
    tasks: plan.operations
      .toSorted((a, b) => a.start - b.start || a.id.localeCompare(b.id))
      .map((o) => {
        const { name, zone, skill, hazard } = words.joints[o.id] ?? nobody;
        return {
          ...{ joint: o.id, name, start: at(o.start), end: at(o.end), zone, hazard },
          ...(skill ? { skill } : {}),
          people: o.technicians.map((t) => t.replace(/^\d+ /, '')),
        };
      }),
    start: at(first),
    end: at(plan.makespan),
    bound: at(plan.bound.makespan),
    status: plan.status,
    wagesFen: plan.cost,
    wagesBoundFen: plan.bound.cost,
    faults: [...check.faults],
    elapsedMs: Math.round(plan.elapsedMs),
  };
}
