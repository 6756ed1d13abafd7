import { jsonb, type Tx } from '@zaizao/platform/db';
import { sql } from 'kysely';
import type { Thing } from '../contract.ts';

/** Writes a thing, or renews what its module calls it; false when the EPC or ref is another thing's. */
export async function putThing(tx: Tx, org: number, thing: Thing, key: string, now: Date) {
  const r = await sql`
    insert into ledger.thing as t (org_id, epc, kind, ref, code, code_key, name, registered_at)
    values (${org}, ${thing.epc}, ${thing.kind}, ${thing.ref}, ${thing.code}, ${key},
            ${jsonb(thing.name)}, ${now})
    on conflict (org_id, epc) do update set
      code = excluded.code, code_key = excluded.code_key, name = excluded.name, kind = excluded.kind
      where t.ref = excluded.ref
    returning epc`.execute(tx);
  return r.rows.length === 1;
}

export async function putMarks(tx: Tx, org: number, epc: string, keys: readonly string[]) {
  for (const key of keys) {
    await sql`insert into ledger.thing_mark (org_id, mark_key, epc) values (${org}, ${key}, ${epc})
      on conflict do nothing`.execute(tx);
  }
}

const columns = sql`t.kind, t.ref, t.epc, t.code, t.name`;

export async function thingsByEpc(tx: Tx, org: number, epcs: readonly string[]): Promise<Thing[]> {
  if (epcs.length === 0) return [];
  const r = await sql<Thing>`
    select ${columns} from ledger.thing t where t.org_id = ${org} and t.epc in
      (select x #>> '{}' from json_array_elements(${JSON.stringify(epcs)}::json) as x)`.execute(tx);
  return r.rows;
}

export async function thingByRefRow(tx: Tx, org: number, ref: string): Promise<Thing | undefined> {
  const r = await sql<Thing>`select ${columns} from ledger.thing t
    where t.org_id = ${org} and t.ref = ${ref}`.execute(tx);
  return r.rows[0];
}

/** By the code on our label, else by another mark; of several the one written exactly so, then the newest. */
export async function thingByCode(
  tx: Tx,
  org: number,
  key: string,
  typed: string,
): Promise<Thing | undefined> {
  const own = await sql<Thing>`select ${columns} from ledger.thing t
    where t.org_id = ${org} and t.code_key = ${key}
    order by (t.code = ${typed}) desc, t.registered_at desc, t.epc limit 1`.execute(tx);
  if (own.rows[0]) return own.rows[0];
  const marked = await sql<Thing>`select ${columns} from ledger.thing_mark m
    join ledger.thing t on t.org_id = m.org_id and t.epc = m.epc
    where m.org_id = ${org} and m.mark_key = ${key}
    order by t.registered_at desc, t.epc limit 1`.execute(tx);
  return marked.rows[0];
}
