import type { Ctx } from '@zaizao/platform/http';
import { type RawBuilder, sql } from 'kysely';
import { canonicalDecimal } from '../domain/decimal.ts';
import { noRows, type Row, type Rows, type Value } from '../workbook/sheets.ts';
import type { CriterionJson, GradeJson, QuotaJson } from './tables.ts';

type Raw = Record<string, unknown>;

/** A database value as a cell: decimals in canonical text, null as empty. */
function cell(v: unknown): Value {
  if (v === null || v === undefined || v === '') return undefined;
  if (typeof v === 'string' || typeof v === 'number' || typeof v === 'boolean') return v;
  if (typeof v === 'bigint') return v.toString();
  throw new TypeError(`a cell cannot hold ${typeof v}`);
}

const decimal = (v: unknown): Value => (v === null ? undefined : canonicalDecimal(String(v)));

/** Fen as yuan, exact. */
export function yuan(fen: bigint | string): string {
  const digits = BigInt(fen).toString().padStart(3, '0');
  return canonicalDecimal(`${digits.slice(0, -2)}.${digits.slice(-2)}`);
}

function rowsOf(raw: readonly Raw[], special: Record<string, (v: unknown) => Value> = {}): Row[] {
  return raw.map((r) =>
    Object.fromEntries(Object.entries(r).map(([k, v]) => [k, (special[k] ?? cell)(v)])),
  );
}

/** Which rows: of all parts, or of the parts with these ids. */
function ofParts(column: RawBuilder<unknown>, ids: readonly string[] | 'all'): RawBuilder<boolean> {
  return ids === 'all' ? sql<boolean>`true` : sql<boolean>`${column} = any(${[...ids]}::text[])`;
}

/**
 * The catalogue as the rows of a workbook: what an export writes and an import compares with.
 * Bills of material and routes in their newest version, limits and programmes in all.
 */
export async function loadRows(ctx: Ctx, ids: readonly string[] | 'all'): Promise<Rows> {
  const org = ctx.org.no;
  const query = async (q: RawBuilder<Raw>) => (await q.execute(ctx.tx)).rows;
  const out = noRows();
  out.sources = rowsOf(
    await query(sql`select key, reference from catalog.source where org_id = ${org} order by key`),
  );
  out.facts = rowsOf(
    await query(sql`select key, name_zh, name_en, value, unit, basis
      from catalog.fact where org_id = ${org} order by key`),
  );
  out.parts = rowsOf(
    await query(sql`select number, kind, family, name_zh, name_en, gtin, mass_g,
        new_price_fen as new_price_cny, needs_coding, vin_bound, restricted, active, basis
      from catalog.part where org_id = ${org} and ${ofParts(sql`id`, ids)} order by number, id`),
    { mass_g: decimal, new_price_cny: (v) => (v === null ? undefined : yuan(String(v))) },
  );
  out.numbers = rowsOf(
    await query(sql`select p.number as part, n.kind, n.number, n.maker, n.basis
      from catalog.part_number n join catalog.part p on p.org_id = n.org_id and p.id = n.part_id
      where n.org_id = ${org} and ${ofParts(sql`n.part_id`, ids)} order by p.number, n.kind, n.norm`),
  );
  out.links = rowsOf(
    await query(sql`select from_number as "from", to_number as "to", relation, needs_coding,
        vin_bound, valid_from, basis
      from catalog.number_link where org_id = ${org} order by from_norm, to_norm, relation`),
  );
  out.bom = rowsOf(
    await query(sql`select p.number as product, b.pos, c.number as component, b.qty, b.policy,
        b.reuse_pct, b.restore_pct, b.replace_pct, b.critical, b.serialised, b.basis
      from catalog.bom_item b
      join catalog.part p on p.org_id = b.org_id and p.id = b.part_id
      join catalog.part c on c.org_id = b.org_id and c.id = b.component_id
      where b.org_id = ${org} and ${ofParts(sql`b.part_id`, ids)}
        and b.version = (select max(r.version) from catalog.revision r
          where r.org_id = b.org_id and r.part_id = b.part_id and r.doc = 'bom')
      order by p.number, b.pos`),
    { reuse_pct: decimal, restore_pct: decimal, replace_pct: decimal },
  );
  out.route = rowsOf(
    await query(sql`select p.number as product, s.seq, s.code, s.name_zh, s.name_en, s.station_kind,
        s.station, s.std_seconds, s.condition as "when", s.on_fail, s.max_rework, s.method,
        s.instruction_zh, s.instruction_en, s.records, s.basis
      from catalog.route_step s join catalog.part p on p.org_id = s.org_id and p.id = s.part_id
      where s.org_id = ${org} and ${ofParts(sql`s.part_id`, ids)}
        and s.version = (select max(r.version) from catalog.revision r
          where r.org_id = s.org_id and r.part_id = s.part_id and r.doc = 'route')
      order by p.number, s.seq`),
  );
  await loadDismantle(ctx, ids, out);
  await loadCharacteristics(ctx, ids, out);
  await loadProgrammes(ctx, ids, out);
  out.defects = rowsOf(
    await query(sql`select p.number as product, d.code, d.name_zh, d.name_en, d.mode,
        d.component_pos, d.rate_pct, d.per, d.basis
      from catalog.defect d join catalog.part p on p.org_id = d.org_id and p.id = d.part_id
      where d.org_id = ${org} and ${ofParts(sql`d.part_id`, ids)} order by p.number, d.code`),
    { rate_pct: decimal },
  );
  out.prices = rowsOf(
    await query(sql`select p.number as product, x.kind, x.valid_from, x.fen as amount_cny, x.basis
      from catalog.price x join catalog.part p on p.org_id = x.org_id and p.id = x.part_id
      where x.org_id = ${org} and ${ofParts(sql`x.part_id`, ids)}
      order by p.number, x.kind, x.valid_from`),
    { amount_cny: (v) => yuan(String(v)) },
  );
  return out;
}

async function loadDismantle(ctx: Ctx, ids: readonly string[] | 'all', out: Rows): Promise<void> {
  const org = ctx.org.no;
  const money = (v: unknown): Value => (v === null ? undefined : yuan(String(v)));
  const newest = (doc: 'joins' | 'removal') => sql`x.version = (select max(r.version)
      from catalog.revision r
      where r.org_id = x.org_id and r.part_id = x.part_id and r.doc = ${doc})`;
  const joins = await sql<Raw>`
    select p.number as product, x.code, x.name_zh, x.name_en, x.kind,
      array_to_string(x.parts, ' ') as parts, array_to_string(x.after, ' ') as after, x.seconds,
      x.tool, x.direction, x.hazard, x.hazard_zh, x.hazard_en, x.destructive,
      x.seized_pct, x.force_fen as force_cny, x.crew, x.skill, x.zone, x.basis
    from catalog.join_item x join catalog.part p on p.org_id = x.org_id and p.id = x.part_id
    where x.org_id = ${org} and ${ofParts(sql`x.part_id`, ids)} and ${newest('joins')}
    order by p.number, x.code`.execute(ctx.tx);
  out.joins = rowsOf(joins.rows, { seized_pct: decimal, force_cny: money });
  const removal = await sql<Raw>`
    select p.number as product, x.item, x.name_zh, x.name_en,
      array_to_string(x.members, ' ') as members, x.must_out, x.stream, x.zone,
      x.whole_fen as whole_cny, x.good_pct, x.look_fen as look_cny, x.basis
    from catalog.removal_item x join catalog.part p on p.org_id = x.org_id and p.id = x.part_id
    where x.org_id = ${org} and ${ofParts(sql`x.part_id`, ids)} and ${newest('removal')}
    order by p.number, x.item`.execute(ctx.tx);
  out.removal = rowsOf(removal.rows, { good_pct: decimal, whole_cny: money, look_cny: money });
}

async function loadCharacteristics(
  ctx: Ctx,
  ids: readonly string[] | 'all',
  out: Rows,
): Promise<void> {
  const org = ctx.org.no;
  const raw = await sql<Raw & { purpose: string }>`
    select p.number as product, c.purpose, c.code, nullif(c.seq, 0) as seq, c.name_zh, c.name_en,
      c.component_pos, c.unit, c.method, c.instrument_kind, c.condition, c.severity, c.active, c.basis
    from catalog.characteristic c join catalog.part p on p.org_id = c.org_id and p.id = c.part_id
    where c.org_id = ${org} and ${ofParts(sql`c.part_id`, ids)}
    order by p.number, c.seq, c.code`.execute(ctx.tx);
  for (const { purpose, ...row } of raw.rows) {
    const [values] = rowsOf([row]);
    if (!values) continue;
    if (purpose === 'inspection') out.characteristics.push(values);
    else out.tests.push({ ...values, also_inspection: purpose === 'both' });
  }
  const limits = await sql<Raw>`
    select p.number as product, c.code, l.level, l.customer, l.version, l.min, l.max, l.valid_from,
      l.source
    from catalog.characteristic_limit l
    join catalog.characteristic c on c.org_id = l.org_id and c.id = l.characteristic_id
    join catalog.part p on p.org_id = c.org_id and p.id = c.part_id
    where l.org_id = ${org} and ${ofParts(sql`c.part_id`, ids)}
    order by p.number, c.seq, c.code, l.level, l.customer, l.version`.execute(ctx.tx);
  out.limits = rowsOf(limits.rows, { min: decimal, max: decimal });
}

interface ProgrammeRaw {
  product: string;
  code: string;
  version: number;
  valid_from: string;
  valid_to: string | null;
  window_days: number;
  start_event: string;
  deposit_fen: bigint;
  quota: QuotaJson;
  criteria: CriterionJson[];
  grades: GradeJson[];
  basis: string;
}

async function loadProgrammes(ctx: Ctx, ids: readonly string[] | 'all', out: Rows): Promise<void> {
  const raw = await sql<ProgrammeRaw>`
    select p.number as product, g.* from catalog.programme g
    join catalog.part p on p.org_id = g.org_id and p.id = g.part_id
    where g.org_id = ${ctx.org.no} and ${ofParts(sql`g.part_id`, ids)}
    order by p.number, g.code, g.version`.execute(ctx.tx);
  for (const g of raw.rows) {
    out.programmes.push({
      product: g.product,
      code: g.code,
      version: g.version,
      valid_from: g.valid_from,
      valid_to: cell(g.valid_to),
      window_days: g.window_days,
      start_event: g.start_event,
      deposit_cny: yuan(g.deposit_fen),
      quota_full_pct: g.quota.fullPct,
      quota_half_pct: g.quota.halfPct,
      quota_months: g.quota.months,
      basis: cell(g.basis),
    });
    const key = { product: g.product, programme: g.code, version: g.version };
    for (const c of g.criteria) {
      const text = { text_zh: c.zh, text_en: c.en, fails_to: c.failsTo, basis: cell(c.basis) };
      out.criteria.push({ ...key, code: c.code, ...text });
    }
    for (const x of g.grades) {
      const credit = { deposit_pct: x.pct, credit_cny: yuan(x.creditFen), basis: cell(x.basis) };
      out.grades.push({ ...key, grade: x.grade, text_zh: x.zh, text_en: x.en, ...credit });
    }
  }
}

/** Every "contains" of the newest bills of material of the organisation. */
export async function loadContains(ctx: Ctx): Promise<[product: string, component: string][]> {
  const r = await sql<{ product: string; component: string }>`
    select p.norm as product, c.norm as component from catalog.bom_item b
    join catalog.part p on p.org_id = b.org_id and p.id = b.part_id
    join catalog.part c on c.org_id = b.org_id and c.id = b.component_id
    where b.org_id = ${ctx.org.no}
      and b.version = (select max(r.version) from catalog.revision r
        where r.org_id = b.org_id and r.part_id = b.part_id and r.doc = 'bom')`.execute(ctx.tx);
  return r.rows.map((x) => [x.product, x.component]);
}

/** The ids of parts by normalised number, for those that exist. */
export async function idsByNorm(ctx: Ctx, norms: readonly string[]): Promise<Map<string, string>> {
  const r = await sql<{ norm: string; id: string }>`
    select norm, id from catalog.part
    where org_id = ${ctx.org.no} and norm = any(${[...norms]}::text[])`.execute(ctx.tx);
  return new Map(r.rows.map((x) => [x.norm, x.id]));
}

/** Which part numbers have these GTINs. */
export async function partsByGtins(
  ctx: Ctx,
  gtins: readonly string[],
): Promise<Map<string, string>> {
  const r = await sql<{ gtin: string; number: string }>`
    select gtin, number from catalog.part
    where org_id = ${ctx.org.no} and gtin = any(${[...gtins]}::text[])`.execute(ctx.tx);
  return new Map(r.rows.map((x) => [x.gtin, x.number]));
}
