import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CompiledQuery, type Kysely, sql } from 'kysely';
import { statementsOf } from './statements.ts';

/** A folder of `NNNN_name.sql` files owned by one module; forward only. */
export interface MigrationSource {
  readonly module: string;
  readonly directory: string;
}

interface MigrationFile {
  readonly module: string;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

export function migrationFiles(sources: readonly MigrationSource[]): MigrationFile[] {
  return sources.flatMap(({ module, directory }) =>
    readdirSync(directory)
      .filter((f) => /^\d{4}_[a-z0-9_]+\.sql$/.test(f))
      .sort()
      .map((name) => {
        const text = readFileSync(join(directory, name), 'utf8');
        const sha256 = createHash('sha256').update(text).digest('hex');
        return { module, name, sql: text, sha256 };
      }),
  );
}

/** A fingerprint of a set of migrations: keys the cached template database of the tests. */
export function migrationsFingerprint(sources: readonly MigrationSource[]): string {
  const hash = createHash('sha256');
  for (const f of migrationFiles(sources)) hash.update(`${f.module}/${f.name}:${f.sha256}\n`);
  return hash.digest('hex').slice(0, 16);
}

const LOCK = 7_215_001;

/**
 * Applies what has not been applied, in order, under an advisory lock. A file that was applied
 * and then edited is refused: history is not rewritten, a new file amends it.
 */
export async function migrate(
  db: Kysely<unknown>,
  sources: readonly MigrationSource[],
): Promise<string[]> {
  return db.connection().execute(async (c) => {
    const run = (statement: string) => c.executeQuery(CompiledQuery.raw(statement));
    await run(`select pg_advisory_lock(${LOCK})`);
    try {
      await run('create schema if not exists zaizao');
      await run(`create table if not exists zaizao.migration (
        module text not null, name text not null, sha256 text not null,
        applied_at timestamptz not null default now(), primary key (module, name))`);
      const done = await sql<{ module: string; name: string; sha256: string }>`
        select module, name, sha256 from zaizao.migration`.execute(c);
      const applied = new Map(done.rows.map((r) => [`${r.module}/${r.name}`, r.sha256]));
      const fresh: string[] = [];
      for (const file of migrationFiles(sources)) {
        const key = `${file.module}/${file.name}`;
        const before = applied.get(key);
        if (before === file.sha256) continue;
        if (before !== undefined) {
          throw new Error(
            `Migration ${key} was applied and has changed since: add a new file instead`,
          );
        }
        await run('begin');
        try {
          for (const statement of statementsOf(file.sql)) await run(statement);
          await sql`insert into zaizao.migration (module, name, sha256)
            values (${file.module}, ${file.name}, ${file.sha256})`.execute(c);
          await run('commit');
        } catch (cause) {
          await run('rollback');
          throw new Error(`Migration ${key} failed: ${(cause as Error).message}`, { cause });
        }
        fresh.push(key);
      }
      return fresh;
    } finally {
      await run(`select pg_advisory_unlock(${LOCK})`);
    }
  });
}
