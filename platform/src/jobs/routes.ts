import { sql } from 'kysely';
import type { z } from 'zod';
import { cutPage, decodeCursor } from '../db/index.ts';
import { httpErrors } from '../http/contract.ts';
import { type Ctx, type Module, route } from '../http/index.ts';
import { err, ok, type Result, type Text } from '../kernel/index.ts';
import { cancelJob, getJob, type JobView, jobErrors, listJobs } from './contract.ts';
import { CANCEL_ASKED } from './jobs.ts';

type View = z.input<typeof JobView>;

interface JobRow {
  id: string;
  kind: string;
  state: View['state'];
  progress: number;
  message: Text | null;
  result: unknown;
  error: View['error'] | null;
  created_at: Date;
  finished_at: Date | null;
}

function view(r: JobRow): View {
  return {
    id: r.id,
    kind: r.kind,
    state: r.state,
    progress: r.progress,
    ...(r.message ? { message: r.message } : {}),
    ...(r.result !== null ? { result: r.result } : {}),
    ...(r.error ? { error: r.error } : {}),
    createdAt: r.created_at.toISOString(),
    ...(r.finished_at ? { finishedAt: r.finished_at.toISOString() } : {}),
  };
}

async function find(ctx: Ctx, jobId: string): Promise<Result<JobRow>> {
  const r = await sql<JobRow>`select * from zaizao.job
    where org_id = ${ctx.org.no} and id = ${jobId}`.execute(ctx.tx);
  return r.rows[0] ? ok(r.rows[0]) : err(jobErrors.JOB_NOT_FOUND());
}

export const jobsModule: Module = {
  name: 'jobs',
  routes: [
    route(getJob, async (ctx, { params }) => {
      const job = await find(ctx, params.jobId);
      return job.ok ? ok(view(job.value)) : job;
    }),
    route(listJobs, async (ctx, { query }) => {
      const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
      if (query.cursor !== undefined && typeof after?.[0] !== 'string') {
        return err(httpErrors.CURSOR_INVALID());
      }
      const r = await sql<JobRow>`select * from zaizao.job where org_id = ${ctx.org.no}
        and (${after?.[0] ?? null}::text is null or id < ${after?.[0] ?? null}::text)
        and (${query.state ?? null}::text is null or state = ${query.state ?? null}::text)
        order by id desc limit ${query.limit + 1}`.execute(ctx.tx);
      const cut = cutPage(r.rows, query.limit, (j) => [j.id]);
      return ok({ ...cut, items: cut.items.map(view) });
    }),
    route(cancelJob, async (ctx, { params }) => {
      const job = await find(ctx, params.jobId);
      if (!job.ok) return job;
      if (!['queued', 'running'].includes(job.value.state))
        return err(jobErrors.JOB_ALREADY_ENDED());
      await sql`update zaizao.job set cancel_requested = true,
          state = case when state = 'queued' then 'cancelled' else state end,
          finished_at = case when state = 'queued' then ${ctx.now} else finished_at end
        where org_id = ${ctx.org.no} and id = ${params.jobId}`.execute(ctx.tx);
      // Its runner hears of it at once in this process, and with its next heartbeat in another.
      ctx.afterCommit(() => ctx.app.wake(CANCEL_ASKED, ctx.org, { jobId: params.jobId }));
      const after = await find(ctx, params.jobId);
      return after.ok ? ok(view(after.value)) : after;
    }),
  ],
};
