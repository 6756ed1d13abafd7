import { jsonb } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { newId } from '@zaizao/platform/kernel';
import { sql } from 'kysely';
import { normaliseNumber } from '../domain/number.ts';
import { gtin14 } from '../workbook/same-row.ts';
import type { Row, Value } from '../workbook/sheets.ts';
import type { RevisionRow } from './tables.ts';

const BATCH = 2000;

/** Rows to the database in portions, each one statement. */
async function inBatches(
  rows: readonly Row[],
  write: (portion: readonly Row[]) => Promise<unknown>,
): Promise<void> {
  for (let i = 0; i < rows.length; i += BATCH) await write(rows.slice(i, i + BATCH));
}

const norm = (v: Value) => normaliseNumber(String(v ?? ''));
const flag = (v: Value) => v === true;
const words = (v: Value) => (v === undefined ? '' : String(v));
const maybe = (v: Value) => v ?? null;

/** Yuan as fen, exact: the value has at most two decimals. */
export function fenOf(v: Value): string | null {
  if (v === undefined) return null;
  const [whole = '0', part = ''] = String(v).split('.');
  return String(BigInt(whole + part.padEnd(2, '0').slice(0, 2)));
}

export async function writeSources(ctx: Ctx, rows: readonly Row[]): Promise<void> {
  await inBatches(rows, (portion) =>
    sql`insert into catalog.source (org_id, key, reference)
      select ${ctx.org.no}, x.key, x.reference
      from jsonb_to_recordset(${jsonb(portion)}) as x(key text, reference text)
      on conflict (org_id, key) do update set reference = excluded.reference`.execute(ctx.tx),
  );
}

export async function writeFacts(ctx: Ctx, rows: readonly Row[]): Promise<void> {
  const full = rows.map((r) => ({ ...r, unit: words(r.unit), basis: words(r.basis) }));
  await inBatches(full, (portion) =>
    sql`insert into catalog.fact (org_id, key, name_zh, name_en, value, unit, basis)
      select ${ctx.org.no}, x.key, x.name_zh, x.name_en, x.value, x.unit, x.basis
      from jsonb_to_recordset(${jsonb(portion)})
        as x(key text, name_zh text, name_en text, value text, unit text, basis text)
      on conflict (org_id, key) do update set name_zh = excluded.name_zh, name_en = excluded.name_en,
        value = excluded.value, unit = excluded.unit, basis = excluded.basis`.execute(ctx.tx),
  );
}

export async function writeParts(ctx: Ctx, rows: readonly Row[]): Promise<void> {
  const full = rows.map((r) => ({
    ...r,
    id: newId('part', ctx.now.getTime()),
    norm: norm(r.number),
    gtin: gtin14(r.gtin) || null,
    fen: fenOf(r.new_price_cny),
    needs_coding: flag(r.needs_coding),
    vin_bound: flag(r.vin_bound),
    restricted: flag(r.restricted),
    active: r.active !== false,
    basis: words(r.basis),
  })) as readonly Row[]; // null where a column is empty: only JSON sees it
  await inBatches(full, (portion) =>
    sql`insert into catalog.part as p (org_id, id, number, norm, kind, family, name_zh, name_en, gtin,
        mass_g, new_price_fen, needs_coding, vin_bound, restricted, active, basis, updated_at)
      select ${ctx.org.no}, x.id, x.number, x.norm, x.kind, x.family, x.name_zh, x.name_en, x.gtin,
        x.mass_g, x.fen, x.needs_coding, x.vin_bound, x.restricted, x.active, x.basis, ${ctx.now}
      from jsonb_to_recordset(${jsonb(portion)}) as x(id text, number text, norm text, kind text,
        family text, name_zh text, name_en text, gtin text, mass_g numeric, fen bigint,
        needs_coding boolean, vin_bound boolean, restricted boolean, active boolean, basis text)
      on conflict (org_id, norm) do update set number = excluded.number, kind = excluded.kind,
        family = excluded.family, name_zh = excluded.name_zh, name_en = excluded.name_en,
        gtin = excluded.gtin, mass_g = excluded.mass_g, new_price_fen = excluded.new_price_fen,
        needs_coding = excluded.needs_coding, vin_bound = excluded.vin_bound,
        restricted = excluded.restricted, active = excluded.active, basis = excluded.basis,
        version = p.version + 1, updated_at = excluded.updated_at`.execute(ctx.tx),
  );
}

/** What the other writers need: the id of a part by its number. */
export type IdOf = (number: Value) => string;

export async function writeNumbers(ctx: Ctx, rows: readonly Row[], idOf: IdOf): Promise<void> {
  const full = rows.map((r) => ({
    ...{ part_id: idOf(r.part), kind: r.kind, norm: norm(r.number), number: r.number },
    ...{ maker: words(r.maker), basis: words(r.basis) },
  }));
  await inBatches(full, (portion) =>
    sql`insert into catalog.part_number (org_id, part_id, kind, norm, number, maker, basis)
      select ${ctx.org.no}, x.part_id, x.kind, x.norm, x.number, x.maker, x.basis
      from jsonb_to_recordset(${jsonb(portion)}) as x(part_id text, kind text, norm text,
        number text, maker text, basis text)
      on conflict (org_id, part_id, kind, norm) do update set number = excluded.number,
        maker = excluded.maker, basis = excluded.basis`.execute(ctx.tx),
  );
}

export async function writeLinks(ctx: Ctx, rows: readonly Row[]): Promise<void> {
  const full = rows.map((r) => ({
    ...{ from_norm: norm(r.from), to_norm: norm(r.to), relation: r.relation },
    ...{ from_number: r.from, to_number: r.to, valid_from: r.valid_from, basis: words(r.basis) },
    ...{ needs_coding: flag(r.needs_coding), vin_bound: flag(r.vin_bound) },
  }));
  await inBatches(full, (portion) =>
    sql`insert into catalog.number_link (org_id, from_norm, to_norm, relation, from_number, to_number,
        needs_coding, vin_bound, valid_from, basis)
      select ${ctx.org.no}, x.from_norm, x.to_norm, x.relation, x.from_number, x.to_number,
        x.needs_coding, x.vin_bound, x.valid_from, x.basis
      from jsonb_to_recordset(${jsonb(portion)}) as x(from_norm text, to_norm text, relation text,
        from_number text, to_number text, needs_coding boolean, vin_bound boolean, valid_from date,
        basis text)
      on conflict (org_id, from_norm, to_norm, relation) do update set
        from_number = excluded.from_number, to_number = excluded.to_number,
        needs_coding = excluded.needs_coding, vin_bound = excluded.vin_bound,
        valid_from = excluded.valid_from, basis = excluded.basis`.execute(ctx.tx),
  );
}

/** A new version of a document for every part named; returns the version by part id. */
export async function newRevisions(
  ctx: Ctx,
  doc: RevisionRow['doc'],
  partIds: readonly string[],
  note: string,
): Promise<Map<string, number>> {
  const by = `${ctx.principal.kind}:${ctx.principal.id}`;
  const r = await sql<{ part_id: string; version: number }>`
    insert into catalog.revision (org_id, part_id, doc, version, created_at, created_by, note)
    select ${ctx.org.no}, p.id, ${doc}, coalesce((select max(v.version) from catalog.revision v
        where v.org_id = ${ctx.org.no} and v.part_id = p.id and v.doc = ${doc}), 0) + 1,
      ${ctx.now}, ${by}, ${note}
    from unnest(${[...partIds]}::text[]) as p(id)
    returning part_id, version`.execute(ctx.tx);
  return new Map(r.rows.map((x) => [x.part_id, x.version]));
}

export async function writeBoms(
  ctx: Ctx,
  rows: readonly Row[],
  idOf: IdOf,
  note: string,
): Promise<void> {
  const products = [...new Set(rows.map((r) => idOf(r.product)))];
  const version = await newRevisions(ctx, 'bom', products, note);
  const full = rows.map((r) => {
    const part_id = idOf(r.product);
    return {
      ...{ part_id, version: version.get(part_id), pos: r.pos, component_id: idOf(r.component) },
      ...{ qty: r.qty, policy: r.policy, reuse_pct: r.reuse_pct, restore_pct: r.restore_pct },
      ...{ replace_pct: r.replace_pct, critical: flag(r.critical), serialised: flag(r.serialised) },
      basis: words(r.basis),
    };
  });
  await inBatches(full, (portion) =>
    sql`insert into catalog.bom_item (org_id, part_id, version, pos, component_id, qty, policy,
        reuse_pct, restore_pct, replace_pct, critical, serialised, basis)
      select ${ctx.org.no}, x.part_id, x.version, x.pos, x.component_id, x.qty, x.policy,
        x.reuse_pct, x.restore_pct, x.replace_pct, x.critical, x.serialised, x.basis
      from jsonb_to_recordset(${jsonb(portion)}) as x(part_id text, version int, pos int,
        component_id text, qty int, policy text, reuse_pct numeric, restore_pct numeric,
        replace_pct numeric, critical boolean, serialised boolean, basis text)`.execute(ctx.tx),
  );
}

export async function writeRoutes(
  ctx: Ctx,
  rows: readonly Row[],
  idOf: IdOf,
  note: string,
): Promise<void> {
  const products = [...new Set(rows.map((r) => idOf(r.product)))];
  const version = await newRevisions(ctx, 'route', products, note);
  const full = rows.map((r) => {
    const part_id = idOf(r.product);
    return {
      ...{ part_id, version: version.get(part_id), seq: r.seq, code: r.code },
      ...{ name_zh: r.name_zh, name_en: r.name_en, station_kind: r.station_kind },
      ...{ station: words(r.station), std_seconds: r.std_seconds, condition: words(r.when) },
      ...{ on_fail: r.on_fail, max_rework: r.max_rework, method: words(r.method) },
      ...{ instruction_zh: words(r.instruction_zh), instruction_en: words(r.instruction_en) },
      ...{ records: words(r.records), basis: words(r.basis) },
    };
  });
  await inBatches(full, (portion) =>
    sql`insert into catalog.route_step (org_id, part_id, version, seq, code, name_zh, name_en,
        station_kind, station, std_seconds, condition, on_fail, max_rework, method, instruction_zh,
        instruction_en, records, basis)
      select ${ctx.org.no}, x.part_id, x.version, x.seq, x.code, x.name_zh, x.name_en,
        x.station_kind, x.station, x.std_seconds, x.condition, x.on_fail, x.max_rework, x.method,
        x.instruction_zh, x.instruction_en, x.records, x.basis
      from jsonb_to_recordset(${jsonb(portion)}) as x(part_id text, version int, seq int, code text,
        name_zh text, name_en text, station_kind text, station text, std_seconds int, condition text,
        on_fail int, max_rework int, method text, instruction_zh text, instruction_en text,
        records text, basis text)`.execute(ctx.tx),
  );
}

/**
 * Characteristics of both sheets. The component is found by position in the newest bill of
 * material, which therefore has to be written before.
 */
export async function writeCharacteristics(
  ctx: Ctx,
  rows: readonly (Row & { readonly purpose: string })[],
  idOf: IdOf,
): Promise<void> {
  const full = rows.map((r) => ({
    ...{ id: newId('char', ctx.now.getTime()), part_id: idOf(r.product), code: r.code },
    ...{ purpose: r.purpose, seq: r.seq ?? 0, name_zh: r.name_zh, name_en: r.name_en },
    ...{ component_pos: r.component_pos, unit: r.unit, method: words(r.method) },
    ...{ instrument_kind: words(r.instrument_kind), condition: words(r.condition) },
    ...{ severity: r.severity, active: r.active !== false, basis: words(r.basis) },
  }));
  await inBatches(full, (portion) =>
    sql`insert into catalog.characteristic as c (org_id, id, part_id, code, purpose, seq, name_zh,
        name_en, component_pos, unit, method, instrument_kind, condition, severity, active, basis)
      select ${ctx.org.no}, x.id, x.part_id, x.code, x.purpose, x.seq, x.name_zh, x.name_en,
        x.component_pos, x.unit, x.method, x.instrument_kind, x.condition, x.severity, x.active,
        x.basis
      from jsonb_to_recordset(${jsonb(portion)}) as x(id text, part_id text, code text, purpose text,
        seq int, name_zh text, name_en text, component_pos int, unit text, method text,
        instrument_kind text, condition text, severity text, active boolean, basis text)
      on conflict (org_id, part_id, code) do update set purpose = excluded.purpose,
        seq = excluded.seq, name_zh = excluded.name_zh, name_en = excluded.name_en,
        component_pos = excluded.component_pos, unit = excluded.unit, method = excluded.method,
        instrument_kind = excluded.instrument_kind, condition = excluded.condition,
        severity = excluded.severity, active = excluded.active, basis = excluded.basis,
        version = c.version + 1`.execute(ctx.tx),
  );
}

/** Points every characteristic of some products at the component that its position means now. */
export async function bindComponents(ctx: Ctx, partIds: readonly string[]): Promise<void> {
  if (partIds.length === 0) return;
  await sql`update catalog.characteristic c set component_id = (
      select b.component_id from catalog.bom_item b
      where b.org_id = c.org_id and b.part_id = c.part_id and b.pos = c.component_pos
        and b.version = (select max(r.version) from catalog.revision r
          where r.org_id = b.org_id and r.part_id = b.part_id and r.doc = 'bom'))
    where c.org_id = ${ctx.org.no} and c.part_id = any(${[...partIds]}::text[])`.execute(ctx.tx);
}

export async function writeLimits(ctx: Ctx, rows: readonly Row[], idOf: IdOf): Promise<void> {
  const full = rows.map((r) => ({
    ...{ part_id: idOf(r.product), code: r.code, level: r.level, customer: words(r.customer) },
    ...{ version: r.version, min: r.min, max: r.max, valid_from: r.valid_from, source: r.source },
  }));
  await inBatches(full, (portion) =>
    sql`insert into catalog.characteristic_limit (org_id, characteristic_id, level, customer, version,
        min, max, valid_from, source, created_at)
      select ${ctx.org.no}, c.id, x.level, x.customer, x.version, x.min, x.max, x.valid_from,
        x.source, ${ctx.now}
      from jsonb_to_recordset(${jsonb(portion)}) as x(part_id text, code text, level text,
        customer text, version int, min numeric, max numeric, valid_from date, source text)
      join catalog.characteristic c on c.org_id = ${ctx.org.no} and c.part_id = x.part_id
        and c.code = x.code`.execute(ctx.tx),
  );
}

export async function writeDefects(ctx: Ctx, rows: readonly Row[], idOf: IdOf): Promise<void> {
  const full = rows.map((r) => ({
    ...{ part_id: idOf(r.product), code: r.code, name_zh: r.name_zh, name_en: r.name_en },
    ...{ mode: r.mode, component_pos: r.component_pos, rate_pct: r.rate_pct, per: r.per },
    basis: words(r.basis),
  }));
  await inBatches(full, (portion) =>
    sql`insert into catalog.defect (org_id, part_id, code, name_zh, name_en, mode, component_pos,
        rate_pct, per, basis)
      select ${ctx.org.no}, x.part_id, x.code, x.name_zh, x.name_en, x.mode, x.component_pos,
        x.rate_pct, x.per, x.basis
      from jsonb_to_recordset(${jsonb(portion)}) as x(part_id text, code text, name_zh text,
        name_en text, mode text, component_pos int, rate_pct numeric, per text, basis text)
      on conflict (org_id, part_id, code) do update set name_zh = excluded.name_zh,
        name_en = excluded.name_en, mode = excluded.mode, component_pos = excluded.component_pos,
        rate_pct = excluded.rate_pct, per = excluded.per, basis = excluded.basis`.execute(ctx.tx),
  );
}

export async function writePrices(ctx: Ctx, rows: readonly Row[], idOf: IdOf): Promise<void> {
  const full = rows.map((r) => ({
    ...{ part_id: idOf(r.product), kind: r.kind, valid_from: r.valid_from },
    ...{ fen: maybe(fenOf(r.amount_cny) ?? undefined), basis: words(r.basis) },
  })) as readonly Row[]; // fen is a text here; only JSON sees it
  await inBatches(full, (portion) =>
    sql`insert into catalog.price (org_id, part_id, kind, valid_from, fen, basis)
      select ${ctx.org.no}, x.part_id, x.kind, x.valid_from, x.fen, x.basis
      from jsonb_to_recordset(${jsonb(portion)}) as x(part_id text, kind text, valid_from date,
        fen bigint, basis text)
      on conflict (org_id, part_id, kind, valid_from) do update set fen = excluded.fen,
        basis = excluded.basis`.execute(ctx.tx),
  );
}
