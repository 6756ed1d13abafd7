import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, start } from '@zaizao/platform/runtime';
import { identity, modules } from '@zaizao/server';
import { ensureDemo } from '@zaizao/server/demo';
import { pino } from 'pino';

/** Runs `work` against a server of its own on a fresh database, gone afterwards. */
export async function withEmbedded<T>(work: (url: string) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'zaizao-'));
  const config = readConfig({ ...process.env, ZAIZAO_HOME: home, PORT: '0', ZAIZAO_DEMO: '1' });
  const running = await start({ config, identity, modules, log: pino({ level: 'error' }) });
  try {
    await ensureDemo(running.app);
    return await work(await running.server.listen({ port: 0, host: '127.0.0.1' }));
  } finally {
    await running.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Whether a server answers at an address. */
export async function answers(url: string): Promise<boolean> {
  const health = await fetch(new URL('/health/live', url)).catch(() => undefined);
  return health?.ok ?? false;
}
