/** The product as a process of its own that tests may kill: composition and demo people, no web pages. */
import { flushCompileCache } from 'node:module';
import { keepCompiled } from '@zaizao/platform/keep-compiled';

keepCompiled();
const { readConfig, start } = await import('@zaizao/platform/runtime');
const { pino } = await import('pino');
const { identity, modules } = await import('../src/compose.ts');
const { ensureDemo } = await import('../src/demo.ts');

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
// Otherwise written when the process ends, which most of these never come to.
flushCompileCache();
console.log(`listening ${address}`);
