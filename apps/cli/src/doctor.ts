import { accessSync, constants, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { openDatabase } from '@zaizao/platform/db';
import { readConfig } from '@zaizao/platform/runtime';
import { sql } from 'kysely';
import { answers } from './embedded.ts';

interface Finding {
  readonly good: boolean;
  readonly zh: string;
  readonly en: string;
}

const GIB = 1024 ** 3;

/** `doctor`: looks at what the installation needs and says what to do about what is missing. */
export async function doctorCommand(): Promise<number> {
  const findings: Finding[] = [];
  const say = (good: boolean, zh: string, en: string) => findings.push({ good, zh, en });
  const major = Number(process.versions.node.split('.')[0]);
  say(
    major >= 24,
    `Node ${process.versions.node}（需要 24；请运行 npm ci）`,
    `Node ${process.versions.node} (24 is needed: run npm ci)`,
  );
  const config = readConfig();
  try {
    accessSync(config.home, constants.W_OK);
    say(true, `数据目录可写：${config.home}`, 'the home directory can be written');
  } catch {
    say(
      false,
      `数据目录不可写：${config.home}`,
      'the home directory cannot be written: set ZAIZAO_HOME',
    );
  }
  const disk = statfsSync(config.home);
  const free = (disk.bavail * disk.bsize) / GIB;
  say(
    free > 2,
    `磁盘剩余 ${free.toFixed(1)} GB（建议 > 2 GB）`,
    `${free.toFixed(1)} GB of disk free (2 GB or more advised)`,
  );
  const url = `http://127.0.0.1:${config.port}`;
  if (await answers(url)) say(true, `服务器正在运行：${url}`, 'the server is running');
  else {
    const isFree = await portIsFree(config.port);
    say(
      isFree,
      `端口 ${config.port} ${isFree ? '空闲' : '被其他程序占用，请设置 PORT'}`,
      `port ${config.port} is ${isFree ? 'free' : 'taken by another program: set PORT'}`,
    );
  }
  if (config.databaseUrl) await checkPostgres(config.databaseUrl, say);
  say(
    !config.production || !config.demo,
    config.demo ? '演示模式已开启' : '演示模式已关闭',
    config.demo ? 'demo mode is on' : 'demo mode is off',
  );
  for (const f of findings) console.log(`${f.good ? '✔' : '✘'} ${f.zh} / ${f.en}`);
  return findings.every((f) => f.good) ? 0 : 1;
}

function portIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

async function checkPostgres(
  url: string,
  say: (good: boolean, zh: string, en: string) => unknown,
): Promise<void> {
  const db = openDatabase({ url, poolSize: 1 });
  try {
    const r = await sql<{ v: string }>`select current_setting('server_version_num') as v`.execute(
      db.kysely,
    );
    const version = Math.floor(Number(r.rows[0]?.v ?? 0) / 10_000);
    say(
      version >= 15,
      `PostgreSQL ${version}（需要 ≥ 15）`,
      `PostgreSQL ${version} (15 or later is needed)`,
    );
  } catch (e) {
    say(
      false,
      `无法连接 PostgreSQL：${(e as Error).message}`,
      'PostgreSQL does not answer: check DATABASE_URL',
    );
  } finally {
    await db.close();
  }
}
