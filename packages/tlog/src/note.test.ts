import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts';
import { utf8 } from './encoding.ts';
import { hashLeaf } from './merkle.ts';
import {
  encodeNote,
  encodeSigningKey,
  encodeVerifierKey,
  openNote,
  parseNote,
  parseSigningKey,
  parseVerifierKey,
  signingKey,
  signNote,
} from './note.ts';

const seed = (n: number) => new Uint8Array(32).fill(n);

describe('signed notes', () => {
  // The example of https://c2sp.org/signed-note
  const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
  const note =
    'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

  it('verify the example of the specification', () => {
    const key = parseVerifierKey(vkey);
    expect(encodeVerifierKey(key)).toBe(vkey);
    expect(openNote(note, [key])).toMatchObject({ ok: true, verified: [{ key, time: null }] });
    expect(encodeNote(parseNote(note))).toBe(note);
  });

  it('fail with any byte of the example changed', () => {
    const key = parseVerifierKey(vkey);
    const bytes = utf8(note);
    for (let i = 0; i < bytes.length; i++) {
      for (const bit of [0, 3, 5, 7]) {
        const changed = bytes.slice();
        changed[i] = (changed[i] ?? 0) ^ (1 << bit);
        expect(openNote(changed, [key]).ok, `byte ${i} bit ${bit}`).toBe(false);
      }
    }
  });

  it('come back for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((t) => !/[\p{Cc}]/u.test(t) && t.isWellFormed()),
        (text) => {
          const key = signingKey('ledger.example/log', 1, seed(7));
          const signed = encodeNote(signNote(`${text}\n`, [key]));
          expect(openNote(signed, [key]).ok).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('ignore unknown keys, refuse when none is known', () => {
    const [a, b] = [signingKey('a', 1, seed(1)), signingKey('b', 1, seed(2))];
    const both = encodeNote(signNote('hello\n', [a, b]));
    expect(openNote(both, [b])).toMatchObject({ ok: true, verified: [{ key: b }] });
    expect(openNote(both, [signingKey('a', 1, seed(3))])).toMatchObject({ code: 'UNTRUSTED' });
    const forged = both.replace('hello', 'hullo');
    expect(openNote(forged, [a])).toMatchObject({ code: 'BAD_SIGNATURE' });
  });

  it('refuse malformed notes and keys', () => {
    for (const bad of [
      'no signatures\n',
      'text\n\n- a AAAAAAA=\n',
      'text\n\n— a  AAAAAAA=\n',
      'text\n\n— a AAAA\n',
      'tab\there\n\n— a AAAAAAA=\n',
      'text\n\n— a+b AAAAAAA=\n',
      'text\n\n— a AAAAAAA=',
    ]) {
      expect(openNote(bad, []), bad).toMatchObject({ ok: false });
      expect(() => parseNote(bad), bad).toThrow();
    }
    for (const bad of ['', 'a', 'a+b', 'a+00000000+AQ==', vkey.replace('530d', '530e')]) {
      expect(() => parseVerifierKey(bad), bad).toThrow();
    }
    expect(() => signingKey('with space')).toThrow();
    expect(() => signingKey('with+plus')).toThrow();
    expect(() => signNote('no newline', [])).toThrow();
  });

  it('keep signing keys as Go writes them', () => {
    const key = signingKey('ledger.example/log', 1, seed(9));
    expect(parseSigningKey(encodeSigningKey(key))).toEqual(key);
    expect(() => parseSigningKey(encodeVerifierKey(key))).toThrow();
    // The key of Tessera's public test log.
    const tessera = parseSigningKey(
      'PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg',
    );
    expect(encodeVerifierKey(tessera)).toBe(
      'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx',
    );
  });
});

describe('checkpoints', () => {
  const key = signingKey('ledger.example/log', 1, seed(4));
  const root = hashLeaf(utf8('root'));

  it('come back', () => {
    const note = signCheckpoint({ size: 42, root }, key);
    expect(openCheckpoint(note, [key])).toMatchObject({
      ok: true,
      checkpoint: { origin: key.name, size: 42, root, extensions: [] },
      signedBy: key,
      cosigned: [],
    });
  });

  it('fail with any byte changed', () => {
    const bytes = utf8(signCheckpoint({ size: 1_234, root }, key));
    for (let i = 0; i < bytes.length; i++) {
      const changed = bytes.slice();
      changed[i] = (changed[i] ?? 0) ^ (1 << (i % 7));
      expect(openCheckpoint(changed, [key]).ok, `byte ${i}`).toBe(false);
    }
  });

  it("need the key of the checkpoint's own origin", () => {
    const other = signingKey('other.example/log', 1, seed(5));
    const text = encodeCheckpoint({ origin: key.name, size: 1, root });
    const note = encodeNote(signNote(text, [other]));
    expect(openCheckpoint(note, [key, other])).toMatchObject({ ok: false });
  });

  it('have one spelling', () => {
    const good = encodeCheckpoint({ origin: 'o', size: 7, root });
    expect(parseCheckpoint(good).size).toBe(7);
    for (const bad of [
      good.replace('\n7\n', '\n07\n'),
      good.replace('\n7\n', '\n+7\n'),
      good.replace('\n7\n', '\n9007199254740992\n'),
      good.replace('=', ''),
      good.slice(0, -1),
      `${good}\n`,
      `\n${good}`,
      'o\n7\nAAAA\n',
    ]) {
      expect(() => parseCheckpoint(bad), bad).toThrow();
    }
    expect(() => encodeCheckpoint({ origin: 'a\nb', size: 1, root })).toThrow();
    expect(() => encodeCheckpoint({ origin: 'a', size: -1, root })).toThrow();
  });
});
