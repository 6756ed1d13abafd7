import { createHash } from 'node:crypto';
import { sha256 as noble } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sha256 } from '#sha256';
import { concat, toHex, uint64, utf8 } from './encoding.ts';
import { Message } from './short-hash.ts';

const expected = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

it('gives the SHA-256 of every length around the borders of blocks', () => {
  const message = new Message();
  const bytes = Uint8Array.from({ length: 400 }, (_, i) => (i * 37) & 255);
  for (let length = 1; length <= 400; length++) {
    const part = bytes.subarray(0, length);
    const digest = message
      .start(part[0] ?? 0)
      .bytes(part.subarray(1))
      .digest();
    expect(toHex(digest)).toBe(expected(part));
    expect(digest).toEqual(noble(part));
    expect(sha256(part)).toEqual(digest);
  }
});

it('puts texts of any alphabet, numbers and bytes together', () => {
  const message = new Message();
  fc.assert(
    fc.property(
      fc.nat({ max: 255 }),
      fc.array(
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 300 }),
          fc.uint8Array({ maxLength: 1500 }),
          fc.maxSafeNat(),
        ),
      ),
      (tag, parts) => {
        message.start(tag);
        const plain: Uint8Array[] = [Uint8Array.of(tag)];
        for (const part of parts) {
          if (typeof part === 'string') message.text(part);
          else if (typeof part === 'number') message.uint64(part);
          else message.bytes(part);
          plain.push(
            typeof part === 'string' ? utf8(part) : typeof part === 'number' ? uint64(part) : part,
          );
        }
        expect(message.taken()).toEqual(concat(...plain));
        expect(toHex(message.digest())).toBe(expected(concat(...plain)));
      },
    ),
  );
});

it('refuses a text too long for its length', () => {
  expect(() => new Message().start(0).prefixed('x'.repeat(65_536))).toThrow(/16 bits/);
});
