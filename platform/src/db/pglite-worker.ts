/**
 * PGlite in a thread of its own: it blocks while it computes and ignores statement_timeout,
 * so the HTTP thread talks to it by messages and a watchdog may end the thread.
 */
import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { type Extension, PGlite } from '@electric-sql/pglite';
import { joined } from './bytes.ts';

export interface WorkerOptions {
  /** Directory of the database, or undefined for memory (tests). */
  readonly dataDir?: string;
  /** A tar made by `dump`, loaded when the database starts empty. */
  readonly template?: string;
}

export type WorkerRequest =
  /** Messages of PostgreSQL’s wire protocol, whole; answered by the server’s messages. */
  | { id: number; op: 'wire'; bytes: Uint8Array<ArrayBuffer> }
  | { id: number; op: 'dump'; path: string }
  | { id: number; op: 'synced' }
  | { id: number; op: 'close' };

export interface WorkerReply {
  id: number;
  bytes?: Uint8Array<ArrayBuffer>;
  /** How many times the disk was waited for. */
  synced?: number;
  error?: string;
}

/** The parts of Emscripten's module that {@link durableNodeFs} touches. */
interface EmscriptenModule {
  NODEFS?: { stream_ops: { fsync?: (stream: { nfd: number }) => number } };
}

/** How many times PostgreSQL's fsync reached the host; asked for by the durability test. */
let synced = 0;

/** Emscripten's NODEFS has no fsync; without this a power cut may take what was acknowledged. */
const durableNodeFs: Extension = {
  name: 'durable-nodefs',
  setup: async (_pg, emscripten: { preRun?: ((m: EmscriptenModule) => void)[] }) => ({
    emscriptenOpts: {
      ...emscripten,
      preRun: [
        ...(emscripten.preRun ?? []),
        (m: EmscriptenModule) => {
          if (!m.NODEFS)
            throw new Error('PGlite hides its file system: writes would not be durable');
          m.NODEFS.stream_ops.fsync = (stream) => {
            fsyncSync(stream.nfd);
            synced++;
            return 0;
          };
        },
      ],
    },
  }),
};

const options = workerData as WorkerOptions; // passed by pglite.ts, which has the type
const onDisk = options.dataDir !== undefined;

const db = await PGlite.create({
  ...(options.dataDir ? { dataDir: options.dataDir } : {}),
  ...(options.template
    ? { loadDataDir: new Blob([new Uint8Array(await readFile(options.template))]) }
    : {}),
  ...(onDisk ? { extensions: { durableNodeFs } } : {}),
  startParams: [
    ...PGlite.defaultStartParams.filter((p) => !(onDisk && p === '-F')),
    ...['-c', 'wal_sync_method=fsync', '-c', 'max_wal_size=256MB'],
  ],
});

/** The server’s answer to messages of the wire protocol, in memory of its own. */
async function exchange(messages: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  // Not `execProtocolRaw`: that one parses as well, and keeps what it parsed (PGlite 0.5.16).
  await db.execProtocolRawStream(messages, {
    syncToFs: false, // the server’s own fsync reaches the disk, see above
    onRawData: (part) => parts.push(part.slice()),
  });
  return joined(parts);
}

async function answer(request: WorkerRequest): Promise<Omit<WorkerReply, 'id'>> {
  switch (request.op) {
    case 'wire':
      return { bytes: await exchange(request.bytes) };
    case 'dump': {
      const file = await db.dumpDataDir('none');
      writeFileSync(request.path, new Uint8Array(await file.arrayBuffer()));
      const fd = openSync(request.path, 'r');
      fsyncSync(fd);
      closeSync(fd);
      return {};
    }
    case 'synced':
      return { synced };
    case 'close':
      await db.close();
      return {};
  }
}

parentPort?.on('message', async (request: WorkerRequest) => {
  try {
    const reply = await answer(request);
    const moved = reply.bytes ? [reply.bytes.buffer] : [];
    parentPort?.postMessage({ id: request.id, ...reply } satisfies WorkerReply, moved);
  } catch (cause) {
    const error = cause instanceof Error ? cause.message : String(cause);
    parentPort?.postMessage({ id: request.id, error } satisfies WorkerReply);
  }
});
parentPort?.postMessage({ id: 0 } satisfies WorkerReply);
