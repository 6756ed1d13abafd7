import { join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { lockDirectory } from './directory-lock.ts';
import { PgliteStream } from './pglite-stream.ts';
import { PgliteThread } from './pglite-thread.ts';
import { PreparingClient } from './prepared.ts';
import { keepStatistics } from './statistics.ts';

/** The database of one process. `kysely` runs as the owner: only platform code uses it directly. */
export interface Database {
  readonly engine: 'pglite' | 'postgres';
  readonly kysely: Kysely<unknown>;
  /** Writes a tar of the whole database (PGlite only). */
  dump(path: string): Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** A PostgreSQL address; without it PGlite runs in `dataDir`, or in memory. */
  readonly url?: string;
  readonly dataDir?: string;
  readonly template?: string;
  readonly poolSize?: number;
}

const INT8 = 20;
const DATE = 1082;
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === INT8) return (v: string) => BigInt(v);
    if (oid === DATE) return (v: string) => v;
    return pg.types.getTypeParser(oid, format);
  },
};

export function openDatabase(options: OpenOptions): Database {
  if (options.url) return openPostgres(options.url, options.poolSize ?? 10);
  const unlock = options.dataDir ? lockDirectory(`${options.dataDir}.lock`) : () => {};
  const thread = new PgliteThread({
    ...(options.dataDir ? { dataDir: join(options.dataDir) } : {}),
    ...(options.template ? { template: options.template } : {}),
  });
  const kysely = kyselyOf(pgliteConfig(thread));
  const stopStatistics = options.dataDir ? keepStatistics(kysely) : undefined;
  return {
    engine: 'pglite',
    kysely,
    dump: async (path) => {
      await kysely.connection().execute(() => thread.send({ op: 'dump', path }));
    },
    close: async () => {
      await stopStatistics?.();
      await kysely.destroy();
      await thread.close();
      unlock();
    },
  };
}

/** One connection, handed to one caller at a time, first come first served. */
export function pgliteConfig(thread: PgliteThread): pg.PoolConfig {
  return { stream: () => new PgliteStream(thread), max: 1, idleTimeoutMillis: 0, user: 'postgres' };
}

function openPostgres(url: string, max: number): Database {
  const kysely = kyselyOf({ connectionString: url, max, statement_timeout: 60_000 });
  return {
    engine: 'postgres',
    kysely,
    dump: () => Promise.reject(new Error('PostgreSQL is backed up with pg_dump')),
    close: () => kysely.destroy(),
  };
}

function kyselyOf(config: pg.PoolConfig): Kysely<unknown> {
  const pool = new pg.Pool({ ...config, types, Client: PreparingClient });
  // An idle connection that the server ends is replaced at the next use; it must not end us.
  pool.on('error', () => {});
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
}
