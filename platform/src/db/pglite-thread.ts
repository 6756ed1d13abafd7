import { Worker } from 'node:worker_threads';
import type { WorkerOptions, WorkerReply, WorkerRequest } from './pglite-worker.ts';

/** What befell the thread, with the SQLSTATE that PostgreSQL would give. */
class ThreadLost extends Error {
  readonly code: '57014' | '57P01';
  constructor(code: ThreadLost['code'], message: string) {
    super(message);
    this.code = code;
  }
}

// A union loses its members under Omit unless it is distributed.
type Unnumbered = WorkerRequest extends infer R
  ? R extends unknown
    ? Omit<R, 'id'>
    : never
  : never;

interface Pending {
  resolve(reply: WorkerReply): void;
  reject(error: Error): void;
}

/**
 * The thread that holds PGlite. A request that takes longer than `timeoutMs` ends the thread;
 * its callers get SQLSTATE 57014 and the next request starts a fresh one on the same directory.
 */
export class PgliteThread {
  readonly #options: WorkerOptions;
  readonly #timeoutMs: number;
  #worker: Worker | undefined;
  #ready: Promise<void> | undefined;
  #pending = new Map<number, Pending>();
  #nextId = 1;
  #closed = false;

  constructor(options: WorkerOptions, timeoutMs = 60_000) {
    this.#options = options;
    this.#timeoutMs = timeoutMs;
  }

  #start(): Promise<void> {
    const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
      workerData: this.#options,
    });
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      worker.on('message', (reply: WorkerReply) => {
        if (reply.id === 0) return resolve();
        const waiting = this.#pending.get(reply.id);
        this.#pending.delete(reply.id);
        if (reply.error !== undefined) waiting?.reject(new Error(reply.error));
        else waiting?.resolve(reply);
      });
      const gone = (why: string) => {
        if (this.#worker !== worker) return;
        this.#worker = undefined;
        this.#ready = undefined;
        const error = new ThreadLost('57P01', why);
        reject(error);
        this.#drop(error);
      };
      worker.on('error', (e) => gone(`database thread failed: ${e.message}`));
      worker.on('exit', () => gone('database thread ended'));
    });
  }

  #drop(error: Error): void {
    for (const p of this.#pending.values()) p.reject(error);
    this.#pending.clear();
  }

  /** Ends a thread that is stuck; requests that come meanwhile wait for the next one. */
  #replace(): void {
    const stuck = this.#worker;
    this.#worker = undefined;
    this.#drop(new ThreadLost('57P01', 'database thread was replaced'));
    this.#ready = (stuck?.terminate() ?? Promise.resolve(0)).then(() => this.#start());
  }

  async send(request: Unnumbered): Promise<WorkerReply> {
    if (this.#closed) throw new ThreadLost('57P01', 'database is closed');
    this.#ready ??= this.#start();
    await this.#ready;
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const watchdog = setTimeout(() => {
        this.#pending.delete(id);
        reject(new ThreadLost('57014', 'statement took too long'));
        this.#replace();
      }, this.#timeoutMs);
      this.#pending.set(id, {
        resolve: (r) => {
          clearTimeout(watchdog);
          resolve(r);
        },
        reject: (e) => {
          clearTimeout(watchdog);
          reject(e);
        },
      });
      const moved = request.op === 'wire' ? [request.bytes.buffer] : [];
      this.#worker?.postMessage({ ...request, id }, moved);
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    if (this.#worker) await this.send({ op: 'close' }).catch(() => undefined);
    this.#closed = true;
    await this.#worker?.terminate();
  }
}
