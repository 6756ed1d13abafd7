import { DirectoryInUse } from '@zaizao/platform/db';
import { ConfigInvalid, readConfig, start } from '@zaizao/platform/runtime';
import { pino } from 'pino';
import { identity, modules } from './compose.ts';
import { ensureDemo, tellHistory } from './demo.ts';
import { ensureWebBuilt, webModule } from './web.ts';

const say = (line: string) => console.log(line);

async function main(): Promise<void> {
  const config = readConfig();
  await ensureWebBuilt(say);
  say('正在启动数据库 / starting the database …');
  const running = await start({
    config,
    identity,
    modules: [...modules, webModule],
    log: pino({ level: process.env.LOG_LEVEL ?? (config.production ? 'info' : 'warn') }),
  });
  const history = config.demo && (await ensureDemo(running.app));
  const address = await running.server.listen({ port: config.port, host: config.host });
  const seconds = (performance.now() / 1000).toFixed(1);
  say(`再造 Zaizao: ${config.publicUrl}  (${seconds} s, ${running.app.db.engine})`);
  let stopHistory = () => {};
  if (history) {
    say(
      '正在模拟演示工厂的历史，可以先开始使用 / telling the demo plant’s history behind the first page …',
    );
    stopHistory = tellHistory(address, say);
  }
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    say('正在停止 / stopping …');
    stopHistory();
    await running.stop();
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
}

main().catch((error: NodeJS.ErrnoException) => {
  if (error instanceof ConfigInvalid || error instanceof DirectoryInUse)
    console.error(error.message);
  else if (error.code === 'EADDRINUSE') {
    console.error(
      '端口已被占用，请用 PORT 指定另一个端口。 / The port is in use: set PORT to another one.',
    );
  } else console.error(error);
  process.exit(1);
});
