import { ZAIZAO_CONTEXT } from '@zaizao/epcis';
import { type Tx, transact } from '@zaizao/platform/db';
import type { App } from '@zaizao/platform/http';
import {
  appendEntries,
  assembleLeaf,
  encodeMapHead,
  hashLeaf,
  historyChanges,
  issueCheckpoint,
  MemoryMap,
  TileTree,
  thingKeys,
} from '@zaizao/tlog';
import { stampOf } from '../domain/micros.ts';
import { MOST_IN_RUN } from '../repo/leaf-place.ts';
import {
  backlogs,
  eventsAfter,
  insertLeaves,
  type LeafRun,
  latestCheckpoint,
  lockLog,
  loggedUpTo,
  setLogged,
  type UnloggedEvent,
} from '../repo/log.ts';
import { insertThingEntries } from '../repo/map.ts';
import { publicCheckpoint } from '../repo/witness.ts';
import { type FreshEvent, freshEventsOf } from './fresh-events.ts';
import { headStore } from './head-table.ts';
import { signerOf } from './key-ring.ts';
import { noteHead, requireNoRollback } from './keys.ts';
import type { LeafSource } from './leaf.ts';
import { LeafThread } from './leaf-thread.ts';
import { logMapOf } from './log-map.ts';
import { TileTable } from './tile-table.ts';

/** Events to one checkpoint at most: PGlite serves nobody else during the transaction. */
const BATCH = MOST_IN_RUN;
/** Events gather this long before a checkpoint: a partial tile is rewritten once for all of them. */
const GATHER_MS = 250;
/** Other processes do not wake this one. */
const POLL_MS = 2_000;

const OWN_CONTEXT = JSON.stringify(ZAIZAO_CONTEXT);

interface Leaf {
  readonly org: number;
  readonly seq: number;
  readonly entry: Uint8Array;
  /** Of the things it touches, 32 bytes each. */
  readonly keys: Uint8Array;
}

/** What is to be logged of one organisation: handed on after its commit, or read from the table. */
interface Pending {
  readonly org: number;
  readonly fresh: readonly FreshEvent[];
  readonly stored: readonly UnloggedEvent[];
}

interface Head {
  readonly size: number;
  readonly root: Uint8Array;
  /** Size of the head that the world is shown. */
  readonly shown: number;
}

/** The source of a stored event's log entry. */
export function sourceOf(event: UnloggedEvent, organisation: string): LeafSource {
  const { hash, secret } = event;
  return {
    ...{ event: event.event, eventId: event.event_id, hash, secret, organisation },
    context: event.context ?? OWN_CONTEXT,
    recordUs: Number(event.record_us),
  };
}

/** The sequencer of one process: moves stored events into the log and signs the growing tree. */
export class Sequencer {
  readonly #app: App;
  readonly #listeners = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<unknown> = Promise.resolve();
  #poll: NodeJS.Timeout | undefined;
  #stopped = false;
  readonly #thread = new LeafThread();

  constructor(app: App) {
    this.#app = app;
  }

  start(): void {
    this.#poll = setInterval(() => this.wake(), POLL_MS);
    this.#poll.unref();
    this.wake();
  }

  /** Integrates soon. Does nothing until `start`, or after `stop`. */
  wake(): void {
    if (this.#poll === undefined || this.#timer || this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.flush().catch((cause: unknown) => {
        if (!this.#stopped) this.#app.log.error({ err: cause }, 'the log could not grow');
      });
    }, GATHER_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#poll);
    clearTimeout(this.#timer);
    await this.#running.catch(() => undefined);
    await this.#thread.stop();
  }

  /** Integrates everything that is committed now; returns how many events that were. */
  flush(): Promise<number> {
    const next = this.#running
      .catch(() => undefined)
      .then(async () => {
        let total = 0;
        for (;;) {
          const done = await this.#integrate();
          if (done === 0) return total;
          total += done;
        }
      });
    this.#running = next;
    return next;
  }

  async #integrate(): Promise<number> {
    const { db } = this.#app;
    const pending = await transact(db, { kind: 'system' }, (tx) => this.#pending(tx));
    if (pending.length === 0) return 0;
    const leaves = await this.#leavesOf(pending);
    const head = await transact(db, { kind: 'system' }, (tx) => this.#append(tx, leaves));
    if (head === undefined) return 0; // another process was faster
    logMapOf(this.#app).forget(head.shown);
    noteHead(this.#app.config, head.size, head.root);
    this.grown();
    return leaves.length;
  }

  /** Tells those who wait for new heads that there is one. */
  grown(): void {
    for (const tell of this.#listeners) tell();
  }

  /** Listens for new heads; returns how to stop. */
  onGrown(tell: () => void): () => void {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  }

  /** The next events of all organisations, those of one organisation together and in order. */
  async #pending(tx: Tx): Promise<Pending[]> {
    const pending: Pending[] = [];
    let room = BATCH;
    for (const { org_id: org, logged } of await backlogs(tx)) {
      if (room <= 0) break;
      const fresh = freshEventsOf(this.#app).from(org, Number(logged) + 1, room);
      const stored = fresh.length > 0 ? [] : await eventsAfter(tx, org, Number(logged), room);
      room -= fresh.length + stored.length;
      pending.push({ org, fresh, stored });
    }
    return pending;
  }

  async #leavesOf(pending: readonly Pending[]): Promise<Leaf[]> {
    const leaves: Leaf[] = [];
    for (const { org, fresh, stored } of pending) {
      const organisation = await organisationName(this.#app, org);
      for (const event of fresh) {
        const recordTime = stampOf(event.recordUs);
        const { eventId: eventID, isErrorDeclaration, groups, seq, keys } = event;
        const head = { recordTime, eventID, organisation, isErrorDeclaration };
        leaves.push({ org, seq, keys, entry: assembleLeaf(head, groups) });
      }
      const made = await this.#thread.leaves(stored.map((e) => sourceOf(e, organisation)));
      for (const [i, { seq }] of stored.entries()) {
        const leaf = made[i];
        if (!leaf) continue;
        const { entry, things } = leaf;
        leaves.push({ org, seq: Number(seq), entry, keys: thingKeys(things) });
      }
    }
    return leaves;
  }

  async #append(tx: Tx, leaves: readonly Leaf[]): Promise<Head | undefined> {
    await lockLog(tx);
    const runs: LeafRun[] = [];
    const last = await latestCheckpoint(tx);
    const size = Number(last?.size ?? 0);
    const reached = new Map<number, number>();
    for (const [i, { org, seq }] of leaves.entries()) {
      const before = reached.get(org) ?? (await loggedUpTo(tx, org));
      if (seq !== before + 1) return this.#outOfOrder(org, before, seq);
      if (!reached.has(org)) runs.push({ org, seq, index: size + i, count: 0 });
      reached.set(org, seq);
    }
    requireNoRollback(this.#app.config, size, last && new Uint8Array(last.root));
    const now = this.#app.clock.now();
    const touched = leaves.map(({ entry, keys }, i) => {
      return { index: size + i, leafHash: hashLeaf(entry), keys };
    });
    const grown = size + leaves.length + 1;
    const before = last ? new Uint8Array(last.map_root) : new MemoryMap().root;
    const map = await logMapOf(this.#app).at(tx, size, before);
    const { keys, next } = historyChanges(touched);
    const mapRoot = map.update(keys, next, grown);
    await insertThingEntries(tx, size, touched);
    // The last entry of every checkpoint fixes the map of all before it.
    const head = encodeMapHead({ covered: size + leaves.length, root: mapRoot });
    const store = new TileTable(tx);
    await appendEntries(
      store,
      size,
      [...leaves.map((l) => l.entry), head],
      [...touched.map((t) => t.leafHash), hashLeaf(head)],
    );
    const tree = new TileTree(store, grown);
    const key = await signerOf(tx, this.#app);
    const issued = await issueCheckpoint(tree, key, headStore(tx, mapRoot, now));
    if (!issued.ok) throw new Error(`the log does not continue what was signed: ${issued.reason}`);
    await store.flush();
    await insertLeaves(
      tx,
      runs.map((run) => ({ ...run, count: (reached.get(run.org) ?? 0) - run.seq + 1 })),
    );
    await setLogged(tx, reached);
    const shown = Number((await publicCheckpoint(tx))?.size ?? size);
    return { size: tree.size, root: await tree.root(), shown };
  }

  /** Either another process logged these events meanwhile, or an event has vanished from the table. */
  #outOfOrder(org: number, before: number, seq: number): undefined {
    if (seq <= before) return undefined;
    throw new Error(`event ${before + 1} of organisation ${org} is missing: run “ledger verify”`);
  }
}

export async function organisationName(app: App, no: number): Promise<string> {
  const org = await app.organisation(no);
  if (!org) throw new Error(`organisation ${no} is unknown`);
  return org.id;
}

const sequencers = new WeakMap<App, Sequencer>();

/** The sequencer of an application; it works by itself once the module has started. */
export function sequencerOf(app: App): Sequencer {
  let sequencer = sequencers.get(app);
  if (!sequencer) {
    sequencer = new Sequencer(app);
    sequencers.set(app, sequencer);
  }
  return sequencer;
}

/** Tells the sequencer that events were committed. */
export function wakeLog(app: App): void {
  sequencers.get(app)?.wake();
}
