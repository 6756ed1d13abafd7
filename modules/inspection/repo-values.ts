import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { LimitJudged } from './domain/judged.ts';

export interface InspectedValue {
  componentId: string;
  characteristicId: string;
  code: string;
  value: string;
  unit: string;
  judged: LimitJudged[];
  at: Date;
}

/** The newest value of each characteristic of some components, out of decided inspections. */
export async function newestValues(
  ctx: Ctx,
  componentIds: readonly string[],
): Promise<InspectedValue[]> {
  if (componentIds.length === 0) return [];
  const r = await sql<InspectedValue>`
    select distinct on (i.component_id, m.characteristic_id) i.component_id as "componentId",
      m.characteristic_id as "characteristicId", m.code, m.value::text as value, m.unit, m.judged, m.at
    from inspection.inspection i
    join inspection.measurement m on m.org_id = i.org_id and m.inspection_id = i.id
    where i.org_id = ${ctx.org.no} and i.state = 'decided' and i.component_id in
      (select x #>> '{}' from json_array_elements(${JSON.stringify(componentIds)}::json) as x)
    order by i.component_id, m.characteristic_id, m.id desc`.execute(ctx.tx);
  return r.rows;
}
