import { sql } from 'kysely';
import { jsonb, transact } from '../db/index.ts';
import { type App, type Ctx, makeCtx, type OrgRef, problemOf } from '../http/index.ts';
import { type AppError, type Lang, newId, type Result, type Text } from '../kernel/index.ts';
import { jobErrors } from './contract.ts';

/** What a job’s handler works with. Each `inTx` is one transaction of the starter’s organisation. */
export interface JobRun {
  readonly app: App;
  readonly jobId: string;
  /** Aborted when somebody cancels the job, or the server stops. */
  readonly signal: AbortSignal;
  /** The server stops and nobody cancelled: what is not answered well now runs again later. */
  readonly goesBack: () => boolean;
  progress(fraction: number, message: Text): Promise<void>;
  inTx<T>(work: (ctx: Ctx) => Promise<Result<T>>): Promise<Result<T>>;
}

/** A kind of long work. It may be run again after a crash, so its effect must be all or nothing. */
export interface JobKind<I> {
  readonly kind: string;
  readonly handle: (run: JobRun, input: I) => Promise<Result<unknown>>;
}

const kinds = new Map<string, JobKind<unknown>>();

export function defineJob<I>(job: JobKind<I>): JobKind<I> {
  kinds.set(job.kind, job as JobKind<unknown>); // input is stored as the JSON that `startJob` typed
  return job;
}

/** Queues a job in the caller’s transaction: it exists if and only if that commits. */
export async function startJob<I>(ctx: Ctx, job: JobKind<I>, input: I): Promise<string> {
  const id = newId('job', ctx.now.getTime());
  await sql`insert into zaizao.job (org_id, id, kind, input, actor, lang, state, created_at)
    values (${ctx.org.no}, ${id}, ${job.kind}, ${jsonb(input ?? null)}, ${jsonb(ctx.principal)},
            ${ctx.lang}, 'queued', ${ctx.now})`.execute(ctx.tx);
  ctx.afterCommit(() => ctx.app.wake('platform.job-queued', ctx.org, { jobId: id }));
  return id;
}

interface Claimed {
  org_id: number;
  id: string;
  kind: string;
  input: unknown;
  actor: Ctx['principal'];
  lang: Lang;
}

/** Told when somebody asks for the end of a job. */
export const CANCEL_ASKED = 'platform.job-cancel-asked';

const HEARTBEAT_MS = 2000;
const LOST_AFTER_MS = 30_000;
const MOST_ATTEMPTS = 3;

/** Runs queued jobs, a few at a time; takes over those whose process died. */
export class JobRunner {
  readonly #app: App;
  readonly #width: number;
  readonly #running = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #stopping = new AbortController();

  constructor(app: App, width = 2) {
    this.#app = app;
    this.#width = width;
  }

  start(): void {
    this.wake();
  }

  wake(): void {
    clearTimeout(this.#timer);
    if (this.#stopping.signal.aborted) return;
    this.#timer = setTimeout(() => void this.#fill(), 0);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await Promise.all(this.#running);
  }

  async #fill(): Promise<void> {
    try {
      while (this.#running.size < this.#width && !this.#stopping.signal.aborted) {
        const claimed = await this.#claim();
        if (!claimed) break;
        const run = this.#run(claimed).finally(() => {
          this.#running.delete(run);
          this.wake();
        });
        this.#running.add(run);
      }
    } catch (e) {
      this.#app.log.error({ err: e }, 'job runner failed; it will try again');
    }
    if (this.#stopping.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#fill(), HEARTBEAT_MS);
    this.#timer.unref();
  }

  #claim(): Promise<Claimed | undefined> {
    const now = this.#app.clock.now();
    const lost = new Date(now.getTime() - LOST_AFTER_MS);
    return transact(this.#app.db, { kind: 'system' }, async (tx) => {
      // A job that took its process down three times would do so again.
      await sql`update zaizao.job set state = 'failed', finished_at = ${now},
          error = ${jsonb(problemOf(jobErrors.JOB_FAILED(), 'zh', 'lost'))}
        where state = 'running' and heartbeat_at < ${lost}
          and attempts >= ${MOST_ATTEMPTS}`.execute(tx);
      const taken = await sql<Claimed>`
        update zaizao.job j set state = 'running', attempts = attempts + 1,
          started_at = coalesce(started_at, ${now}), heartbeat_at = ${now}
        from (select org_id, id from zaizao.job
              where (state = 'queued' or (state = 'running' and heartbeat_at < ${lost}))
                and attempts < ${MOST_ATTEMPTS}
              order by created_at, id limit 1 for update skip locked) w
        where j.org_id = w.org_id and j.id = w.id
        returning j.org_id, j.id, j.kind, j.input, j.actor, j.lang`.execute(tx);
      return taken.rows[0];
    });
  }

  async #run(job: Claimed): Promise<void> {
    const org = await this.#app.organisation(job.org_id);
    const kind = kinds.get(job.kind);
    if (!org || !kind) return this.#end(job, 'failed', { error: jobErrors.JOB_FAILED() });
    const cancel = new AbortController();
    const deaf = this.#app.listen((topic, of, payload) => {
      if (topic === CANCEL_ASKED && of.no === org.no && payload.jobId === job.id) cancel.abort();
    });
    const beat = setInterval(() => void this.#beat(job, cancel), HEARTBEAT_MS);
    try {
      const result = await kind.handle(this.#handle(job, org, cancel.signal), job.input);
      if (result.ok) await this.#end(job, 'done', { value: result.value });
      else if (this.#goesBack(cancel.signal)) await this.#putBack(job);
      else await this.#end(job, cancel.signal.aborted ? 'cancelled' : 'failed', result);
    } catch (e) {
      if (this.#goesBack(cancel.signal)) return await this.#putBack(job);
      this.#app.log.error({ err: e, job: job.id, kind: job.kind }, 'job failed');
      const error = cancel.signal.aborted ? jobErrors.JOB_CANCELLED() : jobErrors.JOB_FAILED();
      await this.#end(job, cancel.signal.aborted ? 'cancelled' : 'failed', { error });
    } finally {
      clearInterval(beat);
      deaf();
    }
    this.#app.wake('platform.job-ended', org, { jobId: job.id });
  }

  #goesBack(cancel: AbortSignal): boolean {
    return this.#stopping.signal.aborted && !cancel.aborted;
  }

  #handle(job: Claimed, org: OrgRef, signal: AbortSignal): JobRun {
    const app = this.#app;
    return {
      app,
      jobId: job.id,
      signal: AbortSignal.any([signal, this.#stopping.signal]),
      goesBack: () => this.#goesBack(signal),
      progress: async (fraction, message) => {
        await this.#update(
          job,
          sql`progress = ${Math.max(0, Math.min(1, fraction))},
          message = ${jsonb(message)}`,
        );
        app.wake('platform.job-progress', org, { jobId: job.id });
      },
      inTx: async (work) => {
        const after: (() => void)[] = [];
        const actor = `${job.actor.kind}:${job.actor.id}`;
        const result = await transact(app.db, { kind: 'org', org: org.no, actor }, (tx) => {
          after.length = 0;
          const afterCommit = (f: () => void) => after.push(f);
          const parts = { app, tx, org, principal: job.actor, lang: job.lang, requestId: job.id };
          return work(makeCtx({ ...parts, now: app.clock.now(), afterCommit }));
        });
        if (result.ok) for (const f of after) f();
        return result;
      },
    };
  }

  async #beat(job: Claimed, cancel: AbortController): Promise<void> {
    const asked = await this.#update(job, sql`heartbeat_at = ${this.#app.clock.now()}`).catch(
      () => false, // the next beat tries again
    );
    if (asked) cancel.abort();
  }

  #update(job: Claimed, set: ReturnType<typeof sql>): Promise<boolean> {
    return transact(this.#app.db, { kind: 'system' }, async (tx) => {
      const r = await sql<{ cancel_requested: boolean }>`update zaizao.job set ${set}
        where org_id = ${job.org_id} and id = ${job.id} returning cancel_requested`.execute(tx);
      return r.rows[0]?.cancel_requested ?? false;
    });
  }

  /** The server stops while the job runs: it starts over with the next one. */
  async #putBack(job: Claimed): Promise<void> {
    await this.#update(job, sql`state = 'queued', attempts = attempts - 1, heartbeat_at = null`);
  }

  async #end(
    job: Claimed,
    state: 'done' | 'failed' | 'cancelled',
    outcome: { value: unknown } | { error: AppError },
  ): Promise<void> {
    const now = this.#app.clock.now();
    const result = 'value' in outcome ? jsonb(outcome.value ?? null) : null;
    const error = 'error' in outcome ? jsonb(problemOf(outcome.error, job.lang, job.id)) : null;
    await this.#update(
      job,
      sql`state = ${state}, result = ${result}, error = ${error}, finished_at = ${now},
          progress = case when ${state} = 'done' then 1 else progress end`,
    );
  }
}
