import { appendEntries, appendLeaves } from './append.ts';
import { openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { createLeaf } from './create-leaf.ts';
import { utf8 } from './encoding.ts';
import { encodeMapProof, verifyMapProof } from './map-proof.ts';
import { hashLeaf } from './merkle.ts';
import { signingKey } from './note.ts';
import { memoryNodeStore, SparseMap } from './sparse-map.ts';
import { thingKey } from './thing-history.ts';
import { memoryTileStore } from './tile-store.ts';
import { TileTree } from './tile-tree.ts';
import { verifyInclusion } from './verify.ts';

/**
 * Times the log on this machine: `[leaves = 1,000,000] [batch = 1,000]`. Tiles are in memory, so the
 * figures are those of the code and not of a disk. Milliseconds unless the name says otherwise.
 */
export async function bench(args: string[]): Promise<Record<string, unknown>> {
  const leaves = Number(args[0] ?? 1_000_000);
  const batch = Number(args[1] ?? 1_000);
  const store = memoryTileStore();

  const hashes = Array.from({ length: leaves }, (_, i) => hashLeaf(utf8(`leaf ${i}`)));
  let root = new Uint8Array(32);
  const appended = await seconds(async () => {
    for (let size = 0; size < leaves; size += batch) {
      root = new Uint8Array(await appendLeaves(store, size, hashes.slice(size, size + batch)));
    }
  });

  const places = Array.from({ length: 200 }, (_, i) => Math.floor(((i + 0.5) * leaves) / 200));
  const proofs: Uint8Array[][] = [];
  // A fresh tree each time: no tile is remembered from one proof to the next.
  const inclusion = await times(places, async (index) => {
    proofs.push(await new TileTree(store, leaves).inclusionProof(index));
  });
  const consistency = await times(places, async (index) => {
    await new TileTree(store, leaves).consistencyProof(index + 1);
  });
  const verify = await times(places, async (index, i) => {
    const verdict = verifyInclusion(index, leaves, hashes[index] ?? root, proofs[i] ?? [], root);
    if (!verdict.ok) throw new Error(verdict.reason);
  });

  const key = signingKey('bench.example/log', 1, new Uint8Array(32).fill(1));
  const note = signCheckpoint({ size: leaves, root }, key);
  const checkpoint = await times(places, async () => {
    if (!openCheckpoint(note, [key]).ok) throw new Error('checkpoint does not open');
  });

  return {
    leaves,
    batch,
    appendLeavesPerSecond: Math.round(leaves / appended),
    appendSmallBatches: await smallBatches(),
    inclusionProof: inclusion,
    inclusionProofBytes: Math.max(...proofs.map((proof) => proof.length)) * 32,
    consistencyProof: consistency,
    verifyInclusion: verify,
    verifyCheckpoint: checkpoint,
    createLeafPerSecond: await leafRate(),
    sparseMap: await sparseMap(Math.min(leaves, 100_000)),
  };
}

/** Entries a second when each append carries ten. */
async function smallBatches(): Promise<{ perSecond: number }> {
  const store = memoryTileStore();
  const entries = Array.from({ length: 20_000 }, (_, i) => utf8(`entry ${i}`));
  const elapsed = await seconds(async () => {
    for (let size = 0; size < entries.length; size += 10) {
      await appendEntries(store, size, entries.slice(size, size + 10));
    }
  });
  return { perSecond: Math.round(entries.length / elapsed) };
}

async function leafRate(): Promise<number> {
  const event = {
    type: 'ObjectEvent',
    action: 'OBSERVE',
    eventTime: '2026-05-01T09:00:00.000+08:00',
    eventTimeZoneOffset: '+08:00',
    epcList: ['https://id.gs1.org/01/09506000134352/21/SN1'],
    bizStep: 'inspecting',
    disposition: 'in_progress',
    readPoint: { id: 'https://id.gs1.org/414/9521321000010' },
  };
  const count = 3_000;
  const elapsed = await seconds(async () => {
    for (let i = 0; i < count; i++) {
      createLeaf(
        {
          event,
          eventHash: 'ni:///sha-256;00?ver=CBV2.0',
          recordTime: '2026-05-01T01:00:00.000Z',
          eventID: `urn:uuid:${i}`,
          organisation: 'org',
        },
        new Uint8Array(32).fill(i),
      );
    }
  });
  return Math.round(count / elapsed);
}

async function sparseMap(things: number): Promise<Record<string, unknown>> {
  const store = memoryNodeStore();
  const map = new SparseMap(store);
  let root = SparseMap.empty;
  const built = await seconds(async () => {
    for (let from = 0; from < things; from += 1_000) {
      const entries = Array.from(
        { length: Math.min(1_000, things - from) },
        (_, i) => [thingKey(`thing ${from + i}`), hashLeaf(utf8(`${i}`))] as const,
      );
      const updated = await map.update(root, entries);
      root = updated.root;
      for (const node of updated.replaced) store.nodes.delete(node);
    }
  });
  const proofs: number[] = [];
  const prove = await times(
    Array.from({ length: 200 }, (_, i) => i * 7),
    async (n) => {
      const proof = await map.prove(root, thingKey(`thing ${n}`));
      if (!verifyMapProof(root, thingKey(`thing ${n}`), proof).ok) throw new Error('map proof');
      proofs.push(encodeMapProof(proof).length);
    },
  );
  return {
    things,
    updatesPerSecond: Math.round(things / built),
    proveAndVerify: prove,
    proofBytesMax: Math.max(...proofs),
  };
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Median and 95th percentile in milliseconds. */
async function times(
  inputs: readonly number[],
  work: (input: number, i: number) => Promise<void>,
): Promise<{ p50: number; p95: number }> {
  const taken: number[] = [];
  for (const [i, input] of inputs.entries()) {
    const start = performance.now();
    await work(input, i);
    taken.push(performance.now() - start);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) =>
    Number((taken[Math.floor(share * (taken.length - 1))] ?? 0).toFixed(3));
  return { p50: at(0.5), p95: at(0.95) };
}
