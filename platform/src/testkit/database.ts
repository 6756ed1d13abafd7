import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import {
  type Database,
  type MigrationSource,
  migrate,
  migrationsFingerprint,
  openDatabase,
} from '../db/index.ts';
import { newId } from '../kernel/index.ts';

const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/zaizao/', import.meta.url));

/**
 * A fresh, migrated database for one test file: PGlite in memory from a cached template, or,
 * with DATABASE_URL, a new database on that server.
 *
 * @param dataDir where PGlite keeps it instead of in memory
 */
export async function testDatabase(
  sources: readonly MigrationSource[],
  dataDir?: string,
): Promise<Database> {
  const fingerprint = migrationsFingerprint(sources);
  const url = process.env.DATABASE_URL;
  return url
    ? freshPostgres(url, fingerprint, sources)
    : freshPglite(fingerprint, sources, dataDir);
}

async function freshPglite(
  fingerprint: string,
  sources: readonly MigrationSource[],
  dataDir: string | undefined,
): Promise<Database> {
  const template = join(CACHE, `pglite-${fingerprint}.tar`);
  if (!existsSync(template)) {
    mkdirSync(CACHE, { recursive: true });
    const db = openDatabase({});
    await migrate(db.kysely, sources);
    const partial = `${template}.${process.pid}`;
    await db.dump(partial);
    renameSync(partial, template);
    await db.close();
  }
  return openDatabase({ template, ...(dataDir ? { dataDir } : {}) });
}

async function freshPostgres(
  url: string,
  fingerprint: string,
  sources: readonly MigrationSource[],
): Promise<Database> {
  const template = `zaizao_template_${fingerprint}`;
  const name = newName();
  const at = (database: string) => addressIn(url, database);
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    // One process makes the template; the others wait, then copy it one at a time.
    await admin.query('select pg_advisory_lock(7215002)');
    const found = await admin.query('select 1 from pg_database where datname = $1', [template]);
    if (found.rowCount === 0) {
      await admin.query(`create database ${template}_making`);
      const db = openDatabase({ url: at(`${template}_making`), poolSize: 1 });
      await migrate(db.kysely, sources);
      await db.close();
      await admin.query(`alter database ${template}_making rename to ${template}`);
    }
    await admin.query(`create database ${name} template ${template}`);
  } finally {
    await admin.end();
  }
  const db = openDatabase({ url: at(name), poolSize: 8 });
  return {
    ...db,
    close: async () => {
      await db.close();
      const last = new pg.Client({ connectionString: url });
      await last.connect();
      await last.query(`drop database if exists ${name} with (force)`);
      await last.end();
    },
  };
}

function newName(): string {
  return `zaizao_${newId('t').replaceAll('-', '')}`;
}

function addressIn(url: string, database: string): string {
  const u = new URL(url);
  u.pathname = `/${database}`;
  return u.toString();
}

/** A new empty database on the server at `url`, for a process that migrates it itself. */
export async function emptyPostgres(
  url: string,
): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = newName();
  const run = async (statement: string) => {
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    try {
      await admin.query(statement);
    } finally {
      await admin.end();
    }
  };
  await run(`create database ${name}`);
  return {
    url: addressIn(url, name),
    drop: () => run(`drop database if exists ${name} with (force)`),
  };
}
