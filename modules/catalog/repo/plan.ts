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

export function defectsOfPart(ctx: Ctx, partId: string): Promise<DefectRow[]> {
  return db(ctx)
    .selectFrom('catalog.defect')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', '=', partId)
    .orderBy('code')
    .execute();
}

/** Prices of some parts; of each part and kind the newest first. */
export async function pricesOfParts(ctx: Ctx, partIds: readonly string[]): Promise<PriceRow[]> {
  if (partIds.length === 0) return [];
  return db(ctx)
    .selectFrom('catalog.price')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', 'in', [...partIds])
    .orderBy('part_id')
    .orderBy('kind')
    .orderBy('valid_from', 'desc')
    .execute();
}
