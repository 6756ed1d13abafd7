import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { ComponentState } from '../domain/component-machine.ts';
import type { ComponentTable } from './tables.ts';

/** A component or lot on the shelves or between two stations. */
export type HeldComponent = Pick<
  ComponentTable,
  'id' | 'code' | 'epc' | 'state' | 'part' | 'place' | 'qty' | 'serialised' | 'version'
>;

const HELD: readonly ComponentState[] = [
  ...(['found', 'cleaned', 'inspected', 'reuse', 'restore', 'restored'] as const),
];

/** Components and lots that are there: neither built into a unit nor recycled. */
export async function heldComponents(
  ctx: Ctx,
  of: { place?: string | undefined; ids?: readonly string[] },
): Promise<HeldComponent[]> {
  if (of.ids?.length === 0) return [];
  const r = await sql<HeldComponent>`
    select id, code, epc, state, part, place, qty, serialised, version from dismantling.component
    where org_id = ${ctx.org.no} and state in (${sql.join([...HELD])})
      ${of.place === undefined ? sql`` : sql`and place = ${of.place}`}
      ${of.ids === undefined ? sql`` : sql`and id in (${sql.join([...of.ids])})`}
    order by id`.execute(ctx.tx);
  return r.rows;
}
