import type { Ctx } from '@zaizao/platform/http';

interface SampleTable {
  org_id: number;
  id: string;
  part_id: string;
  programme_code: string;
  criterion_code: string;
  shows: 'good' | 'bad';
  sha256: string;
  added_by: string;
  added_at: Date;
}

export type SampleRow = SampleTable;

const db = (ctx: Ctx) => ctx.tx.withTables<{ 'catalog.criterion_sample': SampleTable }>();

/** The samples of a part's programmes, good ones first, in the order they were added. */
export function samplesOf(ctx: Ctx, partId: string): Promise<SampleRow[]> {
  return db(ctx)
    .selectFrom('catalog.criterion_sample')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', '=', partId)
    .orderBy('criterion_code')
    .orderBy('shows', 'desc')
    .orderBy('id')
    .execute();
}

export async function insertSample(ctx: Ctx, row: Omit<SampleRow, 'org_id'>): Promise<void> {
  await db(ctx)
    .insertInto('catalog.criterion_sample')
    .values({ ...row, org_id: ctx.org.no })
    .execute();
}

/** Whether there was such a sample. */
export async function deleteSample(ctx: Ctx, id: string): Promise<boolean> {
  const gone = await db(ctx)
    .deleteFrom('catalog.criterion_sample')
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return gone !== undefined;
}
