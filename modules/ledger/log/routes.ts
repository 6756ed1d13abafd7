import type { RawRoute } from '@zaizao/platform/http';
import { text } from '@zaizao/platform/kernel';
import { encodeVerifierKey, parseTilePath, TileTree, TlogError, toBase64 } from '@zaizao/tlog';
import { latestCheckpoint } from '../repo/log.ts';
import { logPolicy, publicCheckpoint, witnesses } from '../repo/witness.ts';
import { proveEntry } from './entry-proof.ts';
import { keyRing } from './key-ring.ts';
import { TileTable } from './tile-table.ts';
import { ownWitness, witnessKey } from './witness.ts';

const TEXT = 'text/plain; charset=utf-8';
/** What is at such an address never changes. */
const LONG = 'public, max-age=31536000, immutable';

type Reply = Parameters<RawRoute['handle']>[1];

/** Readers of other sites may check the log too. */
function open(reply: Reply): Reply {
  return reply.header('access-control-allow-origin', '*');
}

/** The log as static files, C2SP tlog-tiles: anyone may read and check it. */
export const logRoutes: readonly RawRoute[] = [
  {
    id: 'ledger.logCheckpoint',
    method: 'GET',
    url: '/log/checkpoint',
    title: text('日志检查点', 'Checkpoint of the log'),
    access: 'public',
    handle: async (_request, reply, caller) => {
      const latest = await caller.inPublic((ctx) => publicCheckpoint(ctx.tx));
      open(reply);
      if (!latest) return reply.status(404).type(TEXT).send('the log shows no checkpoint yet\n');
      return reply.header('cache-control', 'no-cache').type(TEXT).send(latest.note);
    },
  },
  {
    id: 'ledger.logKey',
    method: 'GET',
    url: '/log/key',
    title: text('日志公钥', 'Verifier key of the log'),
    access: 'public',
    handle: async (_request, reply, caller) => {
      const ring = await caller.inPublic((ctx) => keyRing(ctx.tx, caller.app));
      return open(reply)
        .type(TEXT)
        .send(`${ring.at(-1)?.vkey}\n`);
    },
  },
  {
    id: 'ledger.logKeys',
    method: 'GET',
    url: '/log/keys',
    title: text('日志公钥列表', 'All keys of the log'),
    access: 'public',
    // A key a line, oldest first, with the sizes of the heads it signs; then how each named the next.
    handle: async (_request, reply, caller) => {
      const ring = await caller.inPublic((ctx) => keyRing(ctx.tx, caller.app));
      const lines = ring.map((k) => `${k.vkey} ${k.from} ${k.until ?? '-'}\n`);
      const announced = ring.flatMap((k) => (k.announcement ? [`\n${k.announcement}`] : []));
      return open(reply)
        .type(TEXT)
        .send([...lines, ...announced].join(''));
    },
  },
  {
    id: 'ledger.logPolicy',
    method: 'GET',
    url: '/log/policy',
    title: text('日志信任策略', 'Policy file of the log'),
    access: 'public',
    // C2SP tlog-policy, as the log itself puts it: a reader who trusts nobody yet writes their own.
    handle: async (_request, reply, caller) => {
      const body = await caller.inPublic(async ({ tx }) => {
        const ring = await keyRing(tx, caller.app);
        const known = await witnesses(tx);
        const { quorum } = await logPolicy(tx);
        const names = known.map((_, i) => `w${i + 1}`);
        const k = Math.min(quorum, known.length);
        return [
          ...ring.map((key) => `log ${key.vkey}`),
          ...known.map((w, i) => `witness ${names[i]} ${w.vkey} ${w.url}`),
          ...(k > 0 ? [`group witnesses ${k} ${names.join(' ')}`] : []),
          `quorum ${k > 0 ? 'witnesses' : 'none'}`,
        ];
      });
      return open(reply)
        .type(TEXT)
        .send(`${body.join('\n')}\n`);
    },
  },
  {
    id: 'ledger.logProof',
    method: 'GET',
    url: '/log/proof/:index',
    title: text('日志条目证明', 'Proof of an entry of the log'),
    access: 'public',
    handle: async (request, reply, caller) => {
      const { index } = request.params as { index: string }; // the route names it
      const match = /^(0|[1-9]\d{0,14})(?:\.tlog-proof)?$/.exec(index);
      const proof = await caller.inPublic(({ tx }) =>
        match ? proveEntry(tx, caller.app, Number(match[1])) : Promise.resolve(undefined),
      );
      if (proof === undefined) return open(reply).status(404).type(TEXT).send('no such entry\n');
      return open(reply).header('cache-control', 'no-cache').type(TEXT).send(proof.file);
    },
  },
  {
    id: 'ledger.logConsistency',
    method: 'GET',
    url: '/log/consistency/:from/:to',
    title: text('日志一致性证明', 'Consistency of two checkpoints'),
    access: 'public',
    // One base64 hash a line, RFC 9162; nothing where both are the same or the first is empty.
    handle: async (request, reply, caller) => {
      const { from, to } = request.params as { from: string; to: string }; // the route names them
      const sizes = [from, to].map((n) => (/^(0|[1-9]\d{0,14})$/.test(n) ? Number(n) : -1));
      const [m = -1, n = -1] = sizes;
      const lines = await caller.inPublic(async ({ tx }) => {
        const size = Number((await latestCheckpoint(tx))?.size ?? 0);
        if (m < 0 || m > n || n > size) return undefined;
        if (m === 0 || m === n) return [];
        return new TileTree(new TileTable(tx), n).consistencyProof(m);
      });
      if (!lines) return open(reply).status(404).type(TEXT).send('no such checkpoints\n');
      const body = lines.map((hash) => `${toBase64(hash)}\n`).join('');
      return open(reply).header('cache-control', LONG).type(TEXT).send(body);
    },
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
      if (!isTilePath(path)) return open(reply).status(404).type(TEXT).send('no such tile\n');
      const bytes = await caller.inPublic(async (ctx) => {
        const { level, index, width } = parseTilePath(path);
        // A tile wider than the signed tree is not public yet.
        const size = Number((await latestCheckpoint(ctx.tx))?.size ?? 0);
        const span = 256 ** (level === 'entries' ? 0 : level);
        if ((index * 256 + width) * span > size) return null;
        return new TileTable(ctx.tx).read(path);
      });
      if (!bytes) return open(reply).status(404).type(TEXT).send('no such tile\n');
      return open(reply)
        .header('cache-control', LONG)
        .type('application/octet-stream')
        .send(Buffer.from(bytes));
    },
  },
  {
    id: 'ledger.witnessCheckpoint',
    method: 'POST',
    url: '/witness/add-checkpoint',
    title: text('见证（联署）检查点', 'Cosign a checkpoint of another log'),
    access: 'public', // whoever brings a checkpoint signed by a log that we watch
    rawBody: true,
    bodyLimit: 64 * 1024,
    handle: async (request, reply, { app }) => {
      const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
      const answer = await (await ownWitness(app)).addCheckpoint(body);
      return reply
        .status(answer.status)
        .header('cache-control', 'no-store')
        .type(answer.contentType)
        .send(answer.body);
    },
  },
  {
    id: 'ledger.witnessSeen',
    method: 'GET',
    url: '/witness/:originHash/checkpoint',
    title: text('最近联署的检查点', 'The last checkpoint that we cosigned'),
    access: 'public',
    handle: async (request, reply, { app }) => {
      const { originHash } = request.params as { originHash: string }; // the route names it
      const answer = await (await ownWitness(app)).checkpointFor(originHash);
      return open(reply)
        .status(answer.status)
        .header('cache-control', 'no-cache')
        .type(answer.contentType)
        .send(answer.body);
    },
  },
  {
    id: 'ledger.witnessKey',
    method: 'GET',
    url: '/witness/key',
    title: text('见证公钥', 'Verifier key of this witness'),
    access: 'public',
    handle: async (_request, reply, { app }) =>
      open(reply)
        .type(TEXT)
        .send(`${encodeVerifierKey(witnessKey(app.config))}\n`),
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
