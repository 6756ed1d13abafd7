import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { addCosignatures } from './cosignature.ts';
import { utf8 } from './encoding.ts';
import { TlogError } from './error.ts';
import { decodeLeaf } from './leaf.ts';
import { decodeMapProof } from './map-proof.ts';
import { openNote, parseNote, parseSigningKey, parseVerifierKey, signingKey } from './note.ts';
import { kOfN, parsePolicy } from './policy.ts';
import { decodeMapHead } from './thing-history.ts';
import { decodeEntryBundle, parseTilePath } from './tile.ts';
import { parseTlogProof, verifyTlogProof } from './tlog-proof.ts';
import { parseAddCheckpoint } from './witness.ts';

const key = signingKey('log.example', 1, new Uint8Array(32).fill(1));

/** Text made of the words that these formats are made of goes deeper than random characters. */
const formatted = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\n',
        '\n\n',
        '— ',
        ' ',
        'log.example',
        'old 3\n',
        'index 0\n',
        'c2sp.org/tlog-proof@v1\n',
        'AAAAAAA=',
        '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
        '+',
        'quorum none',
        'group a any ',
        'PRIVATE+KEY+',
        'tile/0/000',
        '.p/',
      ),
      fc.string(),
      fc.nat().map(String),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

it('parsers throw a TlogError and nothing else', () => {
  const ofText = [
    parseNote,
    parseCheckpoint,
    parseVerifierKey,
    parseSigningKey,
    parsePolicy,
    parseTlogProof,
    parseAddCheckpoint,
    parseTilePath,
  ];
  const ofBytes = [
    decodeLeaf,
    decodeMapProof,
    decodeMapHead,
    (bytes: Uint8Array) => decodeEntryBundle(bytes, 3),
    (bytes: Uint8Array) => parseNote(bytes),
  ];
  const tame = (parse: () => unknown) => {
    try {
      parse();
    } catch (error) {
      expect(error).toBeInstanceOf(TlogError);
    }
  };
  fc.assert(
    fc.property(formatted, fc.uint8Array({ maxLength: 200 }), (text, bytes) => {
      for (const parse of ofText) tame(() => parse(text));
      for (const parse of ofBytes) tame(() => parse(bytes));
      for (const prefix of ['zaizao-leaf/1\n', 'zaizao-map/1\n']) {
        const led = new Uint8Array([...utf8(prefix), ...bytes]);
        for (const parse of ofBytes) tame(() => parse(led));
      }
    }),
    { numRuns: 400 },
  );
});

it('verifiers refuse rubbish without throwing', () => {
  fc.assert(
    fc.property(formatted, (text) => {
      expect(openNote(text, [key]).ok).toBe(false);
      expect(openCheckpoint(text, [key]).ok).toBe(false);
      expect(addCosignatures(text, text, [key]).ok).toBe(false);
      expect(verifyTlogProof(text, new Uint8Array(32), kOfN([key], 0, [])).ok).toBe(false);
    }),
    { numRuns: 400 },
  );
});
