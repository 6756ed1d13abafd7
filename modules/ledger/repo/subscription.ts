import { jsonb, type Tx } from '@zaizao/platform/db';
import { sql } from 'kysely';
import type { Schedule } from '../subscription/schedule.ts';
import type { SignatureKind } from '../subscription/signature.ts';

/** A webhook as stored; see the migration for what the columns mean. */
export interface Subscription {
  readonly org_id: number;
  readonly subscription_id: string;
  readonly query_name: string;
  readonly dest: string;
  readonly schedule: Schedule | null;
  readonly report_if_empty: boolean;
  readonly signature: SignatureKind;
  readonly sealed_secret: Uint8Array | null;
  readonly epc_format: string;
  readonly media: 'json' | 'xml';
  readonly created_us: bigint;
  readonly initial_us: bigint;
  readonly min_record_us: bigint;
  readonly last_seq: bigint;
  readonly pending_to: bigint | null;
  readonly batch: number;
  readonly state: 'active' | 'stopped';
  readonly attempts: number;
  readonly failures: number;
  readonly last_problem: string | null;
  readonly last_notified_at: Date | null;
  readonly next_at: Date;
}

const columns = sql`org_id, subscription_id, query_name, dest, schedule, report_if_empty, signature,
  sealed_secret, epc_format, media, created_us, initial_us, min_record_us, last_seq, pending_to,
  batch, state, attempts, failures, last_problem, last_notified_at, next_at`;

export type NewSubscription = Pick<
  Subscription,
  | ('subscription_id' | 'query_name' | 'dest' | 'schedule' | 'report_if_empty' | 'signature')
  | ('sealed_secret' | 'epc_format' | 'media' | 'next_at')
> & { readonly created_us: number; readonly initial_us: number; readonly last_seq: number };

export async function insertSubscription(tx: Tx, org: number, s: NewSubscription): Promise<void> {
  await sql`insert into ledger.subscription (org_id, subscription_id, query_name, dest, schedule,
      report_if_empty, signature, sealed_secret, epc_format, media, created_us, initial_us,
      min_record_us, last_seq, next_at)
    values (${org}, ${s.subscription_id}, ${s.query_name}, ${s.dest},
      ${s.schedule === null ? null : jsonb(s.schedule)}, ${s.report_if_empty}, ${s.signature},
      ${s.sealed_secret}, ${s.epc_format}, ${s.media}, ${s.created_us}, ${s.initial_us},
      ${s.initial_us}, ${s.last_seq}, ${s.next_at})`.execute(tx);
}

export async function findSubscription(tx: Tx, org: number, id: string) {
  const r = await sql<Subscription>`select ${columns} from ledger.subscription
    where org_id = ${org} and subscription_id = ${id}`.execute(tx);
  return r.rows[0];
}

/** In the order of their ids; those of one query when it is named. */
export async function listSubscriptions(
  tx: Tx,
  org: number,
  queryName: string | undefined,
  after: string,
  limit: number,
): Promise<Subscription[]> {
  const named = queryName === undefined ? sql`` : sql`and query_name = ${queryName}`;
  const r = await sql<Subscription>`select ${columns} from ledger.subscription
    where org_id = ${org} and subscription_id > ${after} ${named}
    order by subscription_id limit ${limit}`.execute(tx);
  return r.rows;
}

export async function countSubscriptions(tx: Tx, org: number): Promise<number> {
  const r = await sql<{ n: bigint }>`select count(*) as n from ledger.subscription
    where org_id = ${org}`.execute(tx);
  return Number(r.rows[0]?.n ?? 0);
}

export async function deleteSubscription(tx: Tx, org: number, id: string): Promise<boolean> {
  const r = await sql`delete from ledger.subscription
    where org_id = ${org} and subscription_id = ${id} returning subscription_id`.execute(tx);
  return r.rows.length === 1;
}

export async function resumeSubscription(
  tx: Tx,
  org: number,
  id: string,
  now: Date,
): Promise<boolean> {
  const r = await sql`update ledger.subscription set state = 'active', attempts = 0, failures = 0,
      next_at = ${now} where org_id = ${org} and subscription_id = ${id}
    returning subscription_id`.execute(tx);
  return r.rows.length === 1;
}

/**
 * Takes subscriptions that have something to do, each for one process at a time; one whose process died is free again
 * when its time is up. For the system's transactions.
 */
export async function claimDue(tx: Tx, now: Date, until: Date, limit: number) {
  const r = await sql<Subscription>`
    update ledger.subscription s set claimed_until = ${until}
    from (select d.org_id, d.subscription_id from ledger.subscription d
          left join ledger.clock c on c.org_id = d.org_id
          where d.state = 'active' and d.next_at <= ${now}
            and (d.claimed_until is null or d.claimed_until < ${now})
            and (d.schedule is not null or coalesce(c.last_seq, 0) > d.last_seq)
          order by d.next_at limit ${limit} for update of d skip locked) w
    where s.org_id = w.org_id and s.subscription_id = w.subscription_id
    returning s.org_id, s.subscription_id, s.query_name, s.dest, s.schedule, s.report_if_empty,
      s.signature, s.sealed_secret, s.epc_format, s.media, s.created_us, s.initial_us,
      s.min_record_us, s.last_seq, s.pending_to, s.batch, s.state, s.attempts, s.failures,
      s.last_problem, s.last_notified_at, s.next_at`.execute(tx);
  return r.rows;
}

export interface Progress {
  readonly lastSeq: number;
  readonly minRecordUs: number;
  readonly pendingTo: number | null;
  readonly batch: number;
  readonly attempts: number;
  readonly failures: number;
  readonly state: 'active' | 'stopped';
  readonly problem: string | null;
  readonly notifiedAt: Date | null;
  readonly nextAt: Date;
  readonly isDone: boolean;
}

export async function saveProgress(tx: Tx, org: number, id: string, p: Progress): Promise<void> {
  await sql`update ledger.subscription set last_seq = ${p.lastSeq}, min_record_us = ${p.minRecordUs},
      pending_to = ${p.pendingTo}, batch = ${p.batch}, attempts = ${p.attempts},
      failures = ${p.failures}, state = ${p.state}, last_problem = ${p.problem},
      last_notified_at = ${p.notifiedAt}, next_at = ${p.nextAt},
      claimed_until = case when ${p.isDone} then null else claimed_until end
    where org_id = ${org} and subscription_id = ${id}`.execute(tx);
}

export interface Clock {
  readonly lastSeq: number;
  readonly lastUs: number;
}

/** The last event of an organisation. */
export async function clockOf(tx: Tx, org: number): Promise<Clock> {
  const r = await sql<{ last_seq: bigint; last_us: bigint }>`select last_seq, last_us
    from ledger.clock where org_id = ${org}`.execute(tx);
  return { lastSeq: Number(r.rows[0]?.last_seq ?? 0), lastUs: Number(r.rows[0]?.last_us ?? 0) };
}

/** The last event recorded before a time. */
export async function lastSeqBefore(tx: Tx, org: number, us: number): Promise<number> {
  const r = await sql<{ seq: bigint | null }>`select max(seq) as seq from ledger.event
    where org_id = ${org} and record_us < ${us}`.execute(tx);
  return Number(r.rows[0]?.seq ?? 0);
}

export async function recordUsOf(tx: Tx, org: number, seq: number): Promise<number | undefined> {
  const r = await sql<{ record_us: bigint }>`select record_us from ledger.event
    where org_id = ${org} and seq = ${seq}`.execute(tx);
  return r.rows[0] && Number(r.rows[0].record_us);
}

/** Something that an address would not take. */
export interface DeadLetter {
  readonly org_id: number;
  readonly letter_id: string;
  readonly subscription_id: string;
  readonly query_name: string;
  readonly dest: string;
  readonly delivery_id: string;
  readonly from_seq: bigint;
  readonly to_seq: bigint;
  readonly event_count: number;
  readonly attempts: number;
  readonly problem: string;
  readonly dead_at: Date;
  readonly retry_at: Date | null;
  readonly state: 'waiting' | 'delivered' | 'dismissed';
  readonly version: number;
}

const letterColumns = sql`org_id, letter_id, subscription_id, query_name, dest, delivery_id, from_seq,
  to_seq, event_count, attempts, problem, dead_at, retry_at, state, version`;

export type NewLetter = Pick<
  DeadLetter,
  | ('letter_id' | 'subscription_id' | 'query_name' | 'dest' | 'delivery_id' | 'event_count')
  | ('attempts' | 'problem' | 'dead_at')
> & { readonly from_seq: number; readonly to_seq: number };

export async function insertLetter(tx: Tx, org: number, l: NewLetter): Promise<void> {
  await sql`insert into ledger.dead_letter (org_id, letter_id, subscription_id, query_name, dest,
      delivery_id, from_seq, to_seq, event_count, attempts, problem, dead_at)
    values (${org}, ${l.letter_id}, ${l.subscription_id}, ${l.query_name}, ${l.dest},
      ${l.delivery_id}, ${l.from_seq}, ${l.to_seq}, ${l.event_count}, ${l.attempts}, ${l.problem},
      ${l.dead_at})`.execute(tx);
}

export async function findLetter(tx: Tx, org: number, id: string) {
  const r = await sql<DeadLetter>`select ${letterColumns} from ledger.dead_letter
    where org_id = ${org} and letter_id = ${id}`.execute(tx);
  return r.rows[0];
}

/** Newest first; `after` is the id of the last one shown. */
export async function listLetters(tx: Tx, org: number, after: string | undefined, limit: number) {
  const beyond = after === undefined ? sql`` : sql`and letter_id < ${after}`;
  const r = await sql<DeadLetter>`select ${letterColumns} from ledger.dead_letter
    where org_id = ${org} ${beyond} order by letter_id desc limit ${limit}`.execute(tx);
  return r.rows;
}

export async function waitingLetters(tx: Tx, org: number): Promise<ReadonlyMap<string, number>> {
  const r = await sql<{ subscription_id: string; n: bigint }>`select subscription_id, count(*) as n
    from ledger.dead_letter where org_id = ${org} and state = 'waiting'
    group by subscription_id`.execute(tx);
  return new Map(r.rows.map((row) => [row.subscription_id, Number(row.n)]));
}

/** False when the letter has another version, or is not waiting. */
export async function decideLetter(
  tx: Tx,
  org: number,
  id: string,
  version: number,
  decision: { readonly state: 'waiting' | 'dismissed'; readonly retryAt: Date | null },
): Promise<boolean> {
  const r = await sql`update ledger.dead_letter set state = ${decision.state},
      retry_at = ${decision.retryAt}, version = version + 1
    where org_id = ${org} and letter_id = ${id} and version = ${version} and state = 'waiting'
    returning letter_id`.execute(tx);
  return r.rows.length === 1;
}

/** Letters that their owner wants sent again; each is taken once. For the system's transactions. */
export async function claimLetters(tx: Tx, now: Date, limit: number): Promise<DeadLetter[]> {
  const r = await sql<DeadLetter>`update ledger.dead_letter l set retry_at = null
    from (select org_id, letter_id from ledger.dead_letter where retry_at <= ${now}
          order by retry_at limit ${limit} for update skip locked) w
    where l.org_id = w.org_id and l.letter_id = w.letter_id
    returning l.org_id, l.letter_id, l.subscription_id, l.query_name, l.dest, l.delivery_id,
      l.from_seq, l.to_seq, l.event_count, l.attempts, l.problem, l.dead_at, l.retry_at, l.state,
      l.version`.execute(tx);
  return r.rows;
}

export async function settleLetter(
  tx: Tx,
  org: number,
  id: string,
  outcome: { readonly state: 'waiting' | 'delivered'; readonly problem: string },
): Promise<void> {
  await sql`update ledger.dead_letter set state = ${outcome.state}, problem = ${outcome.problem},
      attempts = attempts + 1, version = version + 1
    where org_id = ${org} and letter_id = ${id}`.execute(tx);
}
