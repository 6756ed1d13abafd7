import type { Tx } from '@zaizao/platform/db';
import {
  auditTiles,
  decodeMapHead,
  equalBytes,
  isMapHead,
  memoryNodeStore,
  openCheckpoint,
  recordHistory,
  SparseMap,
  TileTree,
  toHex,
} from '@zaizao/tlog';
import { findingOf } from '../../domain/finding.ts';
import { keyRing, keysAt } from '../../log/key-ring.ts';
import { notedHead } from '../../log/keys.ts';
import { TileTable } from '../../log/tile-table.ts';
import { latestCheckpoint } from '../../repo/log.ts';
import { allCheckpoints } from '../../repo/verify.ts';
import { publishedNotes } from '../../repo/witness.ts';
import { CHUNK, type Run, SHALLOW } from './run.ts';
import { nullIfTlog, readable } from './stored.ts';

/** The newest head: signed by our key, the root of the tiles, and not older than what we noted. */
export async function checkHead(run: Run, tx: Tx): Promise<void> {
  const head = await latestCheckpoint(tx);
  const noted = notedHead(run.app.config);
  run.size = Number(head?.size ?? 0);
  const root = head && new Uint8Array(head.root);
  if (
    noted &&
    (noted.size > run.size || (noted.size === run.size && root && toHex(root) !== noted.root))
  ) {
    run.found(
      findingOf(
        'log-rolled-back',
        `曾签署 ${noted.size} 条，现在数据库只有 ${run.size} 条或内容不同：数据库被恢复到旧状态`,
        `${noted.size} leaves are signed, the database has ${run.size} or others: it was set back`,
      ),
    );
  }
  if (!head || !root) return;
  const store = new TileTable(tx);
  if (!run.deep) {
    const built = await new TileTree(store, run.size).root().catch(nullIfTlog);
    if (!built || !equalBytes(built, root)) tileDamaged(run, 'checkpoint', 'root');
    return;
  }
  for (const { path, problem } of await auditTiles(store, run.size, root)) {
    tileDamaged(run, path, problem);
  }
}

function tileDamaged(run: Run, path: string, problem: string): void {
  const [zh, en] = [
    `日志数据块 ${path} 有误（${problem}）`,
    `tile ${path} is damaged (${problem})`,
  ];
  run.found(findingOf('tile-damaged', zh, en));
}

/** Every head ever signed must be a beginning of today's tree. */
export async function checkHistoryOfHeads(run: Run): Promise<void> {
  const ring = await run.read((tx) => keyRing(tx, run.app));
  let after = run.deep ? 0 : Math.max(0, run.size - SHALLOW);
  for (;;) {
    const rows = await run.read(async (tx) => {
      const found = await allCheckpoints(tx, after, CHUNK);
      const tree = new TileTree(new TileTable(tx), run.size);
      for (const { size, root, map_root, note } of found) {
        const n = Number(size);
        const opened = openCheckpoint(
          note,
          keysAt(ring, n).map(({ key }) => key),
        );
        const signed =
          opened.ok &&
          opened.checkpoint.size === n &&
          equalBytes(opened.checkpoint.root, new Uint8Array(root));
        if (!signed) {
          const [zh, en] = [
            `第 ${n} 条处的检查点签名不符`,
            `the checkpoint at ${n} is not as signed`,
          ];
          run.found(findingOf('checkpoint-forged', zh, en));
        }
        await checkMapHead(run, tree, n, new Uint8Array(map_root));
        const built = n <= run.size ? await tree.rootAt(n).catch(nullIfTlog) : null;
        const claimed = opened.ok ? opened.checkpoint.root : new Uint8Array(root);
        if (!built || !equalBytes(built, claimed)) {
          const zh = `检查点 ${n} 与现在的日志不一致（分叉）`;
          const en = `the checkpoint at ${n} is of another history (a fork)`;
          run.found(findingOf('checkpoint-inconsistent', zh, en));
        }
      }
      return found;
    });
    const last = rows.at(-1);
    if (!last || rows.length < CHUNK) return;
    after = Number(last.size);
  }
}

/** Heads that others have: those shown with witnesses' signatures, and those a reader has kept. */
export async function checkKept(run: Run): Promise<void> {
  await run.read(async (tx) => {
    const ring = await keyRing(tx, run.app);
    const tree = new TileTree(new TileTable(tx), run.size);
    const shown = run.deep ? await publishedNotes(tx) : [];
    for (const note of [...shown, ...run.against]) {
      const opened = openCheckpoint(
        note,
        ring.map(({ key }) => key),
      );
      const size = opened.ok ? opened.checkpoint.size : 0;
      if (!opened.ok) {
        const zh = `保存的检查点不是本日志签署的（${opened.reason}）`;
        const en = `a checkpoint that was kept is not signed by this log (${opened.reason})`;
        run.found(findingOf('checkpoint-forged', zh, en));
        continue;
      }
      const built = size <= run.size ? await tree.rootAt(size).catch(nullIfTlog) : null;
      if (built && equalBytes(built, opened.checkpoint.root)) continue;
      const zh = `曾经出示的检查点 ${size} 与现在的日志不一致（分叉）`;
      const en = `the checkpoint at ${size} that was shown is of another history (a fork)`;
      run.found(findingOf('checkpoint-inconsistent', zh, en));
    }
  });
}

/** The last entry of a checkpoint is the root of the map over all before it. */
async function checkMapHead(
  run: Run,
  tree: TileTree,
  size: number,
  root: Uint8Array,
): Promise<void> {
  const entry = size <= run.size ? await tree.entry(size - 1).catch(nullIfTlog) : null;
  if (!entry) return; // the damage is named elsewhere
  const head = isMapHead(entry) ? readable(() => decodeMapHead(entry)) : undefined;
  if (head?.covered === size - 1 && equalBytes(head.root, root)) return;
  mapWrong(run, size);
}

function mapWrong(run: Run, size: number): void {
  const zh = `检查点 ${size} 的履历索引与日志不符`;
  const en = `the index of histories at ${size} does not fit the log`;
  run.found(findingOf('map-wrong', zh, en, { logIndex: size - 1 }));
}

/** The map made anew from all events must have the root that was signed last. */
export async function checkMap(run: Run): Promise<void> {
  const touched = run.touched.toSorted((a, b) => a.index - b.index);
  const map = new SparseMap(memoryNodeStore());
  const { root } = await recordHistory(map, SparseMap.empty, touched);
  const head = await run.read((tx) => latestCheckpoint(tx));
  if (head && !equalBytes(root, new Uint8Array(head.map_root))) mapWrong(run, Number(head.size));
}
