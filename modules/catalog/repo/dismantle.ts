import { jsonb } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import { wordsOf } from '../domain/dismantle.ts';
import type { Row } from '../workbook/sheets.ts';
import type { JoinRow, RemovalRow, Tables } from './tables.ts';
import { fenOf, type IdOf, newRevisions } from './write.ts';

const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

export function joinItems(ctx: Ctx, partId: string, version: number): Promise<JoinRow[]> {
  return db(ctx)
    .selectFrom('catalog.join_item')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', '=', partId)
    .where('version', '=', version)
    .orderBy('code')
    .execute();
}

export function removalItems(ctx: Ctx, partId: string, version: number): Promise<RemovalRow[]> {
  return db(ctx)
    .selectFrom('catalog.removal_item')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', '=', partId)
    .where('version', '=', version)
    .orderBy('item')
    .execute();
}

const words = (v: Row[string]) => (v === undefined ? '' : String(v));

/** Joins as new versions of their products’ documents. */
export async function writeJoins(
  ctx: Ctx,
  rows: readonly Row[],
  idOf: IdOf,
  note: string,
): Promise<void> {
  if (rows.length === 0) return;
  const version = await newRevisions(
    ctx,
    'joins',
    [...new Set(rows.map((r) => idOf(r.product)))],
    note,
  );
  const full = rows.map((r) => {
    const part_id = idOf(r.product);
    return {
      ...{ part_id, version: version.get(part_id), code: r.code, kind: r.kind },
      ...{ name_zh: r.name_zh, name_en: r.name_en, seconds: r.seconds },
      ...{ parts: wordsOf(r.parts).map(Number), after: wordsOf(r.after) },
      ...{ tool: words(r.tool), direction: words(r.direction), hazard: r.hazard ?? 0 },
      ...{ hazard_zh: words(r.hazard_zh), hazard_en: words(r.hazard_en) },
      ...{ destructive: r.destructive === true, seized_pct: r.seized_pct },
      ...{ force_fen: fenOf(r.force_cny), crew: r.crew ?? 1, skill: words(r.skill) },
      ...{ zone: words(r.zone), basis: words(r.basis) },
    };
  });
  await sql`insert into catalog.join_item (org_id, part_id, version, code, name_zh, name_en, kind,
      parts, after, seconds, tool, direction, hazard, hazard_zh, hazard_en, destructive, seized_pct,
      force_fen, crew, skill, zone, basis)
    select ${ctx.org.no}, x.part_id, x.version, x.code, x.name_zh, x.name_en, x.kind,
      array(select jsonb_array_elements_text(x.parts)::int),
      array(select jsonb_array_elements_text(x.after)), x.seconds, x.tool, x.direction, x.hazard,
      x.hazard_zh, x.hazard_en, x.destructive, x.seized_pct, x.force_fen, x.crew, x.skill, x.zone,
      x.basis
    from jsonb_to_recordset(${jsonb(full)}) as x(part_id text, version int, code text,
      name_zh text, name_en text, kind text, parts jsonb, after jsonb, seconds int, tool text,
      direction text, hazard int, hazard_zh text, hazard_en text, destructive boolean,
      seized_pct numeric, force_fen bigint, crew int, skill text, zone text, basis text)`.execute(
    ctx.tx,
  );
}

/** What is said of positions and groups, as new versions of their products’ documents. */
export async function writeRemovals(
  ctx: Ctx,
  rows: readonly Row[],
  idOf: IdOf,
  note: string,
): Promise<void> {
  if (rows.length === 0) return;
  const products = [...new Set(rows.map((r) => idOf(r.product)))];
  const version = await newRevisions(ctx, 'removal', products, note);
  const full = rows.map((r) => {
    const part_id = idOf(r.product);
    return {
      ...{ part_id, version: version.get(part_id), item: r.item },
      ...{ name_zh: words(r.name_zh), name_en: words(r.name_en) },
      ...{ members: wordsOf(r.members).map(Number), must_out: r.must_out === true },
      ...{ stream: words(r.stream), zone: words(r.zone), whole_fen: fenOf(r.whole_cny) },
      ...{ good_pct: r.good_pct, look_fen: fenOf(r.look_cny), basis: words(r.basis) },
    };
  });
  await sql`insert into catalog.removal_item (org_id, part_id, version, item, name_zh, name_en,
      members, must_out, stream, zone, whole_fen, good_pct, look_fen, basis)
    select ${ctx.org.no}, x.part_id, x.version, x.item, x.name_zh, x.name_en,
      array(select jsonb_array_elements_text(x.members)::int), x.must_out, x.stream, x.zone,
      x.whole_fen, x.good_pct, x.look_fen, x.basis
    from jsonb_to_recordset(${jsonb(full)}) as x(part_id text, version int, item text, name_zh text,
      name_en text, members jsonb, must_out boolean, stream text, zone text, whole_fen bigint,
      good_pct numeric, look_fen bigint, basis text)`.execute(ctx.tx);
}
