import { Worker } from 'node:worker_threads';
import { type LeafSource, leafFrom, type MadeLeaf } from './leaf.ts';

/** Fewer events than this are not worth the way to another thread. */
const WORTH_IT = 64;

interface Reply {
  readonly id: number;
  readonly leaves?: readonly MadeLeaf[];
  readonly error?: string;
}

/** Makes log entries, many at a time in a thread of their own. The thread starts with the first many. */
export class LeafThread {
  #worker: Worker | undefined;
  #next = 1;
  readonly #waiting = new Map<number, PromiseWithResolvers<readonly MadeLeaf[]>>();

  async leaves(sources: readonly LeafSource[]): Promise<readonly MadeLeaf[]> {
    if (sources.length < WORTH_IT) return sources.map(leafFrom);
    const worker = this.#worker ?? this.#start();
    const id = this.#next++;
    const waiting = Promise.withResolvers<readonly MadeLeaf[]>();
    this.#waiting.set(id, waiting);
    worker.postMessage({ id, sources });
    return waiting.promise;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./leaf-worker.ts', import.meta.url));
    worker.unref();
    worker.on('message', ({ id, leaves, error }: Reply) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (leaves) waiting?.resolve(leaves);
      else waiting?.reject(new Error(error ?? 'the leaf thread gave nothing'));
    });
    const gone = (why: string) => {
      this.#worker = undefined; // the next call starts another one
      for (const waiting of this.#waiting.values()) waiting.reject(new Error(why));
      this.#waiting.clear();
    };
    worker.on('error', (e) => gone(`the leaf thread failed: ${e.message}`));
    worker.on('exit', () => gone('the leaf thread ended'));
    this.#worker = worker;
    return worker;
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate();
  }
}
