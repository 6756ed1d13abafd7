import { jsonb, type Tx } from '@zaizao/platform/db';
import { sql } from 'kysely';

export interface NamedQuery {
  readonly name: string;
  readonly query: Readonly<Record<string, unknown>>;
}

/** False when the name is taken. */
export async function insertQuery(tx: Tx, org: number, q: NamedQuery, us: number) {
  const r = await sql`insert into ledger.query (org_id, name, query, created_us)
    values (${org}, ${q.name}, ${jsonb(q.query)}, ${us}) on conflict do nothing returning name`.execute(
    tx,
  );
  return r.rows.length === 1;
}

export async function findQuery(tx: Tx, org: number, name: string) {
  const r = await sql<NamedQuery>`select name, query from ledger.query
    where org_id = ${org} and name = ${name}`.execute(tx);
  return r.rows[0];
}

export async function listQueries(tx: Tx, org: number, after: string, limit: number) {
  const r = await sql<NamedQuery>`select name, query from ledger.query
    where org_id = ${org} and name > ${after} order by name limit ${limit}`.execute(tx);
  return r.rows;
}

export async function deleteQuery(tx: Tx, org: number, name: string): Promise<boolean> {
  const r = await sql`delete from ledger.query where org_id = ${org} and name = ${name}
    returning name`.execute(tx);
  return r.rows.length === 1;
}
