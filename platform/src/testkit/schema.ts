/**
 * Reads the catalogue of a migrated database and lists what breaks the rules that keep tenants
 * apart and all three engines true: keys that start with the organisation, forced row security,
 * exactly the policies and grants of the table's declared kind, no triggers, no SET NULL.
 */
import { type Kysely, sql } from 'kysely';

interface Table {
  name: string;
  comment: string | null;
  secured: boolean;
  forced: boolean;
  has_org: boolean;
}

interface Key {
  table: string;
  key: string;
  kind: 'p' | 'u' | 'f' | 'x';
  columns: string[];
  on_delete: string;
  target: string | null;
}

interface Policy {
  table: string;
  policy: string;
  verb: string;
  role: string;
  using: string | null;
  check: string | null;
}

const KINDS = ['tenant', 'append', 'shared', 'published', 'reference'] as const;
type Kind = (typeof KINDS)[number];

const OWN = '(org_id = ( SELECT zaizao.org() AS org))';
const SHARED =
  /^\(\(org_id = \( SELECT zaizao\.org\(\) AS org\)\) OR \(\w+ = \( SELECT zaizao\.org\(\) AS org\)\)\)$/;

const GRANTS: Readonly<Record<Kind, string>> = {
  tenant: 'DELETE,INSERT,SELECT,UPDATE',
  append: 'INSERT,SELECT',
  shared: 'DELETE,INSERT,SELECT,UPDATE',
  published: 'DELETE,INSERT,SELECT,UPDATE',
  reference: 'SELECT',
};

export interface SchemaReport {
  readonly tables: number;
  readonly keys: number;
  readonly indexes: number;
  readonly policies: number;
  /** One sentence a fault, beginning with the table. */
  readonly faults: readonly string[];
}

/**
 * Checks every table of every schema but the system's own.
 * @param ownerOnly tables (`schema.table`, or `schema.*`) that no tenant may touch at all
 */
export async function inspectSchema(
  db: Kysely<unknown>,
  ownerOnly: readonly string[],
): Promise<SchemaReport> {
  const [tables, keys, policies] = [await tablesOf(db), await keysOf(db), await policiesOf(db)];
  const grants = await grantsOf(db);
  const indexes = await uniqueIndexesOf(db);
  const faults: string[] = [];
  for (const t of tables) {
    const say = (fault: string) => faults.push(`${t.name}: ${fault}`);
    const granted = (role: string) => grants.get(`${t.name} ${role}`) ?? '';
    if (ownerOnly.includes(t.name) || ownerOnly.includes(`${t.name.split('.')[0]}.*`)) {
      const open = granted('zaizao_app') + granted('zaizao_system') + granted('PUBLIC');
      if (open) say(`is the owner's only, yet granted: ${open}`);
      continue;
    }
    const kind = KINDS.find((k) => t.comment === `protect:${k}`);
    if (!kind) {
      say('is not protected: zaizao.protect was not called');
      continue;
    }
    if (!t.secured || !t.forced) say('row security is not enabled and forced');
    if (granted('PUBLIC')) say(`is granted to everybody: ${granted('PUBLIC')}`);
    if (granted('zaizao_app') !== GRANTS[kind]) {
      say(`zaizao_app may ${granted('zaizao_app') || 'nothing'}, not ${GRANTS[kind]}`);
    }
    for (const f of policyFaults(
      kind,
      policies.filter((p) => p.table === t.name),
    ))
      say(f);
    if (kind === 'reference') {
      if (t.has_org) say('is a reference table with org_id');
      continue;
    }
    const own = keys.filter((k) => k.table === t.name);
    if (!own.some((k) => k.kind === 'p')) say('has no primary key');
    for (const k of own) for (const f of keyFaults(k)) say(f);
    for (const i of indexes.filter((x) => x.table === t.name)) {
      if (i.first !== 'org_id') say(`unique index ${i.index} starts with ${i.first}, not org_id`);
    }
  }
  for (const t of await triggersOf(db)) faults.push(`${t.table}: has the trigger ${t.trigger}`);
  return {
    ...{ tables: tables.length, keys: keys.length, policies: policies.length, faults },
    indexes: await countIndexes(db),
  };
}

function keyFaults(k: Key): string[] {
  const out: string[] = [];
  if (k.columns[0] !== 'org_id') out.push(`${k.key} starts with ${k.columns[0]}, not org_id`);
  if (k.kind === 'x') out.push(`${k.key} is an exclusion constraint, which Citus cannot spread`);
  if (k.kind !== 'f') return out;
  if (k.on_delete === 'n' || k.on_delete === 'd') out.push(`${k.key} sets null or a default`);
  if (k.target?.split('.')[0] !== k.table.split('.')[0]) {
    out.push(`${k.key} refers to ${k.target}, a table of another module`);
  }
  return out;
}

function policyFaults(kind: Kind, policies: readonly Policy[]): string[] {
  const out: string[] = [];
  const read =
    kind === 'published' || kind === 'reference' ? 'true' : kind === 'shared' ? SHARED : OWN;
  const expected: Record<
    string,
    [verb: string, using: string | RegExp | null, check: string | null]
  > = {
    app_read: ['r', read, null],
    ...(kind === 'reference' ? {} : { app_insert: ['a', null, OWN] }),
    ...(kind === 'reference' || kind === 'append'
      ? {}
      : { app_update: ['w', OWN, OWN], app_delete: ['d', OWN, null] }),
  };
  for (const p of policies) {
    if (p.policy === 'system_all' && p.role === 'zaizao_system') {
      if (p.verb !== '*' || p.using !== 'true' || p.check !== 'true') out.push('odd system_all');
      continue;
    }
    const e = expected[p.policy];
    const matches =
      e &&
      p.role === 'zaizao_app' &&
      p.verb === e[0] &&
      (e[1] instanceof RegExp ? e[1].test(p.using ?? '') : p.using === e[1]) &&
      p.check === e[2];
    if (!matches) out.push(`policy ${p.policy} to ${p.role}: using ${p.using}, check ${p.check}`);
  }
  for (const name of Object.keys(expected)) {
    if (!policies.some((p) => p.policy === name)) out.push(`lacks the policy ${name}`);
  }
  return out;
}

const OURS = sql`n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
  and n.nspname not like 'pg\\_%'`;

async function tablesOf(db: Kysely<unknown>): Promise<Table[]> {
  const r = await sql<Table>`
    select n.nspname || '.' || c.relname as name, obj_description(c.oid, 'pg_class') as comment,
           c.relrowsecurity as secured, c.relforcerowsecurity as forced,
           exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id'
                   and not a.attisdropped) as has_org
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${OURS} order by 1`.execute(db);
  return r.rows;
}

async function keysOf(db: Kysely<unknown>): Promise<Key[]> {
  const r = await sql<Key>`
    select n.nspname || '.' || c.relname as table, k.conname as key, k.contype as kind,
           k.confdeltype as on_delete,
           (select tn.nspname || '.' || tc.relname from pg_class tc
            join pg_namespace tn on tn.oid = tc.relnamespace where tc.oid = k.confrelid) as target,
           array(select a.attname::text from unnest(k.conkey) with ordinality u (num, at)
                 join pg_attribute a on a.attrelid = c.oid and a.attnum = u.num
                 order by u.at) as columns
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    join pg_namespace n on n.oid = c.relnamespace
    where k.contype in ('p', 'u', 'f', 'x') and ${OURS} order by 1, 2`.execute(db);
  return r.rows;
}

async function uniqueIndexesOf(db: Kysely<unknown>) {
  const r = await sql<{ table: string; index: string; first: string | null }>`
    select n.nspname || '.' || c.relname as table, x.relname as index,
           (select a.attname::text from pg_attribute a
            where a.attrelid = c.oid and a.attnum = i.indkey[0]) as first
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
    join pg_namespace n on n.oid = c.relnamespace
    where i.indisunique and ${OURS} order by 1, 2`.execute(db);
  return r.rows;
}

async function countIndexes(db: Kysely<unknown>): Promise<number> {
  const r = await sql<{ n: number }>`select count(*)::int as n from pg_index i
    join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
    where ${OURS}`.execute(db);
  return r.rows[0]?.n ?? 0;
}

async function policiesOf(db: Kysely<unknown>): Promise<Policy[]> {
  const r = await sql<Policy>`
    select n.nspname || '.' || c.relname as table, p.polname as policy, p.polcmd as verb,
           array_to_string(array(select r.rolname::text from pg_roles r where r.oid = any (p.polroles)
                                 order by 1), ',') as role,
           pg_get_expr(p.polqual, p.polrelid) as using,
           pg_get_expr(p.polwithcheck, p.polrelid) as check
    from pg_policy p join pg_class c on c.oid = p.polrelid
    join pg_namespace n on n.oid = c.relnamespace order by 1, 2`.execute(db);
  return r.rows;
}

/** `table role` → its verbs, sorted. */
async function grantsOf(db: Kysely<unknown>): Promise<Map<string, string>> {
  const r = await sql<{ key: string; verbs: string }>`
    select n.nspname || '.' || c.relname || ' ' || coalesce(g.rolname, 'PUBLIC') as key,
           string_agg(distinct a.privilege_type, ',' order by a.privilege_type) as verbs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    cross join lateral aclexplode(c.relacl) a left join pg_roles g on g.oid = a.grantee
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${OURS} group by 1`.execute(db);
  return new Map(r.rows.map((x) => [x.key, x.verbs]));
}

async function triggersOf(db: Kysely<unknown>) {
  const r = await sql<{ table: string; trigger: string }>`
    select n.nspname || '.' || c.relname as table, t.tgname as trigger
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    join pg_namespace n on n.oid = c.relnamespace where not t.tgisinternal and ${OURS}`.execute(db);
  return r.rows;
}
