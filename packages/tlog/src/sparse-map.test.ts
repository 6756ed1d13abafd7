import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from './encoding.ts';
import { decodeMapProof, encodeMapProof, verifyMapProof } from './map-proof.ts';
import { sha256 } from './merkle.ts';
import { mapRoot, memoryNodeStore, type NodeStore, SparseMap } from './sparse-map.ts';

const hash = (text: string) => sha256(utf8(text));
const key = (n: number) => hash(`key ${n}`);
const value = (n: number) => hash(`value ${n}`);

describe('sparse map', () => {
  it('equals a map built from scratch, whatever the order and batches', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.tuple(fc.nat({ max: 60 }), fc.nat()), { maxLength: 30 }), {
          maxLength: 6,
        }),
        async (batches) => {
          const map = new SparseMap(memoryNodeStore());
          const truth = new Map<number, number>();
          let root = SparseMap.empty;
          for (const batch of batches) {
            ({ root } = await map.update(
              root,
              batch.map(([k, v]) => [key(k), value(v)] as const),
            ));
            for (const [k, v] of batch) truth.set(k, v);
          }
          const naive = mapRoot([...truth].map(([k, v]) => [key(k), value(v)] as const));
          expect(root).toEqual(naive);
          for (let k = 0; k < 70; k += 3) {
            const proof = await map.prove(root, key(k));
            const known = truth.get(k);
            expect(verifyMapProof(root, key(k), proof)).toEqual({
              ok: true,
              value: known === undefined ? null : value(known),
            });
            expect(decodeMapProof(encodeMapProof(proof))).toEqual(proof);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('refuses a proof with any byte changed', async () => {
    const map = new SparseMap(memoryNodeStore());
    const { root } = await map.update(
      SparseMap.empty,
      Array.from({ length: 200 }, (_, n) => [key(n), value(n)] as const),
    );
    for (const n of [7, 1_000, 1_003]) {
      const bytes = encodeMapProof(await map.prove(root, key(n)));
      const honest = verifyMapProof(root, key(n), decodeMapProof(bytes));
      expect(honest).toEqual({ ok: true, value: n < 200 ? value(n) : null });
      for (let i = 0; i < bytes.length; i++) {
        const changed = bytes.slice();
        changed[i] = (changed[i] ?? 0) ^ (1 << (i % 8));
        let accepted = false;
        try {
          accepted = verifyMapProof(root, key(n), decodeMapProof(changed)).ok;
        } catch {
          // A proof that can't be read is refused as well.
        }
        expect(accepted, `key ${n} byte ${i}`).toBe(false);
      }
      // Another key's proof proves nothing about this one.
      expect(verifyMapProof(root, key(n + 1), decodeMapProof(bytes)).ok).toBe(false);
    }
  });

  it('cannot deny a key that is there', async () => {
    const map = new SparseMap(memoryNodeStore());
    const { root } = await map.update(SparseMap.empty, [
      [key(1), value(1)],
      [key(2), value(2)],
    ]);
    const { siblings } = await map.prove(root, key(1));
    expect(verifyMapProof(root, key(1), { siblings, terminal: null }).ok).toBe(false);
    const other = { key: key(2), value: value(2) };
    expect(verifyMapProof(root, key(1), { siblings, terminal: other }).ok).toBe(false);
    expect(verifyMapProof(SparseMap.empty, key(1), { siblings: [], terminal: null })).toEqual({
      ok: true,
      value: null,
    });
  });

  it('keeps keys apart that differ in the last bit', async () => {
    const [a, b] = [new Uint8Array(32).fill(255), new Uint8Array(32).fill(255)];
    b[31] = 254;
    const map = new SparseMap(memoryNodeStore());
    const { root } = await map.update(SparseMap.empty, [
      [a, value(1)],
      [b, value(2)],
    ]);
    const proof = await map.prove(root, a);
    expect(proof.siblings).toHaveLength(256);
    expect(verifyMapProof(root, a, proof)).toEqual({ ok: true, value: value(1) });
    expect(encodeMapProof(proof).length).toBe(2 + 32 + 32 + 65);
  });

  it('keeps old roots provable and names nodes that only they need', async () => {
    const store = memoryNodeStore();
    const map = new SparseMap(store);
    const entries = Array.from({ length: 50 }, (_, n) => [key(n), value(n)] as const);
    const before = await map.update(SparseMap.empty, entries);
    const after = await map.update(before.root, [[key(3), value(99)]]);
    expect(await map.get(before.root, key(3))).toEqual(value(3));
    for (const node of after.replaced) store.nodes.delete(node);
    for (let n = 0; n < 50; n++) {
      expect(await map.get(after.root, key(n))).toEqual(value(n === 3 ? 99 : n));
    }
    await expect(map.get(before.root, key(3))).rejects.toMatchObject({ code: 'MISSING_DATA' });
  });

  it('asks a store that can answer many at once, one time a level', async () => {
    const inner = memoryNodeStore();
    const calls = { getMany: 0, setMany: 0 };
    const batching: NodeStore = {
      get: () => Promise.reject(new Error('one at a time')),
      set: () => Promise.reject(new Error('one at a time')),
      getMany: async (hashes) => {
        calls.getMany++;
        return Promise.all(hashes.map((name) => inner.get(name)));
      },
      setMany: async (nodes) => {
        calls.setMany++;
        for (const [name, node] of nodes) await inner.set(name, node);
      },
    };
    const map = new SparseMap(batching);
    const entries = Array.from({ length: 500 }, (_, n) => [key(n), value(n)] as const);
    const first = await map.update(SparseMap.empty, entries.slice(0, 250));
    expect(calls).toEqual({ getMany: 0, setMany: 1 });
    const second = await map.update(first.root, entries);
    expect(second.root).toEqual(mapRoot(entries));
    expect(calls.getMany).toBeLessThan(25);
    expect(calls.setMany).toBe(2);
  });

  it('notices a node that was tampered with', async () => {
    const store = memoryNodeStore();
    const map = new SparseMap(store);
    const { root } = await map.update(SparseMap.empty, [[key(1), value(1)]]);
    for (const [name, node] of store.nodes) {
      node[40] = (node[40] ?? 0) ^ 1;
      store.nodes.set(name, node);
    }
    await expect(map.get(root, key(1))).rejects.toMatchObject({ code: 'CORRUPT_DATA' });
  });
});
