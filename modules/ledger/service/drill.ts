import { type Tx, transact } from '@zaizao/platform/db';
import type { App } from '@zaizao/platform/http';
import type { Text } from '@zaizao/platform/kernel';
import { text } from '@zaizao/platform/kernel';
import { sql } from 'kysely';
import { noteHead } from '../log/keys.ts';
import { leafPlace } from '../repo/leaf-place.ts';
import { latestCheckpoint } from '../repo/log.ts';
import { forkFrom } from './fork.ts';
import { verifyLedger } from './verify.ts';

/** One way to change the past, tried on a copy. */
export interface DrillOutcome {
  readonly id: string;
  readonly title: Text;
  readonly isFound: boolean;
  /** What the verification said; codes of its findings. */
  readonly findings: readonly string[];
  /** Nothing of this kind is there to be changed. */
  readonly isSkipped: boolean;
}

export interface DrillReport {
  /** Findings on the untouched copy: each would be a false alarm. */
  readonly falseAlarms: readonly string[];
  readonly outcomes: readonly DrillOutcome[];
  readonly events: number;
}

/** An event to attack, well inside the ledger. */
interface Victim {
  readonly org: number;
  readonly seq: number;
  readonly index: number;
}

type Statement = ReturnType<typeof sql>;

interface Attack {
  readonly id: string;
  readonly title: Text;
  /** Changes the copy as somebody with the database, and maybe the keys, in hand would. */
  readonly change: (tx: Tx, app: App, victim: Victim) => Promise<readonly Statement[]>;
  /** Checked with a checkpoint that somebody outside has kept. */
  readonly against?: boolean;
}

const mine = (v: Victim) => sql`org_id = ${v.org} and seq = ${v.seq}`;
const simple = (make: (v: Victim) => readonly Statement[]) => (_: Tx, __: App, v: Victim) =>
  Promise.resolve(make(v));

/** All traces of the events after a number, in the tables that are not the log. */
const eventTables = ['event', 'event_thing', 'link'] as const;

/** Ends the run of places that an event stands in before it. */
const cutRun = (v: Victim) => sql`update ledger.leaf_run set count = ${v.seq} - first_seq
  where org_id = ${v.org} and first_seq < ${v.seq} and first_seq + count > ${v.seq}`;

const ATTACKS: readonly Attack[] = [
  {
    id: 'edit',
    title: text('修改一条事件', 'edit an event'),
    change: simple((v) => [
      sql`update ledger.event set event = jsonb_set(event, '{eventTimeZoneOffset}', '"-11:00"') where ${mine(v)}`,
    ]),
  },
  {
    id: 'edit-with-columns',
    title: text('连同哈希与检索字段一起修改', 'edit an event with its hash and search columns'),
    change: simple((v) => [
      sql`update ledger.event set event = jsonb_set(event, '{disposition}', '"destroyed"'),
        disposition = 'destroyed', hash = decode(repeat('00', 32), 'hex') where ${mine(v)}`,
    ]),
  },
  {
    id: 'record-time',
    title: text('改动记录时间', 'change when an event was recorded'),
    change: simple((v) => [
      sql`update ledger.event set record_us = record_us - 3600000000 where ${mine(v)}`,
    ]),
  },
  {
    id: 'secret',
    title: text('更换盐值使承诺失效', 'replace the salts of an event'),
    change: simple((v) => [
      sql`update ledger.event set secret = decode(repeat('ab', 32), 'hex') where ${mine(v)}`,
    ]),
  },
  {
    id: 'delete',
    title: text('删除一条事件', 'delete an event'),
    change: simple((v) => [sql`delete from ledger.event where ${mine(v)}`]),
  },
  {
    id: 'delete-with-traces',
    title: text('连同所有痕迹删除一条事件', 'delete an event with all its traces'),
    change: simple((v) => [
      ...eventTables.map((t) => sql`delete from ${sql.table(`ledger.${t}`)} where ${mine(v)}`),
      sql`insert into ledger.leaf_run (org_id, first_seq, first_index, count)
        select org_id, ${v.seq + 1}::bigint, first_index + ${v.seq + 1}::bigint - first_seq,
          (first_seq + count - ${v.seq + 1}::bigint)::int from ledger.leaf_run
        where org_id = ${v.org} and first_seq <= ${v.seq} and first_seq + count > ${v.seq + 1}`,
      cutRun(v),
      sql`delete from ledger.leaf_run where org_id = ${v.org} and first_seq = ${v.seq}`,
    ]),
  },
  {
    id: 'reorder',
    title: text('对调两条事件', 'exchange two events'),
    change: simple((v) => [
      sql`update ledger.event set seq = 900000000000 where org_id = ${v.org} and seq = ${v.seq}`,
      sql`update ledger.event set seq = ${v.seq} where org_id = ${v.org} and seq = ${v.seq - 1}`,
      sql`update ledger.event set seq = ${v.seq - 1} where org_id = ${v.org} and seq = 900000000000`,
    ]),
  },
  {
    id: 'truncate',
    title: text('截断末尾并抹去痕迹', 'cut off the end, with all traces in the tables'),
    change: simple((v) => [
      ...eventTables.map(
        (t) =>
          sql`delete from ${sql.table(`ledger.${t}`)} where org_id = ${v.org} and seq >= ${v.seq}`,
      ),
      sql`delete from ledger.leaf_run where org_id = ${v.org} and first_seq >= ${v.seq}`,
      cutRun(v),
      sql`update ledger.clock set last_seq = ${v.seq - 1} where org_id = ${v.org}`,
      sql`update ledger.logged set last_seq = ${v.seq - 1} where org_id = ${v.org}`,
    ]),
  },
  {
    id: 'roll-back',
    title: text('把整个日志恢复到旧状态', 'set the whole log back'),
    change: simple(() => [
      sql`delete from ledger.checkpoint where size = (select max(size) from ledger.checkpoint)`,
    ]),
  },
  {
    id: 'hash-tile',
    title: text('替换一个哈希块', 'replace a tile of hashes'),
    change: simple((v) => [
      sql`update ledger.tile set bytes = set_byte(bytes, ${(v.index % 256) * 32 + 7},
          255 - get_byte(bytes, ${(v.index % 256) * 32 + 7}))
        where level = 0 and index = ${Math.floor(v.index / 256)}`,
    ]),
  },
  {
    id: 'entry-tile',
    title: text('替换一个记录块', 'replace a bundle of entries'),
    change: simple((v) => [
      sql`update ledger.tile set bytes = set_byte(bytes, length(bytes) / 2,
          255 - get_byte(bytes, length(bytes) / 2))
        where level = -1 and index = ${Math.floor(v.index / 256)}`,
    ]),
  },
  {
    id: 'checkpoint',
    title: text('伪造检查点', 'forge a checkpoint'),
    change: simple(() => [
      sql`update ledger.checkpoint set root = decode(repeat('11', 32), 'hex')
        where size = (select max(size) from ledger.checkpoint)`,
    ]),
  },
  {
    id: 'hide',
    title: text('从一件物品的履历中隐藏一条事件', 'hide one event of a thing'),
    change: simple((v) => [
      sql`delete from ledger.event_thing where ${mine(v)} and thing =
        (select min(thing) from ledger.event_thing where ${mine(v)})`,
    ]),
  },
  {
    id: 'hide-public',
    title: text('从公开履历中隐藏一条事件', 'hide one event from a public history'),
    change: simple((v) => [
      sql`delete from ledger.thing_entry where log_index = ${v.index} and thing_key =
        (select min(thing_key::text)::bytea from ledger.thing_entry where log_index = ${v.index})`,
    ]),
  },
  {
    id: 'invent',
    title: text('虚构一段谱系', 'invent a piece of genealogy'),
    change: simple((v) => [
      sql`insert into ledger.link (org_id, thing, side, node, event_us, seq, kind)
        values (${v.org}, 'https://id.gs1.org/8004/952000001INVENTED', 0, 'e:1', 1, ${v.seq}, 2)`,
    ]),
  },
  {
    id: 'fork',
    title: text('用日志密钥重签分叉的历史', 'sign a fork with the log’s own key'),
    change: async (tx, app, v) => {
      await forkFrom(tx, app, v);
      return [];
    },
  },
  {
    id: 'fork-everywhere',
    title: text(
      '重签分叉并改写数据库旁的记录，由外部保存的检查点发现',
      'sign a fork and rewrite the note beside the database; found by a checkpoint kept outside',
    ),
    against: true,
    change: async (tx, app, v) => {
      await forkFrom(tx, app, v);
      const head = await latestCheckpoint(tx);
      if (head) noteHead(app.config, Number(head.size), new Uint8Array(head.root));
      return [];
    },
  },
  {
    id: 'audit-edit',
    title: text('修改一条操作记录', 'edit a row of the audit trail'),
    change: simple(() => [
      sql`update zaizao.audit set actor = 'user:nobody' where (org_id, id) =
        (select org_id, id from zaizao.audit where batch is not null order by id limit 1)`,
    ]),
  },
  {
    id: 'audit-delete',
    title: text('删除一条操作记录', 'delete a row of the audit trail'),
    change: simple(() => [
      sql`delete from zaizao.audit where (org_id, id) =
        (select org_id, id from zaizao.audit where batch is not null order by id desc limit 1)`,
    ]),
  },
];

class Undo extends Error {}

/**
 * Changes a copy of an installation (`copyLedger`) in every way there is and says which of them its verification
 * finds. Each change is undone before the next. Never give it the installation itself.
 */
export async function tamperDrill(
  copy: App,
  tell: (outcome: DrillOutcome) => void = () => {},
): Promise<DrillReport> {
  const clean = await verifyLedger(copy, { deep: true });
  const head = await transact(copy.db, { kind: 'system' }, latestCheckpoint);
  const victim = await transact(copy.db, { kind: 'system' }, findVictim);
  const outcomes: DrillOutcome[] = [];
  for (const attack of ATTACKS) {
    const kept = head?.note;
    const found = victim ? await attempt(copy, attack, victim, kept) : undefined;
    const outcome: DrillOutcome = {
      id: attack.id,
      title: attack.title,
      isFound: found !== undefined && found.length > 0,
      findings: [...new Set(found ?? [])],
      isSkipped: found === undefined,
    };
    if (head) noteHead(copy.config, Number(head.size), new Uint8Array(head.root));
    outcomes.push(outcome);
    tell(outcome);
  }
  return {
    falseAlarms: clean.findings.map((f) => `${f.code} ${f.message.en}`),
    outcomes,
    events: clean.events,
  };
}

/** An event in the middle of the longest ledger, with one before it. */
async function findVictim(tx: Tx): Promise<Victim | undefined> {
  const r = await sql<{ org_id: number; seq: bigint; log_index: bigint }>`
    select e.org_id, e.seq, l.log_index
    from (select org_id, greatest(2, (last_seq + 1) / 2) as seq from ledger.logged
      order by last_seq desc limit 1) e
    ${leafPlace(sql`e.org_id`, sql`e.seq`)} where l.log_index is not null`.execute(tx);
  const row = r.rows[0];
  return row && { org: row.org_id, seq: Number(row.seq), index: Number(row.log_index) };
}

/** The findings after an attack, which is undone; undefined when it had nothing to change. */
async function attempt(
  copy: App,
  attack: Attack,
  victim: Victim,
  kept: string | undefined,
): Promise<string[] | undefined> {
  let found: string[] | undefined;
  await copy.db.kysely
    .transaction()
    .execute(async (tx) => {
      const statements = await attack.change(tx, copy, victim);
      let changed = statements.length === 0;
      for (const s of statements) {
        const done = await s.execute(tx);
        changed ||= (done.numAffectedRows ?? 0n) > 0n;
      }
      if (changed) {
        const inside: App = { ...copy, db: { ...copy.db, kysely: within(tx) } };
        const report = await verifyLedger(inside, {
          deep: true,
          ...(attack.against && kept !== undefined ? { against: [kept] } : {}),
        });
        found = report.findings.map((f) => f.code);
      }
      throw new Undo();
    })
    .catch((e: unknown) => {
      if (!(e instanceof Undo)) throw e;
    });
  return found;
}

/** A database whose transactions run inside an open one: all that `transact` asks of it. */
function within(tx: Tx): App['db']['kysely'] {
  const execute = <T>(work: (inner: Tx) => Promise<T>) => work(tx);
  return { transaction: () => ({ execute }) } as unknown as App['db']['kysely']; // as above
}
