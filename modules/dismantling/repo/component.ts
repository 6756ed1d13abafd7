import { holds, jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { ComponentState } from '../domain/component-machine.ts';
import { type ComponentTable, type Donor, db } from './tables.ts';

export type ComponentDonor = Donor;
export type ComponentRow = ComponentTable;
export type NewComponent = Omit<
  ComponentTable,
  | 'org_id'
  | 'version'
  | 'state'
  | 'place'
  | 'unit_id'
  | 'ended_at'
  | 'created_at'
  | 'mass_g'
  | 'restored_times'
> & { mass_g: number };

export async function insertComponents(ctx: Ctx, all: readonly NewComponent[]): Promise<void> {
  if (all.length === 0) return;
  await db(ctx)
    .insertInto('dismantling.component')
    .values(
      all.map((c) => ({
        ...c,
        part: jsonb(c.part),
        donor: c.donor ? jsonb(c.donor) : null,
        damages: jsonb(c.damages),
        mass_g: String(c.mass_g),
        org_id: ctx.org.no,
        state: 'found' as const,
        restored_times: 0,
        place: null,
        unit_id: null,
        created_at: ctx.now,
        ended_at: null,
        version: 1,
      })),
    )
    .execute();
}

export function findComponent(
  ctx: Ctx,
  id: string,
  lock = false,
): Promise<ComponentRow | undefined> {
  const q = db(ctx)
    .selectFrom('dismantling.component')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id);
  return (lock ? q.forUpdate() : q).executeTakeFirst();
}

export interface ComponentFilter {
  state?: ComponentState | undefined;
  partId?: string | undefined;
  coreId?: string | undefined;
  unitId?: string | undefined;
  ids?: readonly string[] | undefined;
  stream?: ComponentTable['stream'] | undefined;
  outside?: 'yes' | undefined;
  q?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

export function listComponentRows(ctx: Ctx, f: ComponentFilter): Promise<ComponentRow[]> {
  let q = db(ctx).selectFrom('dismantling.component').selectAll().where('org_id', '=', ctx.org.no);
  if (f.state) q = q.where('state', '=', f.state);
  if (f.partId) q = q.where('part_id', '=', f.partId);
  if (f.coreId) q = q.where('core_id', '=', f.coreId);
  if (f.unitId) q = q.where('unit_id', '=', f.unitId);
  if (f.ids) q = q.where('id', 'in', [...f.ids]);
  if (f.outside) {
    q = q.where(
      sql<boolean>`not exists (select 1 from dismantling.cleaning b where b.org_id = component.org_id
        and b.state = 'running' and b.component_ids @> array[component.id])`,
    );
  }
  if (f.stream) q = q.where('stream', '=', f.stream);
  if (f.q) {
    const ofPart = [
      sql`part ->> 'number'`,
      sql`part -> 'name' ->> 'zh'`,
      sql`part -> 'name' ->> 'en'`,
    ];
    const ofDonor = [sql`donor ->> 'vin'`, sql`donor ->> 'machineSerial'`];
    q = q.where(holds(f.q, 'code', 'core_code', ...ofPart, ...ofDonor));
  }
  return newestFirst(q, f).execute();
}

/** How many pieces stand in each state, by the rows of lots and single components. */
export async function componentCounts(
  ctx: Ctx,
): Promise<{ state: ComponentState; count: number; pieces: number }[]> {
  const r = await sql<{ state: ComponentState; count: number; pieces: number }>`
    select state, count(*)::int as count, sum(qty)::int as pieces
    from dismantling.component where org_id = ${ctx.org.no}
    group by state order by state`.execute(ctx.tx);
  return r.rows;
}

/** Changes a component that must still be in a state; undefined when another was faster. */
export function updateComponent(
  ctx: Ctx,
  id: string,
  from: ComponentState,
  set: Partial<
    Pick<
      ComponentTable,
      'state' | 'unit_id' | 'place' | 'ended_at' | 'qty' | 'mass_g' | 'restored_times'
    >
  >,
): Promise<ComponentRow | undefined> {
  return db(ctx)
    .updateTable('dismantling.component')
    .set({ ...set, version: sql<number>`version + 1` })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('state', '=', from)
    .returningAll()
    .executeTakeFirst();
}

/** A new lot out of an existing one, with the same story. */
export async function insertSplit(
  ctx: Ctx,
  from: ComponentRow,
  part: { id: string; code: string; epc: string; qty: number; massG: number },
): Promise<ComponentRow> {
  return db(ctx)
    .insertInto('dismantling.component')
    .values({
      ...from,
      part: jsonb(from.part),
      donor: from.donor ? jsonb(from.donor) : null,
      damages: jsonb(from.damages),
      id: part.id,
      code: part.code,
      epc: part.epc,
      qty: part.qty,
      mass_g: String(part.massG),
      split_from: from.id,
      version: 1,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}
