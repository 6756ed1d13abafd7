import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

/** The archive is no archive, or not whole; the message says what to do. */
export class ArchiveBroken extends Error {}

const BLOCK = 512;
/** The last entry: what was packed, with the SHA-256 of each file. */
const MANIFEST = 'manifest.json';

interface Manifest {
  readonly format: 'zaizao-backup-1';
  readonly madeAt: string;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Packs parts of a directory into one file: a gzipped tar (ustar) that ends in a manifest with the
 * SHA-256 of every file. The file appears under its name only when all of it is on the disk.
 * @param parts names within `home`, files or directories; those that are missing are left out
 * @returns how many files were packed
 */
export async function pack(
  home: string,
  parts: readonly string[],
  target: string,
  madeAt: Date,
): Promise<number> {
  const files: Record<string, string> = {};
  async function* blocks(): AsyncGenerator<Uint8Array> {
    for (const part of parts) yield* entry(home, part, files);
    const manifest: Manifest = {
      format: 'zaizao-backup-1',
      madeAt: madeAt.toISOString(),
      files,
    };
    const bytes = new TextEncoder().encode(JSON.stringify(manifest));
    yield header(MANIFEST, bytes.length, 0o600, '0');
    yield bytes;
    yield padding(bytes.length);
    yield new Uint8Array(2 * BLOCK); // the end of a tar
  }
  const partial = `${target}.partial`;
  try {
    await pipeline(
      Readable.from(blocks()),
      createGzip({ level: 6 }),
      createWriteStream(partial, { flags: 'wx', mode: 0o600 }),
    );
    const written = await open(partial, 'r+');
    await written.sync();
    await written.close();
    await rename(partial, target);
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== 'EEXIST') await rm(partial, { force: true });
    throw e;
  }
  return Object.keys(files).length;
}

async function* entry(
  home: string,
  name: string,
  files: Record<string, string>,
): AsyncGenerator<Uint8Array> {
  const path = join(home, name);
  const found = await stat(path).catch(() => undefined);
  if (!found) return;
  if (found.isDirectory()) {
    yield header(`${name}/`, 0, found.mode & 0o777, '5');
    for (const child of (await readdir(path)).sort()) yield* entry(home, `${name}/${child}`, files);
    return;
  }
  yield header(name, found.size, found.mode & 0o777, '0');
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer); // a byte stream gives Buffers
    size += (chunk as Buffer).length;
    yield chunk as Buffer;
  }
  if (size !== found.size)
    throw new Error(`${name} changed while it was read: is a server running?`);
  yield padding(size);
  files[name] = hash.digest('hex');
}

/**
 * Unpacks an archive into a new directory and holds every file against the manifest. Nothing is
 * kept of an archive that is damaged, cut off or not ours.
 * @returns when it was made, and how many files it holds
 */
export async function unpack(
  archive: string,
  target: string,
): Promise<{ madeAt: string; files: number }> {
  const seen: Record<string, string> = {};
  let manifest: Manifest | undefined;
  await mkdir(target, { recursive: true });
  try {
    const bytes = new Bytes(createReadStream(archive).pipe(createGunzip()));
    for (;;) {
      const head = await bytes.take(BLOCK);
      if (head.every((b) => b === 0)) break;
      const { name, size, mode, isDirectory } = readHeader(head);
      if (name === MANIFEST)
        manifest = JSON.parse(new TextDecoder().decode(await bytes.take(size)));
      else if (isDirectory) await mkdir(join(target, name), { recursive: true, mode });
      else seen[name] = await writeFile(join(target, name), size, mode, bytes);
      await bytes.take((BLOCK - (size % BLOCK)) % BLOCK);
    }
    if (manifest?.format !== 'zaizao-backup-1') throw broken();
    const names = Object.keys(manifest.files);
    const isWhole = names.length === Object.keys(seen).length;
    if (!isWhole || names.some((n) => seen[n] !== manifest?.files[n])) throw broken();
    return { madeAt: manifest.madeAt, files: names.length };
  } catch (e) {
    await rm(target, { recursive: true, force: true });
    throw e instanceof ArchiveBroken || (e as NodeJS.ErrnoException).code === 'ENOENT'
      ? e
      : broken(e);
  }
}

function broken(cause?: unknown): ArchiveBroken {
  return new ArchiveBroken(
    '备份文件损坏或不完整，没有恢复任何内容；请换一份备份。 / The backup is damaged or not whole, and nothing was restored: use another one.',
    { cause },
  );
}

async function writeFile(path: string, size: number, mode: number, bytes: Bytes): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'wx', mode);
  const hash = createHash('sha256');
  try {
    for (let left = size; left > 0; ) {
      const chunk = await bytes.some(left);
      hash.update(chunk);
      await file.write(chunk);
      left -= chunk.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(path, mode);
  return hash.digest('hex');
}

function padding(size: number): Uint8Array {
  return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
}

/** A header of POSIX.1-1988 (ustar): numbers in octal, the sum over the block with its own field blank. */
function header(name: string, size: number, mode: number, type: '0' | '5'): Uint8Array {
  const block = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > 100)
    throw new Error(`the name is too long for the archive: ${name}`);
  block.write(name, 0);
  const octal = (value: number, at: number, width: number) =>
    block.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'latin1');
  octal(mode, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  block.fill(' ', 148, 156);
  block.write(type, 156);
  block.write('ustar\0' + '00', 257, 'latin1');
  octal(
    block.reduce((a, b) => a + b, 0),
    148,
    7,
  );
  return block;
}

function readHeader(block: Uint8Array) {
  const text = (at: number, width: number) =>
    Buffer.from(block.subarray(at, at + width))
      .toString('utf8')
      .split('\0')[0] ?? '';
  const number = (at: number, width: number) => Number.parseInt(text(at, width).trim(), 8);
  const blank = Uint8Array.from(block).fill(32, 148, 156);
  if (number(148, 8) !== blank.reduce((a, b) => a + b, 0)) throw broken();
  const name = text(0, 100);
  // nothing is ever written outside the directory that was asked for
  if (name === '' || name.startsWith('/') || name.split('/').includes('..')) throw broken();
  return { name, size: number(124, 12), mode: number(100, 8), isDirectory: text(156, 1) === '5' };
}

/** A stream as so many bytes at a time. */
class Bytes {
  readonly #chunks: AsyncIterator<Buffer>;
  #left: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** At least one byte, at most `most`. */
  async some(most: number): Promise<Buffer> {
    while (this.#left.length === 0) {
      const next = await this.#chunks.next();
      if (next.done) throw broken();
      this.#left = next.value;
    }
    const part = this.#left.subarray(0, most);
    this.#left = this.#left.subarray(part.length);
    return part;
  }

  async take(size: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let left = size; left > 0; ) {
      const part = await this.some(left);
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  }
}
