import { readFile, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import packageFile from '../../package.json' with { type: 'json' };
import { type App, type Ctx, type Module, route } from '../http/index.ts';
import { DAY_MS, ok } from '../kernel/index.ts';
import { systemStatus } from './contract.ts';

type View = z.input<typeof systemStatus.response>;

/** The organisation that set the installation up administers it. */
const OPERATOR = 1;
const MONTH_MS = 30 * DAY_MS;

const Backup = z.object({ at: z.iso.datetime(), files: z.number().int() });
const backupNote = (home: string) => join(home, 'last-backup.json');

/** Leaves word in the home directory that a backup was made, for the page that shows it. */
export async function noteBackup(home: string, backup: z.output<typeof Backup>): Promise<void> {
  await writeFile(backupNote(home), `${JSON.stringify(backup)}\n`);
}

/** The note of the last backup; undefined when there is none, or nobody can read it any more. */
async function lastBackup(home: string): Promise<z.output<typeof Backup> | undefined> {
  try {
    return Backup.parse(JSON.parse(await readFile(backupNote(home), 'utf8')));
  } catch {
    return undefined;
  }
}

/** How the caller's background work stands and, for who administers it, the whole installation. */
export function systemModule(): Module {
  return {
    name: 'system',
    routes: [
      route(systemStatus, async (ctx) =>
        ok({
          at: ctx.now.toISOString(),
          jobs: await jobsOf(ctx),
          outbox: await outboxOf(ctx),
          ...(ctx.org.no === OPERATOR ? { installation: await installationOf(ctx) } : {}),
        }),
      ),
    ],
  };
}

async function jobsOf(ctx: Ctx): Promise<View['jobs']> {
  const since = new Date(ctx.now.getTime() - MONTH_MS);
  const r = await sql<View['jobs']>`
    select (count(*) filter (where state = 'queued'))::int as queued,
      (count(*) filter (where state = 'running'))::int as running,
      (count(*) filter (where state = 'failed' and finished_at >= ${since}))::int as failed
    from zaizao.job where org_id = ${ctx.org.no}`.execute(ctx.tx);
  return r.rows[0] ?? { queued: 0, running: 0, failed: 0 };
}

async function outboxOf(ctx: Ctx): Promise<View['outbox']> {
  const r = await sql<{ waiting: number; parked: number; oldest: Date | null }>`
    select (count(*) filter (where parked_at is null))::int as waiting,
      (count(*) filter (where parked_at is not null))::int as parked,
      min(created_at) filter (where parked_at is null) as oldest
    from zaizao.outbox where org_id = ${ctx.org.no}`.execute(ctx.tx);
  const row = r.rows[0] ?? { waiting: 0, parked: 0, oldest: null };
  const { waiting, parked } = row;
  return { waiting, parked, ...(row.oldest ? { oldestAt: row.oldest.toISOString() } : {}) };
}

async function installationOf(ctx: Ctx): Promise<NonNullable<View['installation']>> {
  const { config, db }: App = ctx.app;
  const r = await sql<{ bytes: bigint; version: string }>`
    select pg_database_size(current_database())::bigint as bytes,
      current_setting('server_version') as version`.execute(ctx.tx);
  const disk = await statfs(config.home);
  const backup = await lastBackup(config.home);
  return {
    version: packageFile.version,
    node: process.versions.node,
    startedAt: new Date(Date.now() - Math.round(process.uptime() * 1000)).toISOString(),
    engine: db.engine,
    engineVersion: r.rows[0]?.version ?? '',
    databaseBytes: Number(r.rows[0]?.bytes ?? 0n),
    freeBytes: disk.bavail * disk.bsize,
    diskBytes: disk.blocks * disk.bsize,
    isDemo: config.demo,
    ...(backup ? { lastBackup: backup } : {}),
  };
}
