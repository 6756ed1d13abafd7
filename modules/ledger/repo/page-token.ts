import type { Tx } from '@zaizao/platform/db';
import { sql } from 'kysely';

/** Page tokens hold their place themselves; only those given up early are kept, until they would have ended. */
export async function forgetToken(
  tx: Tx,
  org: number,
  hash: string,
  endsAtMs: number,
  nowMs: number,
): Promise<void> {
  await sql`delete from ledger.page_token where org_id = ${org} and ends_at < ${new Date(nowMs)}`.execute(
    tx,
  );
  await sql`insert into ledger.page_token (org_id, hash, ends_at)
    values (${org}, ${hash}, ${new Date(Math.min(endsAtMs, nowMs + 2 * 86_400_000))})
    on conflict do nothing`.execute(tx);
}

export async function isForgotten(tx: Tx, org: number, hash: string): Promise<boolean> {
  const r = await sql`select 1 from ledger.page_token
    where org_id = ${org} and hash = ${hash}`.execute(tx);
  return r.rows.length > 0;
}
