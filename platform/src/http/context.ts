import { sql } from 'kysely';
import { inOtherOrg, jsonb, type Tx } from '../db/index.ts';
import { type Clock, type Lang, newId } from '../kernel/index.ts';
import type { App } from './app.ts';

export interface OrgRef {
  /** Internal number: the first column of every tenant key. */
  readonly no: number;
  readonly id: string;
  readonly name: string;
  /** Its data are made by the simulator and marked so wherever they are shown. */
  readonly simulated: boolean;
}

/** Who acts. A sum type: nothing has an optional user. */
export type Principal =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'user';
      readonly id: string;
      readonly name: string;
      readonly org: OrgRef | undefined;
      readonly roles: readonly string[];
    }
  | {
      readonly kind: 'key';
      readonly id: string;
      readonly name: string;
      readonly org: OrgRef;
      readonly roles: readonly string[];
    }
  | { readonly kind: 'system'; readonly id: string; readonly name: string };

/** What a use case works in: one transaction of one organisation. */
export interface Ctx {
  readonly app: App;
  readonly tx: Tx;
  readonly org: OrgRef;
  readonly principal: Exclude<Principal, { kind: 'anonymous' }>;
  readonly lang: Lang;
  readonly requestId: string;
  readonly clock: Clock;
  /** The instant of this use case, the same throughout. */
  readonly now: Date;
  /** Puts an event into the outbox: delivered after commit, at least once, in order per aggregate. */
  publish(
    topic: string,
    aggregate: string,
    payload: Readonly<Record<string, unknown>>,
  ): Promise<void>;
  /** Writes an audit row beside the one every changing request gets. */
  audit(action: string, subject: string, detail: Readonly<Record<string, unknown>>): Promise<void>;
  /** Runs after the commit; for waking workers and live views, never for data. */
  afterCommit(work: () => void): void;
  /** The same transaction in another organisation, as the system on this one's behalf; audited there. */
  inOrg<T>(org: OrgRef, reason: string, work: (ctx: Ctx) => Promise<T>): Promise<T>;
}

/** A reader without an organisation: sees what is published. */
export interface PublicCtx {
  readonly app: App;
  readonly tx: Tx;
  readonly principal: Principal;
  readonly lang: Lang;
  readonly requestId: string;
  readonly clock: Clock;
  readonly now: Date;
}

export interface CtxParts {
  readonly app: App;
  readonly tx: Tx;
  readonly org: OrgRef;
  readonly principal: Ctx['principal'];
  readonly lang: Lang;
  readonly requestId: string;
  readonly now: Date;
  readonly afterCommit: (work: () => void) => void;
}

export function makeCtx(parts: CtxParts): Ctx {
  const { app, tx, org, principal, requestId, now } = parts;
  const actor = `${principal.kind}:${principal.id}`;
  const ctx: Ctx = {
    ...parts,
    clock: app.clock,
    publish: async (topic, aggregate, payload) => {
      await sql`insert into zaizao.outbox (org_id, id, topic, aggregate, payload, created_at, next_at)
        values (${org.no}, ${newId('evt', now.getTime())}, ${topic}, ${aggregate},
                ${jsonb(payload)}, ${now}, ${now})`.execute(tx);
      parts.afterCommit(() => app.wake(topic, org, payload));
    },
    audit: async (action, subject, detail) => {
      await sql`insert into zaizao.audit (org_id, id, at, actor, action, subject, detail, request_id)
        values (${org.no}, ${newId('aud', now.getTime())}, ${now}, ${actor}, ${action}, ${subject},
                ${jsonb(detail)}, ${requestId})`.execute(tx);
    },
    inOrg: (other, reason, work) =>
      inOtherOrg(tx, org.no, other.no, async () => {
        const there = makeCtx({
          ...parts,
          org: other,
          principal: { kind: 'system', id: actor, name: reason },
        });
        await there.audit(reason, org.id, { onBehalfOf: org.id });
        return work(there);
      }),
  };
  return ctx;
}
