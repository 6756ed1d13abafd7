import { type Context, type EpcisEvent, eventHash, parseJson, ZAIZAO_CONTEXT } from '@zaizao/epcis';
import { canonicalUri } from '@zaizao/gs1';
import { type Tx, transact } from '@zaizao/platform/db';
import type { App } from '@zaizao/platform/http';
import {
  attempt,
  auditTiles,
  decodeLeaf,
  decodeMapHead,
  type EventLeaf,
  equalBytes,
  hashLeaf,
  isEventLeaf,
  isMapHead,
  memoryNodeStore,
  openCheckpoint,
  recordHistory,
  SparseMap,
  TileTree,
  TlogError,
  thingKey,
  toHex,
} from '@zaizao/tlog';
import type { Finding, Verification } from '../contract.ts';
import { digestOf } from '../domain/event-digest.ts';
import { changedParts, findingOf } from '../domain/finding.ts';
import { LINK_KIND, linksOf } from '../domain/link.ts';
import { microsOf } from '../domain/micros.ts';
import { bareWord } from '../domain/term.ts';
import { ROLE_NUMBER, type TouchedThing, touchedBy } from '../domain/thing-role.ts';
import { auditRoot, decodeAuditEntry, isAuditEntry } from '../log/audit-entry.ts';
import { keyRing, keysAt } from '../log/key-ring.ts';
import { notedHead } from '../log/keys.ts';
import { leafFrom } from '../log/leaf.ts';
import { organisationName, sourceOf } from '../log/sequencer.ts';
import { TileTable } from '../log/tile-table.ts';
import { type AuditBatch, batches, claimedByAudit, rowsOfBatch } from '../repo/audit.ts';
import { latestCheckpoint } from '../repo/log.ts';
import {
  allCheckpoints,
  claimedIndexes,
  indexCounts,
  leafIndex,
  ledgers,
  missingEntries,
  missingLinks,
  missingThings,
  type OrgState,
  type StoredEvent,
  storedEvents,
} from '../repo/verify.ts';
import { publishedNotes } from '../repo/witness.ts';

const CHUNK = 256;
/** A report longer than this helps nobody; the first findings name the cause. */
const MAX_FINDINGS = 200;

export interface VerifyOptions {
  /** Recompute every event, leaf, tile and index; otherwise the newest head and the newest events. */
  readonly deep?: boolean;
  /** Only this organisation's events (the log is one for all). */
  readonly org?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (events: number, total: number) => Promise<void>;
  /** Checkpoints that somebody has kept: today's log must continue each of them. */
  readonly against?: readonly string[];
}

/** Events looked at when not deep. */
const SHALLOW = 256;

/**
 * Checks stored events against the transparency log, and the log against what was signed. Reads in
 * short transactions, so the plant goes on working meanwhile. Clean data give no finding.
 */
export async function verifyLedger(app: App, options: VerifyOptions = {}): Promise<Verification> {
  const run = new Run(app, options);
  return run.verify();
}

class Run {
  readonly #app: App;
  readonly #deep: boolean;
  readonly #org: number | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #onProgress: VerifyOptions['onProgress'];
  readonly #against: readonly string[];
  readonly #findings: Finding[] = [];
  /** What each logged event touches; kept when the whole map is to be made anew. */
  readonly #touched: { index: number; leafHash: Uint8Array; things: readonly string[] }[] = [];
  #events = 0;
  #size = 0;

  constructor(app: App, { deep = false, org, signal, onProgress, against = [] }: VerifyOptions) {
    this.#against = against;
    this.#onProgress = onProgress;
    this.#app = app;
    this.#deep = deep;
    this.#org = org;
    this.#signal = signal;
  }

  async verify(): Promise<Verification> {
    const started = performance.now();
    await this.#read((tx) => this.#checkHead(tx));
    await this.#checkHistoryOfHeads();
    await this.#checkKept();
    const states = await this.#read((tx) => ledgers(tx, this.#org));
    const total = states.reduce((sum, s) => sum + Number(s.last_seq), 0);
    for (const state of states) await this.#checkEvents(state, total);
    if (this.#deep) await this.#checkOrphans(states);
    if (this.#deep) await this.#checkAudit();
    if (this.#deep && this.#org === undefined) await this.#checkMap();
    return {
      ok: this.#findings.length === 0,
      deep: this.#deep,
      events: this.#events,
      leaves: this.#size,
      size: this.#size,
      milliseconds: Math.round(performance.now() - started),
      findings: this.#findings,
    };
  }

  #read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.#signal?.throwIfAborted();
    return transact(this.#app.db, { kind: 'system' }, work);
  }

  #found(finding: Finding): void {
    if (this.#findings.length < MAX_FINDINGS) this.#findings.push(finding);
  }

  /** The newest head: signed by our key, the root of the tiles, and not older than what we noted. */
  async #checkHead(tx: Tx): Promise<void> {
    const head = await latestCheckpoint(tx);
    const noted = notedHead(this.#app.config);
    this.#size = Number(head?.size ?? 0);
    const root = head && new Uint8Array(head.root);
    if (
      noted &&
      (noted.size > this.#size || (noted.size === this.#size && root && toHex(root) !== noted.root))
    ) {
      this.#found(
        findingOf(
          'log-rolled-back',
          `曾签署 ${noted.size} 条，现在数据库只有 ${this.#size} 条或内容不同：数据库被恢复到旧状态`,
          `${noted.size} leaves are signed, the database has ${this.#size} or others: it was set back`,
        ),
      );
    }
    if (!head || !root) return;
    const store = new TileTable(tx);
    if (!this.#deep) {
      const built = await new TileTree(store, this.#size).root().catch(nullIfTlog);
      if (!built || !equalBytes(built, root)) this.#tileDamaged('checkpoint', 'root');
      return;
    }
    for (const { path, problem } of await auditTiles(store, this.#size, root)) {
      this.#tileDamaged(path, problem);
    }
  }

  #tileDamaged(path: string, problem: string): void {
    const [zh, en] = [
      `日志数据块 ${path} 有误（${problem}）`,
      `tile ${path} is damaged (${problem})`,
    ];
    this.#found(findingOf('tile-damaged', zh, en));
  }

  /** Every head ever signed must be a beginning of today's tree. */
  async #checkHistoryOfHeads(): Promise<void> {
    const ring = await this.#read((tx) => keyRing(tx, this.#app));
    let after = this.#deep ? 0 : Math.max(0, this.#size - SHALLOW);
    for (;;) {
      const rows = await this.#read(async (tx) => {
        const found = await allCheckpoints(tx, after, CHUNK);
        const tree = new TileTree(new TileTable(tx), this.#size);
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
            this.#found(findingOf('checkpoint-forged', zh, en));
          }
          await this.#checkMapHead(tree, n, new Uint8Array(map_root));
          const built = n <= this.#size ? await tree.rootAt(n).catch(nullIfTlog) : null;
          const claimed = opened.ok ? opened.checkpoint.root : new Uint8Array(root);
          if (!built || !equalBytes(built, claimed)) {
            const zh = `检查点 ${n} 与现在的日志不一致（分叉）`;
            const en = `the checkpoint at ${n} is of another history (a fork)`;
            this.#found(findingOf('checkpoint-inconsistent', zh, en));
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
  async #checkKept(): Promise<void> {
    await this.#read(async (tx) => {
      const ring = await keyRing(tx, this.#app);
      const tree = new TileTree(new TileTable(tx), this.#size);
      const shown = this.#deep ? await publishedNotes(tx) : [];
      for (const note of [...shown, ...this.#against]) {
        const opened = openCheckpoint(
          note,
          ring.map(({ key }) => key),
        );
        const size = opened.ok ? opened.checkpoint.size : 0;
        if (!opened.ok) {
          const zh = `保存的检查点不是本日志签署的（${opened.reason}）`;
          const en = `a checkpoint that was kept is not signed by this log (${opened.reason})`;
          this.#found(findingOf('checkpoint-forged', zh, en));
          continue;
        }
        const built = size <= this.#size ? await tree.rootAt(size).catch(nullIfTlog) : null;
        if (built && equalBytes(built, opened.checkpoint.root)) continue;
        const zh = `曾经出示的检查点 ${size} 与现在的日志不一致（分叉）`;
        const en = `the checkpoint at ${size} that was shown is of another history (a fork)`;
        this.#found(findingOf('checkpoint-inconsistent', zh, en));
      }
    });
  }

  /** The rows of the audit trail against what the log committed to. */
  async #checkAudit(): Promise<void> {
    let after = { org: -1, batch: 0 };
    for (;;) {
      const found = await this.#read(async (tx) => {
        const chunk = await batches(tx, this.#org, after, 50);
        const tree = new TileTree(new TileTable(tx), this.#size);
        for (const batch of chunk) await this.#checkBatch(tx, tree, batch);
        return chunk;
      });
      const last = found.at(-1);
      if (!last) return;
      after = { org: last.org_id, batch: Number(last.batch) };
    }
  }

  async #checkBatch(tx: Tx, tree: TileTree, batch: AuditBatch): Promise<void> {
    const logIndex = Number(batch.log_index);
    const logged = await tree.entry(logIndex).catch(nullIfTlog);
    if (!logged) return; // the tile is damaged and named already
    const rows = await rowsOfBatch(tx, batch.org_id, batch.batch);
    const entry = isAuditEntry(logged) ? readable(() => decodeAuditEntry(logged)) : undefined;
    const root = rows.length > 0 ? auditRoot(rows, new Uint8Array(batch.salt)) : undefined;
    if (entry && root && entry.rows === rows.length && equalBytes(entry.root, root)) return;
    const isMissing = entry !== undefined && rows.length < entry.rows;
    const place = `${rows[0]?.id ?? '—'} … ${rows.at(-1)?.id ?? '—'}`;
    const [zh, en] = isMissing
      ? [
          `操作记录少了 ${entry.rows - rows.length} 条（${place}）`,
          `${entry.rows - rows.length} rows of the audit trail are missing (${place})`,
        ]
      : [`操作记录被改动（${place}）`, `the audit trail was changed (${place})`];
    this.#found(findingOf(isMissing ? 'audit-missing' : 'audit-changed', zh, en, { logIndex }));
  }

  /** The last entry of a checkpoint is the root of the map over all before it. */
  async #checkMapHead(tree: TileTree, size: number, root: Uint8Array): Promise<void> {
    const entry = size <= this.#size ? await tree.entry(size - 1).catch(nullIfTlog) : null;
    if (!entry) return; // the damage is named elsewhere
    const head = isMapHead(entry) ? readable(() => decodeMapHead(entry)) : undefined;
    if (head?.covered === size - 1 && equalBytes(head.root, root)) return;
    this.#mapWrong(size);
  }

  #mapWrong(size: number): void {
    const zh = `检查点 ${size} 的履历索引与日志不符`;
    const en = `the index of histories at ${size} does not fit the log`;
    this.#found(findingOf('map-wrong', zh, en, { logIndex: size - 1 }));
  }

  /** The map made anew from all events must have the root that was signed last. */
  async #checkMap(): Promise<void> {
    const touched = this.#touched.toSorted((a, b) => a.index - b.index);
    const map = new SparseMap(memoryNodeStore());
    const { root } = await recordHistory(map, SparseMap.empty, touched);
    const head = await this.#read((tx) => latestCheckpoint(tx));
    if (head && !equalBytes(root, new Uint8Array(head.map_root))) this.#mapWrong(Number(head.size));
  }

  async #checkEvents(state: OrgState, total: number): Promise<void> {
    const name = await organisationName(this.#app, state.org_id);
    const end = Number(state.last_seq);
    let seq = this.#deep ? 0 : Math.max(0, end - SHALLOW);
    let lastUs = 0;
    const expected = { things: 0, links: 0 };
    while (seq < end) {
      const rows = await this.#read(async (tx) => {
        const chunk = await storedEvents(tx, state.org_id, seq, CHUNK);
        const tree = new TileTree(new TileTable(tx), this.#size);
        for (const row of chunk) {
          const n = Number(row.seq);
          for (let gap = seq + 1; gap < n; gap++) await this.#missing(tx, state.org_id, gap, tree);
          seq = n;
          if (Number(row.record_us) <= lastUs) this.#orderChanged(row);
          lastUs = Number(row.record_us);
          await this.#checkEvent(row, name, state, tree);
        }
        const counted = await this.#checkIndex(tx, state.org_id, chunk, tree);
        expected.things += counted.things;
        expected.links += counted.links;
        return chunk;
      });
      this.#events += rows.length;
      await this.#onProgress?.(this.#events, total);
      if (rows.length === 0) {
        await this.#read(async (tx) => {
          const tree = new TileTree(new TileTable(tx), this.#size);
          for (let gap = seq + 1; gap <= end; gap++) {
            await this.#missing(tx, state.org_id, gap, tree);
            if (this.#findings.length >= MAX_FINDINGS) break;
          }
        });
        break;
      }
    }
    if (this.#deep) await this.#checkCounts(state.org_id, end, expected);
  }

  async #missing(tx: Tx, org: number, seq: number, tree: TileTree): Promise<void> {
    const index = await leafIndex(tx, org, seq);
    const eventId = index === undefined ? undefined : await eventIdAt(tree, index);
    const [zh, en] = [
      `第 ${seq} 号事件${eventId ? `（${eventId}）` : ''}已从账本中消失`,
      `event ${seq}${eventId ? ` (${eventId})` : ''} is gone from the ledger`,
    ];
    this.#found(
      findingOf('event-missing', zh, en, {
        seq,
        ...(eventId === undefined ? {} : { eventId }),
        ...(index === undefined ? {} : { logIndex: index }),
      }),
    );
  }

  #orderChanged(row: StoredEvent): void {
    const seq = Number(row.seq);
    const [zh, en] = [
      `第 ${seq} 号事件的记录时间早于前一个`,
      `event ${seq} was recorded before the one before it`,
    ];
    this.#found(findingOf('order-changed', zh, en, { seq, eventId: row.event_id }));
  }

  /** The event as it is now against what its leaf committed to. */
  async #checkEvent(row: StoredEvent, organisation: string, state: OrgState, tree: TileTree) {
    const seq = Number(row.seq);
    const place = { seq, eventId: row.event_id };
    const { event, context } = parsed(row);
    if (digestOf(eventHash(event, context)) !== row.hash) {
      const [zh, en] = [
        `事件 ${row.event_id} 的内容与其哈希不符`,
        `event ${row.event_id} no longer has its hash`,
      ];
      this.#found(findingOf('event-changed', zh, en, place));
    }
    if (row.log_index === null) {
      if (seq <= Number(state.logged)) {
        const [zh, en] = [
          `事件 ${row.event_id} 在日志中的位置丢失`,
          `the place of event ${row.event_id} in the log is lost`,
        ];
        this.#found(findingOf('leaf-missing', zh, en, place));
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
      this.#found(findingOf('event-moved', zh, en, at));
      return;
    }
    const parts = changedParts(decodeLeaf(now), leaf).join(', ');
    const zh = `事件 ${row.event_id} 被改动：${parts}`;
    const en = `event ${row.event_id} was changed: ${parts}`;
    this.#found(findingOf('event-changed', zh, en, at));
  }

  /** The columns and index rows that readers search by must say what the event says. */
  /** What the public index must say of a logged event. */
  async #publicEntries(row: StoredEvent, touched: readonly TouchedThing[], tree: TileTree) {
    const index = Number(row.log_index);
    const entry = await tree.entry(index).catch(nullIfTlog);
    if (!entry) return [];
    const leafHash = hashLeaf(entry);
    const things = [...new Set(touched.map((t) => t.thing))];
    if (this.#org === undefined) this.#touched.push({ index, leafHash, things });
    return things.map((thing) => {
      return { key: toHex(thingKey(thing)), index, leaf: toHex(leafHash) };
    });
  }

  async #checkIndex(tx: Tx, org: number, chunk: readonly StoredEvent[], tree: TileTree) {
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
      if (row.log_index !== null) entries.push(...(await this.#publicEntries(row, touched, tree)));
      const wrong = wrongColumns(row, event);
      if (wrong.length > 0) {
        const columns = wrong.join(', ');
        const zh = `事件 ${row.event_id} 的检索字段被改动：${columns}`;
        const en = `the search columns of event ${row.event_id} were changed: ${columns}`;
        this.#found(findingOf('index-changed', zh, en, { seq, eventId: row.event_id }));
      }
    }
    for (const index of await missingEntries(tx, entries)) {
      const zh = `日志第 ${index} 条已从公开履历中隐藏`;
      const en = `entry ${index} of the log is hidden from a public history`;
      this.#found(findingOf('thing-hidden', zh, en, { logIndex: index }));
    }
    const hidden = [
      ...(await missingThings(tx, org, things)),
      ...(await missingLinks(tx, org, links)),
    ];
    for (const { thing, seq } of hidden) {
      const eventId = ids.get(Number(seq)) ?? '';
      const zh = `事件 ${eventId} 已从物品 ${thing} 的履历中隐藏`;
      const en = `event ${eventId} is hidden from the history of ${thing}`;
      this.#found(findingOf('thing-hidden', zh, en, { seq: Number(seq), eventId }));
    }
    return { things: things.length, links: links.length };
  }

  async #checkCounts(org: number, end: number, expected: { things: number; links: number }) {
    const there = await this.#read((tx) => indexCounts(tx, org, end));
    if (there.things <= expected.things && there.links <= expected.links) return;
    const zh = '履历或谱系索引中有不属于任何事件的记录';
    const en = 'the history or genealogy index has rows that no event states';
    this.#found(findingOf('index-surplus', zh, en));
  }

  /** Entries of the log whose event has been taken away together with its traces. */
  async #checkOrphans(states: readonly OrgState[]): Promise<void> {
    const ours = new Set<string>();
    for (const { org_id } of states) ours.add(await organisationName(this.#app, org_id));
    for (let from = 0; from < this.#size; from += CHUNK) {
      const to = Math.min(from + CHUNK, this.#size);
      await this.#read(async (tx) => {
        const claimed = await claimedIndexes(tx, from, to);
        const audited = this.#org === undefined ? await claimedByAudit(tx, from, to) : undefined;
        const tree = new TileTree(new TileTable(tx), this.#size);
        for (let index = from; index < to; index++) {
          if (claimed.has(index)) continue;
          const entry = await tree.entry(index).catch(nullIfTlog);
          if (entry && audited && isAuditEntry(entry) && !audited.has(index)) {
            const zh = `日志第 ${index} 条的操作记录不在数据库中`;
            const en = `the audit rows of entry ${index} of the log are not in the database`;
            this.#found(findingOf('audit-missing', zh, en, { logIndex: index }));
          }
          const leaf = entry ? leafIn(entry) : undefined;
          if (!leaf) continue;
          const { eventID: eventId, organisation } = leaf;
          if (this.#org !== undefined && !ours.has(organisation)) continue;
          if (this.#findings.some((f) => f.eventId === eventId)) continue;
          const zh = `日志第 ${index} 条的事件 ${eventId} 不在账本中`;
          const en = `event ${eventId}, entry ${index} of the log, is not in the ledger`;
          this.#found(findingOf('entry-orphan', zh, en, { eventId, logIndex: index }));
        }
      });
    }
  }
}

/** What a damaged entry says: nothing. The damage itself is named with its tile. */
function readable<T>(decode: () => T): T | undefined {
  const read = attempt(decode);
  return read.ok ? read.value : undefined;
}

function leafIn(entry: Uint8Array): EventLeaf | undefined {
  return isEventLeaf(entry) ? readable(() => decodeLeaf(entry)) : undefined;
}

function nullIfTlog(error: unknown): null {
  if (error instanceof TlogError) return null;
  throw error;
}

async function eventIdAt(tree: TileTree, index: number): Promise<string | undefined> {
  const entry = await tree.entry(index).catch(nullIfTlog);
  return entry ? leafIn(entry)?.eventID : undefined;
}

function parsed(row: StoredEvent): { event: EpcisEvent; context: Context } {
  // As stored: validated then; if it is something else now, the hash tells.
  const event = parseJson(row.event) as unknown as EpcisEvent;
  const context = row.context === null ? ZAIZAO_CONTEXT : (parseJson(row.context) as Context);
  return { event, context };
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
