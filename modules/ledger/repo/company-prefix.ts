import type { Tx } from '@zaizao/platform/db';
import { sql } from 'kysely';

/** Remembers company prefixes that EPC URNs named. */
export async function learnPrefixes(
  tx: Tx,
  org: number,
  prefixes: readonly string[],
): Promise<void> {
  if (prefixes.length === 0) return;
  await sql`insert into ledger.company_prefix (org_id, prefix)
    select ${org}::int, x #>> '{}' from json_array_elements(${JSON.stringify(prefixes)}::json) as x
    on conflict do nothing`.execute(tx);
}

export async function knownPrefixes(tx: Tx, org: number): Promise<ReadonlySet<string>> {
  const r = await sql<{ prefix: string }>`select prefix from ledger.company_prefix
    where org_id = ${org}`.execute(tx);
  return new Set(r.rows.map((row) => row.prefix));
}
