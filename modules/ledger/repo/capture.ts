import { jsonb, type Tx } from '@zaizao/platform/db';
import { sql } from 'kysely';
import type { VocabularyElement } from '../domain/prepare.ts';

/** A capture job as stored; errors are RFC 7807 bodies. */
export interface CaptureJob {
  readonly capture_id: string;
  readonly created_us: number;
  readonly finished_us: number | null;
  readonly running: boolean;
  readonly success: boolean;
  readonly behaviour: 'rollback' | 'proceed';
  readonly errors: readonly unknown[];
  readonly accepted: number;
  readonly rejected: number;
}

export async function insertJobs(tx: Tx, org: number, jobs: readonly CaptureJob[]): Promise<void> {
  await sql`insert into ledger.capture_job (org_id, capture_id, created_us, finished_us, running,
      success, behaviour, errors, accepted, rejected)
    select ${org}::int, capture_id, created_us, finished_us, running, success, behaviour, errors,
      accepted, rejected
    from json_to_recordset(${JSON.stringify(jobs)}::json) as r (capture_id text, created_us bigint,
      finished_us bigint, running boolean, success boolean, behaviour text, errors jsonb,
      accepted int, rejected int)`.execute(tx);
}

type Row = Omit<CaptureJob, 'created_us' | 'finished_us'> & {
  readonly created_us: bigint;
  readonly finished_us: bigint | null;
};

const asJob = (row: Row): CaptureJob => ({
  ...row,
  created_us: Number(row.created_us),
  finished_us: row.finished_us === null ? null : Number(row.finished_us),
});

const columns = sql`capture_id, created_us, finished_us, running, success, behaviour, errors,
  accepted, rejected`;

export async function findJob(tx: Tx, org: number, id: string): Promise<CaptureJob | undefined> {
  const r = await sql<Row>`select ${columns} from ledger.capture_job
    where org_id = ${org} and capture_id = ${id}`.execute(tx);
  return r.rows[0] && asJob(r.rows[0]);
}

/** Newest first; `after` is the last one already read. */
export async function listJobs(
  tx: Tx,
  org: number,
  after: { us: number; id: string } | undefined,
  limit: number,
): Promise<CaptureJob[]> {
  const beyond = after
    ? sql`and (created_us, capture_id) < (${after.us}::bigint, ${after.id}::text)`
    : sql``;
  const r = await sql<Row>`select ${columns} from ledger.capture_job
    where org_id = ${org} ${beyond} order by created_us desc, capture_id desc limit ${limit}`.execute(
    tx,
  );
  return r.rows.map(asJob);
}

export async function putVocabulary(
  tx: Tx,
  org: number,
  elements: readonly VocabularyElement[],
  us: number,
): Promise<void> {
  for (const e of elements) {
    await sql`insert into ledger.vocabulary (org_id, type, id, attributes, children, changed_us)
      values (${org}, ${e.type}, ${e.id}, ${jsonb(e.attributes)}, ${jsonb(e.children)}, ${us})
      on conflict (org_id, id, type) do update set
        attributes = excluded.attributes, children = excluded.children,
        changed_us = excluded.changed_us`.execute(tx);
  }
}

export async function putNamespaces(
  tx: Tx,
  org: number,
  namespaces: readonly { prefix: string; namespace: string }[],
): Promise<void> {
  for (const { prefix, namespace } of namespaces) {
    await sql`insert into ledger.namespace (org_id, prefix, namespace)
      values (${org}, ${prefix}, ${namespace}) on conflict do nothing`.execute(tx);
  }
}

export async function namespacesOf(
  tx: Tx,
  org: number,
): Promise<{ prefix: string; namespace: string }[]> {
  const r = await sql<{ prefix: string; namespace: string }>`
    select prefix, namespace from ledger.namespace where org_id = ${org}
    order by prefix, namespace limit 100`.execute(tx);
  return r.rows;
}
