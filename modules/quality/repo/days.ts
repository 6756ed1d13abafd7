import { sql } from 'kysely';

/** A span of calendar days in the organisation's zone, both included; open where absent. */
export interface Days {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly zone: string;
}

/** Whether an instant lies in the days. */
export function within(column: ReturnType<typeof sql>, { from, to, zone }: Days) {
  const day = sql`(${column} at time zone ${zone})::date`;
  return sql<boolean>`(${from ?? null}::date is null or ${day} >= ${from ?? null}::date)
    and (${to ?? null}::date is null or ${day} <= ${to ?? null}::date)`;
}
