import type { RawRoute } from '@zaizao/platform/http';
import { text } from '@zaizao/platform/kernel';
import { encodeVerifierKey, parseTilePath, TlogError } from '@zaizao/tlog';
import { latestCheckpoint } from '../repo/log.ts';
import { sequencerOf } from './sequencer.ts';
import { TileTable } from './tile-table.ts';

const TEXT = 'text/plain; charset=utf-8';

/** The log as static files, C2SP tlog-tiles: anyone may read and check it. */
export const logRoutes: readonly RawRoute[] = [
  {
    id: 'ledger.logCheckpoint',
    method: 'GET',
    url: '/log/checkpoint',
    title: text('日志检查点', 'Checkpoint of the log'),
    access: 'public',
    handle: async (_request, reply, caller) => {
      const latest = await caller.inPublic((ctx) => latestCheckpoint(ctx.tx));
      if (!latest) return reply.status(404).type(TEXT).send('the log is empty\n');
      return reply.header('cache-control', 'no-cache').type(TEXT).send(latest.note);
    },
  },
  {
    id: 'ledger.logKey',
    method: 'GET',
    url: '/log/key',
    title: text('日志公钥', 'Verifier key of the log'),
    access: 'public',
    handle: async (_request, reply, { app }) =>
      reply.type(TEXT).send(`${encodeVerifierKey(sequencerOf(app).key)}\n`),
  },
  {
    id: 'ledger.logTile',
    method: 'GET',
    url: '/log/tile/*',
    title: text('日志数据块', 'Tiles and entry bundles of the log'),
    access: 'public',
    handle: async (request, reply, caller) => {
      const rest = (request.params as { '*': string })['*']; // the route has a wildcard
      const path = `tile/${rest}`;
      if (!isTilePath(path)) return reply.status(404).type(TEXT).send('no such tile\n');
      const bytes = await caller.inPublic(async (ctx) => {
        const { level, index, width } = parseTilePath(path);
        // A tile wider than the signed tree is not public yet.
        const size = Number((await latestCheckpoint(ctx.tx))?.size ?? 0);
        const span = 256 ** (level === 'entries' ? 0 : level);
        if ((index * 256 + width) * span > size) return null;
        return new TileTable(ctx.tx).read(path);
      });
      if (!bytes) return reply.status(404).type(TEXT).send('no such tile\n');
      return reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('access-control-allow-origin', '*')
        .type('application/octet-stream')
        .send(Buffer.from(bytes));
    },
  },
];

function isTilePath(path: string): boolean {
  try {
    parseTilePath(path);
    return true;
  } catch (e) {
    if (e instanceof TlogError) return false;
    throw e;
  }
}
