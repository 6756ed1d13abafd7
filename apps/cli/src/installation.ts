import type { App } from '@zaizao/platform/http';
import { readConfig, start } from '@zaizao/platform/runtime';
import { identity, modules } from '@zaizao/server';
import { pino } from 'pino';

/** Opens the installation of ZAIZAO_HOME (or DATABASE_URL) without serving it. */
export async function withInstallation<T>(work: (app: App) => Promise<T>): Promise<T> {
  const config = readConfig();
  const log = pino({ level: 'error' });
  const running = await start({ config, identity, modules, log, background: false });
  try {
    return await work(running.app);
  } finally {
    await running.stop();
  }
}
