import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tx } from '@zaizao/platform/db';
import type { App, Config } from '@zaizao/platform/http';
import {
  encodeSigningKey,
  encodeVerifierKey,
  parseSigningKey,
  parseVerifierKey,
  type SigningKey,
  signingKey,
  toHex,
  type VerifierKey,
} from '@zaizao/tlog';
import { logKeyRows } from '../repo/log-key.ts';
import { logKey, writeDurably } from './keys.ts';

/** A key of the log with the heads that it signs. */
export interface RingKey {
  readonly vkey: string;
  readonly key: VerifierKey;
  readonly from: number;
  /** The last head it signed; undefined while it signs. */
  readonly until: number | undefined;
  /** How the key before it named it; undefined for the first. */
  readonly announcement: string | undefined;
  readonly since: Date | undefined;
}

/** Every key that the log ever signed with, oldest first. */
export async function keyRing(tx: Tx, app: App): Promise<RingKey[]> {
  return ringOf(await logKeyRows(tx), app);
}

/** The keys in these rows; the first key while there are none. */
export function ringOf(
  rows: readonly {
    readonly vkey: string;
    readonly from_size: bigint | number;
    readonly until_size: bigint | number | null;
    readonly announcement: string | null;
    readonly since?: Date;
  }[],
  app: App,
): RingKey[] {
  if (rows.length === 0) {
    const vkey = encodeVerifierKey(logKey(app.config));
    return [
      {
        ...{ vkey, key: parseVerifierKey(vkey), from: 0 },
        ...{ until: undefined, announcement: undefined, since: undefined },
      },
    ];
  }
  return rows.map((row) => ({
    ...{ vkey: row.vkey, key: parseVerifierKey(row.vkey), from: Number(row.from_size) },
    until: row.until_size === null ? undefined : Number(row.until_size),
    announcement: row.announcement ?? undefined,
    since: row.since,
  }));
}

/** The keys that may have signed a head of this size; the newest of them last. */
export function keysAt(ring: readonly RingKey[], size: number): RingKey[] {
  return ring.filter(({ from, until }) => from <= size && (until === undefined || size <= until));
}

/** The newest key that signed a head of this size, and the announcements that lead to it. */
export function keyOfHead(
  ring: readonly RingKey[],
  size: number,
): { readonly key: VerifierKey; readonly vkey: string; readonly announcements: string[] } {
  const found = keysAt(ring, size).at(-1);
  if (!found) throw new Error(`no key of the log signs a head of ${size}`);
  const before = ring.slice(0, ring.indexOf(found) + 1);
  const announcements = before.flatMap(({ announcement }) => announcement ?? []);
  return { key: found.key, vkey: found.vkey, announcements };
}

function pathOf(config: Config, key: VerifierKey): string {
  return join(config.home, 'keys', `log-${toHex(key.id)}.key`);
}

/** The secret half of a key of the ring, from its file beside the database. */
function secretOf(config: Config, vkey: string): SigningKey {
  const first = logKey(config);
  if (encodeVerifierKey(first) === vkey) return first;
  const path = pathOf(config, parseVerifierKey(vkey));
  if (!existsSync(path)) throw new Error(`${path} is missing: restore it from the backup`);
  const key = parseSigningKey(readFileSync(path, 'utf8').trim());
  if (encodeVerifierKey(key) !== vkey) throw new Error(`${path} is another key than the log's`);
  return key;
}

/** The key that signs now. */
export async function signerOf(tx: Tx, app: App): Promise<SigningKey> {
  const active = (await logKeyRows(tx)).find((row) => row.until_size === null);
  return active ? secretOf(app.config, active.vkey) : logKey(app.config);
}

/** Every key that signs a head of this size, the newest first. */
export async function signersAt(
  tx: Tx,
  app: App,
  size: number,
): Promise<[SigningKey, ...SigningKey[]]> {
  const [newest, ...older] = keysAt(await keyRing(tx, app), size)
    .toReversed()
    .map(({ vkey }) => secretOf(app.config, vkey));
  if (!newest) throw new Error(`no key of the log signs a head of ${size}`);
  return [newest, ...older];
}

/** Makes a key under the log's name and keeps it before anything is signed with it. */
export function makeKey(config: Config, name: string): SigningKey {
  const key = signingKey(name);
  writeDurably(pathOf(config, key), `${encodeSigningKey(key)}\n`);
  return key;
}
