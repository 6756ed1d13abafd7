import { jsonb, newestFirst, oldestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import {
  actorOf,
  type CalendarTable,
  type ClosureTable,
  db,
  type PersonTable,
  type SettingTable,
  type StationRuleTable,
} from './tables.ts';

export type CalendarRow = CalendarTable;
export type PersonRow = PersonTable;
export type RuleRow = StationRuleTable;
export type ClosureRow = ClosureTable;
export type SettingRow = Omit<SettingTable, 'org_id'>;

interface Page {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export function findSetting(ctx: Ctx): Promise<SettingRow | undefined> {
  return db(ctx)
    .selectFrom('planning.setting')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .executeTakeFirst();
}

/** Writes the settings seen at `version`; 0 is the unwritten default. False when they changed since. */
export async function writeSetting(
  ctx: Ctx,
  version: number,
  s: Omit<SettingRow, 'id' | 'version'>,
): Promise<boolean> {
  if (version === 0) {
    const made = await db(ctx)
      .insertInto('planning.setting')
      .values({ ...s, org_id: ctx.org.no, id: 'plant', version: 1 })
      .onConflict((c) => c.doNothing())
      .returning('id')
      .executeTakeFirst();
    return made !== undefined;
  }
  const done = await db(ctx)
    .updateTable('planning.setting')
    .set({ ...s, version: version + 1 })
    .where('org_id', '=', ctx.org.no)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst();
  return done !== undefined;
}

export function calendarRows(ctx: Ctx, f?: Page): Promise<CalendarRow[]> {
  const q = db(ctx).selectFrom('planning.calendar').selectAll().where('org_id', '=', ctx.org.no);
  return (f ? oldestFirst(q, f) : q.orderBy('id')).execute();
}

type CalendarFields = Omit<CalendarTable, 'org_id' | 'id' | 'version'>;

/** One calendar is the default: the others step back first. */
async function stepBack(ctx: Ctx, id: string): Promise<void> {
  await db(ctx)
    .updateTable('planning.calendar')
    .set({ is_default: false, version: sql<number>`version + 1` })
    .where('org_id', '=', ctx.org.no)
    .where('is_default', '=', true)
    .where('id', '<>', id)
    .execute();
}

export async function insertCalendar(
  ctx: Ctx,
  id: string,
  c: CalendarFields,
): Promise<CalendarRow> {
  if (c.is_default) await stepBack(ctx, id);
  return db(ctx)
    .insertInto('planning.calendar')
    .values({
      ...c,
      shifts: jsonb(c.shifts),
      days: jsonb(c.days),
      org_id: ctx.org.no,
      id,
      version: 1,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function updateCalendar(
  ctx: Ctx,
  id: string,
  version: number,
  c: CalendarFields,
): Promise<CalendarRow | undefined> {
  if (c.is_default) await stepBack(ctx, id);
  return db(ctx)
    .updateTable('planning.calendar')
    .set({ ...c, shifts: jsonb(c.shifts), days: jsonb(c.days), version: version + 1 })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst();
}

export function findCalendar(ctx: Ctx, id: string): Promise<CalendarRow | undefined> {
  return db(ctx)
    .selectFrom('planning.calendar')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .executeTakeFirst();
}

export function ruleRows(ctx: Ctx): Promise<RuleRow[]> {
  return db(ctx)
    .selectFrom('planning.station_rule')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .execute();
}

type RuleFields = Omit<StationRuleTable, 'org_id' | 'version'>;

/** Writes a station's rule seen at `version`; 0 is the unwritten default. */
export async function writeRule(
  ctx: Ctx,
  version: number,
  r: RuleFields,
): Promise<RuleRow | undefined> {
  if (version === 0) {
    return db(ctx)
      .insertInto('planning.station_rule')
      .values({ ...r, org_id: ctx.org.no, version: 1 })
      .onConflict((c) => c.doNothing())
      .returningAll()
      .executeTakeFirst();
  }
  return db(ctx)
    .updateTable('planning.station_rule')
    .set({ ...r, version: version + 1 })
    .where('org_id', '=', ctx.org.no)
    .where('station_id', '=', r.station_id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst();
}

export function personRows(ctx: Ctx, f?: Page): Promise<PersonRow[]> {
  const q = db(ctx).selectFrom('planning.person').selectAll().where('org_id', '=', ctx.org.no);
  return (f ? oldestFirst(q, f) : q.orderBy('id')).execute();
}

type PersonFields = Omit<PersonTable, 'org_id' | 'id' | 'version'>;

export function insertPerson(ctx: Ctx, id: string, p: PersonFields): Promise<PersonRow> {
  return db(ctx)
    .insertInto('planning.person')
    .values({ ...p, org_id: ctx.org.no, id, version: 1 })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function updatePerson(
  ctx: Ctx,
  id: string,
  version: number,
  p: PersonFields,
): Promise<PersonRow | undefined> {
  return db(ctx)
    .updateTable('planning.person')
    .set({ ...p, version: version + 1 })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst();
}

export function findPerson(ctx: Ctx, id: string): Promise<PersonRow | undefined> {
  return db(ctx)
    .selectFrom('planning.person')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Closures that end after an instant. */
export function closuresFrom(ctx: Ctx, from: Date): Promise<ClosureRow[]> {
  return db(ctx)
    .selectFrom('planning.closure')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('to_at', '>', from)
    .orderBy('from_at')
    .execute();
}

export function closureRows(ctx: Ctx, f: Page): Promise<ClosureRow[]> {
  const q = db(ctx).selectFrom('planning.closure').selectAll().where('org_id', '=', ctx.org.no);
  return newestFirst(q, f).execute();
}

export function insertClosure(
  ctx: Ctx,
  c: Omit<ClosureTable, 'org_id' | 'made_by'>,
): Promise<ClosureRow> {
  return db(ctx)
    .insertInto('planning.closure')
    .values({ ...c, org_id: ctx.org.no, made_by: actorOf(ctx) })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deleteClosure(ctx: Ctx, id: string): Promise<boolean> {
  const r = await db(ctx)
    .deleteFrom('planning.closure')
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('request_id', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return r !== undefined;
}
