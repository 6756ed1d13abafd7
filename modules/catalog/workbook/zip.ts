import { setImmediate as others } from 'node:timers/promises';
import { crc32, createInflateRaw } from 'node:zlib';

/** One entry of a ZIP archive, still packed. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packed: Uint8Array;
  /** Bytes when unpacked, as the archive says. */
  readonly size: number;
  readonly crc: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const MOST_ENTRIES = 2000;

/**
 * The entries of a ZIP archive by its central directory; undefined when the bytes are no plain ZIP
 * (damaged, encrypted, 64-bit). Nothing is unpacked.
 * @see PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.16
 */
export function zipEntries(bytes: Uint8Array): Map<string, ZipEntry> | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const u16 = (at: number) => view.getUint16(at, true);
  const u32 = (at: number) => view.getUint32(at, true);
  try {
    let end = bytes.length - 22;
    const stop = Math.max(0, bytes.length - 22 - 65_535);
    while (end >= stop && u32(end) !== END) end--;
    if (end < stop) return undefined;
    const count = u16(end + 10);
    if (count > MOST_ENTRIES) return undefined;
    const out = new Map<string, ZipEntry>();
    let at = u32(end + 16);
    for (let i = 0; i < count; i++) {
      if (u32(at) !== CENTRAL) return undefined;
      const encrypted = (u16(at + 8) & 1) === 1;
      const nameLength = u16(at + 28);
      const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
      const local = u32(at + 42);
      if (encrypted || u32(local) !== LOCAL) return undefined;
      const start = local + 30 + u16(local + 26) + u16(local + 28);
      const packed = bytes.subarray(start, start + u32(at + 20));
      out.set(name.replaceAll('\\', '/'), {
        name,
        method: u16(at + 10),
        packed,
        size: u32(at + 24),
        crc: u32(at + 16),
      });
      at += 46 + nameLength + u16(at + 30) + u16(at + 32);
    }
    return out;
  } catch (e) {
    if (e instanceof RangeError) return undefined; // an offset outside the file
    throw e;
  }
}

/** How many bytes may still be unpacked, over all entries of one archive. */
export interface Budget {
  bytes: number;
}

export class TooLarge extends Error {}
export class Damaged extends Error {}

/** The text of an entry in pieces, unpacked off the main thread, within a budget; the sum must check. */
export async function* textOf(entry: ZipEntry, budget: Budget): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let sum = 0;
  let size = 0;
  const take = (chunk: Uint8Array) => {
    size += chunk.length;
    if (size > entry.size) throw new Damaged(); // a bomb says that it is small
    budget.bytes -= chunk.length;
    if (budget.bytes < 0) throw new TooLarge();
    sum = crc32(chunk, sum);
    return decoder.decode(chunk, { stream: true });
  };
  if (entry.method === 0) {
    yield take(entry.packed);
  } else if (entry.method === 8) {
    yield* inflated(entry, take);
  } else throw new Damaged();
  if (sum !== entry.crc) throw new Damaged();
}

async function* inflated(
  entry: ZipEntry,
  take: (chunk: Uint8Array) => string,
): AsyncGenerator<string> {
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
  inflate.end(entry.packed);
  try {
    for await (const chunk of inflate) {
      yield take(chunk as Uint8Array); // a byte stream gives Buffers
      await others(); // whoever waits is served between two pieces
    }
  } catch (e) {
    if (e instanceof TooLarge) throw e;
    throw e instanceof Damaged ? e : new Damaged();
  }
}
