import { Worker } from 'node:worker_threads';
import { endWithServer } from '@zaizao/platform/threads';
import type { Answer, Known, Task, Told } from './worker.ts';

const IDLE_MS = 30_000;

interface Waiting {
  readonly resolve: (a: Answer) => void;
  readonly reject: (e: Error) => void;
}

/** A thread that looks at pictures, and those who wait for it. It ends when nobody has asked for a while. */
class LookingThread {
  readonly #waiting = new Map<number, Waiting>();
  readonly #worker = endWithServer(new Worker(new URL('./worker.ts', import.meta.url)));
  readonly #ended: () => void;
  #idle: NodeJS.Timeout | undefined;
  #no = 0;

  constructor(ended: () => void) {
    this.#ended = ended;
    this.#worker.on('message', (answer: Answer) => this.#answered(answer));
    this.#worker.on('error', (e: Error) => this.#lost(e));
    this.#worker.on('exit', () => this.#lost(new Error('the looking thread ended')));
  }

  ask(task: (no: number) => Task): Promise<Answer> {
    clearTimeout(this.#idle);
    this.#worker.ref();
    const no = ++this.#no;
    return new Promise((resolve, reject) => {
      this.#waiting.set(no, { resolve, reject });
      this.#worker.postMessage(task(no));
    });
  }

  #answered(answer: Answer): void {
    const waiting = this.#waiting.get(answer.no);
    this.#waiting.delete(answer.no);
    if ('failure' in answer) waiting?.reject(new Error(answer.failure));
    else waiting?.resolve(answer);
    if (this.#waiting.size > 0) return;
    this.#worker.unref();
    this.#idle = setTimeout(() => {
      this.#ended();
      void this.#worker.terminate();
    }, IDLE_MS);
    this.#idle.unref();
  }

  #lost(why: Error): void {
    this.#ended();
    for (const w of this.#waiting.values()) w.reject(why);
    this.#waiting.clear();
  }
}

let thread: LookingThread | undefined;

function startThread(): LookingThread {
  const started = new LookingThread(() => {
    if (thread === started) thread = undefined;
  });
  return started;
}

/** What a picture shows, as numbers; rejects when it cannot be read. */
export async function look(bytes: Uint8Array): Promise<Float32Array> {
  thread ??= startThread();
  const answer = await thread.ask((no) => ({ no, look: bytes }));
  if (!('vector' in answer)) throw new Error('asked for numbers');
  return answer.vector;
}

/** What the known pictures say of it, those of its own thing left out. */
export async function tell(
  vector: Float32Array,
  known: readonly Known[],
  group: string,
): Promise<Told> {
  thread ??= startThread();
  const answer = await thread.ask((no) => ({ no, tell: vector, known, group }));
  if (!('told' in answer)) throw new Error('asked to tell');
  return answer.told;
}
