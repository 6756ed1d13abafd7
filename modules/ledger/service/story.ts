import type { EpcisEvent } from '@zaizao/epcis';
import { canonicalUri } from '@zaizao/gs1';
import { httpErrors } from '@zaizao/platform/contract';
import { cutPage, decodeCursor } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import { ledgerErrors, type StoryEvent, type Thing } from '../contract.ts';
import { hashNameOf } from '../domain/event-digest.ts';
import { stampOf } from '../domain/micros.ts';
import { processOf } from '../domain/process.ts';
import { roleOf, touchedBy } from '../domain/thing-role.ts';
import { ownAndShared, ownOnly } from '../repo/seen.ts';
import {
  type EventRow,
  eventsOfId,
  eventsOfThing,
  type LifePoint,
  newestEvents,
  type StoryFilter,
} from '../repo/story.ts';
import { thingsByEpc } from '../repo/thing.ts';
import { sharedPlaces } from './shared-proof.ts';

export interface HistoryPage {
  readonly items: StoryEvent[];
  readonly next?: string;
}

export interface HistoryQuery {
  readonly limit?: number;
  readonly cursor?: string | undefined;
  readonly order?: 'newest' | 'oldest';
  /** Also what other organisations show of the thing. */
  readonly shared?: boolean;
}

/**
 * The events that touched a thing (any spelling of its EPC, or a business document), by event time,
 * newest first unless asked otherwise. One index range, whatever the size of the ledger.
 */
export async function historyOf(
  ctx: Ctx,
  epc: string,
  { limit = 50, cursor, order = 'newest', shared = false }: HistoryQuery = {},
): Promise<Result<HistoryPage>> {
  const after = pointOf(cursor);
  if (cursor !== undefined && !after) return err(httpErrors.CURSOR_INVALID());
  const seen = shared ? await ownAndShared(ctx.tx, ctx.org.no) : ownOnly(ctx.org.no);
  const rows = await eventsOfThing(ctx.tx, seen, canonicalUri(epc), {
    after,
    newest: order === 'newest',
    limit: limit + 1,
  });
  const { items, next } = cutPage(rows, limit, keyOf);
  const told = await tell(ctx, items, (row) => row.roles.map(roleOf));
  return ok(next === undefined ? { items: told } : { items: told, next });
}

/** The organisation's events, newest first, as a readable story. */
export async function listStory(
  ctx: Ctx,
  filter: StoryFilter,
  { limit = 50, cursor }: { limit?: number; cursor?: string | undefined },
): Promise<Result<HistoryPage>> {
  const after = pointOf(cursor);
  if (cursor !== undefined && !after) return err(httpErrors.CURSOR_INVALID());
  const canonical = filter.thing === undefined ? undefined : canonicalUri(filter.thing);
  const rows = await newestEvents(
    ctx.tx,
    ctx.org.no,
    { ...filter, thing: canonical },
    after,
    limit + 1,
  );
  const { items, next } = cutPage(rows, limit, keyOf);
  const told = await tell(ctx, items, () => []);
  return ok(next === undefined ? { items: told } : { items: told, next });
}

/** One event by its id, own or shared, with the error declarations made about it. */
export async function findEvent(
  ctx: Ctx,
  eventId: string,
): Promise<Result<{ event: StoryEvent; declarations: StoryEvent[] }>> {
  const rows = await eventsOfId(ctx.tx, await ownAndShared(ctx.tx, ctx.org.no), eventId);
  const [event, ...declarations] = await tell(ctx, rows, () => []);
  return event ? ok({ event, declarations }) : err(ledgerErrors.LEDGER_EVENT_NOT_FOUND());
}

function pointOf(cursor: string | undefined): LifePoint | undefined {
  const [us, seq, owner] = cursor === undefined ? [] : (decodeCursor(cursor) ?? []);
  if (![us, seq, owner ?? 0].every(Number.isSafeInteger)) return undefined;
  return { us: Number(us), seq: Number(seq), owner: owner === undefined ? owner : Number(owner) };
}

const keyOf = (row: EventRow) => [
  Number(row.event_us),
  Number(row.seq),
  ...(row.owner === undefined ? [] : [row.owner]),
];

/** Rows as story events, with the names that our modules gave to the things. */
async function tell<R extends EventRow>(
  ctx: Ctx,
  rows: readonly R[],
  rolesOf: (row: R) => string[],
): Promise<StoryEvent[]> {
  const parsed = rows.map((row) => {
    const event = JSON.parse(row.event) as EpcisEvent; // stored after validation
    return { row, event, things: touchedBy(event) };
  });
  const epcs = [...new Set(parsed.flatMap((p) => p.things.map((t) => t.thing)))];
  const known = new Map((await thingsByEpc(ctx.tx, ctx.org.no, epcs)).map((t) => [t.epc, t]));
  const foreign = await foreignParts(ctx, rows);
  return parsed.map(({ row, event, things }) => ({
    ...storyOf(row, event),
    ...foreign.get(row),
    roles: rolesOf(row),
    things: things.map(({ thing: epc, role }) => withName(epc, role, known)),
  }));
}

/** Who recorded the events of others among some rows, and where these stand in the log. */
async function foreignParts(
  ctx: Ctx,
  rows: readonly EventRow[],
): Promise<Map<EventRow, Pick<StoryEvent, 'sharedBy' | 'logIndex'>>> {
  const parts = new Map<EventRow, Pick<StoryEvent, 'sharedBy' | 'logIndex'>>();
  const others = rows.filter((row) => row.owner !== undefined && row.owner !== ctx.org.no);
  const places = await sharedPlaces(ctx, others);
  for (const [i, row] of others.entries()) {
    const owner = row.owner === undefined ? undefined : await ctx.app.organisation(row.owner);
    const place = places[i];
    parts.set(row, {
      ...(owner && row.level
        ? { sharedBy: { id: owner.id, name: owner.name, level: row.level } }
        : {}),
      ...(place === undefined ? {} : { logIndex: place }),
    });
  }
  return parts;
}

function withName(epc: string, role: string, known: ReadonlyMap<string, Thing>) {
  const thing = known.get(epc);
  return thing ? { epc, role, thing } : { epc, role };
}

function storyOf(row: EventRow, event: EpcisEvent): Omit<StoryEvent, 'roles' | 'things'> {
  const optional = {
    action: row.action,
    bizStep: row.biz_step,
    process: processOf(event) ?? null,
    disposition: row.disposition,
    readPoint: row.read_point,
    bizLocation: row.biz_location,
    logIndex: row.log_index === null ? null : Number(row.log_index),
  };
  return {
    eventId: row.event_id,
    seq: Number(row.seq),
    type: row.type,
    eventTime: event.eventTime,
    eventTimeZoneOffset: event.eventTimeZoneOffset,
    recordTime: stampOf(Number(row.record_us)),
    isErrorDeclaration: row.declared_us !== 0n,
    event: event as unknown as Record<string, unknown>, // plain JSON just parsed
    ...(row.hash === null ? {} : { hash: hashNameOf(row.hash) }),
    ...(Object.fromEntries(
      Object.entries(optional).filter(([, v]) => v !== null),
    ) as Partial<StoryEvent>), // nulls removed
  };
}
