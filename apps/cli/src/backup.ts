import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DirectoryInUse, lockDirectory } from '@zaizao/platform/db';
import { readConfig } from '@zaizao/platform/runtime';
import { noteBackup } from '@zaizao/platform/system';
import { pack, unpack } from './archive.ts';

/** What belongs together: the database, the files, the keys of the log and of issuers, the secret. */
const PARTS = ['pgdata', 'files', 'keys', 'secret'] as const;

/** `backup FILE`: the whole installation in one file; on PostgreSQL it says how it is done there. */
export async function backupCommand(args: string[]): Promise<number> {
  const file = oneFile(args, 'backup');
  const config = readConfig();
  if (config.databaseUrl) {
    console.log(onPostgres(config.home));
    return 2; // nothing was written
  }
  const database = join(config.home, 'pgdata');
  if (!existsSync(database)) {
    throw new Error(
      `${config.home} 里没有数据库，没有可备份的内容。请检查 ZAIZAO_HOME。 / There is no database in ${config.home}: check ZAIZAO_HOME.`,
    );
  }
  if (existsSync(file)) {
    throw new Error(
      `${file} 已存在，不覆盖已有的备份；请另取文件名。 / ${file} exists, and no backup is overwritten: choose another name.`,
    );
  }
  const unlock = held(() => lockDirectory(`${database}.lock`));
  try {
    const now = new Date();
    const n = await pack(config.home, PARTS, file, now);
    await noteBackup(config.home, { at: now.toISOString(), files: n });
    console.log(
      `已备份 ${n} 个文件到 ${file}；其中含签名密钥，请妥善保管。 / ${n} files are in ${file}; the signing keys are among them: keep it safe.`,
    );
  } finally {
    unlock();
  }
  return 0;
}

/** `restore FILE`: into an empty home only; what stands there is never overwritten. */
export async function restoreCommand(args: string[]): Promise<number> {
  const file = oneFile(args, 'restore');
  const home = resolve(process.env.ZAIZAO_HOME ?? 'data');
  if (process.env.DATABASE_URL) {
    console.log(onPostgres(home));
    return 2;
  }
  const standing = PARTS.filter((part) => existsSync(join(home, part)));
  if (standing.length > 0) {
    throw new Error(
      `${home} 里已有数据（${standing.join('、')}），不会覆盖。请先移走，或用 ZAIZAO_HOME 指定一个空目录。 / ` +
        `${home} holds data already (${standing.join(', ')}) and is not overwritten: move it away, or set ZAIZAO_HOME to an empty directory.`,
    );
  }
  await mkdir(home, { recursive: true, mode: 0o700 });
  const fresh = join(home, '.restoring');
  await rm(fresh, { recursive: true, force: true }); // left by a restore that was broken off
  const { madeAt, files } = await unpack(file, fresh);
  for (const part of await readdir(fresh)) await rename(join(fresh, part), join(home, part));
  await rm(fresh, { recursive: true });
  console.log(
    `已恢复 ${files} 个文件（备份于 ${madeAt}）。请运行 / ${files} files are restored (made ${madeAt}). Now run:\n  npm run zaizao -- ledger verify --deep`,
  );
  return 0;
}

function oneFile(args: readonly string[], name: string): string {
  const [file, ...more] = args;
  if (!file || more.length > 0) throw new Error(`npm run zaizao -- ${name} FILE`);
  return resolve(file);
}

function held(lock: () => () => void): () => void {
  try {
    return lock();
  } catch (e) {
    if (!(e instanceof DirectoryInUse)) throw e;
    throw new Error(
      `${e.message}\n备份需要数据静止：请停止服务器（Ctrl-C 或 systemctl stop zaizao），备份后再启动。 / A backup needs the data at rest: stop the server (Ctrl-C, or systemctl stop zaizao), back up, start it again.`,
    );
  }
}

/** The steps on PostgreSQL, where the server may go on running; their order matters. */
function onPostgres(home: string): string {
  return [
    '数据库在 PostgreSQL 中，请按此顺序备份（服务器可以运行） / The database is PostgreSQL: back up in this order (the server may run):',
    `  cp -a ${home}/keys backup/`,
    '  pg_dump -Fc -f backup/zaizao.dump "$DATABASE_URL_OF_A_SUPERUSER"',
    `  cp -an ${home}/keys/issuers backup/keys/`,
    `  rsync -a ${home}/files backup/`,
    '恢复 / To give it back: docs/operations.md → Backup',
  ].join('\n');
}
