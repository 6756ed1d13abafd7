import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { cutPage, decodeCursor } from '../db/index.ts';
import { httpErrors } from '../http/contract.ts';
import { type Ctx, type Route, route } from '../http/index.ts';
import { type AppError, err, newId, ok } from '../kernel/index.ts';
import { resetIdentifier, resetUrl } from './auth.ts';
import { isWithin, mayHandle, personIn } from './authority.ts';
import * as c from './contract.ts';
import { identityErrors } from './errors.ts';
import * as repo from './member-repo.ts';
import { type IdentityOptions, ownerRoleOf } from './options.ts';
import { asOwner } from './owner.ts';
import { bareJson } from './session-view.ts';

const DAY_MS = 24 * 3_600_000;

const view = (m: repo.MemberRow) => ({
  userId: m.user_id,
  name: m.name,
  email: m.email,
  roles: m.roles,
  twoFactor: m.two_factor,
  joinedAt: m.created_at.toISOString(),
  version: m.version,
});

/** The last part of a page cursor that is a single text. */
export function keyOf(cursor: string | undefined): string | undefined | false {
  if (cursor === undefined) return undefined;
  const key = decodeCursor(cursor)?.[0];
  return typeof key === 'string' ? key : false;
}

export function memberRoutes(options: IdentityOptions): Route[] {
  const owner = ownerRoleOf(options);

  /** Would the organisation be left without an owner? As owner. */
  const isLastOwner = async (ctx: Ctx, member: repo.MemberRow, next: readonly string[]) =>
    member.roles.includes(owner) &&
    !next.includes(owner) &&
    !(await repo.hasOtherOwner(ctx.tx, ctx.org.no, member.user_id, owner));

  return [
    route(c.listRoles, async (ctx) => {
      const person = personIn(ctx);
      const items = Object.entries(options.roles).map(([role, { title, permissions }]) => ({
        role,
        title: { zh: title.zh, en: title.en },
        permissions: [...permissions],
        grantable: person.ok && isWithin(options, person.value, [role]),
      }));
      return ok({ items });
    }),

    route(c.listMembers, async (ctx, { query }) => {
      const before = keyOf(query.cursor);
      if (before === false) return err(httpErrors.CURSOR_INVALID());
      const rows = await asOwner(ctx.tx, () =>
        repo.listMembers(ctx.tx, ctx.org.no, before, query.limit),
      );
      const { items, ...next } = cutPage(rows, query.limit, (m) => [m.user_id]);
      return ok({ items: items.map(view), ...next });
    }),

    route(c.changeMemberRoles, async (ctx, { params, body, version }) => {
      const person = personIn(ctx);
      if (!person.ok) return person;
      const roles = [...new Set(body.roles)];
      const changed = await asOwner(ctx.tx, async (): Promise<repo.MemberRow | AppError> => {
        const member = await repo.lockMember(ctx.tx, ctx.org.no, params.userId);
        if (!member) return identityErrors.MEMBER_NOT_FOUND();
        if (member.demo) return identityErrors.DEMO_PERSON_REFUSED();
        const refusal = mayHandle(options, person.value, roles);
        if (refusal) return refusal;
        if (!isWithin(options, person.value, member.roles)) {
          return identityErrors.ROLE_ABOVE_YOURS();
        }
        if (await isLastOwner(ctx, member, roles)) return identityErrors.LAST_OWNER();
        const done = await repo.updateRoles(ctx.tx, ctx.org.no, params.userId, version, roles);
        if (!done) return httpErrors.STALE_VERSION();
        await repo.withdrawInvitations(ctx.tx, ctx.org.no, params.userId, ctx.now, (invited) =>
          isWithin(options, { roles }, invited),
        );
        return { ...member, roles, version: version + 1 };
      });
      return 'code' in changed ? err(changed) : ok(view(changed));
    }),

    route(c.removeMember, async (ctx, { params }) => {
      const person = personIn(ctx);
      if (!person.ok) return person;
      const left = await asOwner(ctx.tx, async (): Promise<number | AppError> => {
        const member = await repo.lockMember(ctx.tx, ctx.org.no, params.userId);
        if (!member) return identityErrors.MEMBER_NOT_FOUND();
        if (member.demo) return identityErrors.DEMO_PERSON_REFUSED();
        if (!isWithin(options, person.value, member.roles)) {
          return identityErrors.ROLE_ABOVE_YOURS();
        }
        if (await isLastOwner(ctx, member, [])) return identityErrors.LAST_OWNER();
        await repo.withdrawInvitations(ctx.tx, ctx.org.no, params.userId, ctx.now, () => false);
        return repo.deleteMember(ctx.tx, ctx.org.no, params.userId, ctx.now);
      });
      if (typeof left !== 'number') return err(left);
      return ok({ userId: params.userId, keysLeft: left });
    }),

    route(c.makeResetLink, async (ctx, { params }) => {
      const person = personIn(ctx);
      if (!person.ok) return person;
      const token = randomBytes(32).toString('base64url');
      const now = new Date(); // the wall clock, as better-auth reads it
      const expires = new Date(now.getTime() + DAY_MS);
      const refusal = await asOwner(ctx.tx, async () => {
        const member = await repo.lockMember(ctx.tx, ctx.org.no, params.userId);
        if (!member) return identityErrors.MEMBER_NOT_FOUND();
        if (member.demo) return identityErrors.DEMO_PERSON_REFUSED();
        if (!isWithin(options, person.value, member.roles)) {
          return identityErrors.ROLE_ABOVE_YOURS();
        }
        // Their password opens every organisation they belong to, so none of these may replace it.
        if (await repo.belongsElsewhere(ctx.tx, ctx.org.no, params.userId)) {
          return identityErrors.RESET_ELSEWHERE();
        }
        await sql`insert into identity.auth_verification
          (id, identifier, value, expires_at, created_at, updated_at)
          values (${newId('ver')}, ${resetIdentifier(token)}, ${params.userId}, ${expires},
                  ${now}, ${now})`.execute(ctx.tx);
        return undefined;
      });
      if (refusal) return err(refusal);
      const url = resetUrl(ctx.app.config.publicUrl, token);
      return ok(bareJson(c.makeResetLink, { url, expiresAt: expires.toISOString() }));
    }),
  ];
}
