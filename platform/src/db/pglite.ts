import { Worker } from 'node:worker_threads';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { WorkerOptions, WorkerReply, WorkerRequest } from './pglite-worker.ts';

/** A database error as both engines report it: SQLSTATE in `code`. */
export class DatabaseError extends Error {
  readonly code: string | undefined;
  readonly constraint: string | undefined;
  readonly table: string | undefined;
  readonly detail: string | undefined;
  constructor(e: NonNullable<WorkerReply['error']>) {
    super(e.message);
    this.name = 'DatabaseError';
    this.code = e.code;
    this.constraint = e.constraint;
    this.table = e.table;
    this.detail = e.detail;
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
 * The thread that holds PGlite. A statement that runs longer than `timeoutMs` ends the thread;
 * its callers get SQLSTATE 57014 and the next statement starts a fresh one on the same directory.
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
        if (reply.error) waiting?.reject(new DatabaseError(reply.error));
        else waiting?.resolve(reply);
      });
      const gone = (why: string) => {
        if (this.#worker !== worker) return;
        this.#worker = undefined;
        this.#ready = undefined;
        const error = new DatabaseError({ message: why, code: '57P01' });
        reject(error);
        for (const p of this.#pending.values()) p.reject(error);
        this.#pending.clear();
      };
      worker.on('error', (e) => gone(`database thread failed: ${e.message}`));
      worker.on('exit', () => gone('database thread ended'));
    });
  }

  /** Ends a thread that is stuck; statements that come meanwhile wait for the next one. */
  #replace(): void {
    const stuck = this.#worker;
    this.#worker = undefined;
    const lost = new DatabaseError({ message: 'database thread was replaced', code: '57P01' });
    for (const p of this.#pending.values()) p.reject(lost);
    this.#pending.clear();
    this.#ready = (stuck?.terminate() ?? Promise.resolve(0)).then(() => this.#start());
  }

  async send(request: Unnumbered): Promise<WorkerReply> {
    if (this.#closed) throw new DatabaseError({ message: 'database is closed', code: '57P01' });
    this.#ready ??= this.#start();
    await this.#ready;
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const watchdog = setTimeout(() => {
        this.#pending.delete(id);
        reject(new DatabaseError({ message: 'statement took too long', code: '57014' }));
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
      this.#worker?.postMessage({ ...request, id });
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    if (this.#worker) await this.send({ op: 'close' }).catch(() => undefined);
    this.#closed = true;
    await this.#worker?.terminate();
  }
}

/** One connection, handed to one caller at a time, first come first served. */
class PgliteDriver implements Driver {
  readonly #thread: PgliteThread;
  #tail: Promise<void> = Promise.resolve();
  #release = new WeakMap<DatabaseConnection, () => void>();

  constructor(thread: PgliteThread) {
    this.#thread = thread;
  }
  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#tail;
    let release = () => {};
    this.#tail = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    const connection = new PgliteConnection(this.#thread);
    this.#release.set(connection, release);
    return connection;
  }
  async beginTransaction(c: DatabaseConnection): Promise<void> {
    await c.executeQuery(CompiledQuery.raw('begin'));
  }
  async commitTransaction(c: DatabaseConnection): Promise<void> {
    await c.executeQuery(CompiledQuery.raw('commit'));
  }
  async rollbackTransaction(c: DatabaseConnection): Promise<void> {
    await c.executeQuery(CompiledQuery.raw('rollback'));
  }
  async releaseConnection(c: DatabaseConnection): Promise<void> {
    this.#release.get(c)?.();
  }
  async destroy(): Promise<void> {
    await this.#thread.close();
  }
}

class PgliteConnection implements DatabaseConnection {
  readonly #thread: PgliteThread;
  constructor(thread: PgliteThread) {
    this.#thread = thread;
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const reply = await this.#thread.send({
      op: 'query',
      sql: query.sql,
      params: query.parameters,
    });
    return {
      rows: (reply.rows ?? []) as R[], // the shape is the query's, which Kysely typed
      numAffectedRows: BigInt(reply.affected ?? 0),
    };
  }
  // biome-ignore lint/correctness/useYield: the interface asks for a generator; there is no cursor to stream
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('PGlite has no streaming cursor: page by key instead');
  }
}

export function pgliteDialect(thread: PgliteThread): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PgliteDriver(thread),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}
