import { parentPort, workerData } from 'node:worker_threads';
import { compile } from './compile.ts';
import { exchangeOver, type IslandMessage, type IslandTask } from './islands.ts';
import { budgetOf, type SolveOptions, search } from './solve.ts';

// The other end (`islands.ts`) starts this file with exactly this.
const task = workerData as IslandTask;
const post = (message: IslandMessage) => parentPort?.postMessage(message);
const compiled = compile(task.problem);
const { meeting, island, stop, until } = task;

const options: SolveOptions = {
  ...task.options,
  ...(until === undefined ? {} : { deadline: until - Date.now() }),
  signal: {
    get aborted() {
      return Atomics.load(stop, 0) === 1;
    },
  },
  onProgress: (progress) => post({ kind: 'progress', progress }),
};
const exchange = meeting && exchangeOver(meeting, compiled.n, island);
post({ kind: 'result', result: search(compiled, options, budgetOf(options), exchange) });
