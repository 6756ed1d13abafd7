/** Programmes by which cores are graded and deposits returned. */
import { day, endpoint, fen, id, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { basis, code, follows } from './fields.ts';
import { partParams } from './part.ts';
import { amount, bilingual, perm, version } from './permissions.ts';

const grade = z.enum(['A', 'B', 'C', 'R']);

const quota = z.object({
  fullPct: z.number().int().min(0).max(1000).optional(),
  halfPct: z.number().int().min(0).max(1000).optional(),
  months: z.number().int().min(1).max(60).optional(),
});

const startEvent = z.enum(['invoice', 'delivery', 'installation', 'month-end']);

/** One yes/no question of a programme. */
export const CriterionFields = z.object({
  code,
  text: z.object({ zh: line(500), en: line(500) }),
  failsTo: z.enum(['B', 'C', 'R']),
  basis,
});

const criteria = z.array(CriterionFields);

/** What one grade means, gives back and pays. */
export const GradeFields = z.object({
  grade,
  text: z.object({ zh: line(500), en: line(500) }),
  pct: z.number().int().min(0).max(100),
  creditFen: amount,
  basis,
});

const grades = z.array(GradeFields);

const programmeFields = z.object({
  code,
  validFrom: day,
  validTo: day.optional(),
  windowDays: z.number().int().min(1).max(3660),
  startEvent,
  quota,
  depositFen: amount,
  criteria,
  grades,
  basis,
});

const ProgrammeView = programmeFields.extend({
  id: id('prog'),
  partId: id('part'),
  version,
  inForce: z.boolean(),
});

export const listProgrammes = endpoint({
  id: 'catalog.listProgrammes',
  method: 'GET',
  path: '/api/v1/catalog/parts/:partId/programmes',
  title: text('回收规则', 'Programmes of a part'),
  access: perm('catalog.part:read'),
  params: partParams,
  response: z.object({ items: z.array(ProgrammeView) }),
});

export const publishProgramme = endpoint({
  id: 'catalog.publishProgramme',
  method: 'POST',
  path: '/api/v1/catalog/parts/:partId/programmes',
  title: text('发布回收规则新版本', 'Publish a new programme version'),
  access: perm('catalog.programme:edit'),
  params: partParams,
  body: programmeFields.extend({
    criteria: criteria.min(1).max(40),
    grades: grades.length(4),
    follows,
  }),
  response: ProgrammeView,
  status: 201,
});

/** What every supplier may read before bringing a core: whose rules, which part, what is paid. */
export const listNotices = endpoint({
  id: 'catalog.listNotices',
  method: 'GET',
  path: '/api/v1/catalog/notices',
  title: text('公开的回收规则', 'Published programmes'),
  access: 'public',
  bucket: 'public',
  query: pageQuery.extend({
    number: z.string().max(80).optional(),
    family: z.string().max(80).optional(),
  }),
  response: page(
    z.object({
      programmeId: id('prog'),
      organisation: z.string(),
      part: z.object({ number: z.string(), name: bilingual, family: z.string() }),
      validFrom: day,
      validTo: day.optional(),
      code: z.string(),
      version,
      windowDays: z.number().int(),
      startEvent,
      quota,
      depositFen: fen,
      criteria: criteria,
      grades: grades,
    }),
  ),
});
