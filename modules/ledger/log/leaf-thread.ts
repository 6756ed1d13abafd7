import { Worker } from 'node:worker_threads';
import { entryFrom, type LeafSource } from './leaf.ts';

/** Fewer events than this are not worth the way to another thread. */
const WORTH_IT = 64;

interface Reply {
  readonly id: number;
  readonly entries?: readonly Uint8Array[];
  readonly error?: string;
}

/** Makes log entries, many at a time in a thread of their own. The thread starts with the first many. */
export class LeafThread {
  #worker: Worker | undefined;
  #next = 1;
  readonly #waiting = new Map<number, PromiseWithResolvers<readonly Uint8Array[]>>();

  async entries(sources: readonly LeafSource[]): Promise<readonly Uint8Array[]> {
    if (sources.length < WORTH_IT) return sources.map(entryFrom);
    const worker = this.#worker ?? this.#start();
    const id = this.#next++;
    const waiting = Promise.withResolvers<readonly Uint8Array[]>();
    this.#waiting.set(id, waiting);
    worker.postMessage({ id, sources });
    return waiting.promise;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./leaf-worker.ts', import.meta.url));
    worker.unref();
    worker.on('message', ({ id, entries, error }: Reply) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (entries) waiting?.resolve(entries);
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
