import { sql } from 'kysely';
import type { z } from 'zod';
import { type Binary, type Endpoint, registeredPermissions } from '../http/contract.ts';
import type { Principal, PublicCtx } from '../http/index.ts';
import type { SessionView } from './contract.ts';
import type { IdentityOptions } from './options.ts';
import { asOwner } from './owner.ts';
import { matches, patternsOf } from './permissions.ts';

interface PersonRow {
  id: string;
  name: string;
  email: string;
  lang: 'zh' | 'en' | null;
  two_factor: boolean;
  demo: boolean;
}

interface PlaceRow {
  no: number;
  id: string;
  name: string;
  kind: string;
  simulated: boolean;
  roles: string[];
}

/** Is there no organisation of real people yet? As owner. */
export async function setupNeeded(ctx: PublicCtx): Promise<boolean> {
  const { rows } = await sql<{ needed: boolean }>`
    select not exists (select from identity.organisation where not simulated) as needed`.execute(
    ctx.tx,
  );
  return rows[0]?.needed ?? true;
}

/** What the shell shows to whoever calls. */
export function viewOf(
  ctx: PublicCtx,
  options: IdentityOptions,
  principal: Principal,
): Promise<SessionView> {
  const org = principal.kind === 'user' || principal.kind === 'key' ? principal.org : undefined;
  if (principal.kind === 'user') return personView(ctx, options, principal.id, org?.no);
  return asOwner(ctx.tx, async () => {
    const base = await emptyView(ctx, options);
    if (principal.kind !== 'key' || !org) return base;
    const { rows } = await sql<PlaceRow>`
      select no, id, name, kind, simulated from identity.organisation where no = ${org.no}`.execute(
      ctx.tx,
    );
    const [place] = rows;
    if (!place) return base;
    const { no: _, roles: __, ...view } = place;
    return { ...base, org: view, ...authority(options, principal.roles) };
  });
}

/** The same for a person in an organisation, also right after that changed. */
export function personView(
  ctx: PublicCtx,
  options: IdentityOptions,
  userId: string,
  orgNo: number | undefined,
): Promise<SessionView> {
  return asOwner(ctx.tx, async () => {
    const base = await emptyView(ctx, options);
    const people = await sql<PersonRow>`
      select u.id, u.name, u.email, u.lang, coalesce(u.two_factor_enabled, false) as two_factor,
             d.role is not null as demo
      from identity.auth_user u left join identity.demo_person d on d.user_id = u.id
      where u.id = ${userId}`.execute(ctx.tx);
    const places = await sql<PlaceRow>`
      select o.no, o.id, o.name, o.kind, o.simulated, m.roles
      from identity.membership m join identity.organisation o on o.no = m.org_no
      where m.user_id = ${userId} order by o.no`.execute(ctx.tx);
    const [person] = people.rows;
    if (!person) return base;
    const here = places.rows.find((p) => p.no === orgNo);
    const { id, name, email, lang, two_factor: twoFactor, demo: demoPerson } = person;
    return {
      ...base,
      user: { id, name, email },
      ...(here
        ? { org: { id: here.id, name: here.name, kind: here.kind, simulated: here.simulated } }
        : {}),
      ...(here ? authority(options, here.roles) : {}),
      orgs: places.rows.map((p) => ({ id: p.id, name: p.name, kind: p.kind })),
      demoPerson,
      twoFactor,
      ...(lang ? { lang } : {}),
    };
  });
}

async function emptyView(ctx: PublicCtx, options: IdentityOptions): Promise<SessionView> {
  return {
    ...{ roles: [], permissions: [], orgs: [], demoPerson: false, twoFactor: false },
    demo: ctx.app.config.demo,
    setupNeeded: await setupNeeded(ctx),
    openSignUp: options.openSignUp === true,
  };
}

function authority(options: IdentityOptions, roles: readonly string[]) {
  const patterns = patternsOf(options.roles, roles);
  const held = [...registeredPermissions().keys()].filter((p) =>
    patterns.some((pattern) => matches(pattern, p)),
  );
  return { roles: [...roles], permissions: held.sort() };
}

/**
 * A JSON answer that must not pass through the idempotency store or needs a header: secrets that are
 * shown once, and answers that set the session cookie.
 */
export function bareJson<E extends Endpoint>(
  endpoint: E,
  value: z.input<E['response']>,
  setCookie?: string,
): Binary {
  return {
    mediaType: 'application/json',
    body: JSON.stringify(endpoint.response.parse(value)),
    status: endpoint.status,
    ...(setCookie ? { headers: { 'set-cookie': setCookie } } : {}),
  };
}
