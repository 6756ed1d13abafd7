import { randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { cutPage } from '../db/index.ts';
import { httpErrors } from '../http/contract.ts';
import { type PublicCtx, publicRoute, type Route, route } from '../http/index.ts';
import { type AppError, err, newId, ok } from '../kernel/index.ts';
import { sha256 } from './authenticate.ts';
import { mayHandle, personIn } from './authority.ts';
import * as c from './contract.ts';
import { identityErrors } from './errors.ts';
import { logMailer } from './mailer.ts';
import { keyOf } from './member-routes.ts';
import type { IdentityOptions } from './options.ts';
import { asOwner, inOrganisation } from './owner.ts';
import { isWeak } from './password.ts';
import { closeOwnSession } from './session-routes.ts';
import { bareJson, personView } from './session-view.ts';
import { factsOf, openSession } from './sessions.ts';
import { insertMember, insertPerson } from './setup-routes.ts';

const WEEK_MS = 7 * 24 * 3_600_000;

interface InvitationRow {
  id: string;
  org_no: number;
  email: string;
  roles: string[];
  invited_by: string;
  created_at: Date;
  expires_at: Date;
  accepted_at: Date | null;
  revoked_at: Date | null;
}

const columns = sql`id, org_no, email, roles, invited_by, created_at, expires_at, accepted_at,
  revoked_at`;

function stateOf(i: InvitationRow, now: Date): 'open' | 'accepted' | 'revoked' | 'expired' {
  if (i.accepted_at) return 'accepted';
  if (i.revoked_at) return 'revoked';
  return i.expires_at <= now ? 'expired' : 'open';
}

const view = (i: InvitationRow, now: Date) => ({
  ...{ id: i.id, email: i.email, roles: i.roles, invitedBy: i.invited_by },
  createdAt: i.created_at.toISOString(),
  expiresAt: i.expires_at.toISOString(),
  state: stateOf(i, now),
});

interface OpenInvitation extends InvitationRow {
  org_id: string;
  org_name: string;
  simulated: boolean;
}

/** The open invitation of a token, locked until the transaction ends. As owner. */
async function openInvitation(ctx: PublicCtx, token: string): Promise<OpenInvitation | undefined> {
  const { rows } = await sql<OpenInvitation>`
    select i.id, i.org_no, i.email, i.roles, i.invited_by, i.created_at, i.expires_at,
           i.accepted_at, i.revoked_at, o.id as org_id, o.name as org_name, o.simulated
    from identity.invitation i join identity.organisation o on o.no = i.org_no
    where i.token_sha256 = ${sha256(token)} for update of i`.execute(ctx.tx);
  const [row] = rows;
  return row && stateOf(row, ctx.now) === 'open' ? row : undefined;
}

async function accountExists(db: Kysely<unknown>, email: string): Promise<boolean> {
  const { rows } = await sql`select from identity.auth_user where email = ${email}`.execute(db);
  return rows.length > 0;
}

export function invitationRoutes(options: IdentityOptions): Route[] {
  return [
    route(c.inviteMember, async (ctx, { body }) => {
      const person = personIn(ctx);
      if (!person.ok) return person;
      const roles = [...new Set(body.roles)];
      const refusal = mayHandle(options, person.value, roles);
      if (refusal) return err(refusal);
      const token = randomBytes(32).toString('base64url');
      const made = await asOwner(ctx.tx, async () => {
        const members = await sql`
          select from identity.membership m join identity.auth_user u on u.id = m.user_id
          where m.org_no = ${ctx.org.no} and u.email = ${body.email}`.execute(ctx.tx);
        if (members.rows.length > 0) return undefined;
        // A newer link replaces an older one, which may have gone to the wrong hands.
        await sql`update identity.invitation set revoked_at = ${ctx.now}
          where org_no = ${ctx.org.no} and email = ${body.email}
            and accepted_at is null and revoked_at is null`.execute(ctx.tx);
        const { rows } = await sql<InvitationRow>`
          insert into identity.invitation
            (id, org_no, email, roles, token_sha256, invited_by, created_at, expires_at)
          values (${newId('inv', ctx.now.getTime())}, ${ctx.org.no}, ${body.email},
            ${roles}::text[], ${sha256(token)}, ${person.value.id}, ${ctx.now},
            ${new Date(ctx.now.getTime() + WEEK_MS)})
          returning ${columns}`.execute(ctx.tx);
        return rows[0];
      });
      if (!made) return err(identityErrors.MEMBER_ALREADY());
      const url = `${ctx.app.config.publicUrl}/invitation#token=${token}`; // behind the #, out of logs
      const mailer = options.mailer ?? logMailer(ctx.app);
      ctx.afterCommit(() => {
        mailer
          .send({ kind: 'invitation', to: body.email, url })
          .catch((e) => ctx.app.log.error({ err: e }, 'invitation not sent'));
      });
      return ok(bareJson(c.inviteMember, { ...view(made, ctx.now), url }));
    }),

    route(c.listInvitations, async (ctx, { query }) => {
      const before = keyOf(query.cursor);
      if (before === false) return err(httpErrors.CURSOR_INVALID());
      const below = before === undefined ? sql`` : sql`and id < ${before}`;
      const { rows } = await asOwner(ctx.tx, () =>
        sql<InvitationRow>`select ${columns} from identity.invitation
          where org_no = ${ctx.org.no} ${below}
          order by id desc limit ${query.limit + 1}`.execute(ctx.tx),
      );
      const { items, ...next } = cutPage(rows, query.limit, (i) => [i.id]);
      return ok({ items: items.map((i) => view(i, ctx.now)), ...next });
    }),

    route(c.revokeInvitation, async (ctx, { params }) => {
      const person = personIn(ctx);
      if (!person.ok) return person;
      const found = await asOwner(ctx.tx, async (): Promise<InvitationRow | AppError> => {
        const { rows } = await sql<InvitationRow>`select ${columns} from identity.invitation
          where org_no = ${ctx.org.no} and id = ${params.invitationId} for update`.execute(ctx.tx);
        const [row] = rows;
        if (!row) return identityErrors.INVITATION_NOT_FOUND();
        if (row.accepted_at ?? row.revoked_at) return identityErrors.INVITATION_CLOSED();
        await sql`update identity.invitation set revoked_at = ${ctx.now}
          where org_no = ${ctx.org.no} and id = ${row.id}`.execute(ctx.tx);
        return { ...row, revoked_at: ctx.now };
      });
      return 'code' in found ? err(found) : ok(view(found, ctx.now));
    }),

    publicRoute(c.lookAtInvitation, async (ctx, { body }) => {
      const found = await asOwner(ctx.tx, async () => {
        const i = await openInvitation(ctx, body.token);
        return i && { i, exists: await accountExists(ctx.tx, i.email) };
      });
      if (!found) return err(identityErrors.LINK_INVALID());
      const { i, exists } = found;
      return ok({
        organisation: i.org_name,
        email: i.email,
        roles: i.roles.map((r) => {
          const title = options.roles[r]?.title ?? { zh: r, en: r };
          return { zh: title.zh, en: title.en };
        }),
        expiresAt: i.expires_at.toISOString(),
        accountExists: exists,
      });
    }),

    publicRoute(c.acceptInvitation, async (ctx, { body }) => {
      const joined = await asOwner(ctx.tx, async () => {
        const i = await openInvitation(ctx, body.token);
        if (!i) return identityErrors.LINK_INVALID();
        const userId = await guestOf(ctx, i, body.user);
        if (typeof userId !== 'string') return userId;
        if (!(await insertMember(ctx, i.org_no, userId, i.roles))) {
          return identityErrors.MEMBER_ALREADY();
        }
        await sql`update identity.invitation set accepted_at = ${ctx.now}, accepted_by = ${userId}
          where id = ${i.id}`.execute(ctx.tx);
        await sql`update identity.auth_user set last_org_no = ${i.org_no}
          where id = ${userId}`.execute(ctx.tx);
        await closeOwnSession(ctx);
        const cookie = await openSession(ctx.tx, ctx.app.config, userId, i.org_no);
        return { i, userId, cookie };
      });
      if ('code' in joined) return err(joined);
      const { i, userId, cookie } = joined;
      const org = { no: i.org_no, id: i.org_id, name: i.org_name, simulated: i.simulated };
      const name = body.user?.name ?? i.email;
      const principal = { kind: 'user', id: userId, name, org, roles: i.roles } as const;
      await inOrganisation(ctx, org, principal, (there) =>
        there.audit(c.acceptInvitation.id, userId, { invitation: i.id, roles: i.roles }),
      );
      return ok(
        bareJson(c.acceptInvitation, await personView(ctx, options, userId, org.no), cookie),
      );
    }),
  ];
}

/** Who accepts: the person signed in, if it is theirs, or a new one. As owner. */
async function guestOf(
  ctx: PublicCtx,
  invitation: OpenInvitation,
  details: { readonly name: string; readonly password: string } | undefined,
): Promise<string | AppError> {
  const { principal } = ctx;
  const facts = factsOf(principal);
  if (principal.kind === 'key') return identityErrors.PERSON_REQUIRED();
  if (principal.kind === 'user' && facts && !facts.demo) {
    return facts.email === invitation.email
      ? principal.id
      : identityErrors.INVITATION_OTHER_PERSON();
  }
  if (await accountExists(ctx.tx, invitation.email)) return identityErrors.EMAIL_TAKEN();
  if (!details) return identityErrors.PERSON_DETAILS_REQUIRED();
  if (isWeak(details.password, invitation.email)) return identityErrors.PASSWORD_WEAK();
  const made = await insertPerson(ctx, { ...details, email: invitation.email });
  return made ?? identityErrors.EMAIL_TAKEN();
}
