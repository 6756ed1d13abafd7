/** The product as a process of its own that tests may kill: composition and demo people, no web pages. */
import { readConfig, start } from '@zaizao/platform/runtime';
import { pino } from 'pino';
import { identity, modules } from '../src/compose.ts';
import { ensureDemo } from '../src/demo.ts';

const running = await start({
  ...{ config: readConfig(), identity, modules },
  log: pino({ level: process.env.LOG_LEVEL ?? 'fatal' }),
});
await ensureDemo(running.app);
const address = await running.server.listen({ port: 0, host: '127.0.0.1' });
process.once('SIGTERM', async () => {
  await running.stop();
  process.exit(0);
});
console.log(`listening ${address}`);
