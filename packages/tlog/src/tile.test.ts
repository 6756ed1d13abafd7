import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendEntries, appendLeaves } from './append.ts';
import { utf8 } from './encoding.ts';
import { hashLeaf, merkleRoot } from './merkle.ts';
import {
  decodeEntryBundle,
  encodeEntryBundle,
  inclusionTiles,
  parseTilePath,
  tileAt,
  tilePath,
  tilesOf,
} from './tile.ts';
import { memoryTileStore } from './tile-store.ts';
import { TileTree } from './tile-tree.ts';
import { verifyInclusion } from './verify.ts';

describe('tile paths', () => {
  it('are those of the specification', () => {
    expect(tilePath({ level: 0, index: 1234067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 1, index: 0, width: 17 })).toBe('tile/1/000.p/17');
    expect(tilePath({ level: 'entries', index: 999, width: 256 })).toBe('tile/entries/999');
    expect(tilePath({ level: 63, index: 1000, width: 1 })).toBe('tile/63/x001/000.p/1');
  });

  it('come back from their text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 })),
        fc.maxSafeNat(),
        fc.integer({ min: 1, max: 256 }),
        (level, index, width) => {
          expect(parseTilePath(tilePath({ level, index, width }))).toEqual({ level, index, width });
        },
      ),
    );
  });

  it('have one spelling', () => {
    for (const path of [
      'tile/64/000',
      'tile/00/000',
      'tile/0/00',
      'tile/0/x000/001',
      'tile/0/x001',
      'tile/0/001/002',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000.p/01',
      'tile/data/000',
      '/tile/0/000',
      'tile/0/000/',
      'tile/0/../000',
    ]) {
      expect(() => parseTilePath(path), path).toThrow();
    }
  });

  it('make up a tree of 70,000 as the specification counts them', () => {
    const tiles = [...tilesOf(70_000)];
    const count = (level: number | 'entries') => tiles.filter((tile) => tile.level === level);
    expect(count(0)).toHaveLength(274);
    expect(count(0).at(-1)?.width).toBe(112);
    expect(count(1).map(({ width }) => width)).toEqual([256, 17]);
    expect(count(2).map(({ width }) => width)).toEqual([1]);
    expect(count('entries')).toHaveLength(274);
    expect(() => tileAt(70_000, 3, 0)).toThrow();
  });
});

it('an inclusion proof reads no tile but those named, at most two to a level', async () => {
  const hashes = Array.from({ length: 70_000 }, (_, i) => hashLeaf(utf8(String(i))));
  const store = memoryTileStore();
  let grown = 0;
  for (const size of [1, 255, 256, 257, 511, 4_096, 65_535, 65_536, 65_537, 70_000]) {
    await appendLeaves(store, grown, hashes.slice(grown, size));
    grown = size;
    const picked = [0, 1, 255, 256, size >> 1, size - 2, size - 1];
    for (const index of new Set(picked.filter((i) => i >= 0 && i < size))) {
      const named = inclusionTiles(index, size).map(tilePath);
      const read = async (path: string) => (named.includes(path) ? store.read(path) : null);
      const path = await new TileTree({ ...store, read }, size).inclusionProof(index);
      const root = await new TileTree(store, size).root();
      const leaf = hashes[index] ?? new Uint8Array();
      expect(verifyInclusion(index, size, leaf, path, root)).toEqual({ ok: true });
      expect(named.length).toBeLessThanOrEqual(2 * 3);
    }
  }
});

describe('appending', () => {
  it('gives the same tiles whatever the batches', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 6 }),
        async (batches) => {
          const total = batches.reduce((sum, n) => sum + n, 0);
          const entries = Array.from({ length: total }, (_, i) => utf8(`entry ${i}`));
          const whole = memoryTileStore();
          const wholeRoot = await appendEntries(whole, 0, entries);
          expect(wholeRoot).toEqual(merkleRoot(entries.map(hashLeaf)));

          const stepped = memoryTileStore();
          let size = 0;
          let root = await appendLeaves(stepped, 0, []);
          for (const batch of batches) {
            root = await appendEntries(stepped, size, entries.slice(size, size + batch));
            size += batch;
          }
          expect(root).toEqual(wholeRoot);
          for (const id of tilesOf(total)) {
            expect(stepped.tiles.get(tilePath(id))).toEqual(whole.tiles.get(tilePath(id)));
          }
          if (total > 0) {
            expect(await new TileTree(stepped, total).entry(total - 1)).toEqual(entries.at(-1));
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('touches O(new + log n) tiles', async () => {
    const store = memoryTileStore();
    const hash = hashLeaf(utf8('x'));
    await appendLeaves(store, 0, new Array(65_536 + 256 + 5).fill(hash));
    let touched = 0;
    const counted = {
      read: (path: string) => {
        touched++;
        return store.read(path);
      },
      write: (path: string, bytes: Uint8Array) => {
        touched++;
        return store.write(path, bytes);
      },
    };
    await appendLeaves(counted, 65_536 + 256 + 5, [hash]);
    expect(touched).toBeLessThanOrEqual(6);
  });

  it('overwrites what an interrupted append left', async () => {
    const store = memoryTileStore();
    await appendEntries(store, 0, [utf8('kept')]);
    await appendEntries(store, 1, [utf8('lost'), utf8('lost too')]);
    const root = await appendEntries(store, 1, [utf8('other'), utf8('more')]);
    expect(root).toEqual(merkleRoot(['kept', 'other', 'more'].map((text) => hashLeaf(utf8(text)))));
    expect(await new TileTree(store, 3).root()).toEqual(root);
  });

  it('reads a full tile where the partial one is gone', async () => {
    const store = memoryTileStore();
    const entries = Array.from({ length: 300 }, (_, i) => utf8(`e${i}`));
    await appendEntries(store, 0, entries);
    const tree = new TileTree(store, 200);
    expect(await tree.root()).toEqual(merkleRoot(entries.slice(0, 200).map(hashLeaf)));
    expect(await tree.entry(199)).toEqual(utf8('e199'));
  });

  it('says what is missing or cut', async () => {
    const store = memoryTileStore();
    await appendEntries(store, 0, [utf8('a'), utf8('b')]);
    store.tiles.set('tile/0/000.p/2', new Uint8Array(63));
    await expect(new TileTree(store, 2).root()).rejects.toMatchObject({ code: 'CORRUPT_DATA' });
    store.tiles.delete('tile/0/000.p/2');
    await expect(new TileTree(store, 2).root()).rejects.toMatchObject({ code: 'MISSING_DATA' });
    await expect(appendLeaves(store, 2, [utf8('short')])).rejects.toMatchObject({
      code: 'BAD_ENCODING',
    });
    await expect(appendEntries(store, 0, [new Uint8Array(65_536)])).rejects.toMatchObject({
      code: 'BAD_RANGE',
    });
  });
});

it('entry bundles come back and refuse anything over or short', () => {
  const entries = [utf8(''), utf8('a'), new Uint8Array(65_535)];
  const bundle = encodeEntryBundle(entries);
  expect(decodeEntryBundle(bundle, 3)).toEqual(entries);
  expect(() => decodeEntryBundle(bundle, 2)).toThrow();
  expect(() => decodeEntryBundle(bundle, 4)).toThrow();
  expect(() => decodeEntryBundle(bundle.slice(0, -1), 3)).toThrow();
});
