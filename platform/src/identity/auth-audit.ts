import { sql } from 'kysely';
import { jsonb, transact } from '../db/index.ts';
import type { App } from '../http/index.ts';
import { newId } from '../kernel/index.ts';

export interface AuthAct {
  /** The person it is about. */
  readonly userId: string;
  /** Whether they did it; otherwise somebody unknown tried. */
  readonly isTheirs: boolean;
  readonly action: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly requestId: string;
}

/** The person behind an e-mail address, if any. */
export async function userOfEmail(app: App, email: string): Promise<string | undefined> {
  const r = await sql<{ id: string }>`
    select id from identity.auth_user where email = ${email.trim().toLowerCase()}`.execute(
    app.db.kysely,
  );
  return r.rows[0]?.id;
}

/**
 * Writes what happened to an account into the audit trail of the organisation its person works in.
 * People without an organisation have no such trail; the server's log has the act all the same.
 */
export async function auditAuth(app: App, act: AuthAct): Promise<void> {
  const r = await sql<{ org_no: number }>`
    select m.org_no from identity.membership m join identity.auth_user u on u.id = m.user_id
    where m.user_id = ${act.userId}
    order by (m.org_no = u.last_org_no) desc nulls last, m.created_at, m.org_no limit 1`.execute(
    app.db.kysely,
  );
  const org = r.rows[0]?.org_no;
  if (org === undefined) return;
  const now = app.clock.now();
  const actor = act.isTheirs ? `user:${act.userId}` : 'anonymous';
  await transact(app.db, { kind: 'org', org, actor }, (tx) =>
    sql`insert into zaizao.audit (org_id, id, at, actor, action, subject, detail, request_id)
      values (${org}, ${newId('aud', now.getTime())}, ${now}, ${actor}, ${act.action}, ${act.userId},
        ${jsonb(act.detail)}, ${act.requestId})`.execute(tx),
  );
}
