import { Duplex } from 'node:stream';
import { joined } from './bytes.ts';
import type { PgliteThread } from './pglite-thread.ts';

/** PostgreSQL’s message of a client that says goodbye. PGlite would end with it. */
const TERMINATE = 0x58;

/**
 * PGlite as the socket that `pg` speaks to, so that both engines are reached by one driver.
 * A thread that was lost ends the stream, and with it the connection: the next one finds a new thread.
 */
export class PgliteStream extends Duplex {
  readonly #thread: PgliteThread;

  constructor(thread: PgliteThread) {
    super();
    this.#thread = thread;
  }

  connect(): this {
    process.nextTick(() => this.emit('connect'));
    return this;
  }
  // There is no socket to tune or to keep alive.
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: (e?: Error | null) => void): void {
    this.#exchange(new Uint8Array(chunk), done);
  }

  /** All that was written while corked: `pg` corks the messages of one statement. */
  override _writev(
    chunks: { chunk: Buffer; encoding: string }[],
    done: (e?: Error | null) => void,
  ): void {
    this.#exchange(joined(chunks.map((c) => c.chunk)), done);
  }

  /** `bytes` go over to the thread: they must not lie in a pool of buffers. */
  #exchange(bytes: Uint8Array<ArrayBuffer>, done: (e?: Error | null) => void): void {
    if (bytes[0] === TERMINATE) {
      done();
      this.push(null);
      return;
    }
    this.#thread.send({ op: 'wire', bytes }).then(
      (reply) => {
        const { bytes } = reply;
        if (bytes && bytes.length > 0) this.push(Buffer.from(bytes.buffer));
        done();
      },
      (error: Error) => done(error),
    );
  }
}
