import type { EpcisEvent } from '@zaizao/epcis';
import { canonicalUri } from '@zaizao/gs1';
import type { Tx } from '@zaizao/platform/db';
import type { App, Ctx } from '@zaizao/platform/http';
import {
  type Disclosure,
  type HistoryEntry,
  type JsonObject,
  type MapProver,
  openGroups,
  saltsFrom,
  type TileStore,
  thingKey,
  toHex,
} from '@zaizao/tlog';
import { hashNameOf } from '../domain/event-digest.ts';
import { stampOf } from '../domain/micros.ts';
import { committedEvent } from '../log/leaf.ts';
import { logMapOf } from '../log/log-map.ts';
import { shownHead } from '../log/open-head.ts';
import { sourceOf } from '../log/sequencer.ts';
import { tileCacheOf } from '../log/tile-cache.ts';
import { TileTable } from '../log/tile-table.ts';
import { leavesOfThing } from '../repo/log.ts';
import { thingEntryRows } from '../repo/map.ts';

/** The log as it was last signed, to prove from. */
export interface OpenLog {
  readonly logKey: string;
  /** Announcements by which earlier keys of the log lead to this one. */
  readonly keyChanges: string[];
  readonly witnessKeys: string[];
  readonly checkpoint: string;
  readonly size: number;
  readonly tiles: TileStore;
  readonly map: MapProver;
  readonly mapRoot: Uint8Array;
}

/** The checkpoint that the world is shown, with tiles and map; undefined while there is none. Works in a public transaction. */
export async function openLog(tx: Tx, app: App): Promise<OpenLog | undefined> {
  const head = await shownHead(tx, app);
  if (!head) return undefined;
  const { logKey, keyChanges, witnessKeys, note, row } = head;
  const mapRoot = new Uint8Array(row.map_root);
  return {
    ...{ logKey, keyChanges, witnessKeys, checkpoint: note },
    size: Number(row.size),
    tiles: new TileTable(tx, tileCacheOf(app)),
    map: logMapOf(app).prover(tx, Number(row.size), mapRoot),
    mapRoot,
  };
}

/**
 * Every entry of the log that touches a thing, whichever organisation captured it, below a size of
 * the log, in its order. Hashes only; works in a public transaction.
 */
export async function thingEntries(tx: Tx, thing: string, size: number): Promise<HistoryEntry[]> {
  const rows = await thingEntryRows(tx, toHex(thingKey(canonicalUri(thing))), size);
  return rows.map(({ log_index, leaf_hash }) => {
    return { index: Number(log_index), leafHash: new Uint8Array(leaf_hash) };
  });
}

export interface OpenedEvent {
  readonly eventId: string;
  readonly seq: number;
  readonly recordTime: string;
  readonly event: EpcisEvent;
  /** Everything opened, made when it is asked for: the caller cuts it down to what its reader may see. */
  readonly disclosure: Disclosure;
}

/** The organisation's events that touched a thing, by event time, each opened whole; logged yet or not. */
export async function disclosuresOf(ctx: Ctx, epc: string): Promise<OpenedEvent[]> {
  const rows = await leavesOfThing(ctx.tx, ctx.org.no, canonicalUri(epc));
  return rows.map((row) => {
    const event: JsonObject = committedEvent(sourceOf(row, ctx.org.id));
    const salts = saltsFrom(new Uint8Array(row.secret));
    return {
      eventId: row.event_id,
      seq: Number(row.seq),
      recordTime: stampOf(Number(row.record_us)),
      event: event as unknown as EpcisEvent, // validated before it was stored
      get disclosure() {
        return openGroups(event, hashNameOf(row.hash), salts);
      },
    };
  });
}
