/** A ZIP archive without compression (PKWARE APPNOTE 4.3): enough for a workbook, and small to write. */
export function storeZip(
  files: readonly (readonly [name: string, bytes: Uint8Array])[],
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, bytes] of files) {
    const title = new TextEncoder().encode(name);
    const crc = crc32(bytes);
    const shared = [
      20,
      0x0800,
      0,
      0,
      0x21,
      crc,
      bytes.length,
      bytes.length,
      title.length,
      0,
    ] as const; // UTF-8 names, stored, 1980-01-01
    const local = record(0x04034b50, [2, 2, 2, 2, 2, 4, 4, 4, 2, 2], shared);
    parts.push(local, title, bytes);
    directory.push(
      record(
        0x02014b50,
        [2, 2, 2, 2, 2, 2, 4, 4, 4, 2, 2, 2, 2, 2, 4, 4],
        [20, ...shared, 0, 0, 0, 0, offset],
      ),
      title,
    );
    offset += local.length + title.length + bytes.length;
  }
  const size = directory.reduce((a, p) => a + p.length, 0);
  const end = record(
    0x06054b50,
    [2, 2, 2, 2, 4, 4, 2],
    [0, 0, files.length, files.length, size, offset, 0],
  );
  return concat([...parts, ...directory, end]);
}

function record(
  signature: number,
  widths: readonly number[],
  values: readonly number[],
): Uint8Array {
  const bytes = new Uint8Array(4 + widths.reduce((a, w) => a + w, 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signature, true);
  let at = 4;
  widths.forEach((width, i) => {
    if (width === 2) view.setUint16(at, values[i] ?? 0, true);
    else view.setUint32(at, values[i] ?? 0, true);
    at += width;
  });
  return bytes;
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((a, p) => a + p.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/** CRC-32 as ZIP and PNG use it (polynomial 0xEDB88320, reflected). */
export function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const b of bytes) c = (table[(c ^ b) & 0xff] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
