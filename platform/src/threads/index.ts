import type { Worker } from 'node:worker_threads';

const running = new Set<Worker>();

/** Has a thread end with the server: one that is torn down together with its process may crash it. */
export function endWithServer(worker: Worker): Worker {
  running.add(worker);
  worker.once('exit', () => running.delete(worker));
  return worker;
}

/** Ends every thread that was to end with the server; its owner starts another when it is asked again. */
export async function endThreads(): Promise<void> {
  await Promise.all([...running].map((worker) => worker.terminate()));
}
