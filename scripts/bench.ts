import { existsSync } from 'node:fs';

// npm run bench -- NAME args…: runs packages/NAME/src/bench.ts, or a bench registered here by name.
const registered: Record<string, string> = {
  floor: 'apps/simulator/src/load.ts',
  ledger: 'modules/ledger/bench.ts',
  planning: 'modules/planning/bench.ts',
  web: 'e2e/bench.ts',
};
const [name = '', ...args] = process.argv.slice(2);
const file = registered[name] ?? `packages/${name}/src/bench.ts`;
const url = new URL(`../${file}`, import.meta.url);
if (!/^[a-z-]+$/.test(name) || !existsSync(url)) {
  console.error(`No bench is called "${name}".`);
  process.exit(2);
}
// Every bench module exports this one function.
const module = (await import(url.href)) as { bench(args: string[]): Promise<object> };
console.log(JSON.stringify(await module.bench(args)));
