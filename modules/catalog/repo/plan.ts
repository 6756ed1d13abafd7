import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type {
  BomRow,
  CharacteristicRow,
  DefectRow,
  LimitRow,
  PriceRow,
  RevisionRow,
  StepRow,
  Tables,
} from './tables.ts';

const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

/** The newest version of a document of a part, or the named one. */
export async function revisionOf(
  ctx: Ctx,
  partId: string,
  doc: RevisionRow['doc'],
  version?: number,
): Promise<RevisionRow | undefined> {
  return db(ctx)
    .selectFrom('catalog.revision')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', '=', partId)
    .where('doc', '=', doc)
    .where(sql<boolean>`(${version ?? null}::int is null or version = ${version ?? null}::int)`)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export function revisionsOf(ctx: Ctx, partId: string): Promise<RevisionRow[]> {
  return db(ctx)
    .selectFrom('catalog.revision')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', '=', partId)
    .orderBy('doc')
    .orderBy('version', 'desc')
    .execute();
}

export async function insertRevision(ctx: Ctx, row: RevisionRow): Promise<void> {
  await db(ctx).insertInto('catalog.revision').values(row).execute();
}

export function bomItems(ctx: Ctx, partId: string, version: number): Promise<BomRow[]> {
  return db(ctx)
    .selectFrom('catalog.bom_item')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', '=', partId)
    .where('version', '=', version)
    .orderBy('pos')
    .execute();
}

export async function insertBomItems(ctx: Ctx, rows: readonly BomRow[]): Promise<void> {
  if (rows.length > 0)
    await db(ctx)
      .insertInto('catalog.bom_item')
      .values([...rows])
      .execute();
}

/** Products whose newest bill of material has a part, with the position. */
export async function whereUsed(
  ctx: Ctx,
  componentId: string,
): Promise<{ part_id: string; pos: number }[]> {
  const r = await sql<{ part_id: string; pos: number }>`
    select b.part_id, b.pos from catalog.bom_item b
    where b.org_id = ${ctx.org.no} and b.component_id = ${componentId}
      and b.version = (select max(r.version) from catalog.revision r
        where r.org_id = b.org_id and r.part_id = b.part_id and r.doc = 'bom')
    order by b.part_id, b.pos`.execute(ctx.tx);
  return r.rows;
}

/** Whether `root` lies below any of the components in the newest bills of material. */
export async function containsBelow(
  ctx: Ctx,
  components: readonly string[],
  root: string,
): Promise<boolean> {
  if (components.length === 0) return false;
  const r = await sql<{ hit: boolean }>`
    with recursive below (id) as (
      select unnest(${[...components]}::text[])
      union
      select b.component_id from below join catalog.bom_item b
        on b.org_id = ${ctx.org.no} and b.part_id = below.id
        and b.version = (select max(r.version) from catalog.revision r
          where r.org_id = b.org_id and r.part_id = b.part_id and r.doc = 'bom')
    )
    select exists (select 1 from below where id = ${root}) as hit`.execute(ctx.tx);
  return r.rows[0]?.hit ?? false;
}

export function routeSteps(ctx: Ctx, partId: string, version: number): Promise<StepRow[]> {
  return db(ctx)
    .selectFrom('catalog.route_step')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', '=', partId)
    .where('version', '=', version)
    .orderBy('seq')
    .execute();
}

export async function insertSteps(ctx: Ctx, rows: readonly StepRow[]): Promise<void> {
  if (rows.length > 0)
    await db(ctx)
      .insertInto('catalog.route_step')
      .values([...rows])
      .execute();
}

/** Characteristics of a product, or those of any product that concern a component. */
export function characteristics(ctx: Ctx, partId: string): Promise<CharacteristicRow[]> {
  return db(ctx)
    .selectFrom('catalog.characteristic')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where((e) => e.or([e('part_id', '=', partId), e('component_id', '=', partId)]))
    .orderBy('seq')
    .orderBy('code')
    .execute();
}

export function findCharacteristic(
  ctx: Ctx,
  characteristicId: string,
): Promise<CharacteristicRow | undefined> {
  return db(ctx)
    .selectFrom('catalog.characteristic')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', characteristicId)
    .executeTakeFirst();
}

export async function insertCharacteristic(ctx: Ctx, row: CharacteristicRow): Promise<boolean> {
  const r = await db(ctx)
    .insertInto('catalog.characteristic')
    .values(row)
    .onConflict((c) => c.columns(['org_id', 'part_id', 'code']).doNothing())
    .executeTakeFirst();
  return (r.numInsertedOrUpdatedRows ?? 0n) === 1n;
}

export async function updateCharacteristic(
  ctx: Ctx,
  id: string,
  version: number,
  set: Partial<CharacteristicRow>,
): Promise<boolean> {
  const r = await db(ctx)
    .updateTable('catalog.characteristic')
    .set({ ...set, version: version + 1 })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return r.numUpdatedRows === 1n;
}

/** All versions of the limits of some characteristics. */
export async function limitsOf(ctx: Ctx, ids: readonly string[]): Promise<LimitRow[]> {
  if (ids.length === 0) return [];
  return db(ctx)
    .selectFrom('catalog.characteristic_limit')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('characteristic_id', 'in', [...ids])
    .orderBy('characteristic_id')
    .orderBy('level')
    .orderBy('customer')
    .orderBy('version')
    .execute();
}

export async function insertLimit(ctx: Ctx, row: LimitRow): Promise<void> {
  await db(ctx).insertInto('catalog.characteristic_limit').values(row).execute();
}

export function defectsOfPart(ctx: Ctx, partId: string): Promise<DefectRow[]> {
  return db(ctx)
    .selectFrom('catalog.defect')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', '=', partId)
    .orderBy('code')
    .execute();
}

export function pricesOfPart(ctx: Ctx, partId: string): Promise<PriceRow[]> {
  return db(ctx)
    .selectFrom('catalog.price')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', '=', partId)
    .orderBy('kind')
    .orderBy('valid_from', 'desc')
    .execute();
}
