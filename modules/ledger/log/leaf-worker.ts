/** Makes log entries beside the thread that serves people: some twenty hashes to an event. */
import { parentPort } from 'node:worker_threads';
import { entryFrom, type LeafSource } from './leaf.ts';

parentPort?.on('message', ({ id, sources }: { id: number; sources: readonly LeafSource[] }) => {
  try {
    parentPort?.postMessage({ id, entries: sources.map(entryFrom) });
  } catch (e) {
    parentPort?.postMessage({ id, error: e instanceof Error ? e.message : String(e) });
  }
});
