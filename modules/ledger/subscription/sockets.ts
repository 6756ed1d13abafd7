import { type JsonValue, queryDocumentOf, stringifyJson } from '@zaizao/epcis';
import type { App, OrgRef } from '@zaizao/platform/http';
import type { WebSocket } from 'ws';
import { translated } from '../epcis/answer.ts';
import type { EpcFormat } from '../epcis/format.ts';
import { EpcisProblem, problemBody } from '../epcis/problem.ts';
import { nextInstallment } from '../service/standing-query.ts';
import { nextTime, type Schedule } from './schedule.ts';
import { inOrganisation } from './work.ts';

const POLL_MS = 250;
const PING_MS = 30_000;
/** The right to read is asked again this often. */
const CHECK_MS = 60_000;
const BATCH = 100;
/** More than this unsent: the reader is slow, and events wait in the ledger. */
const MOST_UNSENT = 1024 * 1024;
const MOST_OF_ONE = 20;

/** A standing query over a websocket, from where on and how. */
export interface Listening {
  readonly org: OrgRef;
  readonly queryName: string;
  readonly schedule: Schedule | undefined;
  readonly reportIfEmpty: boolean;
  readonly format: EpcFormat;
  readonly fromSeq: number;
  /** Whether the caller may still read. */
  readonly mayStill: () => Promise<boolean>;
}

/** Close codes of RFC 6455: gone, policy, try again later. */
const GOING_AWAY = 1001;
const POLICY = 1008;

interface Open extends Listening {
  readonly socket: WebSocket;
  lastSeq: number;
  nextAt: number;
  checkedAt: number;
  isAlive: boolean;
  pingedAt: number;
}

/** The websockets of one process. They end with it; a client comes again with `initialRecordTime`. */
export class Sockets {
  readonly #app: App;
  readonly #open = new Set<Open>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(app: App) {
    this.#app = app;
  }

  /** Whether an organisation has as many as it may. */
  isFull(org: number): boolean {
    return [...this.#open].filter((o) => o.org.no === org).length >= MOST_OF_ONE;
  }

  add(socket: WebSocket, listening: Listening): void {
    const now = this.#app.clock.now().getTime();
    const { schedule, fromSeq } = listening;
    const open: Open = {
      ...listening,
      ...{ socket, lastSeq: fromSeq, isAlive: true },
      nextAt: schedule ? nextTime(schedule, new Date(now)).getTime() : now,
      ...{ checkedAt: performance.now(), pingedAt: performance.now() },
    };
    this.#open.add(open);
    socket.on('close', () => this.#open.delete(open));
    socket.on('error', () => socket.terminate());
    socket.on('pong', () => {
      open.isAlive = true;
    });
    this.#wake();
  }

  #wake(): void {
    if (this.#timer || this.#stopped || this.#open.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#running = this.pump().finally(() => {
        this.#timer = undefined;
        this.#wake();
      });
    }, POLL_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    for (const { socket } of this.#open) socket.close(GOING_AWAY, 'the server is stopping');
    await this.#running;
  }

  /** Sends what is due to all of them. */
  async pump(): Promise<void> {
    for (const open of this.#open) {
      try {
        await this.#serve(open);
      } catch (cause) {
        this.#app.log.error({ err: cause }, 'a websocket could not be served');
        this.#fail(open, problemBody('ImplementationException'));
      }
    }
  }

  async #serve(open: Open): Promise<void> {
    const { socket } = open;
    const elapsed = performance.now();
    if (elapsed - open.pingedAt > PING_MS) {
      if (!open.isAlive) return socket.terminate();
      open.isAlive = false;
      open.pingedAt = elapsed;
      socket.ping();
    }
    if (elapsed - open.checkedAt > CHECK_MS) {
      open.checkedAt = elapsed;
      if (!(await open.mayStill())) return this.#fail(open, problemBody('SecurityException'));
    }
    const now = this.#app.clock.now().getTime();
    if (socket.readyState !== socket.OPEN || now < open.nextAt) return;
    if (socket.bufferedAmount > MOST_UNSENT) return;
    await this.#tell(open, now);
  }

  async #tell(open: Open, now: number): Promise<void> {
    const told = await inOrganisation(this.#app, open.org, async (ctx) => {
      const found = await nextInstallment(ctx, open.queryName, open.lastSeq, BATCH);
      if (found.kind !== 'events') return found;
      return {
        ...found,
        events: await this.#inFormat(() => translated(ctx, found.events, open.format)),
      };
    });
    if (told.kind === 'no-query') {
      return this.#fail(open, problemBody('NoSuchNameException', open.queryName));
    }
    if (told.kind === 'too-complex')
      return this.#fail(open, problemBody('QueryTooComplexException'));
    if (told.events instanceof EpcisProblem) return this.#fail(open, told.events.body);
    const { events, isMore } = told;
    if (events.length > 0 || (open.schedule && open.reportIfEmpty && !isMore)) {
      const document = queryDocumentOf(events, {
        creationDate: new Date(now),
        queryName: open.queryName,
      });
      // The document type only names what is JSON anyway.
      open.socket.send(stringifyJson(document as unknown as JsonValue));
    }
    open.lastSeq = told.toSeq;
    const isOver = open.schedule !== undefined && !isMore;
    if (isOver && open.schedule) open.nextAt = nextTime(open.schedule, new Date(now)).getTime();
  }

  async #inFormat<T>(work: () => Promise<T>): Promise<T | EpcisProblem> {
    try {
      return await work();
    } catch (e) {
      if (e instanceof EpcisProblem) return e;
      throw e;
    }
  }

  /** Tells why, then closes. */
  #fail(open: Open, body: object): void {
    this.#open.delete(open);
    if (open.socket.readyState !== open.socket.OPEN) return;
    open.socket.send(JSON.stringify(body));
    open.socket.close(POLICY);
  }
}

const known = new WeakMap<App, Sockets>();

export function socketsOf(app: App): Sockets {
  const sockets = known.get(app) ?? new Sockets(app);
  known.set(app, sockets);
  return sockets;
}
