/** Studies of a planner: a dismantling line in balance, a crew’s schedule for a whole machine. */
import { endpoint, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './permissions.ts';
import { bilingual, PartRef } from './shared.ts';

const LineMeasure = z.object({
  stations: z.number(),
  smoothness: z.number(),
  hazard: z.number(),
  demand: z.number(),
  turns: z.number(),
});

const LineTaskView = z.object({
  joint: z.string(),
  name: bilingual,
  seconds: z.number(),
  hazard: z.number().int(),
  /** Pieces asked for of what comes loose with it. */
  demand: z.number(),
  direction: z.string().optional(),
  tool: z.string(),
});

const LineResult = z.object({
  takt: z.number(),
  stations: z.array(z.object({ tasks: z.array(LineTaskView), seconds: z.number() })),
  value: LineMeasure,
  bound: LineMeasure,
  status: z.enum(['optimal', 'feasible']),
  /** Found by rules that share nothing with the solver. */
  faults: z.array(z.string()),
  checked: LineMeasure,
  elapsedMs: z.number(),
});

const CrewTask = z.object({
  joint: z.string(),
  name: bilingual,
  start: instant,
  end: instant,
  zone: z.string(),
  skill: z.string().optional(),
  hazard: z.number().int(),
  people: z.array(z.string()),
});

const CrewResult = z.object({
  tasks: z.array(CrewTask),
  start: instant,
  end: instant,
  /** The earliest end that no plan can beat. */
  bound: instant,
  status: z.enum(['optimal', 'feasible']),
  wagesFen: z.number(),
  wagesBoundFen: z.number(),
  faults: z.array(z.string()),
  elapsedMs: z.number(),
});

const Person = z.object({
  name: line(40),
  skills: z.array(line(40)).max(20),
  fenPerHour: z.number().int().min(0).max(1_000_000).default(4500),
});

/** A working stretch of every day, in hours of the plant’s day. */
const Shift = z.object({
  fromHour: z.number().min(0).max(24),
  toHour: z.number().min(0).max(24),
});

const StudyHead = z.object({
  id: z.string(),
  kind: z.enum(['line', 'crew']),
  part: PartRef,
  coreId: z.string().optional(),
  title: z.string(),
  state: z.enum(['queued', 'done', 'failed']),
  seed: z.number().int(),
  iterations: z.number().int(),
  madeBy: z.string(),
  madeAt: instant,
  endedAt: instant.optional(),
});

export const StudyView = StudyHead.extend({
  jobId: z.string().optional(),
  line: LineResult.optional(),
  crew: CrewResult.optional(),
  failure: bilingual.optional(),
});

export const balanceLine = endpoint({
  id: 'dismantling.balanceLine',
  method: 'POST',
  path: '/api/v1/dismantling/line-studies',
  title: text('平衡拆解线', 'Balance a dismantling line'),
  access: perm('dismantling.plan:edit'),
  body: z.object({
    partId: id('part'),
    title: line(80, 0).default(''),
    /** Seconds between two products leaving the line. */
    taktSeconds: z.number().min(1).max(1_000_000),
    /** Equal lines side by side: each has so many times the takt. */
    lines: z.number().int().min(1).max(50).default(1),
    /** Joints that this line does not undo. */
    without: z.array(z.string().max(80)).max(500).default([]),
    seed: z.number().int().min(1).max(1_000_000).default(1),
  }),
  response: StudyView,
  status: 201,
});

export const planCrew = endpoint({
  id: 'dismantling.planCrew',
  method: 'POST',
  path: '/api/v1/dismantling/crew-studies',
  title: text('排整机拆解的人员与日程', 'Plan a crew’s days for a whole machine'),
  access: perm('dismantling.plan:edit'),
  body: z.object({
    partId: id('part'),
    coreId: id('core').optional(),
    title: line(80, 0).default(''),
    /** The first day of work. */
    from: z.iso
      .date()
      .refine(
        (d) => d >= '2000-01-01' && d < '2200-01-01',
        '应在 2000 年至 2199 年之间 | between 2000 and 2199',
      ),
    days: z.number().int().min(1).max(60),
    /** Length of a time slot. */
    slotMinutes: z.number().int().min(5).max(240).default(30),
    shifts: z.array(Shift).min(1).max(6),
    people: z.array(Person).min(1).max(31),
    /** People at once in a zone, where it is not five. */
    zones: z.array(z.object({ zone: line(40), people: z.number().int().min(1).max(31) })).max(40),
    without: z.array(z.string().max(80)).max(500).default([]),
    seed: z.number().int().min(1).max(1_000_000).default(1),
  }),
  response: StudyView,
  status: 201,
});

export const getStudy = endpoint({
  id: 'dismantling.getStudy',
  method: 'GET',
  path: '/api/v1/dismantling/studies/:studyId',
  title: text('查看方案', 'See a study'),
  access: perm('dismantling.plan:read'),
  params: z.object({ studyId: id('study') }),
  response: StudyView,
});

export const listStudies = endpoint({
  id: 'dismantling.listStudies',
  method: 'GET',
  path: '/api/v1/dismantling/studies',
  title: text('方案列表', 'List studies'),
  access: perm('dismantling.plan:read'),
  query: pageQuery.extend({ kind: z.enum(['line', 'crew']).optional() }),
  response: page(StudyHead),
});
