import { availableParallelism } from 'node:os';
import type { App } from '@zaizao/platform/http';
import { ThreadPool } from '@zaizao/platform/threads';
import { type Reading, readCapture } from '../domain/prepare.ts';
import { type PackedReading, type PlainReading, type ToRead, unpacked } from './packed-reading.ts';

/** Shorter texts are read at once: the way to a thread takes longer than they do. */
const WORTH_IT = 16 * 1024;

const pools = new WeakMap<App, ThreadPool<ToRead, PackedReading>>();

/**
 * Reads and checks a captured text: parsed, validated, hashed, its things and genealogy found. Large
 * ones are read in threads beside the one that serves people, which also make the commitments of
 * their log entries.
 */
export async function readInThread(app: App, what: ToRead): Promise<Reading | PlainReading> {
  if (what.text.length < WORTH_IT) return readCapture(what.text, what);
  let pool = pools.get(app);
  if (!pool) {
    const size = Math.min(4, Math.max(1, availableParallelism() - 1));
    pool = new ThreadPool(new URL('./prepare-worker.ts', import.meta.url), size);
    pools.set(app, pool);
  }
  return unpacked(await pool.ask(what));
}

export async function stopReading(app: App): Promise<void> {
  await pools.get(app)?.stop();
  pools.delete(app);
}
