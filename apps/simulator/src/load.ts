import { parseArgs } from 'node:util';
import { getCoreView, listCores } from '@zaizao/modules/cores/contract';
import { scan } from '@zaizao/modules/ledger/contract';
import { type Person, signIn } from './client.ts';

const ROLES = ['receiver', 'dismantler', 'inspector', 'machinist', 'assembler', 'tester'] as const;

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}

/**
 * Floor load on a running demonstration: each user scans a core and opens its page, waits as people
 * do, and scans the next. Measures from the scan to the data of the next screen.
 */
export async function bench(args: string[]): Promise<Record<string, unknown>> {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:8080' },
      users: { type: 'string', default: '50' },
      seconds: { type: 'string', default: '20' },
      think: { type: 'string', default: '1000' },
      json: { type: 'boolean', default: false },
    },
  });
  const [users, seconds, think] = [values.users, values.seconds, values.think].map(Number) as [
    number,
    number,
    number,
  ]; // three texts give three numbers
  const people = await Promise.all(ROLES.map((role) => signIn(values.url, role)));
  const [first] = people;
  if (!first) throw new Error('no people');
  const cores = (await first.do(listCores, { query: { limit: 100 } })).items;
  if (cores.length === 0) throw new Error('the demonstration has no cores yet');
  const until = Date.now() + seconds * 1000;
  const times: number[] = [];
  const user = async (n: number) => {
    const person = people[n % people.length] as Person; // the index is in range
    await new Promise((r) => setTimeout(r, (n / users) * think));
    for (let i = n; Date.now() < until; i++) {
      const core = cores[i % cores.length];
      if (!core) break;
      const began = performance.now();
      await person.do(scan, { query: { code: core.code } });
      await person.do(getCoreView, { params: { coreId: core.id } });
      times.push(performance.now() - began);
      await new Promise((r) => setTimeout(r, think));
    }
  };
  await Promise.all(Array.from({ length: users }, (_, n) => user(n)));
  times.sort((a, b) => a - b);
  const round = (ms: number) => Math.round(ms * 10) / 10;
  const result = {
    bench: 'floor',
    users,
    seconds,
    scans: times.length,
    p50Ms: round(quantile(times, 0.5)),
    p95Ms: round(quantile(times, 0.95)),
    worstMs: round(times.at(-1) ?? 0),
  };
  if (!values.json) console.table([result]);
  return result;
}
