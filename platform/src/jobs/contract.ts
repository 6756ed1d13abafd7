import { z } from 'zod';
import { definePermissions, endpoint, id, instant, page, pageQuery } from '../http/contract.ts';
import { defineErrors, text } from '../kernel/index.ts';

export const jobErrors = defineErrors({
  JOB_NOT_FOUND: { status: 404, ...text('没有此任务。', 'There is no such job.') },
  JOB_ALREADY_ENDED: {
    status: 409,
    ...text('任务已结束，无需取消。', 'The job has ended already.'),
  },
  JOB_CANCELLED: { status: 409, ...text('任务已被取消。', 'The job was cancelled.') },
  JOB_FAILED: {
    status: 409,
    ...text(
      '任务因内部错误而失败，请重试；如再次失败，请把任务编号告诉管理员。',
      'The job failed by an internal error: try again, and if it fails again give its id to your administrator.',
    ),
  },
});

const perm = definePermissions({
  'platform.job:read': text('查看后台任务', 'See background jobs'),
  'platform.job:cancel': text('取消后台任务', 'Cancel background jobs'),
});

const bilingual = z.object({ zh: z.string(), en: z.string() });

const JobState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);

/** A long piece of work as its starter sees it. */
export const JobView = z.object({
  id: z.string(),
  kind: z.string(),
  state: JobState,
  progress: z.number().min(0).max(1),
  message: bilingual.optional(),
  result: z.unknown().optional(),
  error: z
    .object({ code: z.string(), title: z.string(), errors: z.unknown().optional() })
    .optional(),
  createdAt: instant,
  finishedAt: instant.optional(),
});

export const getJob = endpoint({
  id: 'platform.getJob',
  method: 'GET',
  path: '/api/v1/jobs/:jobId',
  title: text('查看任务进度', 'See the progress of a job'),
  access: perm('platform.job:read'),
  params: z.object({ jobId: id('job') }),
  response: JobView,
});

export const listJobs = endpoint({
  id: 'platform.listJobs',
  method: 'GET',
  path: '/api/v1/jobs',
  title: text('任务列表', 'List jobs'),
  access: perm('platform.job:read'),
  query: pageQuery.extend({ state: JobState.optional() }),
  response: page(JobView),
});

export const cancelJob = endpoint({
  id: 'platform.cancelJob',
  method: 'POST',
  path: '/api/v1/jobs/:jobId/cancel',
  title: text('取消任务', 'Cancel a job'),
  access: perm('platform.job:cancel'),
  params: z.object({ jobId: id('job') }),
  response: JobView,
});
