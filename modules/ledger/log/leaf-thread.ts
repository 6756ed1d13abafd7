import { ThreadPool } from '@zaizao/platform/threads';
import { type LeafSource, leafFrom, type MadeLeaf } from './leaf.ts';

/** Fewer events than this are not worth the way to another thread. */
const WORTH_IT = 64;

/** Makes log entries, many at a time in a thread of their own. */
export class LeafThread {
  readonly #pool = new ThreadPool<readonly LeafSource[], readonly MadeLeaf[]>(
    new URL('./leaf-worker.ts', import.meta.url),
  );

  async leaves(sources: readonly LeafSource[]): Promise<readonly MadeLeaf[]> {
    return sources.length < WORTH_IT ? sources.map(leafFrom) : this.#pool.ask(sources);
  }

  stop(): Promise<void> {
    return this.#pool.stop();
  }
}
