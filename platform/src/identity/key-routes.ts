import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { cutPage } from '../db/index.ts';
import { httpErrors } from '../http/contract.ts';
import { type Route, route } from '../http/index.ts';
import { type AppError, err, newId, ok } from '../kernel/index.ts';
import { sha256 } from './authenticate.ts';
import { isWithin, mayHandle, personIn } from './authority.ts';
import * as c from './contract.ts';
import { identityErrors } from './errors.ts';
import { keyOf } from './member-routes.ts';
import type { IdentityOptions } from './options.ts';
import { asOwner } from './owner.ts';
import { keyRoles } from './permissions.ts';
import { bareJson } from './session-view.ts';

interface KeyRow {
  id: string;
  name: string;
  prefix: string;
  roles: string[];
  scopes: string[];
  created_by: string;
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

const columns = sql`id, name, prefix, roles, scopes, created_by, created_at, expires_at,
  last_used_at, revoked_at`;

const view = (k: KeyRow) => ({
  ...{ id: k.id, name: k.name, prefix: k.prefix, roles: k.roles, scopes: k.scopes },
  createdBy: k.created_by,
  createdAt: k.created_at.toISOString(),
  ...(k.expires_at ? { expiresAt: k.expires_at.toISOString() } : {}),
  ...(k.last_used_at ? { lastUsedAt: k.last_used_at.toISOString() } : {}),
  ...(k.revoked_at ? { revokedAt: k.revoked_at.toISOString() } : {}),
});

export function keyRoutes(options: IdentityOptions): Route[] {
  return [
    route(c.createKey, async (ctx, { body }) => {
      const person = personIn(ctx);
      if (!person.ok) return person;
      const [roles, scopes] = [[...new Set(body.roles)], [...new Set(body.scopes)]];
      const refusal = mayHandle(options, person.value, roles, scopes);
      if (refusal) return err(refusal);
      const expires = body.expiresAt === undefined ? null : new Date(body.expiresAt);
      if (expires && expires <= ctx.now) return err(identityErrors.KEY_EXPIRY_PAST());
      const secret = `zz_${randomBytes(32).toString('base64url')}`;
      const { rows } = await asOwner(ctx.tx, () =>
        sql<KeyRow>`
          insert into identity.api_key (id, org_no, name, prefix, secret_sha256, roles, scopes,
                                        created_by, created_at, expires_at)
          values (${newId('key', ctx.now.getTime())}, ${ctx.org.no}, ${body.name},
                  ${secret.slice(0, 9)}, ${sha256(secret)}, ${roles}::text[], ${scopes}::text[],
                  ${person.value.id}, ${ctx.now}, ${expires})
          returning ${columns}`.execute(ctx.tx),
      );
      const [made] = rows;
      if (!made) throw new Error('insert … returning gave no row');
      return ok(bareJson(c.createKey, { ...view(made), secret }));
    }),

    route(c.listKeys, async (ctx, { query }) => {
      const before = keyOf(query.cursor);
      if (before === false) return err(httpErrors.CURSOR_INVALID());
      const below = before === undefined ? sql`` : sql`and id < ${before}`;
      const { rows } = await asOwner(ctx.tx, () =>
        sql<KeyRow>`select ${columns} from identity.api_key where org_no = ${ctx.org.no} ${below}
          order by id desc limit ${query.limit + 1}`.execute(ctx.tx),
      );
      const { items, ...next } = cutPage(rows, query.limit, (k) => [k.id]);
      return ok({ items: items.map(view), ...next });
    }),

    route(c.revokeKey, async (ctx, { params }) => {
      const person = personIn(ctx);
      if (!person.ok) return person;
      const revoked = await asOwner(ctx.tx, async (): Promise<KeyRow | AppError> => {
        const { rows } = await sql<KeyRow>`select ${columns} from identity.api_key
          where org_no = ${ctx.org.no} and id = ${params.keyId} for update`.execute(ctx.tx);
        const [key] = rows;
        if (!key) return identityErrors.KEY_NOT_FOUND();
        if (key.revoked_at) return key;
        if (!isWithin(options, person.value, keyRoles(key.roles, key.scopes))) {
          return identityErrors.ROLE_ABOVE_YOURS();
        }
        await sql`update identity.api_key set revoked_at = ${ctx.now}
          where org_no = ${ctx.org.no} and id = ${key.id}`.execute(ctx.tx);
        return { ...key, revoked_at: ctx.now };
      });
      return 'code' in revoked ? err(revoked) : ok(view(revoked));
    }),
  ];
}
