/** Looks at an organisation's rows in all tables at once, whatever modules there are. */
import { type Kysely, sql } from 'kysely';

const ID = /\b([a-z]+)_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;

export interface TenantTable {
  readonly name: string;
  readonly kind: string;
}

/** The tables that belong to organisations, with the kind they are protected as. */
export async function tenantTables(db: Kysely<unknown>): Promise<TenantTable[]> {
  const r = await sql<{ name: string; comment: string | null }>`
    select n.nspname || '.' || c.relname as name, obj_description(c.oid, 'pg_class') as comment
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
    where c.relkind = 'r' order by 1`.execute(db);
  return r.rows.map(({ name, comment }) => ({
    name,
    kind: comment?.replace('protect:', '') ?? '',
  }));
}

/** The first column of each row's key names it: ids by their prefix, oldest first. */
export async function idsOf(
  db: Kysely<unknown>,
  org: number,
  tables: readonly TenantTable[],
): Promise<Map<string, string[]>> {
  const out = new Map<string, string[]>();
  for (const { name } of tables) {
    const r = await sql<{ id: string }>`
      select id from (select to_jsonb(t) ->> 'id' as id from ${sql.raw(name)} t
                      where t.org_id = ${org}) x where id is not null order by id`.execute(db);
    for (const { id } of r.rows) {
      const prefix = /^([a-z]+)_[0-9a-f-]{36}$/.exec(id)?.[1];
      if (prefix) out.set(prefix, [...(out.get(prefix) ?? []), id]);
    }
  }
  return out;
}

/** An organisation's rows of these tables, each as text. */
export async function rowsOf(
  db: Kysely<unknown>,
  org: number,
  tables: readonly TenantTable[],
): Promise<string[]> {
  const out: string[] = [];
  for (const { name } of tables) {
    const r = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t
      where t.org_id = ${org}`.execute(db);
    out.push(...r.rows.map(({ row }) => row));
  }
  return out;
}

/** One line a table: how many rows an organisation has there, and a hash of them. */
export async function fingerprintOf(
  db: Kysely<unknown>,
  org: number,
  tables: readonly TenantTable[],
): Promise<string[]> {
  const out: string[] = [];
  for (const { name } of tables) {
    const r = await sql<{ line: string }>`
      select count(*) || ' ' || coalesce(md5(string_agg(h, '' order by h)), '') as line
      from (select md5(t::text) as h from ${sql.raw(name)} t where t.org_id = ${org}) x`.execute(
      db,
    );
    out.push(`${name} ${r.rows[0]?.line}`);
  }
  return out;
}

/**
 * Copies an organisation's rows to another one under ids of their own, so that it has a thing of
 * every kind, in every state, whose id is nobody else's. Needs a superuser: foreign keys are not
 * looked at meanwhile.
 * @returns the copy's id of each original
 */
export async function copyTenant(
  db: Kysely<unknown>,
  from: number,
  to: number,
  tables: readonly TenantTable[],
): Promise<Map<string, string>> {
  const copies = new Map<string, string>();
  // The last digits of an id are random: turning them makes another one.
  const turned = (id: string) =>
    id.slice(0, -8) +
    [...id.slice(-8)].map((c) => (15 - Number.parseInt(c, 16)).toString(16)).join('');
  const own = new Set([...(await idsOf(db, from, tables)).values()].flat());
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    for (const { name } of tables) {
      const r = await sql<{ rows: string | null }>`select jsonb_agg(to_jsonb(t))::text as rows
        from ${sql.raw(name)} t where t.org_id = ${from}`.execute(tx);
      const rows = r.rows[0]?.rows;
      if (!rows) continue;
      const changed = rows
        .replaceAll(ID, (id) => {
          if (!own.has(id)) return id;
          copies.set(id, turned(id));
          return turned(id);
        })
        .replaceAll(`"org_id": ${from}`, `"org_id": ${to}`);
      await sql`insert into ${sql.raw(name)}
        select * from jsonb_populate_recordset(null::${sql.raw(name)}, ${changed}::jsonb)
        on conflict do nothing`.execute(tx);
    }
  });
  return copies;
}
