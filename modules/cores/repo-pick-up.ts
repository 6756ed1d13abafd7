import { jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import type { Text } from '@zaizao/platform/kernel';
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { PickUpState } from './domain/pick-up-machine.ts';

export interface PickUpLine {
  coreId: string;
  code: string;
  number: string;
  name?: Text;
}

interface PickUpTable {
  org_id: number;
  id: string;
  code: string;
  state: PickUpState;
  plant_name: string;
  collector_org: number;
  collector_id: string;
  collector_name: string;
  supplier_id: string | null;
  supplier_name: string;
  address: string | null;
  lines: PickUpLine[];
  core_ids: string[];
  taken: string[] | null;
  counted: number | null;
  photos: string[];
  note: string | null;
  asked_at: Date;
  asked_by: string;
  done_at: Date | null;
  done_by: string | null;
}

type Tables = { 'cores.pick_up': PickUpTable };
export type PickUpRow = Selectable<PickUpTable>;

const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

export async function insertPickUp(
  ctx: Ctx,
  row: Omit<Insertable<PickUpTable>, 'org_id'>,
): Promise<PickUpRow> {
  return db(ctx)
    .insertInto('cores.pick_up')
    .values({ ...row, org_id: ctx.org.no, lines: jsonb(row.lines) })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The plant's own pick-up, locked until the transaction ends. */
export async function lockPickUp(ctx: Ctx, id: string): Promise<PickUpRow | undefined> {
  return db(ctx)
    .selectFrom('cores.pick_up')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** A pick-up that another organisation asked of this one: whose it is. */
export async function findAsked(ctx: Ctx, id: string): Promise<PickUpRow | undefined> {
  return db(ctx)
    .selectFrom('cores.pick_up')
    .selectAll()
    .where('collector_org', '=', ctx.org.no)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Open pick-ups that one of the cores is on. */
export async function openPickUpsOf(ctx: Ctx, coreIds: readonly string[]): Promise<PickUpRow[]> {
  return db(ctx)
    .selectFrom('cores.pick_up')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('state', '=', 'asked')
    .where(sql<boolean>`core_ids && ${[...coreIds]}::text[]`)
    .execute();
}

/** The open pick-up of a collector at one supplier and address, to which another core may be added. */
export async function openPickUpAt(
  ctx: Ctx,
  at: { collectorOrg: number; supplierId: string | null; address: string | null },
): Promise<PickUpRow | undefined> {
  return db(ctx)
    .selectFrom('cores.pick_up')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('state', '=', 'asked')
    .where('collector_org', '=', at.collectorOrg)
    .where(sql<boolean>`supplier_id is not distinct from ${at.supplierId}`)
    .where(sql<boolean>`address is not distinct from ${at.address}`)
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
}

export async function updatePickUp(
  ctx: Ctx,
  id: string,
  set: Omit<Updateable<PickUpTable>, 'org_id' | 'id'>,
): Promise<PickUpRow> {
  const { lines, ...plain } = set;
  return db(ctx)
    .updateTable('cores.pick_up')
    .set({ ...plain, ...(lines ? { lines: jsonb(lines) } : {}) })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export interface PickUpFilter {
  state?: PickUpState | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Pick-ups newest first: those this plant asked for, or those it is asked to do. */
export async function listPickUpRows(
  ctx: Ctx,
  side: 'asked by us' | 'asked of us',
  f: PickUpFilter,
): Promise<PickUpRow[]> {
  let q = db(ctx)
    .selectFrom('cores.pick_up')
    .selectAll()
    .where(side === 'asked by us' ? 'org_id' : 'collector_org', '=', ctx.org.no);
  if (f.state) q = q.where('state', '=', f.state);
  return newestFirst(q, f).execute();
}
