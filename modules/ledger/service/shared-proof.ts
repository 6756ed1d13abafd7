import type { Ctx } from '@zaizao/platform/http';
import { type Disclosure, thingKey, toHex } from '@zaizao/tlog';
import { placesOf, sharedLeaves, sharedProofs } from '../repo/share.ts';
import type { EventRow } from '../repo/story.ts';

/** The places in the log of events that others share, in their order; undefined while they wait for it. */
export async function sharedPlaces(
  ctx: Ctx,
  rows: readonly EventRow[],
): Promise<(number | undefined)[]> {
  if (rows.length === 0) return [];
  const asked = rows.map((row) => ({ owner: row.owner ?? 0, seq: Number(row.seq) }));
  const leaves = await sharedLeaves(ctx.tx, ctx.org.no, asked);
  const places = await placesOf(
    ctx.tx,
    leaves.map(({ thing, leaf }) => ({ key: toHex(thingKey(thing)), leaf })),
  );
  const byEvent = new Map(leaves.map((l) => [`${l.owner} ${l.seq}`, places.get(l.leaf)]));
  return asked.map(({ owner, seq }) => byEvent.get(`${owner} ${seq}`));
}

export interface SharedProof {
  readonly owner: number;
  readonly seq: number;
  /** Place in the log; undefined while it waits for it. */
  readonly index: number | undefined;
  /** What its owner shows of it. */
  readonly disclosure: Disclosure;
}

/** What proves a shared event, or one of its declarations, against the log. */
export async function sharedProof(
  ctx: Ctx,
  eventId: string,
  seq: number | undefined,
): Promise<SharedProof | undefined> {
  const rows = await sharedProofs(ctx.tx, ctx.org.no, eventId);
  const row = rows.find((r) => seq === undefined || Number(r.seq) === seq);
  if (!row) return undefined;
  const leaf = toHex(new Uint8Array(row.leaf_hash));
  const places = await placesOf(ctx.tx, [{ key: toHex(thingKey(row.thing)), leaf }]);
  return {
    ...{ owner: row.owner, seq: Number(row.seq), index: places.get(leaf) },
    disclosure: row.opened as Disclosure, // as `share.ts` wrote it
  };
}
