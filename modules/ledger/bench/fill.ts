import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Events to one statement: whole lives of eight. */
const PIECE = 40_000;

/**
 * Fills the ledger up to a number of events with lives like those of the documents, made in the
 * database itself: every row and every index of an event is there, but the events are not in the log.
 */
export async function fill(
  db: Kysely<unknown>,
  org: number,
  to: number,
  progress: (events: number) => void,
): Promise<void> {
  const r = await sql<{ last_seq: bigint; last_us: bigint }>`
    select last_seq, last_us from ledger.clock where org_id = ${org}`.execute(db);
  const lastUs = Number(r.rows[0]?.last_us ?? 0);
  const start = Number(r.rows[0]?.last_seq ?? 0);
  for (let from = start; from < to; from += PIECE) {
    const count = Math.min(PIECE, to - from);
    await piece(db, org, from, count, lastUs + (from - start));
    progress(from + count);
  }
  await sql`update ledger.clock set last_seq = ${to}, last_us = ${lastUs + to - start}
    where org_id = ${org}`.execute(db);
  await sql`insert into ledger.logged (org_id, last_seq) values (${org}, ${to})
    on conflict (org_id) do update set last_seq = excluded.last_seq`.execute(db);
  await sql`analyze ledger.event, ledger.event_thing, ledger.link`.execute(db);
}

const GIAI = 'https://id.gs1.org/8004/952000001';
const SGTIN = 'https://id.gs1.org/01/09520000100018/21/';
const SITE = 'https://id.gs1.org/414/9520000100001';

/** The number of the life that an event belongs to, and which of its eight events it is. */
const lives = (from: number, count: number) => sql`(
  select ${from}::bigint + n as seq, 'F' || ((${from}::bigint + n - 1) / 8) as tag,
    ((${from}::bigint + n - 1) % 8)::int as k,
    1769904000000000 + ((${from}::bigint + n - 1) / 8) * 60000000
      + (array[0,10,20,20,20,20,30,40])[((${from}::bigint + n - 1) % 8)::int + 1]::bigint * 60000000 as event_us
  from generate_series(1, ${count}) as n) l`;

async function piece(db: Kysely<unknown>, org: number, from: number, count: number, us: number) {
  const step = sql`(array['receiving','disassembling','inspecting','inspecting','inspecting',
    'inspecting','installing','shipping'])[k + 1]`;
  const type = sql`case k when 1 then 'TransformationEvent' when 6 then 'AssociationEvent'
    else 'ObjectEvent' end`;
  const action = sql`case k when 0 then 'ADD' when 1 then null when 6 then 'ADD' else 'OBSERVE' end`;
  const part = (n: ReturnType<typeof sql>) => sql`${GIAI}::text || tag || 'K' || ${n}`;
  const parts = sql`jsonb_build_array(${sql.join([0, 1, 2, 3].map((n) => part(sql`${n}::int`)))})`;
  const things = sql`case k
    when 0 then jsonb_build_object('epcList', jsonb_build_array(${GIAI}::text || tag || 'C'))
    when 1 then jsonb_build_object('inputEPCList', jsonb_build_array(${GIAI}::text || tag || 'C'),
      'outputEPCList', ${parts})
    when 6 then jsonb_build_object('parentID', ${SGTIN}::text || tag, 'childEPCs', ${parts})
    when 7 then jsonb_build_object('epcList', jsonb_build_array(${SGTIN}::text || tag))
    else jsonb_build_object('epcList', jsonb_build_array(${part(sql`(k - 2)`)})) end`;
  await sql`
    insert into ledger.event (org_id, seq, record_us, event_id, declared_us, type, action, biz_step,
      disposition, read_point, biz_location, event_us, hash, event, context, secret, capture_id)
    select ${org}::int, seq, ${us}::bigint + seq - ${from}::bigint,
      'ni:///sha-256;' || encode(hash, 'hex') || '?ver=CBV2.0', 0, ${type}, ${action}, ${step},
      'in_progress', ${SITE}::text, ${SITE}::text, event_us, hash,
      jsonb_build_object('type', ${type}, 'eventID', 'ni:///sha-256;' || encode(hash, 'hex') || '?ver=CBV2.0',
        'eventTime', to_char(to_timestamp(event_us / 1e6) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'eventTimeZoneOffset', '+08:00', 'bizStep', ${step}, 'disposition', 'in_progress',
        'readPoint', jsonb_build_object('id', ${SITE}::text),
        'bizLocation', jsonb_build_object('id', ${SITE}::text))
        || ${things} || case when k in (1) then '{}' else jsonb_build_object('action', ${action}) end,
      null, hash, null
    from (select *, sha256(('life ' || seq)::bytea) as hash from ${lives(from, count)}) e`.execute(
    db,
  );
  const touched = sql`
    (select seq, event_us, ${GIAI}::text || tag || 'C' as thing, case k when 0 then 1 else 4 end as role
     from ${lives(from, count)} where k in (0, 1)
     union all select seq, event_us, ${part(sql`n`)}, case k when 1 then 5 else 3 end
     from ${lives(from, count)} cross join generate_series(0, 3) as n where k in (1, 6)
     union all select seq, event_us, ${part(sql`(k - 2)`)}, 1 from ${lives(from, count)} where k between 2 and 5
     union all select seq, event_us, ${SGTIN}::text || tag, case k when 6 then 2 else 1 end
     from ${lives(from, count)} where k in (6, 7))`;
  await sql`insert into ledger.event_thing (org_id, thing, event_us, seq, role)
    select ${org}::int, thing, event_us, seq, role from ${touched} t`.execute(db);
  await sql`insert into ledger.link (org_id, thing, side, node, event_us, seq, kind)
    select ${org}::int, thing, case role when 4 then 0 when 5 then 1 when 3 then 0 else 1 end,
      'e:' || seq, event_us, seq, case when role in (4, 5) then 1 else 2 end
    from ${touched} t where role in (2, 3, 4, 5)`.execute(db);
}

/** Things that the filling made, spread over it. */
export function filledThings(from: number, to: number, count: number): string[] {
  const first = Math.ceil(from / 8) + 1;
  const lives = Math.floor(to / 8) - first - 1;
  return Array.from({ length: count }, (_, i) => {
    const life = first + Math.floor((i * lives) / count);
    return i % 2 === 0 ? `${GIAI}F${life}K${i % 4}` : `${GIAI}F${life}C`;
  });
}
