import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type Kysely, sql } from 'kysely';
import type { Config, Principal } from '../http/index.ts';
import { newId } from '../kernel/index.ts';
import { secretFor } from './options.ts';

export const SESSION_COOKIE = 'zaizao.session_token';
/** A session ends a week after sign-in, used or not. */
export const SESSION_SECONDS = 7 * 24 * 3600;

/** What identity knows of a signed-in person beyond the principal that modules see. */
export interface SessionFacts {
  readonly sessionId: string;
  readonly email: string;
  /** One of the shared, passwordless people of the demo. */
  readonly demo: boolean;
}

const factsByPrincipal = new WeakMap<Principal, SessionFacts>();

export function rememberFacts(principal: Principal, facts: SessionFacts): void {
  factsByPrincipal.set(principal, facts);
}

/** Undefined for keys and the anonymous. */
export function factsOf(principal: Principal): SessionFacts | undefined {
  return factsByPrincipal.get(principal);
}

export function sessionSecret(config: Config): string {
  return secretFor(config, 'session');
}

function signature(token: string, secret: string): string {
  return createHmac('sha256', secret).update(token).digest('base64');
}

/** The session token of a request whose cookie carries our signature; undefined otherwise. */
export function sessionToken(headers: IncomingHttpHeaders, secret: string): string | undefined {
  const value = cookieValue(headers.cookie);
  if (value === undefined) return undefined;
  const dot = value.lastIndexOf('.');
  const given = Buffer.from(value.slice(dot + 1));
  const token = value.slice(0, Math.max(dot, 0));
  const right = Buffer.from(signature(token, secret));
  return token && given.length === right.length && timingSafeEqual(given, right)
    ? token
    : undefined;
}

/** Whether a request brings a session cookie at all, valid or not. */
export function hasSessionCookie(headers: IncomingHttpHeaders): boolean {
  return cookieValue(headers.cookie) !== undefined;
}

function cookieValue(header: string | undefined): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [name, ...rest] = pair.split('=');
    if (name?.trim() !== SESSION_COOKIE) continue;
    try {
      return decodeURIComponent(rest.join('=').trim());
    } catch {
      return undefined;
    }
  }
  return undefined;
}

/**
 * Opens a fresh session as owner and gives its `Set-Cookie` value. For people whom this code itself
 * has proved (a founder, an accepted invitation, a demo role); passwords and second factors go
 * through better-auth, which reads the same table and signs the same way.
 */
export async function openSession(
  owner: Kysely<unknown>,
  config: Config,
  userId: string,
  orgNo: number,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const now = new Date(); // not the domain's clock: a simulation must not outlive or revive a session
  const end = new Date(now.getTime() + SESSION_SECONDS * 1000);
  await sql`insert into identity.auth_session
    (id, token, user_id, expires_at, created_at, updated_at, org_no)
    values (${newId('ses')}, ${token}, ${userId}, ${end}, ${now}, ${now}, ${orgNo})`.execute(owner);
  const value = encodeURIComponent(`${token}.${signature(token, sessionSecret(config))}`);
  const secure = isSecure(config) ? '; Secure' : '';
  return `${SESSION_COOKIE}=${value}; Max-Age=${SESSION_SECONDS}; Path=/; HttpOnly; SameSite=Lax${secure}`;
}

export function isSecure(config: Config): boolean {
  return config.publicUrl.startsWith('https://');
}
