/** Machining programmes: a version for each window of what is measured before. */
import { decimal, endpoint, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { OrderView } from './order-view.ts';
import { operationId, perm } from './shared.ts';

const ProgrammeView = z.object({
  id: z.string(),
  code: z.string(),
  /** The step of a route it machines. */
  stepCode: z.string(),
  name: z.string(),
  /** What is measured before, and its unit. */
  dimension: z.string(),
  unit: z.string(),
  versions: z.array(
    z.object({
      no: z.number().int(),
      low: z.string(),
      high: z.string(),
      parameters: z.array(z.object({ name: z.string(), value: z.string(), unit: z.string() })),
      fileSha256: z.string().optional(),
      note: z.string(),
      madeAt: instant,
    }),
  ),
});

export const programmeId = z.object({ programmeId: id('nc') });

export const listProgrammes = endpoint({
  id: 'production.listProgrammes',
  method: 'GET',
  path: '/api/v1/production/programmes',
  title: text('加工程序列表', 'List machining programmes'),
  access: perm('production.programme:read'),
  query: pageQuery.extend({ stepCode: line(30).optional() }),
  response: page(ProgrammeView),
});

export const addProgramme = endpoint({
  id: 'production.addProgramme',
  method: 'POST',
  path: '/api/v1/production/programmes',
  title: text('登记加工程序', 'Record a machining programme'),
  access: perm('production.programme:edit'),
  body: z.object({
    code: z.string().regex(/^[A-Za-z0-9][\w.-]{0,29}$/),
    stepCode: z.string().regex(/^[A-Za-z0-9][\w.-]{0,29}$/),
    name: line(60),
    dimension: line(40),
    unit: line(20),
  }),
  response: ProgrammeView,
  status: 201,
});

export const addProgrammeVersion = endpoint({
  id: 'production.addProgrammeVersion',
  method: 'POST',
  path: '/api/v1/production/programmes/:programmeId/versions',
  title: text('新增程序版本', 'Add a version of a programme'),
  access: perm('production.programme:edit'),
  params: programmeId,
  body: z.object({
    /** It is for pieces that measure at least `low` and less than `high`. */
    low: decimal,
    high: decimal,
    parameters: z
      .array(z.object({ name: line(40), value: line(40), unit: line(20, 0).default('') }))
      .max(30)
      .default([]),
    fileSha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
    note: line(200, 0).default(''),
  }),
  response: ProgrammeView,
  status: 201,
});

export const chooseProgramme = endpoint({
  id: 'production.chooseProgramme',
  method: 'POST',
  path: '/api/v1/production/operations/:operationId/programme',
  title: text('按实测值选用程序版本', 'Choose the programme version by what was measured'),
  access: perm('production.operation:record'),
  params: operationId,
  body: z.object({
    programmeId: id('nc'),
    measured: decimal,
    instrumentId: id('inst').optional(),
  }),
  response: OrderView,
});
