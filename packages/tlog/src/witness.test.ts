import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendEntries } from './append.ts';
import { openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { addCosignatures, cosign } from './cosignature.ts';
import { toHex, utf8 } from './encoding.ts';
import { type HeadStore, issueCheckpoint, memoryHeadStore } from './head-store.ts';
import { emptyRoot, hashLeaf, sha256 } from './merkle.ts';
import {
  encodeNote,
  encodeVerifierKey,
  openNote,
  parseNote,
  parseVerifierKey,
  signingKey,
} from './note.ts';
import { checkPolicy, kOfN, parsePolicy } from './policy.ts';
import { memoryTileStore } from './tile-store.ts';
import { TileTree } from './tile-tree.ts';
import { encodeTlogProof, parseTlogProof, verifyTlogProof } from './tlog-proof.ts';
import { encodeAddCheckpoint, parseAddCheckpoint, Witness } from './witness.ts';

const seed = (n: number) => new Uint8Array(32).fill(n);
const log = signingKey('ledger.example/log', 1, seed(1));
const witnessKey = (n: number) => signingKey(`w${n}.example`, 4, seed(100 + n));
const NOW = 1_790_000_000;

/** A log of `size` entries whose text begins with `salt`, from entry `forkAt` on. */
async function logOf(size: number, salt = '', forkAt = 0): Promise<TileTree> {
  const store = memoryTileStore();
  const entry = (i: number) => utf8(`${i >= forkAt ? salt : ''}entry ${i}`);
  await appendEntries(
    store,
    0,
    Array.from({ length: size }, (_, i) => entry(i)),
  );
  return new TileTree(store, size);
}

const signed = async (tree: TileTree) =>
  signCheckpoint({ size: tree.size, root: await tree.root() }, log);

const witness = (store: HeadStore = memoryHeadStore(), n = 1) =>
  new Witness({
    key: witnessKey(n),
    logs: new Map([[log.name, [log]]]),
    store,
    now: () => NOW,
  });

async function submit(to: Witness, tree: TileTree, oldSize: number) {
  return to.addCheckpoint(
    encodeAddCheckpoint({
      oldSize,
      proof: oldSize > 0 ? await tree.consistencyProof(oldSize) : [],
      checkpoint: await signed(tree),
    }),
  );
}

describe('cosignature', () => {
  it('carries its time, and fails when anything is changed', async () => {
    const note = await signed(await logOf(5));
    const line = cosign(parseNote(note).text, witnessKey(1), NOW);
    const cosigned = encodeNote({ ...parseNote(note), signatures: [line] });
    expect(openNote(cosigned, [witnessKey(1)])).toMatchObject({
      ok: true,
      verified: [{ time: NOW }],
    });
    for (let i = 0; i < line.signature.length; i++) {
      const signature = line.signature.slice();
      signature[i] = (signature[i] ?? 0) ^ 1;
      const changed = encodeNote({ ...parseNote(note), signatures: [{ ...line, signature }] });
      expect(openNote(changed, [witnessKey(1)]).ok).toBe(false);
    }
  });

  it('is made only by cosigning keys over checkpoints', () => {
    expect(() => cosign('not a checkpoint\n', witnessKey(1), NOW)).toThrow();
    expect(() =>
      cosign('o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n', log, NOW),
    ).toThrow();
  });

  it('reads the answer of the specification, ignoring strangers', async () => {
    const note = await signed(await logOf(5));
    const ours = cosign(parseNote(note).text, witnessKey(1), NOW);
    const stranger = cosign(parseNote(note).text, witnessKey(2), NOW);
    const lines = encodeNote({ text: '\n', signatures: [stranger, ours] }).slice(2);
    const merged = addCosignatures(note, lines, [witnessKey(1)]);
    expect(merged).toMatchObject({ ok: true, added: ['w1.example'] });
    if (!merged.ok) throw new Error(merged.reason);
    expect(parseNote(merged.note).signatures).toHaveLength(2);
    const again = addCosignatures(merged.note, lines, [witnessKey(1)]);
    expect(again.ok && parseNote(again.note).signatures).toHaveLength(2);
    expect(addCosignatures(note, lines, [witnessKey(3)])).toMatchObject({ code: 'UNTRUSTED' });
  });
});

describe('witness', () => {
  it('follows a growing log and cosigns each head', async () => {
    const it = witness();
    let old = 0;
    for (const size of [0, 3, 3, 10, 300]) {
      const tree = await logOf(size);
      const answer = await submit(it, tree, old);
      expect(answer.status).toBe(200);
      const merged = addCosignatures(await signed(tree), answer.body, [witnessKey(1)]);
      expect(merged.ok).toBe(true);
      old = size;
    }
    const shown = await it.checkpointFor(toHex(sha256(utf8(log.name))));
    expect(shown.status).toBe(200);
    expect(openCheckpoint(shown.body, [log], [witnessKey(1)])).toMatchObject({
      ok: true,
      checkpoint: { size: 300 },
      cosigned: [{ time: NOW }],
    });
    expect((await it.checkpointFor('00')).status).toBe(404);
  });

  it('answers each fault with the status of the specification', async () => {
    const it = witness();
    const [five, nine] = [await logOf(5), await logOf(9)];
    expect((await submit(it, five, 0)).status).toBe(200);

    expect(await submit(it, nine, 0)).toEqual({
      status: 409,
      contentType: 'text/x.tlog.size',
      body: '5\n',
    });
    const body = encodeAddCheckpoint({
      oldSize: 5,
      proof: await nine.consistencyProof(5),
      checkpoint: await signed(nine),
    });
    const forked = await logOf(9, 'x', 2);
    expect((await submit(it, forked, 5)).status).toBe(422);
    expect((await submit(it, await logOf(5, 'x'), 5)).status).toBe(422);
    expect((await submit(it, await logOf(3), 3)).status).toBe(409);
    expect((await it.addCheckpoint(body.replace('old 5', 'old 10'))).status).toBe(400);
    expect((await it.addCheckpoint(body.replace('old 5', 'old 05'))).status).toBe(400);
    expect((await it.addCheckpoint('nonsense')).status).toBe(400);
    expect((await it.addCheckpoint(body.replaceAll(log.name, 'other.example'))).status).toBe(404);
    const flipped = body.replace('\n9\n', '\n8\n');
    expect((await it.addCheckpoint(flipped)).status).toBe(403);
    const tooMany = body.replace('old 5\n', `old 5\n${`${'A'.repeat(43)}=\n`.repeat(64)}`);
    expect((await it.addCheckpoint(tooMany)).status).toBe(400);
    const unknownKey = signCheckpoint(
      { size: 9, root: await nine.root() },
      signingKey(log.name, 1, seed(2)),
    );
    expect(
      (
        await it.addCheckpoint(
          encodeAddCheckpoint({ oldSize: 5, proof: [], checkpoint: unknownKey }),
        )
      ).status,
    ).toBe(403);
    const emptyLie = signCheckpoint({ size: 0, root: hashLeaf(utf8('')) }, log);
    expect(
      (
        await witness().addCheckpoint(
          encodeAddCheckpoint({ oldSize: 0, proof: [], checkpoint: emptyLie }),
        )
      ).status,
    ).toBe(422);
    expect(
      (
        await witness().addCheckpoint(
          encodeAddCheckpoint({
            oldSize: 0,
            proof: [emptyRoot()],
            checkpoint: await signed(five),
          }),
        )
      ).status,
    ).toBe(422);
    // After all that, an honest step still works.
    expect((await it.addCheckpoint(body)).status).toBe(200);
  });

  it('cosigns one of two racing heads', async () => {
    const store = memoryHeadStore();
    const it = witness(store);
    await submit(it, await logOf(5), 0);
    const answers = await Promise.all([
      submit(it, await logOf(9), 5),
      submit(it, await logOf(12), 5),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('stores before it answers', async () => {
    const inner = memoryHeadStore();
    const failing: HeadStore = {
      latest: (origin) => inner.latest(origin),
      advance: async () => {
        throw new Error('disk full');
      },
    };
    await expect(submit(witness(failing), await logOf(2), 0)).rejects.toThrow('disk full');
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 63 }),
        (oldSize, proof) => {
          const request = { oldSize, proof, checkpoint: 'a\n0\nb\n\n— a AAAAAAA=\n' };
          expect(parseAddCheckpoint(encodeAddCheckpoint(request))).toEqual(request);
        },
      ),
    );
  });
});

describe('issuing checkpoints', () => {
  it('never signs two heads that contradict each other', async () => {
    const store = memoryHeadStore();
    const first = await issueCheckpoint(await logOf(7), log, store);
    expect(first.ok).toBe(true);
    expect(await issueCheckpoint(await logOf(7), log, store)).toEqual(first);
    expect((await issueCheckpoint(await logOf(20), log, store)).ok).toBe(true);
    for (const bad of [await logOf(7), await logOf(20, 'x', 19), await logOf(25, 'x', 3)]) {
      expect(await issueCheckpoint(bad, log, store)).toMatchObject({ code: 'INCONSISTENT' });
    }
    expect((await issueCheckpoint(await logOf(25, 'x', 20), log, store)).ok).toBe(true);
  });

  it('lets one of two contradicting signers win', async () => {
    const store = memoryHeadStore();
    const results = await Promise.all([
      issueCheckpoint(await logOf(3), log, store),
      issueCheckpoint(await logOf(4, 'x'), log, store),
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

describe('policy', () => {
  const w = [1, 2, 3].map(witnessKey);
  const cosignedBy = async (tree: TileTree, numbers: number[]) => {
    const note = parseNote(await signed(tree));
    const lines = numbers.map((n) => cosign(note.text, witnessKey(n), NOW));
    return encodeNote({ ...note, signatures: [...note.signatures, ...lines] });
  };

  it('requires k of n witnesses, each counted once', async () => {
    const tree = await logOf(4);
    const policy = kOfN([log], 2, w);
    expect(checkPolicy(await cosignedBy(tree, [1, 3]), policy).ok).toBe(true);
    for (const numbers of [[], [2], [2, 2], [2, 9]]) {
      expect(checkPolicy(await cosignedBy(tree, numbers), policy)).toMatchObject({
        code: 'QUORUM_MISSING',
      });
    }
    expect(checkPolicy(await signed(tree), kOfN([log], 0, [])).ok).toBe(true);
    expect(() => kOfN([log], 4, w)).toThrow();
    expect(() => kOfN([log], 1, [witnessKey(1), signingKey('alias', 4, seed(101))])).toThrow();
  });

  const vkey = (n: number) => encodeVerifierKey(witnessKey(n));
  const file = `# two houses
log ${encodeVerifierKey(log)} https://ledger.example/log
witness X1 ${vkey(1)}
witness X2 ${vkey(2)}   https://w2.example/
\twitness Y1 ${vkey(3)}
witness Y2 ${vkey(4)}
group X all X1 X2
group Y any Y1 Y2
group both 2 X Y
quorum both
`;

  it('reads policy files with groups', async () => {
    const policy = parsePolicy(file);
    expect(policy.logs).toEqual([parseVerifierKey(encodeVerifierKey(log))]);
    const tree = await logOf(4);
    expect(checkPolicy(await cosignedBy(tree, [1, 2, 4]), policy).ok).toBe(true);
    expect(checkPolicy(await cosignedBy(tree, [1, 3, 4]), policy).ok).toBe(false);
    expect(checkPolicy(await cosignedBy(tree, [1, 2]), policy).ok).toBe(false);
  });

  it('refuses policy files that say something else than they seem to', () => {
    for (const bad of [
      '',
      file.replace('quorum both', ''),
      `${file}quorum X`,
      file.replace('any Y1 Y2', '3 Y1 Y2'),
      file.replace('any Y1 Y2', '0 Y1 Y2'),
      file.replace('any Y1 Y2', 'any Y1 X1'),
      file.replace('any Y1 Y2', 'any Z'),
      file.replace('any Y1 Y2', 'any'),
      file.replace('witness Y2', 'witness Y1'),
      file.replace('witness Y2', 'witness none'),
      file.replace(vkey(4), vkey(3)),
      file.replace(vkey(4), encodeVerifierKey(log)),
      file.replace('quorum both', 'quorum later'),
      `${file}extra line`,
    ]) {
      expect(() => parsePolicy(bad), bad).toThrow();
    }
    expect(parsePolicy('quorum none\n').quorum).toEqual({ kind: 'none' });
  });
});

describe('.tlog-proof', () => {
  it('proves an entry offline, and nothing when any byte is changed', async () => {
    const tree = await logOf(11);
    const text = encodeTlogProof({
      index: 6,
      path: await tree.inclusionProof(6),
      checkpoint: await signed(tree),
      extra: utf8('hint'),
    });
    const policy = kOfN([log], 0, []);
    const leaf = hashLeaf(utf8('entry 6'));
    expect(verifyTlogProof(text, leaf, policy)).toMatchObject({ ok: true, index: 6 });
    expect(parseTlogProof(text).extra).toEqual(utf8('hint'));
    expect(verifyTlogProof(text, hashLeaf(utf8('entry 7')), policy)).toMatchObject({
      code: 'ROOT_MISMATCH',
    });
    const bytes = utf8(text);
    const hint = text.indexOf('extra ') + 'extra '.length;
    for (let i = 0; i < bytes.length; i++) {
      if (i >= hint && i < hint + 8) continue; // The hint is not authenticated.
      const changed = bytes.slice();
      changed[i] = (changed[i] ?? 0) ^ (1 << (i % 7));
      expect(verifyTlogProof(changed, leaf, policy).ok, `byte ${i}`).toBe(false);
    }
  });
});
