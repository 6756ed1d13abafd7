/** Teardowns: begun, recorded line by line, finished with their mass balance. */
import { endpoint, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { Damage, Outcome, Stream } from './component.ts';
import { perm } from './permissions.ts';
import { PartRef, teardownId } from './shared.ts';

const TeardownLine = z.object({
  pos: z.number().int(),
  part: PartRef,
  expectedQty: z.number().int(),
  policy: z.string(),
  serialised: z.boolean(),
  outcome: Outcome,
  foundQty: z.number().int(),
  massG: z.number(),
  massMeasured: z.boolean(),
  /** What the catalogue says one piece weighs, grams; 0 when it does not say. */
  pieceG: z.number(),
  extra: z.boolean(),
  stream: Stream,
  damages: z.array(Damage),
  components: z.array(z.object({ id: z.string(), code: z.string(), qty: z.number().int() })),
});

export const TeardownView = z.object({
  id: z.string(),
  code: z.string(),
  state: z.enum(['open', 'finished']),
  core: z.object({ id: z.string(), code: z.string(), epc: z.string(), part: PartRef }),
  lines: z.array(TeardownLine),
  balance: z.object({
    coreG: z.number(),
    accountedG: z.number(),
    residueG: z.number(),
    differenceG: z.number(),
    differencePct: z.number(),
    tolerancePct: z.number(),
    closes: z.boolean(),
  }),
  streams: z.array(z.object({ stream: Stream, massG: z.number() })),
  eventId: z.string().optional(),
  /** Why the mass did not close. */
  explanation: z.string().optional(),
  startedAt: instant,
  finishedAt: instant.optional(),
  version: z.number().int(),
});

export const startTeardown = endpoint({
  id: 'dismantling.startTeardown',
  method: 'POST',
  path: '/api/v1/dismantling/teardowns',
  title: text('开始拆解', 'Start a teardown'),
  access: perm('dismantling.teardown:record'),
  body: z.object({
    coreId: id('core'),
    /** Weighed before the teardown; else the mass at receipt, else the bill of material. */
    coreMassG: z.number().int().min(1).max(600_000_000).optional(),
  }),
  response: TeardownView,
  status: 201,
});

export const getTeardown = endpoint({
  id: 'dismantling.getTeardown',
  method: 'GET',
  path: '/api/v1/dismantling/teardowns/:teardownId',
  title: text('查看拆解单', 'See a teardown'),
  access: perm('dismantling.teardown:read'),
  params: teardownId,
  response: TeardownView,
});

export const listTeardowns = endpoint({
  id: 'dismantling.listTeardowns',
  method: 'GET',
  path: '/api/v1/dismantling/teardowns',
  title: text('拆解单列表', 'List teardowns'),
  access: perm('dismantling.teardown:read'),
  query: pageQuery.extend({
    state: z.enum(['open', 'finished']).optional(),
    coreId: id('core').optional(),
  }),
  response: page(
    z.object({
      id: z.string(),
      code: z.string(),
      state: z.enum(['open', 'finished']),
      coreId: z.string(),
      coreCode: z.string(),
      part: PartRef,
      startedAt: instant,
      finishedAt: instant.optional(),
    }),
  ),
});

export const recordLine = endpoint({
  id: 'dismantling.recordLine',
  method: 'POST',
  path: '/api/v1/dismantling/teardowns/:teardownId/lines',
  title: text('登记一个位置', 'Record one position'),
  access: perm('dismantling.teardown:record'),
  params: teardownId,
  body: z.object({
    pos: z.number().int().min(0).max(99_999),
    /** For a part that is not on the bill of material. */
    partId: id('part').optional(),
    outcome: Outcome.exclude(['pending']),
    /** Pieces found; all expected ones by default. */
    foundQty: z.number().int().min(0).max(100_000).optional(),
    massG: z.number().min(0).max(600_000_000).optional(),
    /** Absent: what the catalogue says of the position, else usable parts. */
    stream: Stream.optional(),
    damages: z.array(Damage).max(20).default([]),
  }),
  response: TeardownView,
});

export const finishTeardown = endpoint({
  id: 'dismantling.finishTeardown',
  method: 'POST',
  path: '/api/v1/dismantling/teardowns/:teardownId/finish',
  title: text('完成拆解', 'Finish a teardown'),
  access: perm('dismantling.teardown:record'),
  params: teardownId,
  body: z.object({
    residueG: z.number().min(0).max(600_000_000).default(0),
    /** Why the mass does not close, when it does not. */
    explanation: line(300).optional(),
  }),
  response: TeardownView,
});
