/** SHA-256 of Node, with the processor's own instructions (`#sha256` in package.json). */
import { hash } from 'node:crypto';

export function sha256(bytes: Uint8Array): Uint8Array {
  const digest = hash('sha256', bytes, 'buffer');
  return new Uint8Array(digest.buffer, digest.byteOffset, digest.length);
}
