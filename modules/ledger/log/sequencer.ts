import { ZAIZAO_CONTEXT } from '@zaizao/epcis';
import { type Tx, transact } from '@zaizao/platform/db';
import type { App } from '@zaizao/platform/http';
import {
  appendEntries,
  encodeMapHead,
  hashLeaf,
  issueCheckpoint,
  recordHistory,
  SparseMap,
  TileTree,
  thingKey,
  toHex,
} from '@zaizao/tlog';
import {
  backlogs,
  eventsAfter,
  insertLeaves,
  latestCheckpoint,
  lockLog,
  loggedUpTo,
  setLogged,
  type UnloggedEvent,
} from '../repo/log.ts';
import { deleteNodes, insertThingEntries } from '../repo/map.ts';
import { publicCheckpoint } from '../repo/witness.ts';
import { headStore } from './head-table.ts';
import { signerOf } from './key-ring.ts';
import { noteHead, requireNoRollback } from './keys.ts';
import type { LeafSource } from './leaf.ts';
import { LeafThread } from './leaf-thread.ts';
import { mapTable } from './map-table.ts';
import { RetiredNodes } from './retired-nodes.ts';
import { TileTable } from './tile-table.ts';

/** Events to one checkpoint at most: PGlite serves nobody else during the transaction. */
const BATCH = 1_024;
/** Events gather this long before a checkpoint: a partial tile is rewritten once for all of them. */
const GATHER_MS = 250;
/** Other processes do not wake this one. */
const POLL_MS = 2_000;

const OWN_CONTEXT = JSON.stringify(ZAIZAO_CONTEXT);

interface Leaf {
  readonly org: number;
  readonly seq: number;
  readonly entry: Uint8Array;
  readonly things: readonly string[];
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
  readonly #retired = new RetiredNodes();

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
    const events = await transact(db, { kind: 'system' }, (tx) => this.#pending(tx));
    if (events.length === 0) return 0;
    const leaves = await this.#leavesOf(events);
    const head = await transact(db, { kind: 'system' }, (tx) => this.#append(tx, leaves));
    if (head === undefined) return 0; // another process was faster
    this.#retired.retire(head.replaced, performance.now(), head.size);
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
  async #pending(tx: Tx): Promise<UnloggedEvent[]> {
    const events: UnloggedEvent[] = [];
    for (const { org_id, logged } of await backlogs(tx)) {
      if (events.length >= BATCH) break;
      events.push(...(await eventsAfter(tx, org_id, Number(logged), BATCH - events.length)));
    }
    return events;
  }

  async #leavesOf(events: readonly UnloggedEvent[]): Promise<Leaf[]> {
    const names = new Map<number, string>();
    for (const { org_id } of events) {
      if (!names.has(org_id)) names.set(org_id, await organisationName(this.#app, org_id));
    }
    const sources = events.map((e) => sourceOf(e, names.get(e.org_id) ?? ''));
    const made = await this.#thread.leaves(sources);
    return events.flatMap(({ org_id: org, seq }, i) => {
      const leaf = made[i];
      return leaf ? [{ org, seq: Number(seq), ...leaf }] : [];
    });
  }

  async #append(
    tx: Tx,
    leaves: readonly Leaf[],
  ): Promise<{ size: number; root: Uint8Array; replaced: readonly string[] } | undefined> {
    await lockLog(tx);
    const reached = new Map<number, number>();
    for (const { org, seq } of leaves) {
      const before = reached.get(org) ?? (await loggedUpTo(tx, org));
      if (seq !== before + 1) return this.#outOfOrder(org, before, seq);
      reached.set(org, seq);
    }
    const last = await latestCheckpoint(tx);
    const size = Number(last?.size ?? 0);
    requireNoRollback(this.#app.config, size, last && new Uint8Array(last.root));
    const now = this.#app.clock.now();
    const touched = leaves.map(({ entry, things }, i) => {
      return { index: size + i, leafHash: hashLeaf(entry), things };
    });
    const before = last ? new Uint8Array(last.map_root) : SparseMap.empty;
    const { root: mapRoot, replaced } = await recordHistory(
      new SparseMap(mapTable(tx, (hashes) => this.#retired.revive(hashes))),
      before,
      touched,
    );
    const shown = Number((await publicCheckpoint(tx))?.size ?? size);
    await deleteNodes(tx, this.#retired.takeExpired(performance.now(), shown));
    await insertThingEntries(tx, touched.flatMap(entriesOf));
    // The last entry of every checkpoint fixes the map of all before it.
    const head = encodeMapHead({ covered: size + leaves.length, root: mapRoot });
    const store = new TileTable(tx);
    await appendEntries(store, size, [...leaves.map((l) => l.entry), head]);
    const tree = new TileTree(store, size + leaves.length + 1);
    const key = await signerOf(tx, this.#app);
    const issued = await issueCheckpoint(tree, key, headStore(tx, mapRoot, now));
    if (!issued.ok) throw new Error(`the log does not continue what was signed: ${issued.reason}`);
    await store.flush();
    await insertLeaves(
      tx,
      leaves.map(({ org, seq }, i) => ({ org_id: org, seq, log_index: size + i })),
    );
    for (const [org, seq] of reached) await setLogged(tx, org, seq);
    return { size: tree.size, root: await tree.root(), replaced };
  }

  /** Either another process logged these events meanwhile, or an event has vanished from the table. */
  #outOfOrder(org: number, before: number, seq: number): undefined {
    if (seq <= before) return undefined;
    throw new Error(`event ${before + 1} of organisation ${org} is missing: run “ledger verify”`);
  }
}

function entriesOf(entry: { index: number; leafHash: Uint8Array; things: readonly string[] }) {
  return entry.things.map((thing) => ({
    key: toHex(thingKey(thing)),
    index: entry.index,
    leaf: toHex(entry.leafHash),
  }));
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
