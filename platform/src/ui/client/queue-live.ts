import { kitText } from '../i18n/language.ts';
import { notify } from '../parts/notices.tsx';
import { ActQueue, type QueueStore, type Waiting } from './queue.ts';
import { openQueueStore } from './queue-store.ts';

/** Opens the lasting store on first use, so that importing this costs nothing. */
class LazyStore implements QueueStore {
  #store: Promise<QueueStore> | undefined;
  #open(): Promise<QueueStore> {
    this.#store ??= openQueueStore();
    return this.#store;
  }
  async all(): Promise<Waiting[]> {
    return (await this.#open()).all();
  }
  async put(entry: Waiting): Promise<void> {
    return (await this.#open()).put(entry);
  }
  async remove(key: string): Promise<void> {
    return (await this.#open()).remove(key);
  }
}

const doneListeners = new Set<(entry: Waiting) => void>();

/** The one queue of this browser. */
export const actQueue = new ActQueue(new LazyStore(), (entry) => {
  notify({ kind: 'good', text: kitText('queue.sent', { title: entry.title }) });
  for (const listener of doneListeners) listener(entry);
});

export function onQueuedDone(listener: (entry: Waiting) => void): () => void {
  doneListeners.add(listener);
  return () => doneListeners.delete(listener);
}

/** Replays when the browser says the network is back, and every ten seconds in case it does not. */
export function startQueue(): () => void {
  void actQueue.open().then(() => actQueue.replay());
  const replay = () => void actQueue.replay();
  addEventListener('online', replay);
  const timer = setInterval(() => {
    if (actQueue.isBusy) replay();
  }, 10_000);
  return () => {
    removeEventListener('online', replay);
    clearInterval(timer);
  };
}
