/** Makes log entries beside the thread that serves people: some twenty hashes to an event. */
import { parentPort } from 'node:worker_threads';
import { type LeafSource, leafFrom } from './leaf.ts';

parentPort?.on('message', ({ id, sources }: { id: number; sources: readonly LeafSource[] }) => {
  try {
    parentPort?.postMessage({ id, leaves: sources.map(leafFrom) });
  } catch (e) {
    parentPort?.postMessage({ id, error: e instanceof Error ? e.message : String(e) });
  }
});
