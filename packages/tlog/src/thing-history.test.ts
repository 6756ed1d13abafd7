import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendEntries } from './append.ts';
import { auditTiles } from './audit.ts';
import { utf8 } from './encoding.ts';
import { hashLeaf } from './merkle.ts';
import { memoryNodeStore, SparseMap } from './sparse-map.ts';
import {
  decodeMapHead,
  encodeMapHead,
  recordHistory,
  thingKey,
  verifyHistory,
  verifyMapHead,
} from './thing-history.ts';
import { memoryTileStore } from './tile-store.ts';
import { TileTree } from './tile-tree.ts';

const things = ['urn:a', 'urn:b', 'urn:c'];
const event = (index: number, ...touched: string[]) => ({
  index,
  leafHash: hashLeaf(utf8(`event ${index}`)),
  things: touched,
});

describe('history of a thing', () => {
  it('verifies whole and in no other form', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.subarray(things), { minLength: 1, maxLength: 25 }),
        fc.nat(),
        async (touches, cut) => {
          const map = new SparseMap(memoryNodeStore());
          const events = touches.map((touched, i) => event(i * 2, ...touched));
          // In two batches, split anywhere: the result is the same.
          const at = cut % events.length;
          const first = await recordHistory(map, SparseMap.empty, events.slice(0, at));
          const { root } = await recordHistory(map, first.root, events.slice(at));
          const once = await recordHistory(
            new SparseMap(memoryNodeStore()),
            SparseMap.empty,
            events,
          );
          expect(root).toEqual(once.root);

          for (const thing of things) {
            const history = events.filter((e) => e.things.includes(thing));
            const proof = await map.prove(root, thingKey(thing));
            expect(verifyHistory(root, thing, history, proof)).toEqual({ ok: true });
            for (let i = 0; i < history.length; i++) {
              const hidden = history.toSpliced(i, 1);
              expect(verifyHistory(root, thing, hidden, proof)).toMatchObject({
                code: 'BAD_HISTORY',
              });
              const moved = history.with(i, event((history[i]?.index ?? 0) + 1));
              expect(verifyHistory(root, thing, moved, proof).ok).toBe(false);
            }
            const added = [...history, event(999)];
            expect(verifyHistory(root, thing, added, proof).ok).toBe(false);
            if (history.length > 1) {
              expect(verifyHistory(root, thing, history.toReversed(), proof).ok).toBe(false);
            }
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('map head', () => {
  it('must be the last entry of the checkpoint and cover the rest', async () => {
    const store = memoryTileStore();
    const mapRoot = hashLeaf(utf8('map'));
    const head = encodeMapHead({ covered: 2, root: mapRoot });
    expect(decodeMapHead(head)).toEqual({ covered: 2, root: mapRoot });
    const root = await appendEntries(store, 0, [utf8('a'), utf8('b'), head]);
    const path = await new TileTree(store, 3).inclusionProof(2);
    expect(verifyMapHead({ size: 3, root }, head, path)).toEqual({ ok: true, mapRoot });

    const stale = encodeMapHead({ covered: 1, root: mapRoot });
    const other = memoryTileStore();
    const staleRoot = await appendEntries(other, 0, [utf8('a'), utf8('b'), stale]);
    const stalePath = await new TileTree(other, 3).inclusionProof(2);
    expect(verifyMapHead({ size: 3, root: staleRoot }, stale, stalePath)).toMatchObject({
      code: 'BAD_LEAF',
    });
    const grown = await appendEntries(other, 3, [utf8('later')]);
    const later = await new TileTree(other, 4).inclusionProof(2);
    expect(verifyMapHead({ size: 4, root: grown }, stale, later).ok).toBe(false);
    expect(verifyMapHead({ size: 0, root }, head, []).ok).toBe(false);
    expect(() => decodeMapHead(utf8('zaizao-map/1\nshort'))).toThrow();
  });
});

describe('audit of tiles', () => {
  const size = 600;
  const build = async () => {
    const store = memoryTileStore();
    const entries = Array.from({ length: size }, (_, i) => utf8(`entry ${i}`));
    return { store, root: await appendEntries(store, 0, entries) };
  };
  const flip = (tiles: Map<string, Uint8Array>, path: string, at: number) => {
    const bytes = tiles.get(path)?.slice();
    if (!bytes) throw new Error(path);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    tiles.set(path, bytes);
  };

  it('gives no alarm on clean data', async () => {
    const { store, root } = await build();
    expect(await auditTiles(store, size, root)).toEqual([]);
    expect(await auditTiles(memoryTileStore(), 0, hashLeaf(utf8('')))).toEqual([
      { path: 'checkpoint', problem: 'root' },
    ]);
  });

  it('names what was changed', async () => {
    const { store, root } = await build();
    const cases: [string, (tiles: Map<string, Uint8Array>) => void, object][] = [
      [
        'an entry edited',
        (t) => flip(t, 'tile/entries/001', 2 + 3),
        { path: 'tile/entries/001', problem: 'entry-hash', index: 256 },
      ],
      [
        'a leaf hash replaced',
        (t) => flip(t, 'tile/0/001', 0),
        { path: 'tile/0/001', problem: 'tile-hash' },
      ],
      [
        'a partial tile replaced',
        (t) => flip(t, 'tile/0/002.p/88', 5),
        { path: 'checkpoint', problem: 'root' },
      ],
      [
        'an upper tile replaced',
        (t) => flip(t, 'tile/1/000.p/2', 33),
        { path: 'checkpoint', problem: 'root' },
      ],
      ['a tile removed', (t) => t.delete('tile/0/000'), { path: 'tile/0/000', problem: 'missing' }],
      [
        'a tile cut',
        (t) => t.set('tile/0/000', new Uint8Array(31)),
        { path: 'tile/0/000', problem: 'malformed' },
      ],
      [
        'two tiles swapped',
        (t) => {
          const [a, b] = [t.get('tile/0/000'), t.get('tile/0/001')];
          if (a && b) t.set('tile/0/000', b).set('tile/0/001', a);
        },
        { path: 'tile/0/000', problem: 'tile-hash' },
      ],
    ];
    for (const [what, tamper, expected] of cases) {
      const tiles = new Map(store.tiles);
      tamper(tiles);
      const faults = await auditTiles(memoryTileStore(tiles), size, root);
      expect(faults, what).toContainEqual(expected);
    }
  });
});
