import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { CoreState } from './domain/core-machine.ts';
import type { PartRef } from './repo.ts';

/** A core that stands at the plant, as far as the books know. */
export interface HeldCore {
  readonly id: string;
  readonly code: string;
  readonly epc: string;
  readonly state: CoreState;
  readonly part: PartRef | null;
  readonly number_seen: string;
  readonly place: string | null;
  readonly credit_fen: bigint | null;
  readonly version: number;
}

const HELD: readonly CoreState[] = ['received', 'graded', 'disputed', 'stocked', 'allocated'];

/** Cores that stand at the plant: received, and neither torn down, sent back nor scrapped. */
export async function heldCores(
  ctx: Ctx,
  of: { place?: string | undefined; epc?: string; ids?: readonly string[] },
): Promise<HeldCore[]> {
  if (of.ids?.length === 0) return [];
  const r = await sql<HeldCore>`
    select id, code, epc, state, part, number_seen, place, credit_fen, version from cores.core
    where org_id = ${ctx.org.no} and state in (${sql.join([...HELD])})
      ${of.place === undefined ? sql`` : sql`and place = ${of.place}`}
      ${of.epc === undefined ? sql`` : sql`and epc = ${of.epc}`}
      ${of.ids === undefined ? sql`` : sql`and id in (${sql.join([...of.ids])})`}
    order by id`.execute(ctx.tx);
  return r.rows;
}
