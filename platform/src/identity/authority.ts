import type { Ctx, OrgRef, Principal } from '../http/index.ts';
import { type AppError, err, ok, type Result } from '../kernel/index.ts';
import { identityErrors } from './errors.ts';
import type { IdentityOptions } from './options.ts';
import { covers, keyRoles, patternsOf } from './permissions.ts';

type Person = Extract<Principal, { kind: 'user' }> & { readonly org: OrgRef | undefined };

/** Handing out authority takes a person: a key that could make keys would outlive its own revocation. */
export function personIn(ctx: Ctx): Result<Person> {
  return ctx.principal.kind === 'user' ? ok(ctx.principal) : err(identityErrors.PERSON_REQUIRED());
}

/**
 * May this person give, change or take away these roles and scopes? Only known roles, and only what
 * they hold themselves: otherwise an administrator could make themselves owner through another.
 */
export function mayHandle(
  options: IdentityOptions,
  person: Person,
  roles: readonly string[],
  scopes: readonly string[] = [],
): AppError | undefined {
  const unknown = roles.find((r) => !Object.hasOwn(options.roles, r));
  if (unknown !== undefined) return identityErrors.ROLE_UNKNOWN({ role: unknown });
  return isWithin(options, person, keyRoles(roles, scopes))
    ? undefined
    : identityErrors.ROLE_ABOVE_YOURS();
}

/** The same for authority that exists already, where a role may have left the table since. */
export function isWithin(
  options: IdentityOptions,
  person: Pick<Person, 'roles'>,
  roles: readonly string[],
): boolean {
  return covers(patternsOf(options.roles, person.roles), patternsOf(options.roles, roles));
}
