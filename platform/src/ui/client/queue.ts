import { type Sending, send as sendNow } from './call.ts';
import { Problem } from './problem.ts';

/** An act that waits for the network, with the key it will always carry. */
export interface Waiting {
  readonly key: string;
  readonly at: number;
  /** What it does, for the person: already in their language. */
  readonly title: string;
  /** The module whose lists change when it is done. */
  readonly module: string;
  /** Whose act it is: another person at the same phone must not send it. */
  readonly owner: string;
  readonly sending: Sending;
  /** Set when the server refused it: a person has to look. */
  readonly refusal?: { readonly sentence: string; readonly code: string };
}

/** Where waiting acts survive a closed browser. */
export interface QueueStore {
  all(): Promise<Waiting[]>;
  put(entry: Waiting): Promise<void>;
  remove(key: string): Promise<void>;
}

/** For browsers without IndexedDB (private windows), and tests. */
export class MemoryStore implements QueueStore {
  readonly #entries = new Map<string, Waiting>();
  async all(): Promise<Waiting[]> {
    return [...this.#entries.values()];
  }
  async put(entry: Waiting): Promise<void> {
    this.#entries.set(entry.key, entry);
  }
  async remove(key: string): Promise<void> {
    this.#entries.delete(key);
  }
}

type Listener = () => void;

/**
 * Acts done without a network, replayed in the order they were done.
 * Sending one twice is harmless: its idempotency key makes the server answer as the first time.
 * One that the server refuses steps aside for a person to look at; those behind it go on, since the
 * server judges each on its own.
 */
export class ActQueue {
  readonly #store: QueueStore;
  readonly #send: (request: Sending) => Promise<unknown>;
  readonly #onDone: (entry: Waiting) => void;
  readonly #listeners = new Set<Listener>();
  #entries: readonly Waiting[] = [];
  #owner = '';
  #replaying: Promise<void> | undefined;

  constructor(
    store: QueueStore,
    onDone: (entry: Waiting) => void = () => {},
    send: (request: Sending) => Promise<unknown> = sendNow,
  ) {
    this.#store = store;
    this.#onDone = onDone;
    this.#send = send;
  }

  /** Reads what an earlier visit left behind. */
  async open(): Promise<void> {
    const entries = await this.#store.all();
    const known = new Set(this.#entries.map((e) => e.key));
    this.#set([...entries.filter((e) => !known.has(e.key)), ...this.#entries]);
  }

  /** Says who is signed in; only their acts are sent. */
  owner(owner: string): void {
    if (owner === this.#owner) return;
    this.#owner = owner;
    this.#set([...this.#entries]); // a new array: what is shown depends on the owner too
    void this.replay();
  }

  get currentOwner(): string {
    return this.#owner;
  }

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Every entry, in order; the same array until something changes. */
  readonly entries = (): readonly Waiting[] => this.#entries;

  /** True when an act of this person must queue behind others to keep the order. */
  get isBusy(): boolean {
    return this.#next() !== undefined;
  }

  async add(entry: Waiting): Promise<void> {
    this.#set([...this.#entries, entry]);
    await this.#store.put(entry);
  }

  async discard(key: string): Promise<void> {
    this.#set(this.#entries.filter((e) => e.key !== key));
    await this.#store.remove(key);
  }

  /** Puts a refused act in line again, with its old key. */
  async retry(key: string): Promise<void> {
    const entry = this.#entries.find((e) => e.key === key);
    if (!entry) return;
    const { refusal: _seen, ...again } = entry;
    await this.#replace(again);
    await this.replay();
  }

  /** Sends what waits, in order, until done or the network fails again. One run at a time. */
  replay(): Promise<void> {
    this.#replaying ??= this.#run().finally(() => {
      this.#replaying = undefined;
    });
    return this.#replaying;
  }

  async #run(): Promise<void> {
    for (let entry = this.#next(); entry; entry = this.#next()) {
      try {
        await this.#send({ ...entry.sending, key: entry.key });
      } catch (e) {
        const problem = e instanceof Problem ? e : undefined;
        if (!problem || problem.isPassing || problem.status === 401) return;
        const refusal = { sentence: problem.message, code: problem.code };
        await this.#replace({ ...entry, refusal });
        continue;
      }
      await this.discard(entry.key);
      this.#onDone(entry);
    }
  }

  #next(): Waiting | undefined {
    return this.#entries.find((e) => e.owner === this.#owner && !e.refusal);
  }

  async #replace(entry: Waiting): Promise<void> {
    this.#set(this.#entries.map((e) => (e.key === entry.key ? entry : e)));
    await this.#store.put(entry);
  }

  #set(entries: readonly Waiting[]): void {
    this.#entries = entries;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
