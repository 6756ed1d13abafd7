import type { Tx } from '@zaizao/platform/db';
import { sql } from 'kysely';

/** A row of the audit trail as the log commits to it. */
export interface AuditRow {
  readonly org_id: number;
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string | null;
  /** The JSON as the database writes it. */
  readonly detail: string;
  readonly request_id: string;
}

const columns = sql`a.org_id, a.id, a.at, a.actor, a.action, a.subject, a.detail::text as detail,
  a.request_id`;

/** Rows of all organisations that are in no batch yet. */
export async function unbatched(tx: Tx, limit: number): Promise<AuditRow[]> {
  const r = await sql<AuditRow>`select ${columns} from zaizao.audit a where a.batch is null
    order by a.org_id, a.id limit ${limit}`.execute(tx);
  return r.rows;
}

export interface AuditBatch {
  readonly org_id: number;
  readonly batch: bigint;
  readonly row_count: number;
  readonly salt: Uint8Array;
  readonly root: Uint8Array;
  readonly log_index: bigint;
}

export async function nextBatch(tx: Tx, org: number): Promise<number> {
  const r = await sql<{ next: bigint }>`select coalesce(max(batch), 0)::int8 + 1 as next
    from ledger.audit_batch where org_id = ${org}`.execute(tx);
  return Number(r.rows[0]?.next ?? 1);
}

/** Notes a batch and marks its rows. */
export async function putBatch(
  tx: Tx,
  batch: Omit<AuditBatch, 'batch' | 'log_index'> & {
    readonly batch: number;
    readonly log_index: number;
    readonly ids: readonly string[];
    readonly at: Date;
  },
): Promise<void> {
  const { org_id, batch: no, row_count, salt, root, log_index, ids, at } = batch;
  await sql`insert into ledger.audit_batch (org_id, batch, row_count, salt, root, log_index, logged_at)
    values (${org_id}, ${no}, ${row_count}, ${Buffer.from(salt)}, ${Buffer.from(root)}, ${log_index},
      ${at})`.execute(tx);
  await sql`update zaizao.audit set batch = ${no} where org_id = ${org_id} and id in
    (select x #>> '{}' from json_array_elements(${JSON.stringify(ids)}::json) as x)`.execute(tx);
}

/** Batches of one organisation, or of all, after one already read. */
export async function batches(
  tx: Tx,
  org: number | undefined,
  after: { readonly org: number; readonly batch: number },
  limit: number,
): Promise<AuditBatch[]> {
  const only = org === undefined ? sql`` : sql`and org_id = ${org}`;
  const r = await sql<AuditBatch>`select org_id, batch, row_count, salt, root, log_index
    from ledger.audit_batch
    where (org_id, batch) > (${after.org}::int, ${after.batch}::bigint) ${only}
    order by org_id, batch limit ${limit}`.execute(tx);
  return r.rows;
}

export async function rowsOfBatch(tx: Tx, org: number, batch: bigint): Promise<AuditRow[]> {
  const r = await sql<AuditRow>`select ${columns} from zaizao.audit a
    where a.org_id = ${org} and a.batch = ${batch} order by a.id`.execute(tx);
  return r.rows;
}

/** Places in the log that batches claim. */
export async function claimedByAudit(tx: Tx, from: number, to: number): Promise<Set<number>> {
  const r = await sql<{ log_index: bigint }>`select log_index from ledger.audit_batch
    where log_index >= ${from} and log_index < ${to}`.execute(tx);
  return new Set(r.rows.map((row) => Number(row.log_index)));
}
