import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { UnitState } from '../domain/machines.ts';
import type { UnitTable } from './tables.ts';

/** A finished unit that has not left. */
export type HeldUnit = Pick<
  UnitTable,
  'id' | 'serial' | 'epc' | 'state' | 'part' | 'place' | 'version'
>;

const HELD: readonly UnitState[] = ['finished', 'certified', 'available', 'reserved'];

/** Units in the store: finished, and neither shipped nor scrapped. What is still on the line is not in it. */
export async function heldUnits(
  ctx: Ctx,
  of: { place?: string | undefined; ids?: readonly string[] },
): Promise<HeldUnit[]> {
  if (of.ids?.length === 0) return [];
  const r = await sql<HeldUnit>`
    select id, serial, epc, state, part, place, version from production.unit
    where org_id = ${ctx.org.no} and state in (${sql.join([...HELD])})
      ${of.place === undefined ? sql`` : sql`and place = ${of.place}`}
      ${of.ids === undefined ? sql`` : sql`and id in (${sql.join([...of.ids])})`}
    order by id`.execute(ctx.tx);
  return r.rows;
}
