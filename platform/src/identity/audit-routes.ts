import { sql } from 'kysely';
import { cutPage, decodeCursor } from '../db/index.ts';
import { httpErrors } from '../http/contract.ts';
import { type Ctx, type Route, route, titlesKey } from '../http/index.ts';
import { err, ok, type Text } from '../kernel/index.ts';
import * as c from './contract.ts';
import { asOwner } from './owner.ts';

interface AuditRow {
  id: string;
  at: Date;
  actor: string;
  action: string;
  subject: string | null;
  detail: unknown;
  request_id: string;
}

export const auditRoutes: readonly Route[] = [
  route(c.listAudit, async (ctx, { query }) => {
    const after = query.cursor === undefined ? [] : decodeCursor(query.cursor);
    const [at, id] = after ?? [];
    const started =
      typeof at === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(at));
    if (query.cursor !== undefined && !started) return err(httpErrors.CURSOR_INVALID());
    const conditions = [
      sql`org_id = ${ctx.org.no}`,
      ...(query.subject ? [sql`subject = ${query.subject}`] : []),
      ...(query.action ? [sql`action = ${query.action}`] : []),
      ...(query.actor ? [sql`actor = ${query.actor}`] : []),
      ...(started ? [sql`(at, id) < (${new Date(at)}, ${id})`] : []),
    ];
    const { rows } = await sql<AuditRow>`
      select id, at, actor, action, subject, detail, request_id from zaizao.audit
      where ${sql.join(conditions, sql` and `)}
      order by at desc, id desc limit ${query.limit + 1}`.execute(ctx.tx);
    const { items, ...next } = cutPage(rows, query.limit, (r) => [r.at.toISOString(), r.id]);
    const names = await namesOf(ctx, items);
    return ok({
      items: items.map((r) => {
        const actorName = names.get(r.actor.startsWith('system:') ? `org:${r.subject}` : r.actor);
        const actionName = nameOfAct(ctx, r.action);
        return {
          ...{ id: r.id, at: r.at.toISOString(), actor: r.actor, action: r.action },
          ...{ detail: r.detail, requestId: r.request_id },
          ...(actorName === undefined ? {} : { actorName }),
          ...(actionName === undefined ? {} : { actionName }),
          ...(r.subject === null ? {} : { subject: r.subject }),
        };
      }),
      ...next,
    });
  }),
];

/** An act is named after its endpoint; one done for another organisation has the same words with dashes. */
function nameOfAct(ctx: Ctx, action: string): Text | undefined {
  const titles = ctx.app.service(titlesKey);
  const camel = action.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return titles.get(action) ?? titles.get(camel);
}

/**
 * The names of the people and keys among some actors, by `kind:id`. What another organisation caused
 * here has that organisation as its subject and bears its name: its people are its own affair.
 */
async function namesOf(ctx: Ctx, rows: readonly AuditRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.map((r) => r.actor.slice(r.actor.indexOf(':') + 1)))];
  if (ids.length === 0) return new Map();
  const orgs = rows.flatMap((r) => (r.actor.startsWith('system:') && r.subject ? [r.subject] : []));
  const { rows: found } = await asOwner(ctx.tx, () =>
    sql<{ actor: string; name: string }>`
      select 'user:' || id as actor, name from identity.auth_user where id = any(${ids}::text[])
      union all
      select 'key:' || id, name from identity.api_key
      where org_no = ${ctx.org.no} and id = any(${ids}::text[])
      union all
      select 'org:' || id, name from identity.organisation where id = any(${orgs}::text[])`.execute(
      ctx.tx,
    ),
  );
  return new Map(found.map((f) => [f.actor, f.name]));
}
