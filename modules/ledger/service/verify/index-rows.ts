import type { EpcisEvent } from '@zaizao/epcis';
import { canonicalUri } from '@zaizao/gs1';
import type { Tx } from '@zaizao/platform/db';
import { hashLeaf, type TileTree, thingKey, toHex } from '@zaizao/tlog';
import { findingOf } from '../../domain/finding.ts';
import { LINK_KIND, linksOf } from '../../domain/link.ts';
import { microsOf } from '../../domain/micros.ts';
import { bareWord } from '../../domain/term.ts';
import { ROLE_NUMBER, type TouchedThing, touchedBy } from '../../domain/thing-role.ts';
import {
  indexCounts,
  missingEntries,
  missingLinks,
  missingThings,
  type StoredEvent,
} from '../../repo/verify.ts';
import type { Run } from './run.ts';
import { nullIfTlog, parsed } from './stored.ts';

/** What the public index must say of a logged event. */
async function publicEntries(
  run: Run,
  row: StoredEvent,
  touched: readonly TouchedThing[],
  tree: TileTree,
) {
  const index = Number(row.log_index);
  const entry = await tree.entry(index).catch(nullIfTlog);
  if (!entry) return [];
  const leafHash = hashLeaf(entry);
  const things = [...new Set(touched.map((t) => t.thing))];
  if (run.org === undefined) run.touched.push({ index, leafHash, things });
  return things.map((thing) => {
    return { key: toHex(thingKey(thing)), index, leaf: toHex(leafHash) };
  });
}

/** The columns and index rows that readers search by must say what the event says. */
export async function checkIndex(
  run: Run,
  tx: Tx,
  org: number,
  chunk: readonly StoredEvent[],
  tree: TileTree,
) {
  const things = [];
  const links = [];
  const entries: { key: string; index: number; leaf: string }[] = [];
  const ids = new Map<number, string>();
  for (const row of chunk) {
    const seq = Number(row.seq);
    ids.set(seq, row.event_id);
    const { event } = parsed(row);
    const event_us = Number(row.event_us);
    const touched = touchedBy(event);
    for (const { thing, role } of touched) {
      things.push({ thing, event_us, seq, role: ROLE_NUMBER[role] });
    }
    for (const link of linksOf(event, touched, seq)) {
      links.push({ ...link, kind: LINK_KIND[link.kind], seq });
    }
    if (row.log_index !== null) entries.push(...(await publicEntries(run, row, touched, tree)));
    const wrong = wrongColumns(row, event);
    if (wrong.length > 0) {
      const columns = wrong.join(', ');
      const zh = `事件 ${row.event_id} 的检索字段被改动：${columns}`;
      const en = `the search columns of event ${row.event_id} were changed: ${columns}`;
      run.found(findingOf('index-changed', zh, en, { seq, eventId: row.event_id }));
    }
  }
  for (const index of await missingEntries(tx, entries)) {
    const zh = `日志第 ${index} 条已从公开履历中隐藏`;
    const en = `entry ${index} of the log is hidden from a public history`;
    run.found(findingOf('thing-hidden', zh, en, { logIndex: index }));
  }
  const hidden = [
    ...(await missingThings(tx, org, things)),
    ...(await missingLinks(tx, org, links)),
  ];
  for (const { thing, seq } of hidden) {
    const eventId = ids.get(Number(seq)) ?? '';
    const zh = `事件 ${eventId} 已从物品 ${thing} 的履历中隐藏`;
    const en = `event ${eventId} is hidden from the history of ${thing}`;
    run.found(findingOf('thing-hidden', zh, en, { seq: Number(seq), eventId }));
  }
  return { things: things.length, links: links.length };
}

export async function checkCounts(
  run: Run,
  org: number,
  end: number,
  expected: { things: number; links: number },
) {
  const there = await run.read((tx) => indexCounts(tx, org, end));
  if (there.things <= expected.things && there.links <= expected.links) return;
  const zh = '履历或谱系索引中有不属于任何事件的记录';
  const en = 'the history or genealogy index has rows that no event states';
  run.found(findingOf('index-surplus', zh, en));
}

function wrongColumns(row: StoredEvent, event: EpcisEvent): string[] {
  const declared = event.errorDeclaration?.declarationTime;
  const expected: readonly (readonly [string, unknown, unknown])[] = [
    ['type', row.type, event.type],
    ['action', row.action ?? undefined, 'action' in event ? event.action : undefined],
    ['bizStep', row.biz_step ?? undefined, event.bizStep && bareWord(event.bizStep)],
    ['disposition', row.disposition ?? undefined, event.disposition && bareWord(event.disposition)],
    ['readPoint', row.read_point ?? undefined, event.readPoint && canonicalUri(event.readPoint.id)],
    [
      'bizLocation',
      row.biz_location ?? undefined,
      event.bizLocation && canonicalUri(event.bizLocation.id),
    ],
    ['eventTime', Number(row.event_us), microsOf(event.eventTime)],
    ['eventID', row.event_id, event.eventID],
    ['declarationTime', Number(row.declared_us), declared === undefined ? 0 : microsOf(declared)],
  ];
  return expected.filter(([, is, should]) => is !== should).map(([name]) => name);
}
