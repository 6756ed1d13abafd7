let counter = 0;

/**
 * UUID version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, a 20-bit counter of this process
 * (§6.2 method 1, so that ids of one millisecond keep their order), then random bits.
 */
export function uuidv7(nowMs: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let ms = nowMs;
  for (let i = 5; i >= 0; i--) {
    bytes[i] = ms % 256;
    ms = Math.floor(ms / 256);
  }
  counter = (counter + 1) & 0xfffff;
  bytes[6] = 0x70 | (counter >> 16);
  bytes[7] = (counter >> 8) & 0xff;
  bytes[8] = 0x80 | ((counter >> 2) & 0x3f);
  bytes[9] = ((counter & 3) << 6) | ((bytes[9] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A new id: a prefix that names the kind of thing, and a UUIDv7. */
export function newId<P extends string>(prefix: P, nowMs?: number): `${P}_${string}` {
  return `${prefix}_${uuidv7(nowMs)}`;
}
