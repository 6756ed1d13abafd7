import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '@zaizao/platform/http';
import {
  encodeSigningKey,
  parseSigningKey,
  type SigningKey,
  signingKey,
  toHex,
} from '@zaizao/tlog';

/** Writes a file that is whole after a power cut: aside, flushed, then put in its place. */
export function writeDurably(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const aside = `${path}.${process.pid}.new`;
  const fd = openSync(aside, 'w', 0o600);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(aside, path);
  const directory = openSync(dirname(path), 'r');
  fsyncSync(directory);
  closeSync(directory);
}

/**
 * The installation's log key, made at the first start. Its name is the origin of the log and stays,
 * whatever address the installation has later. Readable by the owner only.
 */
export function logKey(config: Config): SigningKey {
  const path = join(config.home, 'keys', 'log.key');
  if (existsSync(path)) return parseSigningKey(readFileSync(path, 'utf8').trim());
  const key = signingKey(`${new URL(config.publicUrl).host}/log`);
  writeDurably(path, `${encodeSigningKey(key)}\n`);
  return key;
}

/** A database restored to an older state must not sign a second history. */
export function requireNoRollback(
  config: Config,
  size: number,
  root: Uint8Array | undefined,
): void {
  const noted = notedHead(config);
  if (!noted || size > noted.size) return;
  if (size < noted.size || (root && toHex(root)) !== noted.root) {
    throw new Error(
      `the database has ${size} leaves, but ${noted.size} are signed: it was restored to an older ` +
        'state; put back the newer backup, or start a new log with a new key',
    );
  }
}

/** Notes a head that was signed; an older one does not replace a newer. */
export function noteHead(config: Config, size: number, root: Uint8Array): void {
  if (size < (notedHead(config)?.size ?? 0)) return;
  writeDurably(headPath(config), `${size} ${toHex(root)}\n`);
}

/** Where the newest head we signed is noted beside the database, which may be restored to an older state. */
function headPath(config: Config): string {
  return join(config.home, 'keys', 'log.head');
}

/** The size and root (hex) of the newest head noted there. */
export function notedHead(config: Config): { size: number; root: string } | undefined {
  const path = headPath(config);
  if (!existsSync(path)) return undefined;
  const match = /^(\d{1,15}) ([0-9a-f]{64})\n$/.exec(readFileSync(path, 'utf8'));
  if (!match) throw new Error(`${path} is damaged: restore it from the backup`);
  return { size: Number(match[1]), root: match[2] ?? '' };
}
