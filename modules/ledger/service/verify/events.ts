import { eventHash } from '@zaizao/epcis';
import type { Tx } from '@zaizao/platform/db';
import { decodeLeaf, equalBytes, TileTree } from '@zaizao/tlog';
import { digestOf } from '../../domain/event-digest.ts';
import { changedParts, findingOf } from '../../domain/finding.ts';
import { leafFrom } from '../../log/leaf.ts';
import { organisationName, sourceOf } from '../../log/sequencer.ts';
import { TileTable } from '../../log/tile-table.ts';
import { leafIndex, type OrgState, type StoredEvent, storedEvents } from '../../repo/verify.ts';
import { checkCounts, checkIndex } from './index-rows.ts';
import { CHUNK, type Run, SHALLOW } from './run.ts';
import { eventIdAt, leafIn, nullIfTlog, parsed } from './stored.ts';

export async function checkEvents(run: Run, state: OrgState, total: number): Promise<void> {
  const name = await organisationName(run.app, state.org_id);
  const end = Number(state.last_seq);
  let seq = run.deep ? 0 : Math.max(0, end - SHALLOW);
  let lastUs = 0;
  const expected = { things: 0, links: 0 };
  while (seq < end) {
    const rows = await run.read(async (tx) => {
      const chunk = await storedEvents(tx, state.org_id, seq, CHUNK);
      const tree = new TileTree(new TileTable(tx), run.size);
      for (const row of chunk) {
        const n = Number(row.seq);
        for (let gap = seq + 1; gap < n; gap++) await missing(run, tx, state.org_id, gap, tree);
        seq = n;
        if (Number(row.record_us) <= lastUs) orderChanged(run, row);
        lastUs = Number(row.record_us);
        await checkEvent(run, row, name, state, tree);
      }
      const counted = await checkIndex(run, tx, state.org_id, chunk, tree);
      expected.things += counted.things;
      expected.links += counted.links;
      return chunk;
    });
    run.events += rows.length;
    await run.onProgress?.(run.events, total);
    if (rows.length === 0) {
      await run.read(async (tx) => {
        const tree = new TileTree(new TileTable(tx), run.size);
        for (let gap = seq + 1; gap <= end; gap++) {
          await missing(run, tx, state.org_id, gap, tree);
          if (run.isFull) break;
        }
      });
      break;
    }
  }
  if (run.deep) await checkCounts(run, state.org_id, end, expected);
}

async function missing(run: Run, tx: Tx, org: number, seq: number, tree: TileTree): Promise<void> {
  const index = await leafIndex(tx, org, seq);
  const eventId = index === undefined ? undefined : await eventIdAt(tree, index);
  const [zh, en] = [
    `第 ${seq} 号事件${eventId ? `（${eventId}）` : ''}已从账本中消失`,
    `event ${seq}${eventId ? ` (${eventId})` : ''} is gone from the ledger`,
  ];
  run.found(
    findingOf('event-missing', zh, en, {
      seq,
      ...(eventId === undefined ? {} : { eventId }),
      ...(index === undefined ? {} : { logIndex: index }),
    }),
  );
}

function orderChanged(run: Run, row: StoredEvent): void {
  const seq = Number(row.seq);
  const [zh, en] = [
    `第 ${seq} 号事件的记录时间早于前一个`,
    `event ${seq} was recorded before the one before it`,
  ];
  run.found(findingOf('order-changed', zh, en, { seq, eventId: row.event_id }));
}

/** The event as it is now against what its leaf committed to. */
async function checkEvent(
  run: Run,
  row: StoredEvent,
  organisation: string,
  state: OrgState,
  tree: TileTree,
) {
  const seq = Number(row.seq);
  const place = { seq, eventId: row.event_id };
  const { event, context } = parsed(row);
  if (digestOf(eventHash(event, context)) !== row.hash) {
    const [zh, en] = [
      `事件 ${row.event_id} 的内容与其哈希不符`,
      `event ${row.event_id} no longer has its hash`,
    ];
    run.found(findingOf('event-changed', zh, en, place));
  }
  if (row.log_index === null) {
    if (seq <= Number(state.logged)) {
      const [zh, en] = [
        `事件 ${row.event_id} 在日志中的位置丢失`,
        `the place of event ${row.event_id} in the log is lost`,
      ];
      run.found(findingOf('leaf-missing', zh, en, place));
    }
    return;
  }
  const index = Number(row.log_index);
  const logged = await tree.entry(index).catch(nullIfTlog);
  if (!logged) return; // the tile is damaged and named already
  const now = leafFrom(sourceOf(row, organisation)).entry;
  if (equalBytes(now, logged)) return;
  const at = { ...place, logIndex: index };
  const leaf = leafIn(logged);
  if (leaf?.eventID !== row.event_id) {
    const other = leaf?.eventID ?? '—';
    const zh = `事件 ${row.event_id} 在日志位置 ${index}，而该处记录的是 ${other}`;
    const en = `event ${row.event_id} claims place ${index} of the log, where ${other} is`;
    run.found(findingOf('event-moved', zh, en, at));
    return;
  }
  const parts = changedParts(decodeLeaf(now), leaf).join(', ');
  const zh = `事件 ${row.event_id} 被改动：${parts}`;
  const en = `event ${row.event_id} was changed: ${parts}`;
  run.found(findingOf('event-changed', zh, en, at));
}
