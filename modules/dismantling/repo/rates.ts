import { jsonb } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { DAY_MS, newId } from '@zaizao/platform/kernel';
import { sql } from 'kysely';
import type { Rates } from '../domain/worth.ts';
import { actorOf, type DemandTable, db, type PartRef, type RatesTable } from './tables.ts';

export function newestRates(ctx: Ctx): Promise<RatesTable | undefined> {
  return db(ctx)
    .selectFrom('dismantling.rates')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** False when somebody issued that version meanwhile. */
export async function insertRates(
  ctx: Ctx,
  version: number,
  figures: Rates,
  note: string,
): Promise<boolean> {
  const done = await db(ctx)
    .insertInto('dismantling.rates')
    .values({
      org_id: ctx.org.no,
      version,
      figures: jsonb(figures),
      note,
      made_by: actorOf(ctx),
      made_at: ctx.now,
    })
    .onConflict((c) => c.doNothing())
    .returning('version')
    .executeTakeFirst();
  return done !== undefined;
}

export async function demandOf(
  ctx: Ctx,
  partIds: readonly string[],
): Promise<Map<string, DemandTable>> {
  if (partIds.length === 0) return new Map();
  const rows = await db(ctx)
    .selectFrom('dismantling.demand')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', 'in', [...partIds])
    .execute();
  return new Map(rows.map((r) => [r.part_id, r]));
}

/** Writes a demand that follows `version` (0: there was none); false when another was faster. */
export async function putDemand(
  ctx: Ctx,
  d: {
    part: PartRef;
    wanted: number | null;
    goodFen: bigint | null;
    note: string;
    version: number;
  },
): Promise<boolean> {
  const r = await sql`insert into dismantling.demand as d (org_id, part_id, part, wanted, good_fen,
      note, updated_by, updated_at)
    select ${ctx.org.no}, ${d.part.id}, ${jsonb(d.part)}, ${d.wanted}::int, ${d.goodFen}::bigint,
      ${d.note}, ${actorOf(ctx)}, ${ctx.now}
    where ${d.version}::int = 0 or exists (select 1 from dismantling.demand x
      where x.org_id = ${ctx.org.no} and x.part_id = ${d.part.id})
    on conflict (org_id, part_id) do update set wanted = excluded.wanted,
      good_fen = excluded.good_fen, note = excluded.note, updated_by = excluded.updated_by,
      updated_at = excluded.updated_at, part = excluded.part, version = d.version + 1
      where d.version = ${d.version}::int
    returning part_id`.execute(ctx.tx);
  return r.rows.length === 1;
}

export interface ExperienceRow {
  part_id: string;
  stock: number;
  used: number;
  good: number;
  mended: number;
  scrap: number;
  missing: number;
  lines: number;
}

/** Newest rows of a part that are looked at: enough to know a rate, few enough to be quick. */
const LATEST = 120;
const MOST_COUNTED = 2000;

/**
 * What the plant knows of parts from its own teardowns: the fate of the latest pieces, how often
 * the part was missing, how many lie in stock and how many went into products in 90 days. Every
 * count is bounded, so the question stays cheap however long the history grows.
 */
export async function experienceOf(
  ctx: Ctx,
  partIds: readonly string[],
): Promise<Map<string, ExperienceRow>> {
  const org = ctx.org.no;
  // Ids grow with time, so the index by id serves as one by time.
  const since = newId('comp', ctx.now.getTime() - 90 * DAY_MS);
  const r = await sql<ExperienceRow>`
    select p.id as part_id, s.stock, u.used, h.good, h.mended, h.scrap, m.missing, m.lines
    from unnest(${[...partIds]}::text[]) as p(id)
    cross join lateral (
      select coalesce(sum(x.qty), 0)::int as stock from (
        select c.qty from dismantling.component c
        where c.org_id = ${org} and c.part_id = p.id
          and c.state in ('found', 'cleaned', 'inspected', 'reuse', 'restore', 'restored')
        limit ${MOST_COUNTED}) x) s
    cross join lateral (
      select coalesce(sum(x.qty), 0)::int as used from (
        select c.qty from dismantling.component c
        where c.org_id = ${org} and c.part_id = p.id and c.state = 'installed' and c.id > ${since}
        limit ${MOST_COUNTED}) x) u
    cross join lateral (
      select coalesce(sum(x.qty) filter (where x.restored_times = 0
            and x.state in ('reuse', 'installed')), 0)::int as good,
        coalesce(sum(x.qty) filter (where x.restored_times > 0 or x.state = 'restore'), 0)::int
          as mended,
        coalesce(sum(x.qty) filter (where x.restored_times = 0 and x.state = 'recycle'), 0)::int
          as scrap
      from (select c.qty, c.state, c.restored_times from dismantling.component c
        where c.org_id = ${org} and c.part_id = p.id order by c.id desc limit ${LATEST}) x) h
    cross join lateral (
      select (count(*) filter (where x.outcome = 'missing'))::int as missing, count(*)::int as lines
      from (select l.outcome from dismantling.teardown_line l
        where l.org_id = ${org} and l.part ->> 'id' = p.id and l.outcome <> 'pending'
        order by l.teardown_id desc limit ${LATEST}) x) m`.execute(ctx.tx);
  return new Map(r.rows.map((row) => [row.part_id, row]));
}
