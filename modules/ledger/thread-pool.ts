import { parentPort, type TransferListItem, Worker } from 'node:worker_threads';

interface Reply<A> {
  readonly id: number;
  readonly answer?: A;
  readonly error?: string;
}

interface Thread<A> {
  readonly worker: Worker;
  readonly waiting: Map<number, PromiseWithResolvers<A>>;
}

/**
 * Threads that live on between questions. They start when they are first needed, each question goes
 * to the least busy one, and one that fails is replaced at the next question.
 */
export class ThreadPool<Question, Answer> {
  readonly #module: URL;
  readonly #size: number;
  readonly #threads = new Set<Thread<Answer>>();
  #next = 1;

  constructor(module: URL, size: number) {
    this.#module = module;
    this.#size = size;
  }

  ask(question: Question, transfer: readonly TransferListItem[] = []): Promise<Answer> {
    const { worker, waiting } = this.#pick();
    const id = this.#next++;
    const asked = Promise.withResolvers<Answer>();
    waiting.set(id, asked);
    worker.postMessage({ id, question }, transfer);
    return asked.promise;
  }

  #pick(): Thread<Answer> {
    let best: Thread<Answer> | undefined;
    for (const thread of this.#threads) {
      if (thread.waiting.size === 0) return thread;
      if (!best || thread.waiting.size < best.waiting.size) best = thread;
    }
    return best && this.#threads.size >= this.#size ? best : this.#start();
  }

  #start(): Thread<Answer> {
    const worker = new Worker(this.#module);
    worker.unref();
    const thread: Thread<Answer> = { worker, waiting: new Map() };
    worker.on('message', ({ id, answer, error }: Reply<Answer>) => {
      const asked = thread.waiting.get(id);
      thread.waiting.delete(id);
      if (error !== undefined) asked?.reject(new Error(error));
      else asked?.resolve(answer as Answer); // a reply without error has its answer
    });
    const gone = (why: string) => {
      this.#threads.delete(thread);
      for (const asked of thread.waiting.values()) asked.reject(new Error(why));
      thread.waiting.clear();
    };
    worker.on('error', (e) => gone(`a thread of the ledger failed: ${e.message}`));
    worker.on('exit', () => gone('a thread of the ledger ended'));
    this.#threads.add(thread);
    return thread;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()));
  }
}

/** The other side, called in the thread's own module: answers every question, in the order asked. */
export function answerInThread<Question, Answer>(
  work: (question: Question) => {
    readonly answer: Answer;
    readonly transfer?: readonly TransferListItem[];
  },
): void {
  parentPort?.on('message', ({ id, question }: { id: number; question: Question }) => {
    try {
      const { answer, transfer = [] } = work(question);
      parentPort?.postMessage({ id, answer }, transfer);
    } catch (e) {
      const error = e instanceof Error ? (e.stack ?? e.message) : String(e);
      parentPort?.postMessage({ id, error });
    }
  });
}
