import { sql } from 'kysely';
import { type PublicCtx, publicRoute, type Route } from '../http/index.ts';
import { err, ok } from '../kernel/index.ts';
import * as c from './contract.ts';
import { identityErrors } from './errors.ts';
import type { IdentityOptions } from './options.ts';
import { asOwner, inOrganisation } from './owner.ts';
import { bareJson, personView, viewOf } from './session-view.ts';
import { factsOf, openSession } from './sessions.ts';

interface DemoRow {
  role: string;
  user_id: string;
  name: string;
  roles: string[];
  no: number;
  org_id: string;
  org_name: string;
  kind: string;
}

async function demoPeople(ctx: PublicCtx): Promise<DemoRow[]> {
  const { rows } = await sql<DemoRow>`
    select d.role, d.user_id, u.name, m.roles, o.no, o.id as org_id, o.name as org_name, o.kind
    from identity.demo_person d
    join identity.auth_user u on u.id = d.user_id
    join identity.organisation o on o.no = d.org_no and o.simulated
    join identity.membership m on m.org_no = d.org_no and m.user_id = d.user_id
    order by d.position, d.role`.execute(ctx.tx);
  return rows;
}

/** Ends the session that a new one replaces, so that it cannot be used from anywhere else. As owner. */
export async function closeOwnSession(ctx: PublicCtx): Promise<void> {
  const facts = factsOf(ctx.principal);
  if (!facts) return;
  await sql`delete from identity.auth_session where id = ${facts.sessionId}`.execute(ctx.tx);
}

export function sessionRoutes(options: IdentityOptions): Route[] {
  return [
    publicRoute(c.readSession, async (ctx) => ok(await viewOf(ctx, options, ctx.principal))),

    publicRoute(c.switchOrganisation, async (ctx, { body }) => {
      const { principal } = ctx;
      const facts = factsOf(principal);
      if (principal.kind !== 'user' || !facts) return err(identityErrors.PERSON_REQUIRED());
      const no = await asOwner(ctx.tx, async () => {
        const { rows } = await sql<{ no: number }>`
          select o.no from identity.membership m join identity.organisation o on o.no = m.org_no
          where m.user_id = ${principal.id} and o.id = ${body.orgId}`.execute(ctx.tx);
        const chosen = rows[0]?.no;
        if (chosen === undefined) return undefined;
        await sql`update identity.auth_session set org_no = ${chosen}
          where id = ${facts.sessionId}`.execute(ctx.tx);
        await sql`update identity.auth_user set last_org_no = ${chosen}
          where id = ${principal.id}`.execute(ctx.tx);
        return chosen;
      });
      if (no === undefined) return err(identityErrors.NOT_A_MEMBER());
      return ok(await personView(ctx, options, principal.id, no));
    }),

    publicRoute(c.chooseLanguage, async (ctx, { body }) => {
      const { principal } = ctx;
      if (principal.kind !== 'user') return err(identityErrors.PERSON_REQUIRED());
      await asOwner(ctx.tx, () =>
        sql`update identity.auth_user set lang = ${body.lang}
          where id = ${principal.id}`.execute(ctx.tx),
      );
      return ok(await viewOf(ctx, options, principal));
    }),

    publicRoute(c.listDemoRoles, async (ctx) => {
      if (!ctx.app.config.demo) return err(identityErrors.DEMO_OFF());
      const people = await asOwner(ctx.tx, () => demoPeople(ctx));
      return ok({
        items: people.map((p) => ({
          role: p.role,
          title: titleOf(options, p),
          name: p.name,
          org: { id: p.org_id, name: p.org_name, kind: p.kind },
        })),
      });
    }),

    publicRoute(c.signInDemo, async (ctx, { body }) => {
      if (!ctx.app.config.demo) return err(identityErrors.DEMO_OFF());
      const entered = await asOwner(ctx.tx, async () => {
        const person = (await demoPeople(ctx)).find((p) => p.role === body.role);
        if (!person) return undefined;
        await closeOwnSession(ctx);
        const cookie = await openSession(ctx.tx, ctx.app.config, person.user_id, person.no);
        return { person, cookie };
      });
      if (!entered) return err(identityErrors.DEMO_ROLE_UNKNOWN());
      const { person, cookie } = entered;
      const org = { no: person.no, id: person.org_id, name: person.org_name, simulated: true };
      const principal = {
        kind: 'user',
        id: person.user_id,
        name: person.name,
        org,
        roles: person.roles,
      } as const;
      await inOrganisation(ctx, org, principal, (there) =>
        there.audit(c.signInDemo.id, person.user_id, { role: person.role }),
      );
      const view = await personView(ctx, options, person.user_id, person.no);
      return ok(bareJson(c.signInDemo, view, cookie));
    }),
  ];
}

function titleOf(options: IdentityOptions, person: DemoRow) {
  const title = options.roles[person.role]?.title ?? options.roles[person.roles[0] ?? '']?.title;
  return title ?? { zh: person.role, en: person.role };
}
