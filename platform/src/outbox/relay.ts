import { sql } from 'kysely';
import { transact } from '../db/index.ts';
import { type App, makeCtx, type OrgRef, type Subscriber } from '../http/index.ts';
import { DAY_MS, newId } from '../kernel/index.ts';

interface Waiting {
  org_id: number;
  id: string;
  topic: string;
  aggregate: string;
  payload: Record<string, unknown>;
  attempts: number;
}

const BATCH = 200;
const MOST_ATTEMPTS = 8;
const IDLE_POLL_MS = 1000;
const PRUNE_EVERY_MS = 3_600_000;
/** An idempotency key is remembered this long; a delivery longer, since a parked event may be replayed. */
const KEYS_DAYS = 7;
const INBOX_DAYS = 60;

/**
 * Delivers what was committed to the outbox: at least once, in order per aggregate, each
 * subscriber in a transaction of its own with its inbox row, so that its effect happens once.
 * An event that keeps failing is parked and shown; later events of its aggregate then go on.
 */
export class Relay {
  readonly #app: App;
  readonly #byTopic = new Map<string, Subscriber[]>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  #pruning: NodeJS.Timeout | undefined;

  constructor(app: App, subscribers: readonly Subscriber[]) {
    this.#app = app;
    for (const s of subscribers) {
      this.#byTopic.set(s.topic, [...(this.#byTopic.get(s.topic) ?? []), s]);
    }
  }

  start(): void {
    this.wake();
    this.#pruning = setInterval(() => void this.#prune(), PRUNE_EVERY_MS);
    this.#pruning.unref();
  }

  /** Forgets what no retry can still ask for. */
  async #prune(): Promise<void> {
    const before = (days: number) => new Date(this.#app.clock.now().getTime() - days * DAY_MS);
    await transact(this.#app.db, { kind: 'system' }, async (tx) => {
      await sql`delete from zaizao.idempotency where created_at < ${before(KEYS_DAYS)}`.execute(tx);
      await sql`delete from zaizao.inbox where done_at < ${before(INBOX_DAYS)}`.execute(tx);
    }).catch((e) => this.#app.log.warn({ err: e }, 'pruning failed; it will be tried again'));
  }

  /** Something was committed: deliver soon. */
  wake(): void {
    if (this.#stopped) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#running = this.#loop().finally(() => {
      this.#running = undefined;
      if (this.#stopped) return;
      this.#timer = setTimeout(() => this.wake(), this.#again ? 0 : IDLE_POLL_MS);
      this.#timer.unref();
      this.#again = false;
    });
  }

  /** Delivers until nothing is due; for tests, the simulator and an ordered shutdown. */
  async drain(): Promise<void> {
    await this.#running;
    await this.#loop();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearInterval(this.#pruning);
    await this.#running;
  }

  async #loop(): Promise<void> {
    try {
      while (!this.#stopped && (await this.#deliverDue()) > 0);
    } catch (e) {
      this.#app.log.error({ err: e }, 'outbox relay failed; it will try again');
    }
  }

  async #deliverDue(): Promise<number> {
    const due = await transact(this.#app.db, { kind: 'system' }, async (tx) => {
      const found = await sql<Waiting>`select org_id, id, topic, aggregate, payload, attempts
        from zaizao.outbox where parked_at is null and next_at <= ${this.#app.clock.now()}
        order by id limit ${BATCH}`.execute(tx);
      return found.rows;
    });
    const blocked = new Set<string>();
    const delivered: Waiting[] = [];
    for (const event of due) {
      const key = `${event.org_id}/${event.aggregate}`;
      if (blocked.has(key)) continue;
      if (await this.#deliver(event)) delivered.push(event);
      else blocked.add(key);
    }
    if (delivered.length > 0) await this.#forget(delivered);
    return delivered.length;
  }

  /** After a kill before this, events are handed over again, and their inbox rows stop them. */
  async #forget(delivered: readonly Waiting[]): Promise<void> {
    const orgs = delivered.map((e) => e.org_id);
    const ids = delivered.map((e) => e.id);
    await transact(this.#app.db, { kind: 'system' }, (tx) =>
      sql`delete from zaizao.outbox o
        using unnest(${orgs}::int[], ${ids}::text[]) as d (org_id, id)
        where o.org_id = d.org_id and o.id = d.id`.execute(tx),
    );
  }

  async #deliver(event: Waiting): Promise<boolean> {
    const org = await this.#app.organisation(event.org_id);
    if (!org) return this.#failed(event, 'organisation not found');
    try {
      for (const s of this.#byTopic.get(event.topic) ?? []) {
        const refusal = await this.#handOver(org, s, event);
        if (refusal) return await this.#failed(event, `${s.name}: ${refusal}`);
      }
    } catch (e) {
      this.#app.log.warn({ err: e, topic: event.topic, id: event.id }, 'subscriber failed');
      return this.#failed(event, e instanceof Error ? e.message : String(e));
    }
    return true;
  }

  async #handOver(org: OrgRef, s: Subscriber, event: Waiting): Promise<string | undefined> {
    const app = this.#app;
    const after: (() => void)[] = [];
    const scope = { kind: 'org', org: org.no, actor: `system:${s.name}` } as const;
    const refusal = await transact(app.db, scope, async (tx) => {
      after.length = 0;
      const now = app.clock.now();
      const claimed = await sql`insert into zaizao.inbox (org_id, subscriber, event_id, done_at)
        values (${org.no}, ${s.name}, ${event.id}, ${now}) on conflict do nothing
        returning event_id`.execute(tx);
      if (claimed.rows.length === 0) return undefined;
      const principal = { kind: 'system', id: s.name, name: s.name } as const;
      const afterCommit = (f: () => void) => after.push(f);
      const requestId = newId('req');
      const ctx = makeCtx({ app, tx, org, principal, lang: 'zh', requestId, now, afterCommit });
      const result = await s.handle(ctx, event.payload, event.id);
      return result.ok ? undefined : result;
    });
    if (refusal && !refusal.ok) return refusal.error.code;
    for (const f of after) f();
    return undefined;
  }

  async #failed(event: Waiting, why: string): Promise<false> {
    const attempts = event.attempts + 1;
    const now = this.#app.clock.now();
    const next = new Date(now.getTime() + Math.min(60_000, 250 * 2 ** attempts));
    const parked = attempts >= MOST_ATTEMPTS ? now : null;
    if (parked) this.#app.log.error({ topic: event.topic, id: event.id, why }, 'event parked');
    await transact(this.#app.db, { kind: 'system' }, (tx) =>
      sql`update zaizao.outbox set attempts = ${attempts}, next_at = ${next},
        parked_at = ${parked}, last_error = ${why}
        where org_id = ${event.org_id} and id = ${event.id}`.execute(tx),
    );
    return false;
  }
}
