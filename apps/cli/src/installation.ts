import { DirectoryInUse } from '@zaizao/platform/db';
import type { App } from '@zaizao/platform/http';
import { type Running, readConfig, start } from '@zaizao/platform/runtime';
import { identity, modules } from '@zaizao/server';
import { pino } from 'pino';

/** Opens the installation of ZAIZAO_HOME (or DATABASE_URL) without serving it. */
export function withInstallation<T>(work: (app: App) => Promise<T>): Promise<T> {
  return withRunning((running) => work(running.app));
}

/** As `withInstallation`, with the routes as well: they answer within this process. */
export async function withRunning<T>(work: (running: Running) => Promise<T>): Promise<T> {
  const config = readConfig();
  const log = pino({ level: 'error' });
  const running = await start({ config, identity, modules, log, background: false }).catch(
    (cause: unknown) => {
      if (!(cause instanceof DirectoryInUse)) throw cause;
      const address = `http://127.0.0.1:${config.port}`;
      throw new Error(
        `${cause.message}\n或用 --url ${address} 访问正在运行的服务器。 / Or ask the running server: --url ${address}`,
      );
    },
  );
  try {
    return await work(running);
  } finally {
    await running.stop();
  }
}
