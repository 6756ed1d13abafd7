import { Worker } from 'node:worker_threads';
import { endWithServer } from '@zaizao/platform/threads';
import type { CertificateContent } from './content.ts';
import type { Answer, Task } from './worker.ts';

const IDLE_MS = 30_000;

interface Waiting {
  readonly resolve: (pdf: Uint8Array) => void;
  readonly reject: (e: Error) => void;
}

/** A thread that draws, and those who wait for it. */
class DrawingThread {
  readonly #waiting = new Map<number, Waiting>();
  readonly #worker = endWithServer(new Worker(new URL('./worker.ts', import.meta.url)));
  readonly #ended: () => void;
  #idle: NodeJS.Timeout | undefined;
  #no = 0;

  constructor(ended: () => void) {
    this.#ended = ended;
    this.#worker.on('message', (answer: Answer) => this.#answered(answer));
    this.#worker.on('error', (e: Error) => this.#lost(e));
    this.#worker.on('exit', () => this.#lost(new Error('the drawing thread ended')));
  }

  draw(content: CertificateContent): Promise<Uint8Array> {
    clearTimeout(this.#idle);
    this.#worker.ref();
    const no = ++this.#no;
    return new Promise((resolve, reject) => {
      this.#waiting.set(no, { resolve, reject });
      this.#worker.postMessage({ no, content } satisfies Task);
    });
  }

  #answered(answer: Answer): void {
    const waiting = this.#waiting.get(answer.no);
    this.#waiting.delete(answer.no);
    if ('pdf' in answer) waiting?.resolve(answer.pdf);
    else waiting?.reject(new Error(answer.failure));
    if (this.#waiting.size > 0) return;
    // An idle thread holds neither the process nor, after a while, its fonts in memory.
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

let thread: DrawingThread | undefined;

function startThread(): DrawingThread {
  const started = new DrawingThread(() => {
    if (thread === started) thread = undefined;
  });
  return started;
}

/** The document of a certificate. Drawing takes tens of milliseconds, so another thread does it. */
export function renderCertificate(content: CertificateContent): Promise<Uint8Array> {
  thread ??= startThread();
  return thread.draw(content);
}
