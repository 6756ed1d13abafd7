import { parentPort, type TransferListItem, Worker } from 'node:worker_threads';

interface Reply<Answer> {
  readonly id: number;
  readonly answer?: Answer;
  readonly error?: string;
}

interface Thread<Answer> {
  readonly worker: Worker;
  readonly waiting: Map<number, PromiseWithResolvers<Answer>>;
  idle?: NodeJS.Timeout;
}

/** A thread nobody has asked for so long gives its memory back. */
const IDLE_MS = 60_000;

const running = new Set<Worker>();

/**
 * Threads for what is too slow for the one that serves people. They start when they are first asked,
 * each question goes to the least busy one, one that fails is replaced at the next question, and one
 * that has long been idle ends. The other side is `answerInThread`.
 */
export class ThreadPool<Question, Answer> {
  readonly #module: URL;
  readonly #size: number;
  readonly #mostMib: number | undefined;
  readonly #threads = new Set<Thread<Answer>>();
  #next = 1;

  /** @param mostMib what a thread may hold of JavaScript's memory; one that needs more fails alone */
  constructor(module: URL, size = 1, mostMib?: number) {
    this.#module = module;
    this.#size = size;
    this.#mostMib = mostMib;
  }

  /** Rejects with what the work threw, or when its thread ends first; see {@link hadTooLittleMemory}. */
  ask(question: Question, transfer: readonly TransferListItem[] = []): Promise<Answer> {
    const thread = this.#pick();
    clearTimeout(thread.idle);
    thread.worker.ref();
    const id = this.#next++;
    const asked = Promise.withResolvers<Answer>();
    thread.waiting.set(id, asked);
    thread.worker.postMessage({ id, question }, transfer);
    return asked.promise;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()));
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
    const worker = new Worker(
      this.#module,
      this.#mostMib === undefined
        ? {}
        : { resourceLimits: { maxOldGenerationSizeMb: this.#mostMib } },
    );
    const thread: Thread<Answer> = { worker, waiting: new Map() };
    const gone = (why: string, cause?: unknown) => {
      clearTimeout(thread.idle);
      this.#threads.delete(thread);
      for (const asked of thread.waiting.values()) asked.reject(new Error(why, { cause }));
      thread.waiting.clear();
    };
    worker.on('message', ({ id, answer, error }: Reply<Answer>) => {
      const asked = thread.waiting.get(id);
      thread.waiting.delete(id);
      if (error !== undefined) asked?.reject(new Error(error));
      else asked?.resolve(answer as Answer); // a reply without error has its answer
      if (thread.waiting.size > 0) return;
      // idle, it holds neither the process nor, after a while, its memory
      worker.unref();
      thread.idle = setTimeout(() => {
        this.#threads.delete(thread);
        void worker.terminate();
      }, IDLE_MS);
      thread.idle.unref();
    });
    worker.on('error', (e) => gone(`a working thread failed: ${e.message}`, e));
    worker.on('exit', () => {
      running.delete(worker);
      gone('a working thread ended');
    });
    running.add(worker);
    this.#threads.add(thread);
    return thread;
  }
}

/** Whether a question failed because its thread reached the memory it was given. */
export function hadTooLittleMemory(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

interface Worked<Answer> {
  readonly answer: Answer;
  /** What is handed over rather than copied. */
  readonly transfer?: readonly TransferListItem[];
}

/** The other side, called in the thread's own module: answers every question. */
export function answerInThread<Question, Answer>(
  work: (question: Question) => Worked<Answer> | Promise<Worked<Answer>>,
): void {
  parentPort?.on('message', async ({ id, question }: { id: number; question: Question }) => {
    try {
      const { answer, transfer = [] } = await work(question);
      parentPort?.postMessage({ id, answer }, transfer);
    } catch (e) {
      const error = e instanceof Error ? (e.stack ?? e.message) : String(e);
      parentPort?.postMessage({ id, error });
    }
  });
}

/** Ends every thread, as the server does before it ends: torn down together with its process one may crash it. */
export async function endThreads(): Promise<void> {
  await Promise.all([...running].map((worker) => worker.terminate()));
}
