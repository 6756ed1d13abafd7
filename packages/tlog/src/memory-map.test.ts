import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from './encoding.ts';
import { verifyMapProof } from './map-proof.ts';
import { MemoryMap } from './memory-map.ts';
import { sha256 } from './merkle.ts';
import { mapRoot } from './sparse-map.ts';

const key = (n: number) => sha256(utf8(`key ${n}`));
const value = (n: number) => sha256(utf8(`value ${n}`));
const rootOf = (truth: ReadonlyMap<number, number>) =>
  mapRoot([...truth].map(([k, v]) => [key(k), value(v)] as const));

function set(map: MemoryMap, batch: ReadonlyMap<number, number>, label: number): Uint8Array {
  const byKey = new Map([...batch].map(([k, v]) => [key(k).join(), value(v)]));
  const next = (k: Uint8Array) => byKey.get(k.join()) ?? new Uint8Array(32);
  return map.update([...batch.keys()].map(key), next, label);
}

const batches = fc.array(
  fc
    .array(fc.tuple(fc.nat({ max: 60 }), fc.nat()), { maxLength: 30 })
    .map((pairs) => new Map(pairs)),
  { maxLength: 8 },
);

describe('map in memory', () => {
  it('has the roots and proofs of a map built from scratch, version by version', async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (all) => {
        const map = new MemoryMap();
        const truth = new Map<number, number>();
        const versions: { root: Uint8Array; truth: Map<number, number> }[] = [];
        for (const [i, batch] of all.entries()) {
          for (const [k, v] of batch) truth.set(k, v);
          const root = set(map, batch, i + 1);
          expect(root).toEqual(rootOf(truth));
          versions.push({ root, truth: new Map(truth) });
        }
        for (const { root, truth: then } of versions) {
          for (let k = 0; k < 70; k += 7) {
            const known = then.get(k);
            expect(verifyMapProof(root, key(k), await map.prove(root, key(k)))).toEqual({
              ok: true,
              value: known === undefined ? null : value(known),
            });
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('gives back what forgotten and undone versions took', async () => {
    await fc.assert(
      fc.asyncProperty(batches, batches, async (kept, undone) => {
        const map = new MemoryMap();
        const truth = new Map<number, number>();
        for (const [i, batch] of kept.entries()) {
          for (const [k, v] of batch) truth.set(k, v);
          set(map, batch, i + 1);
        }
        const { root, label } = map;
        const before = map.nodes;
        for (const [i, batch] of undone.entries()) set(map, batch, label + i + 1);
        expect(map.goBackTo(root)).toBe(true);
        expect(map.nodes).toBe(before);
        map.forget(() => true);
        expect(map.retired).toBe(0);
        // What is left is what a map of these entries alone takes.
        const fresh = new MemoryMap();
        set(fresh, truth, 1);
        expect(map.nodes).toBe(fresh.nodes);
        expect(map.root).toEqual(rootOf(truth));
        const other = [...truth.keys()][0] ?? 1;
        expect(await map.prove(map.root, key(other))).toEqual(
          await fresh.prove(fresh.root, key(other)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('gives every value made from the one before it', () => {
    const map = new MemoryMap();
    set(map, new Map([[1, 1]]), 1);
    const seen: (Uint8Array | null)[] = [];
    map.update(
      [key(1), key(2), key(1)],
      (_, old) => {
        seen.push(old);
        return value(9);
      },
      2,
    );
    expect(seen).toHaveLength(2);
    expect(seen).toContainEqual(value(1));
    expect(seen).toContainEqual(null);
  });

  it('says so when a version is asked for that it does not have', async () => {
    const map = new MemoryMap();
    const first = set(map, new Map([[1, 1]]), 1);
    set(map, new Map([[1, 2]]), 2);
    map.forget((_, next) => next <= 2);
    expect(map.labels).toEqual([2]);
    await expect(map.prove(first, key(1))).rejects.toMatchObject({ code: 'MISSING_DATA' });
    expect(map.goBackTo(first)).toBe(false);
  });
});
