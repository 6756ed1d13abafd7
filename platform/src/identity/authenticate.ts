import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { App, Authenticate, Principal } from '../http/index.ts';
import { mayChangeByCookie } from './origin.ts';
import { keyRoles } from './permissions.ts';
import { rememberFacts, sessionSecret, sessionToken } from './sessions.ts';

const ANONYMOUS: Principal = { kind: 'anonymous' };
const HOUR_MS = 3_600_000;

export function sha256(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

/**
 * Who calls: the holder of an `Authorization: Bearer zz_…` key, or the person of a session cookie.
 * A wrong, expired or revoked credential makes an anonymous caller, whom every protected route
 * answers with 401. So does a cookie on a changing request from another site.
 */
export function authenticator(app: App): Authenticate {
  const secret = sessionSecret(app.config);
  return async (request) => {
    const { authorization } = request.headers;
    if (authorization !== undefined) return byKey(app, authorization);
    const token = sessionToken(request.headers, secret);
    if (token === undefined || !mayChangeByCookie(request, app.config)) return ANONYMOUS;
    return bySession(app, token);
  };
}

interface KeyRow {
  id: string;
  name: string;
  roles: string[];
  scopes: string[];
  last_used_at: Date | null;
  no: number;
  org_id: string;
  org_name: string;
  simulated: boolean;
}

async function byKey(app: App, authorization: string): Promise<Principal> {
  const secret = /^bearer (zz_[\w-]{20,100})$/i.exec(authorization)?.[1];
  if (secret === undefined) return ANONYMOUS;
  const now = app.clock.now();
  const { rows } = await sql<KeyRow>`
    select k.id, k.name, k.roles, k.scopes, k.last_used_at, o.no, o.id as org_id, o.name as org_name,
           o.simulated
    from identity.api_key k join identity.organisation o on o.no = k.org_no
    where k.secret_sha256 = ${sha256(secret)} and k.revoked_at is null
      and (k.expires_at is null or k.expires_at > ${now})`.execute(app.db.kysely);
  const [key] = rows;
  if (!key) return ANONYMOUS;
  if (!key.last_used_at || now.getTime() - key.last_used_at.getTime() > HOUR_MS) {
    await sql`update identity.api_key set last_used_at = ${now} where id = ${key.id}`.execute(
      app.db.kysely,
    );
  }
  return {
    kind: 'key',
    id: key.id,
    name: key.name,
    org: { no: key.no, id: key.org_id, name: key.org_name, simulated: key.simulated },
    roles: keyRoles(key.roles, key.scopes),
  };
}

interface SessionRow {
  session_id: string;
  pinned: number | null;
  id: string;
  name: string;
  email: string;
  demo: boolean;
  roles: string[] | null;
  no: number | null;
  org_id: string | null;
  org_name: string | null;
  simulated: boolean | null;
}

async function bySession(app: App, token: string): Promise<Principal> {
  // A session that has chosen an organisation never falls into another one when membership ends.
  const { rows } = await sql<SessionRow>`
    select s.id as session_id, s.org_no as pinned, u.id, u.name, u.email,
           d.role is not null as demo, m.roles, o.no, o.id as org_id, o.name as org_name,
           o.simulated
    from identity.auth_session s
    join identity.auth_user u on u.id = s.user_id
    left join identity.demo_person d on d.user_id = u.id
    left join lateral (
      select x.org_no, x.roles from identity.membership x
      where x.user_id = u.id and (s.org_no is null or x.org_no = s.org_no)
      order by (x.org_no = u.last_org_no) desc nulls last, x.created_at, x.org_no limit 1
    ) m on true
    left join identity.organisation o on o.no = m.org_no
    where s.token = ${token} and s.expires_at > ${new Date()}`.execute(app.db.kysely);
  const [row] = rows;
  if (!row || (row.demo && !app.config.demo)) return ANONYMOUS;
  if (row.pinned === null && row.no !== null) {
    await sql`update identity.auth_session set org_no = ${row.no}
      where id = ${row.session_id} and org_no is null`.execute(app.db.kysely);
  }
  const org =
    row.no !== null && row.org_id !== null && row.org_name !== null
      ? { no: row.no, id: row.org_id, name: row.org_name, simulated: row.simulated === true }
      : undefined;
  const principal: Principal = {
    kind: 'user',
    id: row.id,
    name: row.name,
    org,
    roles: row.roles ?? [],
  };
  rememberFacts(principal, { sessionId: row.session_id, email: row.email, demo: row.demo });
  return principal;
}

/** The person of a request's cookie, for the pages of better-auth that we guard further. */
export async function personOf(app: App, request: FastifyRequest): Promise<Principal> {
  const token = sessionToken(request.headers, sessionSecret(app.config));
  return token === undefined ? ANONYMOUS : bySession(app, token);
}
