import { MemoryStore, type QueueStore, type Waiting } from './queue.ts';

const DATABASE = 'zaizao';
const STORE = 'waiting';

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** The queue in IndexedDB; its keys are UUIDv7, so reading by key is reading in order. */
class IndexedStore implements QueueStore {
  readonly #database: IDBDatabase;
  constructor(database: IDBDatabase) {
    this.#database = database;
  }
  all(): Promise<Waiting[]> {
    return done(this.#on('readonly').getAll());
  }
  async put(entry: Waiting): Promise<void> {
    const { signal: _live, ...sending } = entry.sending; // an AbortSignal cannot be stored
    await done(this.#on('readwrite').put({ ...entry, sending }));
  }
  async remove(key: string): Promise<void> {
    await done(this.#on('readwrite').delete(key));
  }
  #on(mode: IDBTransactionMode): IDBObjectStore {
    return this.#database.transaction(STORE, mode).objectStore(STORE);
  }
}

/** Opens the lasting store, or one in memory where the browser refuses. */
export async function openQueueStore(): Promise<QueueStore> {
  try {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' });
    return new IndexedStore(await done(request));
  } catch {
    return new MemoryStore();
  }
}
