import { holds, jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { newId, type Text } from '@zaizao/platform/kernel';
import { sql } from 'kysely';
import type { DepositState } from './domain/machine.ts';

interface DepositTable {
  org_id: number;
  id: string;
  code: string;
  state: DepositState;
  customer_id: string;
  customer_name: string;
  customer_org: number | null;
  seller_name: string;
  order_id: string;
  order_code: string;
  unit_epc: string;
  part_id: string;
  part: { id: string; number: string; name: Text };
  amount_fen: bigint;
  credited_fen: bigint;
  forfeited_fen: bigint;
  programme_id: string;
  due_day: string | null;
  core_id: string | null;
  core_code: string | null;
  grade: string | null;
  charged_at: Date;
  version: number;
}

export type PostingKind =
  | ('charge' | 'pay-in' | 'credit' | 'forfeit' | 'pay-out' | 'cancel')
  | ('regrade-up' | 'regrade-down' | 'pay-back');

interface PostingTable {
  org_id: number;
  id: string;
  deposit_id: string;
  kind: PostingKind;
  debit: string;
  credit: string;
  amount_fen: bigint;
  round: number;
  at: Date;
  by_whom: string;
}

type Tables = { 'deposits.deposit': DepositTable; 'deposits.posting': PostingTable };
export type DepositRow = DepositTable;
export type PostingRow = PostingTable;

const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

type NewDeposit = Omit<
  DepositTable,
  | 'org_id'
  | 'state'
  | 'credited_fen'
  | 'forfeited_fen'
  | 'due_day'
  | 'core_id'
  | 'core_code'
  | 'grade'
  | 'charged_at'
  | 'version'
>;

export function insertDeposit(ctx: Ctx, d: NewDeposit): Promise<DepositRow> {
  return db(ctx)
    .insertInto('deposits.deposit')
    .values({
      ...d,
      part: jsonb(d.part),
      org_id: ctx.org.no,
      state: 'charged',
      credited_fen: 0n,
      forfeited_fen: 0n,
      due_day: null,
      core_id: null,
      core_code: null,
      grade: null,
      charged_at: ctx.now,
      version: 1,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function post(
  ctx: Ctx,
  p: Pick<PostingTable, 'deposit_id' | 'kind' | 'debit' | 'credit' | 'amount_fen'> & {
    round?: number;
  },
): Promise<void> {
  if (p.amount_fen === 0n) return;
  await db(ctx)
    .insertInto('deposits.posting')
    .values({
      ...p,
      round: p.round ?? 1,
      org_id: ctx.org.no,
      id: newId('post', ctx.now.getTime()),
      at: ctx.now,
      by_whom: `${ctx.principal.kind}:${ctx.principal.id}`,
    })
    .execute();
}

export function findDeposit(ctx: Ctx, id: string, lock = false): Promise<DepositRow | undefined> {
  const q = db(ctx)
    .selectFrom('deposits.deposit')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id);
  return (lock ? q.forUpdate() : q).executeTakeFirst();
}

export function depositOfCore(ctx: Ctx, coreId: string): Promise<DepositRow | undefined> {
  return db(ctx)
    .selectFrom('deposits.deposit')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('core_id', '=', coreId)
    .forUpdate()
    .executeTakeFirst();
}

export function depositsOfOrder(ctx: Ctx, orderId: string): Promise<DepositRow[]> {
  return db(ctx)
    .selectFrom('deposits.deposit')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('order_id', '=', orderId)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** The customer's oldest open deposit for the part whose window is not over (first in, first out). */
export function oldestOpen(
  ctx: Ctx,
  customerId: string,
  partId: string,
  today: string,
): Promise<DepositRow | undefined> {
  return db(ctx)
    .selectFrom('deposits.deposit')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('customer_id', '=', customerId)
    .where('part_id', '=', partId)
    .where('state', 'in', ['charged', 'due'])
    .where((e) => e.or([e('due_day', 'is', null), e('due_day', '>=', today)]))
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
}

type Changes = Partial<
  Pick<
    DepositTable,
    'state' | 'due_day' | 'core_id' | 'core_code' | 'grade' | 'credited_fen' | 'forfeited_fen'
  >
>;

export function updateDeposit(
  ctx: Ctx,
  id: string,
  from: DepositState,
  set: Changes,
): Promise<DepositRow | undefined> {
  return db(ctx)
    .updateTable('deposits.deposit')
    .set({ ...set, version: sql<number>`version + 1` })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('state', '=', from)
    .returningAll()
    .executeTakeFirst();
}

export function expired(ctx: Ctx, today: string): Promise<DepositRow[]> {
  return db(ctx)
    .selectFrom('deposits.deposit')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('state', '=', 'due')
    .where('due_day', '<', today)
    .orderBy('id')
    .limit(1000)
    .forUpdate()
    .execute();
}

export function postingsOf(ctx: Ctx, depositId: string): Promise<PostingRow[]> {
  return db(ctx)
    .selectFrom('deposits.posting')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('deposit_id', '=', depositId)
    .orderBy('id')
    .execute();
}

export type Age = 'over' | 'in-30' | 'in-60' | 'later' | 'not-begun';

interface Filter {
  state?: DepositState | undefined;
  waiting?: 'yes' | undefined;
  age?: Age | undefined;
  customerId?: string | undefined;
  q?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

const OPEN: DepositState[] = ['charged', 'due'];

const ageOf = (today: string) => sql`case
  when due_day is null then 'not-begun' when due_day < ${today}::date then 'over'
  when due_day <= ${today}::date + 30 then 'in-30'
  when due_day <= ${today}::date + 60 then 'in-60' else 'later' end`;

/** Deposits that wait for their core, by the distance of their last day. */
export async function openByAge(
  ctx: Ctx,
  today: string,
): Promise<{ age: Age; count: number; amount_fen: bigint }[]> {
  const r = await sql<{ age: Age; count: number; amount_fen: bigint }>`
    select ${ageOf(today)} as age, count(*)::int as count, sum(amount_fen)::bigint as amount_fen
    from deposits.deposit where org_id = ${ctx.org.no} and state in ('charged', 'due')
    group by 1`.execute(ctx.tx);
  return r.rows;
}

export function listRows(
  ctx: Ctx,
  side: 'org_id' | 'customer_org',
  f: Filter,
  today: string,
): Promise<DepositRow[]> {
  let q = db(ctx).selectFrom('deposits.deposit').selectAll().where(side, '=', ctx.org.no);
  if (f.state) q = q.where('state', '=', f.state);
  if (f.waiting) q = q.where('state', 'in', OPEN);
  if (f.age) q = q.where('state', 'in', OPEN).where(sql<boolean>`${ageOf(today)} = ${f.age}`);
  if (f.customerId) q = q.where('customer_id', '=', f.customerId);
  if (f.q) {
    q = q.where(holds(f.q, 'code', 'order_code', 'core_code', 'customer_name', 'unit_epc'));
  }
  return newestFirst(q, f).execute();
}

export async function accountBalances(
  ctx: Ctx,
): Promise<{ account: string; balance_fen: bigint }[]> {
  const r = await sql<{ account: string; balance_fen: bigint }>`
    select account, sum(amount)::bigint as balance_fen from (
      select debit as account, amount_fen as amount from deposits.posting where org_id = ${ctx.org.no}
      union all
      select credit, -amount_fen from deposits.posting where org_id = ${ctx.org.no}) x
    group by account order by account`.execute(ctx.tx);
  return r.rows;
}

export async function outstanding(
  ctx: Ctx,
  until: string,
): Promise<
  { state: DepositState; count: number; amount_fen: bigint; soon: number; soon_fen: bigint }[]
> {
  const r = await sql<{
    state: DepositState;
    count: number;
    amount_fen: bigint;
    soon: number;
    soon_fen: bigint;
  }>`
    select state, count(*)::int as count, sum(amount_fen)::bigint as amount_fen,
      (count(*) filter (where state = 'due' and due_day <= ${until}::date))::int as soon,
      coalesce(sum(amount_fen) filter (where state = 'due' and due_day <= ${until}::date), 0)::bigint as soon_fen
    from deposits.deposit where org_id = ${ctx.org.no} group by state order by state`.execute(
    ctx.tx,
  );
  return r.rows;
}
