/**
 * How long a cancel takes to bring the best plan so far, from the abort to the answer, checked and
 * explained: a plan of the shop in its thread, and the plain searches on two threads each.
 *
 *   npm run bench -- planning --cancels 50 --json
 *
 * On a busy machine the wall clock tells of its load; the processor time between the abort and the
 * answer, all threads together, is what an idle one would take at most.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Problem } from '@zaizao/scheduling';
import { solveInWorkers } from '@zaizao/scheduling/threads';
import { inWorker } from './engine/run.ts';
import { endlessTask } from './engine/testing-work.ts';

/** A cancel must be seen within so many milliseconds. */
const LIMIT_MS = 50;

/** Longest a search goes on before somebody cancels it, in milliseconds. */
const PATIENCE_MS = 400;

export async function bench(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: { cancels: { type: 'string', default: '50' }, json: { type: 'boolean' } },
  });
  const cancels = Number(values.cancels);
  if (!Number.isInteger(cancels) || cancels < 1) throw new Error('--cancels from 1 on');
  const task = endlessTask();
  const runs: [name: string, run: (signal: AbortSignal, began: () => void) => Promise<unknown>][] =
    [
      ['plan', (signal, onProgress) => inWorker(task, { signal, onProgress })],
      ...(['jobShop', 'flexible'] as const).map((kind): (typeof runs)[number] => {
        const problem = shop(kind === 'flexible');
        return [
          kind,
          (signal, onProgress) =>
            solveInWorkers(problem, { signal, onProgress, deadline: 600_000, workers: 2 }),
        ];
      }),
    ];
  const figures: Record<string, object> = {};
  for (const [name, run] of runs) {
    const taken: Taken[] = [];
    for (let n = 0; n < cancels; n++) taken.push(await cancelled(run, (PATIENCE_MS * n) / cancels));
    figures[name] = {
      wall: spread(taken.map((t) => t.wall)),
      processor: spread(taken.map((t) => t.processor)),
    };
  }
  return { bench: 'planning', limitMs: LIMIT_MS, load: round(loadavg()[0] ?? 0), ...figures };
}

/** Milliseconds, by the clock and of the processor. */
interface Taken {
  readonly wall: number;
  readonly processor: number;
}

/** From a cancel, some time after the first plan, to the answer. */
async function cancelled(
  run: (signal: AbortSignal, began: () => void) => Promise<unknown>,
  after: number,
): Promise<Taken> {
  const cancel = new AbortController();
  let at = 0;
  let spent = process.cpuUsage();
  let hasBegun = false;
  const began = () => {
    if (hasBegun) return;
    hasBegun = true;
    setTimeout(() => {
      at = performance.now();
      spent = process.cpuUsage();
      cancel.abort();
    }, after);
  };
  await run(cancel.signal, began);
  if (at === 0) throw new Error('The search ended before anybody cancelled it.');
  const { user, system } = process.cpuUsage(spent);
  return { wall: performance.now() - at, processor: (user + system) / 1000 };
}

/** Twenty jobs of fifteen steps on fifteen machines; flexible: on any of three. */
function shop(flexible: boolean): Problem {
  const count = 15;
  const machine = (k: number) => `m${k % count}`;
  return {
    machines: Array.from({ length: count }, (_, k) => ({ id: machine(k) })),
    jobs: Array.from({ length: 20 }, (_, j) => ({
      id: `j${j}`,
      operations: Array.from({ length: count }, (_, k) => ({
        id: `j${j}.${k}`,
        modes: Array.from({ length: flexible ? 3 : 1 }, (_, a) => ({
          machine: machine((k + a) * (1 + (j % 7)) + j * 4),
          time: 1 + ((j * 31 + k * 17 + a * 7) % 99),
        })).filter((m, at, all) => all.findIndex((o) => o.machine === m.machine) === at),
      })),
    })),
    objective: { kind: 'makespan' },
  };
}

function spread(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  const quantile = (q: number) => round(sorted[Math.ceil(q * sorted.length) - 1] ?? 0);
  return {
    cancels: sorted.length,
    medianMs: quantile(0.5),
    p95Ms: quantile(0.95),
    maxMs: quantile(1),
    overLimit: sorted.filter((t) => t > LIMIT_MS).length,
  };
}

const round = (x: number) => Math.round(x * 10) / 10;
