import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Tx, transact } from '@zaizao/platform/db';
import type { App, Config } from '@zaizao/platform/http';
import {
  encodeSigningKey,
  equalBytes,
  fromHex,
  type HeadStore,
  parseSigningKey,
  parseVerifierKey,
  SIGNATURE_TYPE,
  type SignedHead,
  type SigningKey,
  sha256,
  signingKey,
  toHex,
  utf8,
  Witness,
} from '@zaizao/tlog';
import { sql } from 'kysely';
import { advanceWatched, watchedHead, watchedLogs } from '../repo/witness.ts';
import { writeDurably } from './keys.ts';

const WITNESS_LOCK = 7_215_004;

/** The key with which this installation cosigns other logs; made at first need. Its name stays. */
export function witnessKey(config: Config): SigningKey {
  const path = join(config.home, 'keys', 'witness.key');
  if (existsSync(path)) return parseSigningKey(readFileSync(path, 'utf8').trim());
  const name = `${new URL(config.publicUrl).host}/witness`;
  const key = signingKey(name, SIGNATURE_TYPE.cosignatureV1);
  writeDurably(path, `${encodeSigningKey(key)}\n`);
  return key;
}

function notePath(config: Config, origin: string): string {
  return join(config.home, 'keys', 'watched', `${toHex(sha256(utf8(origin)))}.head`);
}

/** The head of a log noted beside the database, which may have been restored to an older state. */
function notedHead(config: Config, origin: string): SignedHead | undefined {
  const path = notePath(config, origin);
  if (!existsSync(path)) return undefined;
  const [, size, root, note] =
    /^(\d{1,15}) ([0-9a-f]{64})\n(.+)$/s.exec(readFileSync(path, 'utf8')) ?? [];
  if (size === undefined || root === undefined || note === undefined) {
    throw new Error(`${path} is damaged: restore it from the backup`);
  }
  return { size: Number(size), root: fromHex(root), note };
}

async function lastHead(tx: Tx, config: Config, origin: string): Promise<SignedHead | null> {
  const row = await watchedHead(tx, origin);
  const kept = row && { size: Number(row.size), root: new Uint8Array(row.root), note: row.note };
  const noted = notedHead(config, origin);
  return noted && noted.size > (kept?.size ?? -1) ? noted : (kept ?? null);
}

/** The heads that we cosigned, in the database and beside it: whichever is newer counts. */
function watchedHeads(app: App): HeadStore {
  const system = <T>(work: (tx: Tx) => Promise<T>) => transact(app.db, { kind: 'system' }, work);
  return {
    latest: (origin) => system((tx) => lastHead(tx, app.config, origin)),
    advance: async (origin, from, to) => {
      const advanced = await system(async (tx) => {
        await sql`select pg_advisory_xact_lock(${WITNESS_LOCK})`.execute(tx);
        const now = await lastHead(tx, app.config, origin);
        const isSame = from
          ? now?.size === from.size && equalBytes(now.root, from.root)
          : now === null;
        if (!isSame) return false;
        const row = await watchedHead(tx, origin);
        const kept = row && { size: Number(row.size), root: new Uint8Array(row.root) };
        return advanceWatched(tx, origin, kept, to, app.clock.now());
      });
      if (advanced) {
        writeDurably(notePath(app.config, origin), `${to.size} ${toHex(to.root)}\n${to.note}`);
      }
      return advanced;
    },
  };
}

/** This installation as a witness of the logs that its administrator has named. */
export async function ownWitness(app: App): Promise<Witness> {
  const logs = await transact(app.db, { kind: 'system' }, watchedLogs);
  return new Witness({
    key: witnessKey(app.config),
    logs: new Map(logs.map(({ origin, vkeys }) => [origin, vkeys.map(parseVerifierKey)])),
    store: watchedHeads(app),
    now: () => Math.floor(app.clock.now().getTime() / 1000),
  });
}
