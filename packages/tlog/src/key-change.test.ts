import { describe, expect, it } from 'vitest';
import { appendEntries } from './append.ts';
import { openCheckpoint, withSignaturesOf } from './checkpoint.ts';
import { utf8 } from './encoding.ts';
import { issueCheckpoint, memoryHeadStore } from './head-store.ts';
import { announceKey, isKeyChange, openKeyChange, predecessors } from './key-change.ts';
import { encodeVerifierKey, signingKey } from './note.ts';
import { memoryTileStore } from './tile-store.ts';
import { TileTree } from './tile-tree.ts';

const seed = (n: number) => new Uint8Array(32).fill(n);
const [first, second, third] = [1, 2, 3].map((n) => signingKey('log.example/a', 1, seed(n)));
if (!first || !second || !third) throw new Error('unreachable');

describe('changing the key of a log', () => {
  it('is announced by the old key and the new one', () => {
    const note = announceKey(first, second, 17);
    expect(isKeyChange(utf8(note))).toBe(true);
    expect(isKeyChange(utf8('zaizao-map/1\n'))).toBe(false);
    const opened = openKeyChange(note);
    expect(opened).toMatchObject({ ok: true, change: { origin: 'log.example/a', size: 17 } });
    expect(() => announceKey(first, signingKey('log.example/b', 1, seed(4)), 1)).toThrow(
      'keeps its name',
    );
  });

  it('is refused with any byte changed', () => {
    const bytes = utf8(announceKey(first, second, 17));
    for (let i = 0; i < bytes.length; i++) {
      const changed = bytes.slice();
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(openKeyChange(changed), `byte ${i}`).toMatchObject({ ok: false });
    }
  });

  it('leads from the newest key back to the first', () => {
    const notes = [announceKey(first, second, 5), announceKey(second, third, 9)];
    const found = predecessors(third, notes);
    expect(found.ok && found.keys.map(encodeVerifierKey)).toEqual(
      [second, first].map(encodeVerifierKey),
    );
    expect(predecessors(third, notes.toReversed())).toMatchObject({ ok: false });
    expect(predecessors(second, notes)).toMatchObject({ ok: false, code: 'UNTRUSTED' });
    expect(predecessors(first, [])).toEqual({ ok: true, keys: [] });
  });

  it('signs one head with both keys, and never contradicts what the old one signed', async () => {
    const tiles = memoryTileStore();
    const heads = memoryHeadStore();
    await appendEntries(tiles, 0, [utf8('a')]);
    const before = await issueCheckpoint(new TileTree(tiles, 1), first, heads);
    await appendEntries(tiles, 1, [utf8(announceKey(first, second, 2))]);
    const change = await issueCheckpoint(new TileTree(tiles, 2), second, heads, [first]);
    if (!before.ok || !change.ok) throw new Error('not signed');
    expect(openCheckpoint(before.note, [first])).toMatchObject({ ok: true });
    expect(openCheckpoint(change.note, [first])).toMatchObject({ ok: true });
    expect(openCheckpoint(change.note, [second])).toMatchObject({ ok: true });
    const one = openCheckpoint(withSignaturesOf(change.note, [second]), [first]);
    expect(one).toMatchObject({ ok: false, code: 'UNTRUSTED' });

    const fork = memoryTileStore();
    await appendEntries(fork, 0, [utf8('b'), utf8('c'), utf8('d')]);
    expect(await issueCheckpoint(new TileTree(fork, 3), second, heads)).toMatchObject({
      ok: false,
      code: 'INCONSISTENT',
    });
  });
});
