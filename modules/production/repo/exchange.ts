import { jsonb } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { newId } from '@zaizao/platform/kernel';
import { sql } from 'kysely';
import { actorOf, type PartRef, type UnitTable } from './tables.ts';

/** A piece as it came out of a unit or went into it. */
export interface ExchangedPiece {
  origin: 'reused' | 'restored' | 'new';
  qty: number;
  massG: number;
  componentId?: string | undefined;
  code?: string | undefined;
  lot?: string | undefined;
}

interface ExchangeTable {
  org_id: number;
  id: string;
  unit_id: string;
  order_id: string;
  pos: number;
  part: PartRef;
  qty: number;
  taken_out: ExchangedPiece[];
  put_in: ExchangedPiece[];
  reason: string;
  by_whom: string;
  at: Date;
}

type Tables = { 'production.exchange': ExchangeTable; 'production.unit': UnitTable };
const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

type NewExchange = Omit<ExchangeTable, 'org_id' | 'id' | 'by_whom' | 'at'>;

export async function insertExchange(ctx: Ctx, x: NewExchange): Promise<void> {
  await db(ctx)
    .insertInto('production.exchange')
    .values({
      ...x,
      part: jsonb(x.part),
      taken_out: jsonb(x.taken_out),
      put_in: jsonb(x.put_in),
      org_id: ctx.org.no,
      id: newId('exch', ctx.now.getTime()),
      by_whom: actorOf(ctx),
      at: ctx.now,
    })
    .execute();
}

/** What was exchanged in a unit, oldest first. */
export function exchangesOf(ctx: Ctx, unitId: string): Promise<ExchangeTable[]> {
  return db(ctx)
    .selectFrom('production.exchange')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('unit_id', '=', unitId)
    .orderBy('id')
    .execute();
}

/** A unit whose parts were exchanged: what it weighs now, and whose components are in it now. */
export async function updateMade(
  ctx: Ctx,
  unitId: string,
  massG: number,
  previousCores: UnitTable['previous_cores'],
): Promise<void> {
  await db(ctx)
    .updateTable('production.unit')
    .set({
      mass_g: String(massG),
      previous_cores: jsonb(previousCores),
      version: sql<number>`version + 1`,
    })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', unitId)
    .execute();
}
