import { endpoint, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { bilingual, perm, version } from './shared.ts';

const Value = z.object({
  stations: z.number().int(),
  /** Σ (cycle − load)², in seconds squared. */
  smoothness: z.number(),
  turns: z.number().int(),
});

export const BalanceView = z.object({
  id: z.string(),
  name: z.string(),
  part: z.object({ id: z.string(), number: z.string(), name: bilingual }),
  routeVersion: z.number().int(),
  unitsPerDay: z.number().int(),
  workSeconds: z.number().int(),
  lines: z.number().int(),
  /** Working time of a day over the pieces wanted, in seconds. */
  takt: z.number(),
  /** Takt times the number of lines, in seconds. */
  cycle: z.number(),
  tasks: z.array(
    z.object({
      id: z.string(),
      name: bilingual,
      kind: z.string(),
      seconds: z.number(),
      /** Places that share it when it is longer than the cycle. */
      benches: z.number().int(),
      paced: z.number(),
      after: z.array(z.string()),
    }),
  ),
  stations: z.array(z.array(z.string())),
  value: Value,
  bound: Value,
  status: z.enum(['optimal', 'feasible', 'edited']),
  /** Share of the paid time that is work. */
  efficiency: z.number(),
  engine: z.string(),
  madeAt: instant,
  version,
});

const balanceId = z.object({ balanceId: id('bal') });

export const listBalances = endpoint({
  id: 'planning.listBalances',
  method: 'GET',
  path: '/api/v1/planning/balances',
  title: text('产线平衡列表', 'List line balances'),
  access: perm('planning.line:read'),
  query: pageQuery.extend({ partId: id('part').optional() }),
  response: page(BalanceView),
});

export const makeBalance = endpoint({
  id: 'planning.makeBalance',
  method: 'POST',
  path: '/api/v1/planning/balances',
  title: text('平衡产线', 'Balance a flow line'),
  access: perm('planning.line:edit'),
  body: z.object({
    name: line(60, 0).default(''),
    partId: id('part'),
    unitsPerDay: z.number().int().min(1).max(1_000_000),
    workMinutes: z.number().int().min(10).max(1440).default(960),
    lines: z.number().int().min(1).max(100).default(1),
    /** Kinds of stations on the line; none: every step of the route. */
    kinds: z.array(z.string().max(20)).max(20).default([]),
    /** Steps that only some cores need are planned by their share; leave them out instead. */
    withOptional: z.boolean().default(true),
    seed: z.number().int().min(1).max(2_000_000_000).default(1),
  }),
  response: BalanceView,
  status: 201,
});

export const getBalance = endpoint({
  id: 'planning.getBalance',
  method: 'GET',
  path: '/api/v1/planning/balances/:balanceId',
  title: text('查看产线平衡', 'See a line balance'),
  access: perm('planning.line:read'),
  params: balanceId,
  response: BalanceView,
});

export const editBalance = endpoint({
  id: 'planning.editBalance',
  method: 'PUT',
  path: '/api/v1/planning/balances/:balanceId',
  title: text('调整产线平衡', 'Rearrange a line balance'),
  access: perm('planning.line:edit'),
  ifMatch: true,
  params: balanceId,
  body: z.object({
    name: line(60),
    stations: z
      .array(z.array(line(60)).min(1).max(200))
      .min(1)
      .max(200),
  }),
  response: BalanceView,
});
