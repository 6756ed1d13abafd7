import { holds, jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import type { Text } from '@zaizao/platform/kernel';
import { DAY_MS } from '@zaizao/platform/kernel';
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { CoreState } from './domain/core-machine.ts';
import type { Grade } from './domain/valuation.ts';
import { within } from './repo-figures.ts';

export interface DonorJson {
  vin?: string | undefined;
  machineSerial?: string | undefined;
  mileageKm?: number | undefined;
  modelYear?: number | undefined;
  removedOn?: string | undefined;
  disposalCertificate?: string | undefined;
}

/** Number and name of the part as they were when the core was identified. */
export interface PartRef {
  id: string;
  number: string;
  name: Text;
}

interface CoreTable {
  org_id: number;
  id: string;
  code: string;
  epc: string;
  state: CoreState;
  life: number;
  part_id: string | null;
  part: PartRef | null;
  reasons: Text[];
  number_seen: string;
  identified_by: 'number' | 'interchange' | 'photo' | 'person' | 'unit' | null;
  programme_id: string | null;
  supplier_id: string | null;
  supplier_org: number | null;
  channel: string;
  donor: DonorJson | null;
  imported: boolean;
  bonded: boolean;
  /** One of the five assemblies, or a kind that may not be imported used. */
  regulated: boolean;
  claimed_grade: Grade | null;
  grade: Grade | null;
  quoted_fen: bigint | null;
  credit_fen: bigint | null;
  credited_at: Date | null;
  by_deposit: boolean;
  photos: string[];
  mass_g: number | null;
  place: string | null;
  previous_unit_id: string | null;
  pick_up_address: string | null;
  dispute_reason: string | null;
  disputed_at: Date | null;
  received_at: Date | null;
  graded_at: Date | null;
  ended_at: Date | null;
  created_at: Date;
  version: number;
}

type Tables = {
  'cores.core': CoreTable;
};

export type CoreRow = Selectable<CoreTable>;
export type NewCore = Omit<Insertable<CoreTable>, 'org_id' | 'version' | 'reasons' | 'by_deposit'>;

const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

export async function insertCore(ctx: Ctx, core: NewCore): Promise<CoreRow> {
  return db(ctx)
    .insertInto('cores.core')
    .values({
      ...core,
      org_id: ctx.org.no,
      version: 1,
      part: core.part ? jsonb(core.part) : null,
      donor: core.donor ? jsonb(core.donor) : null,
      reasons: jsonb([]),
      by_deposit: false,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function findCore(ctx: Ctx, id: string, lock = false): Promise<CoreRow | undefined> {
  const q = db(ctx)
    .selectFrom('cores.core')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id);
  return (lock ? q.forUpdate() : q).executeTakeFirst();
}

/** A core offered by this organisation to another one: who owns the row. */
export async function findOffer(
  ctx: Ctx,
  id: string,
): Promise<{ core: CoreRow; owner: number } | undefined> {
  const row = await db(ctx)
    .selectFrom('cores.core')
    .selectAll()
    .where('supplier_org', '=', ctx.org.no)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? { core: row, owner: row.org_id } : undefined;
}

export type CoreChanges = Updateable<Omit<CoreTable, 'donor' | 'org_id' | 'id' | 'version'>>;

/** Changes a core from a state it must still be in; undefined when another was faster. */
export async function updateCore(
  ctx: Ctx,
  id: string,
  from: CoreState,
  set: CoreChanges,
): Promise<CoreRow | undefined> {
  const { part, reasons, ...plain } = set;
  return db(ctx)
    .updateTable('cores.core')
    .set({
      ...plain,
      ...(part ? { part: jsonb(part) } : {}),
      ...(reasons ? { reasons: jsonb(reasons) } : {}),
      version: sql<number>`version + 1`,
    })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('state', '=', from)
    .returningAll()
    .executeTakeFirst();
}

export interface CoreFilter {
  state?: CoreState | undefined;
  grade?: Grade | undefined;
  partId?: string | undefined;
  supplierId?: string | undefined;
  inStock?: 'yes' | undefined;
  atDoor?: 'yes' | undefined;
  aged?: 'yes' | undefined;
  disputed?: 'yes' | undefined;
  unpaid?: 'yes' | undefined;
  from?: string | undefined;
  to?: string | undefined;
  q?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

const IN_STOCK: CoreState[] = ['graded', 'stocked', 'allocated'];
const AT_DOOR: CoreState[] = ['accepted', 'in-transit', 'received', 'disputed'];
const AGED_MS = 30 * DAY_MS;
/** Graded and to be paid for: not in dispute, not settled by a deposit, not sent back. */
const unpaid = sql<boolean>`grade is not null and credited_at is null and not by_deposit
  and coalesce(credit_fen, 0) > 0 and state not in ('disputed', 'returned')`;

export async function listCoreRows(ctx: Ctx, f: CoreFilter, zone: string): Promise<CoreRow[]> {
  let q = db(ctx).selectFrom('cores.core').selectAll().where('org_id', '=', ctx.org.no);
  if (f.state) q = q.where('state', '=', f.state);
  if (f.grade) q = q.where('grade', '=', f.grade);
  if (f.partId) q = q.where('part_id', '=', f.partId);
  if (f.supplierId) q = q.where('supplier_id', '=', f.supplierId);
  if (f.inStock) q = q.where('state', 'in', IN_STOCK);
  if (f.atDoor) q = q.where('state', 'in', AT_DOOR);
  if (f.aged) q = q.where('received_at', '<', new Date(ctx.now.getTime() - AGED_MS));
  if (f.disputed) q = q.where('disputed_at', 'is not', null);
  if (f.unpaid) q = q.where(unpaid);
  if (f.from || f.to) q = q.where(within(sql`received_at`, { from: f.from, to: f.to, zone }));
  if (f.q) q = q.where(holds(f.q, 'code', 'number_seen', sql`part ->> 'number'`));
  return newestFirst(q, f).execute();
}

export async function listOfferRows(
  ctx: Ctx,
  f: { state?: CoreState | undefined; cursor?: string | undefined; limit: number },
): Promise<CoreRow[]> {
  let q = db(ctx).selectFrom('cores.core').selectAll().where('supplier_org', '=', ctx.org.no);
  if (f.state) q = q.where('state', '=', f.state);
  return newestFirst(q, f).execute();
}

export async function saveValuation(ctx: Ctx, coreId: string, figures: object): Promise<void> {
  await sql`insert into cores.valuation (org_id, core_id, figures, made_at)
    values (${ctx.org.no}, ${coreId}, ${jsonb(figures)}, ${ctx.now})
    on conflict (org_id, core_id) do update set figures = excluded.figures,
      made_at = excluded.made_at`.execute(ctx.tx);
}

export async function findValuation(
  ctx: Ctx,
  coreId: string,
): Promise<Record<string, string> | undefined> {
  const r = await sql<{ figures: Record<string, string> }>`select figures from cores.valuation
    where org_id = ${ctx.org.no} and core_id = ${coreId}`.execute(ctx.tx);
  return r.rows[0]?.figures;
}

export interface Grading {
  id: string;
  coreId: string;
  programmeId: string;
  programmeVersion: number;
  grade: Grade;
  creditFen: bigint;
  answers: unknown;
  reasons: unknown;
  photos: unknown;
  note: string | null;
}

export async function insertGrading(ctx: Ctx, g: Grading): Promise<void> {
  await sql`insert into cores.grading (org_id, id, core_id, programme_id, programme_version, grade,
      credit_fen, answers, reasons, photos, note, graded_by, graded_at)
    values (${ctx.org.no}, ${g.id}, ${g.coreId}, ${g.programmeId}, ${g.programmeVersion}, ${g.grade},
      ${g.creditFen}, ${jsonb(g.answers)}, ${jsonb(g.reasons)}, ${jsonb(g.photos)}, ${g.note},
      ${`${ctx.principal.kind}:${ctx.principal.id}`}, ${ctx.now})`.execute(ctx.tx);
}

export interface GradingRow {
  id: string;
  programme_id: string;
  programme_version: number;
  grade: Grade;
  credit_fen: bigint;
  answers: Record<string, boolean>;
  photos: { front?: string; side?: string; nameplate?: string };
  note: string | null;
  graded_by: string;
  graded_at: Date;
}

/** Every grading of a core, newest first. */
export async function gradingsOf(ctx: Ctx, coreId: string): Promise<GradingRow[]> {
  const r = await sql<GradingRow>`select id, programme_id, programme_version, grade, credit_fen,
      answers, photos, note, graded_by, graded_at
    from cores.grading where org_id = ${ctx.org.no} and core_id = ${coreId}
    order by id desc`.execute(ctx.tx);
  return r.rows;
}

/** Gives the credit once: false when it was given before. */
export async function insertCredit(
  ctx: Ctx,
  c: { coreId: string; amountFen: bigint; supplierId: string | null },
): Promise<boolean> {
  const r =
    await sql`insert into cores.credit (org_id, core_id, amount_fen, supplier_id, given_at, given_by)
    values (${ctx.org.no}, ${c.coreId}, ${c.amountFen}, ${c.supplierId}, ${ctx.now},
      ${`${ctx.principal.kind}:${ctx.principal.id}`})
    on conflict do nothing returning core_id`.execute(ctx.tx);
  return r.rows.length === 1;
}

export interface FiguresRow {
  states: { state: CoreState; count: number }[];
  graded: { grade: Grade; count: number }[];
  received: number;
  unpaid: number;
  unpaid_fen: bigint;
}

/** How many cores stand where; `today` is the plant’s calendar day in its zone. */
export async function figuresRow(ctx: Ctx, today: string, zone: string): Promise<FiguresRow> {
  const mine = sql`org_id = ${ctx.org.no}`;
  const from = sql`(${today}::date::timestamp at time zone ${zone})`;
  const states = await sql<FiguresRow['states'][number]>`
    select state, count(*)::int as count from cores.core where ${mine}
    group by state order by state`.execute(ctx.tx);
  const graded = await sql<FiguresRow['graded'][number]>`
    select grade, count(*)::int as count from cores.core where ${mine} and graded_at >= ${from}
    group by grade order by grade`.execute(ctx.tx);
  const sums = await sql<Omit<FiguresRow, 'states' | 'graded'>>`
    select (count(*) filter (where received_at >= ${from}))::int as received,
      (count(*) filter (where ${unpaid}))::int as unpaid,
      coalesce(sum(credit_fen) filter (where ${unpaid}), 0)::bigint as unpaid_fen
    from cores.core where ${mine}`.execute(ctx.tx);
  const [sum = { received: 0, unpaid: 0, unpaid_fen: 0n }] = sums.rows;
  return { states: states.rows, graded: graded.rows, ...sum };
}

export interface StockRow {
  part: PartRef;
  grade: Grade;
  count: number;
  credit_fen: bigint;
  over30: number;
  oldest_days: number;
}

export async function stockRows(ctx: Ctx): Promise<StockRow[]> {
  const r = await sql<StockRow>`
    select (array_agg(part order by id desc))[1] as part, grade, count(*)::int as count, coalesce(sum(credit_fen), 0)::bigint as credit_fen,
      (count(*) filter (where received_at < ${ctx.now}::timestamptz - interval '30 days'))::int as over30,
      coalesce(max(extract(day from ${ctx.now}::timestamptz - received_at)), 0)::int as oldest_days
    from cores.core
    where org_id = ${ctx.org.no} and state in ('graded','stocked','allocated')
    group by part_id, grade order by part_id, grade`.execute(ctx.tx);
  return r.rows;
}

export interface SupplierRow {
  supplier_id: string;
  a: number;
  b: number;
  c: number;
  r: number;
  disputed: number;
  credit_fen: bigint;
}

export async function supplierRows(ctx: Ctx): Promise<SupplierRow[]> {
  const r = await sql<SupplierRow>`
    select supplier_id, (count(*) filter (where grade = 'A'))::int as a,
      (count(*) filter (where grade = 'B'))::int as b, (count(*) filter (where grade = 'C'))::int as c,
      (count(*) filter (where grade = 'R'))::int as r,
      (count(*) filter (where disputed_at is not null))::int as disputed,
      coalesce(sum(credit_fen) filter (where credited_at is not null), 0)::bigint as credit_fen
    from cores.core where org_id = ${ctx.org.no} and supplier_id is not null
    group by supplier_id order by count(*) desc limit 200`.execute(ctx.tx);
  return r.rows;
}
