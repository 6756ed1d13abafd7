import { jsonb } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import type { z } from 'zod';
import type { PackageSpec } from '../contract/reference.ts';
import type { NewTest } from '../domain/new-plan.ts';

interface Issued {
  org_id: number;
  part_id: string;
  version: number;
  note: string;
  created_by: string;
  created_at: Date;
}

interface NewPlanTable extends Issued {
  source: string;
  items: NewTest[];
}

interface PackageTable extends Issued {
  body: z.output<typeof PackageSpec>;
}

type Tables = { 'catalog.new_plan': NewPlanTable; 'catalog.package_spec': PackageTable };
const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

export function newestPlan(ctx: Ctx, partId: string): Promise<NewPlanTable | undefined> {
  return db(ctx)
    .selectFrom('catalog.new_plan')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', '=', partId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function partsWithPlan(ctx: Ctx): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('catalog.new_plan')
    .select('part_id')
    .distinct()
    .where('org_id', '=', ctx.org.no)
    .orderBy('part_id')
    .execute();
  return rows.map((r) => r.part_id);
}

type Written = 'org_id' | 'created_by' | 'created_at';
const writtenBy = (ctx: Ctx) => ({
  org_id: ctx.org.no,
  created_by: `${ctx.principal.kind}:${ctx.principal.id}`,
  created_at: ctx.now,
});

export async function insertPlan(ctx: Ctx, p: Omit<NewPlanTable, Written>): Promise<void> {
  await db(ctx)
    .insertInto('catalog.new_plan')
    .values({ ...p, ...writtenBy(ctx), items: jsonb(p.items) })
    .execute();
}

export function newestPackage(ctx: Ctx, partId: string): Promise<PackageTable | undefined> {
  return db(ctx)
    .selectFrom('catalog.package_spec')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', '=', partId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function insertPackage(ctx: Ctx, p: Omit<PackageTable, Written>): Promise<void> {
  await db(ctx)
    .insertInto('catalog.package_spec')
    .values({ ...p, ...writtenBy(ctx), body: jsonb(p.body) })
    .execute();
}
