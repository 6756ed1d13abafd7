import { hashPassword } from 'better-auth/crypto';
import { sql } from 'kysely';
import { type PublicCtx, publicRoute, type Route } from '../http/index.ts';
import { type AppError, err, newId, ok } from '../kernel/index.ts';
import * as c from './contract.ts';
import { identityErrors } from './errors.ts';
import { type IdentityOptions, ownerRoleOf } from './options.ts';
import { insertOrganisation, remember } from './organisations.ts';
import { asOwner, inOrganisation } from './owner.ts';
import { isWeak } from './password.ts';
import { closeOwnSession } from './session-routes.ts';
import { bareJson, personView, setupNeeded } from './session-view.ts';
import { factsOf, openSession } from './sessions.ts';

const SETUP_LOCK = 7_215_002;

interface NewPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/**
 * Makes an account that signs in by password. As owner; undefined when the e-mail has one already.
 * The rows are those that better-auth reads.
 */
export async function insertPerson(ctx: PublicCtx, person: NewPerson): Promise<string | undefined> {
  const { tx, now } = ctx;
  const userId = newId('user', now.getTime());
  const hash = await hashPassword(person.password);
  const { rows } = await sql`
    insert into identity.auth_user (id, name, email, created_at, updated_at)
    values (${userId}, ${person.name}, ${person.email}, ${now}, ${now})
    on conflict (email) do nothing returning id`.execute(tx);
  if (rows.length === 0) return undefined;
  await sql`insert into identity.auth_account
    (id, account_id, provider_id, user_id, password, created_at, updated_at)
    values (${newId('acc', now.getTime())}, ${userId}, 'credential', ${userId}, ${hash}, ${now}, ${now})`.execute(
    tx,
  );
  return userId;
}

/** As owner. */
export async function insertMember(
  ctx: PublicCtx,
  orgNo: number,
  userId: string,
  roles: readonly string[],
): Promise<boolean> {
  const { rows } = await sql`
    insert into identity.membership (user_id, org_no, roles, created_at)
    values (${userId}, ${orgNo}, ${[...roles]}::text[], ${ctx.now})
    on conflict (org_no, user_id) do nothing returning user_id`.execute(ctx.tx);
  return rows.length === 1;
}

export function setupRoutes(options: IdentityOptions): Route[] {
  return [
    publicRoute(c.readSetup, async (ctx) => {
      const needed = await asOwner(ctx.tx, () => setupNeeded(ctx));
      const kinds = Object.entries(options.kinds).map(([kind, t]) => ({
        kind,
        title: { zh: t.zh, en: t.en },
      }));
      return ok({ needed, kinds });
    }),

    publicRoute(c.setUpOrganisation, async (ctx, { body }) => {
      const { principal } = ctx;
      if (!Object.hasOwn(options.kinds, body.organisation.kind)) {
        return err(identityErrors.ORGANISATION_KIND_UNKNOWN());
      }
      if (principal.kind === 'key') return err(identityErrors.PERSON_REQUIRED());
      const facts = factsOf(principal);
      const founder = principal.kind === 'user' && !facts?.demo ? principal.id : undefined;
      const made = await asOwner(ctx.tx, async () => {
        // One at a time, so that the second of two first set-ups sees the first.
        await sql`select pg_advisory_xact_lock(${SETUP_LOCK})`.execute(ctx.tx);
        const owner = founder ?? (await firstOwner(ctx, body.user));
        if (typeof owner !== 'string') return owner;
        const org = await insertOrganisation(ctx.tx, body.organisation, ctx.now);
        await insertMember(ctx, org.no, owner, [ownerRoleOf(options)]);
        await sql`update identity.auth_user set last_org_no = ${org.no}
          where id = ${owner}`.execute(ctx.tx);
        await closeOwnSession(ctx);
        const cookie = await openSession(ctx.tx, ctx.app.config, owner, org.no);
        return { org, owner, cookie };
      });
      if ('code' in made) return err(made);
      const { org, owner, cookie } = made;
      const name = body.user?.name ?? (principal.kind === 'user' ? principal.name : '');
      const roles = [ownerRoleOf(options)];
      await inOrganisation(
        ctx,
        org,
        { kind: 'user', id: owner, name, org, roles },
        async (there) => {
          await there.audit(c.setUpOrganisation.id, org.id, {
            organisation: body.organisation,
            owner,
          });
          await there.publish('identity.organisation-founded', org.id, {
            ...{ organisation: org.id, kind: org.kind },
          });
        },
      );
      const view = await personView(ctx, options, owner, org.no);
      remember(ctx.app.db, org);
      return ok(bareJson(c.setUpOrganisation, view, cookie));
    }),
  ];
}

/** The account of whoever sets up a fresh installation. As owner. */
async function firstOwner(
  ctx: PublicCtx,
  person: NewPerson | undefined,
): Promise<string | AppError> {
  if (!(await setupNeeded(ctx))) return identityErrors.SETUP_CLOSED();
  if (!person) return identityErrors.PERSON_DETAILS_REQUIRED();
  if (isWeak(person.password, person.email)) return identityErrors.PASSWORD_WEAK();
  return (await insertPerson(ctx, person)) ?? identityErrors.EMAIL_TAKEN();
}
