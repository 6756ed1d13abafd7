/** Joints as a person or a station undid them, the damage done, and the rate without any. */
import { endpoint, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './permissions.ts';
import { JointOutcome, TeardownPlan } from './plan.ts';
import { PartRef, teardownId } from './shared.ts';

const measured = {
  tool: line(80, 0).default(''),
  /** Newton metres when it broke loose. */
  torqueNm: z.number().min(0).max(100_000).optional(),
  angleDeg: z.number().min(-100_000).max(100_000).optional(),
  seconds: z.number().min(0).max(1_000_000).optional(),
  note: line(300, 0).default(''),
};

export const recordJoint = endpoint({
  id: 'dismantling.recordJoint',
  method: 'POST',
  path: '/api/v1/dismantling/teardowns/:teardownId/joints',
  title: text('登记一处连接', 'Record one joint'),
  access: perm('dismantling.teardown:record'),
  params: teardownId,
  body: z.object({
    joint: z.string().min(1).max(80),
    outcome: JointOutcome,
    ...measured,
    photo: sha256.optional(),
  }),
  response: TeardownPlan,
});

/** What a robot or a tool station did, joint by joint; sent with its API key. */
export const captureJoints = endpoint({
  id: 'dismantling.captureJoints',
  method: 'POST',
  path: '/api/v1/dismantling/joint-records',
  title: text(
    '工位采集：扭矩、角度、工具、时间',
    'Joints from a station: torque, angle, tool, time',
  ),
  access: perm('dismantling.joint:record'),
  body: z.object({
    station: line(80),
    /** Code of the core on the station. */
    core: line(40),
    records: z
      .array(
        z.object({
          joint: z.string().min(1).max(80),
          outcome: JointOutcome,
          ...measured,
          curve: z
            .array(z.tuple([z.number(), z.number()]))
            .max(500)
            .optional(),
        }),
      )
      .min(1)
      .max(200),
  }),
  response: z.object({
    teardownId: z.string(),
    accepted: z.number().int(),
    /** The plan in force afterwards; a seized joint may have changed it. */
    planId: z.string().optional(),
    replanned: z.boolean(),
  }),
  status: 201,
});

export const listDamage = endpoint({
  id: 'dismantling.listDamage',
  method: 'GET',
  path: '/api/v1/dismantling/damage-log',
  title: text('拆解损伤记录', 'The damage log of dismantling'),
  access: perm('dismantling.teardown:read'),
  query: pageQuery.extend({ cause: z.enum(['before', 'dismantling']).optional() }),
  response: page(
    z.object({
      id: z.string(),
      teardown: z.object({ id: z.string(), code: z.string() }),
      core: z.object({ id: z.string(), code: z.string() }),
      pos: z.number().int(),
      part: PartRef,
      mode: z.string(),
      place: z.string().optional(),
      photo: z.string().optional(),
      cause: z.enum(['before', 'dismantling']).optional(),
      at: instant,
    }),
  ),
});

const Rate = z.object({ whole: z.number().int(), of: z.number().int() });

/** How much comes out whole, by count; joints and parts are two figures and say so. */
export const nonDestructive = endpoint({
  id: 'dismantling.nonDestructive',
  method: 'GET',
  path: '/api/v1/dismantling/non-destructive',
  title: text('无损拆解率', 'The non-destructive rate'),
  access: perm('dismantling.teardown:read'),
  query: z.object({ days: z.coerce.number().int().min(1).max(3660).default(30) }),
  response: z.object({
    /** Positions found or broken, less those that dismantling hurt. */
    parts: Rate,
    /** Joints undone of those worked on to the end. */
    joints: Rate,
    plans: z.object({
      made: z.number().int(),
      followed: z.number().int(),
      deviated: z.number().int(),
      replanned: z.number().int(),
    }),
    worst: z.array(z.object({ part: PartRef, rate: Rate })),
  }),
});
