import { endpoint } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { bilingual, ledgerPermission, read } from './shared.ts';

export const logState = z.object({
  origin: z.string(),
  verifierKey: z.string(),
  size: z.number(),
  root: z.string(),
  checkpoint: z.string(),
  signedAt: z.string().optional(),
  /** Events of this organisation, and how many of them wait for the log. */
  events: z.number(),
  waiting: z.number(),
  checkpoints: z.array(z.object({ size: z.number(), root: z.string(), signedAt: z.string() })),
});
export type LogState = z.infer<typeof logState>;

export const getLog = endpoint({
  id: 'ledger.getLog',
  method: 'GET',
  path: '/api/v1/ledger/log',
  title: text('透明日志状态', 'State of the transparency log'),
  access: read,
  response: logState,
});

export const finding = z.object({
  /** What is wrong: `event-changed`, `event-missing`, … (domain/finding.ts). */
  code: z.string(),
  eventId: z.string().optional(),
  seq: z.number().optional(),
  logIndex: z.number().optional(),
  message: bilingual,
});
export type Finding = z.infer<typeof finding>;

export const verification = z.object({
  ok: z.boolean(),
  deep: z.boolean(),
  events: z.number(),
  leaves: z.number(),
  size: z.number(),
  milliseconds: z.number(),
  findings: z.array(finding),
});
export type Verification = z.infer<typeof verification>;

export const verifyNow = endpoint({
  id: 'ledger.verifyNow',
  method: 'POST',
  path: '/api/v1/ledger/verify',
  title: text('立即验证', 'Verify now'),
  access: ledgerPermission('ledger.log:verify'),
  body: z.object({ deep: z.boolean().default(true) }),
  status: 202,
  /** A job whose result is a `verification`. */
  response: z.object({ jobId: z.string() }),
});
