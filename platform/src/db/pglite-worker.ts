/**
 * PGlite in a thread of its own: it blocks while it computes and ignores statement_timeout,
 * so the HTTP thread talks to it by messages and a watchdog may end the thread.
 */
import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { type Extension, PGlite, types } from '@electric-sql/pglite';

export interface WorkerOptions {
  /** Directory of the database, or undefined for memory (tests). */
  readonly dataDir?: string;
  /** A tar made by `dump`, loaded when the database starts empty. */
  readonly template?: string;
}

export type WorkerRequest =
  | { id: number; op: 'query'; sql: string; params: readonly unknown[] }
  | { id: number; op: 'exec'; sql: string }
  | { id: number; op: 'dump'; path: string }
  | { id: number; op: 'synced' }
  | { id: number; op: 'close' };

export interface WorkerReply {
  id: number;
  rows?: unknown[];
  affected?: number;
  error?: { message: string; code?: string; constraint?: string; table?: string; detail?: string };
}

/** The parts of Emscripten's module that {@link makeDurable} touches. */
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
  parsers: {
    [types.INT8]: (v: string) => BigInt(v),
    [types.NUMERIC]: (v: string) => v,
    [types.DATE]: (v: string) => v,
  },
  serializers: { [types.NUMERIC]: (v: unknown) => String(v) },
});

async function answer(request: WorkerRequest): Promise<Omit<WorkerReply, 'id'>> {
  switch (request.op) {
    case 'query': {
      const r = await db.query(request.sql, [...request.params]);
      return { rows: r.rows, affected: r.affectedRows ?? 0 };
    }
    case 'exec': {
      const all = await db.exec(request.sql);
      return { rows: all.at(-1)?.rows ?? [] };
    }
    case 'dump': {
      const file = await db.dumpDataDir('none');
      writeFileSync(request.path, new Uint8Array(await file.arrayBuffer()));
      const fd = openSync(request.path, 'r');
      fsyncSync(fd);
      closeSync(fd);
      return {};
    }
    case 'synced':
      return { rows: [synced] };
    case 'close':
      await db.close();
      return {};
  }
}

interface PgError extends Error {
  code?: string;
  constraint?: string;
  table?: string;
  detail?: string;
}

parentPort?.on('message', async (request: WorkerRequest) => {
  try {
    parentPort?.postMessage({ id: request.id, ...(await answer(request)) });
  } catch (cause) {
    const e = cause as PgError; // PGlite throws DatabaseError, which has these fields
    const { message, code, constraint, table, detail } = e;
    const error = JSON.parse(JSON.stringify({ message, code, constraint, table, detail }));
    parentPort?.postMessage({ id: request.id, error } satisfies WorkerReply);
  }
});
parentPort?.postMessage({ id: 0 } satisfies WorkerReply);
