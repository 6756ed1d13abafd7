import { existsSync } from 'node:fs';

// npm run bench -- NAME args…: runs packages/NAME/src/bench.ts, or a bench registered here by name. The last line of
// standard output is the summary as one JSON; exits 1 when something failed, 2 when there is no such bench.
const registered: Record<string, string> = {
  floor: 'apps/simulator/src/load.ts',
  ledger: 'modules/ledger/bench.ts',
  planning: 'modules/planning/bench.ts',
  web: 'e2e/bench.ts',
};
const [name = '', ...args] = process.argv.slice(2);
const file = Object.hasOwn(registered, name) ? registered[name] : `packages/${name}/src/bench.ts`;
const url = new URL(`../${file}`, import.meta.url);
if (!/^[a-z-]+$/.test(name) || !existsSync(url)) {
  console.error(`No bench is called "${name}".`);
  process.exit(2);
}
// Every bench module exports this one function.
const module = (await import(url.href)) as { bench(args: string[]): Promise<object> };
try {
  const summary = await module.bench(args);
  console.log(JSON.stringify(summary));
  if ('failed' in summary && summary.failed !== 0) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
