import type { Principal } from '../http/index.ts';
import type { Text } from '../kernel/index.ts';

/** Roles as data: what each is called and which permissions it holds, as patterns. */
export type RoleTable = Readonly<
  Record<string, { readonly title: Text; readonly permissions: readonly string[] }>
>;

type Parts = readonly [module: string, thing: string, verb: string];

const PATTERN = /^(\*|[a-z][a-z0-9-]*)(?:\.(\*|[a-z][a-z0-9-]*))?(?::(\*|[a-z][a-z0-9-]*))?$/;

/** `cores.*` is short for `cores.*:*`, `*` for everything, `*:read` for reading everything. */
function partsOf(pattern: string): Parts | undefined {
  const m = PATTERN.exec(pattern);
  return m?.[1] ? [m[1], m[2] ?? '*', m[3] ?? '*'] : undefined;
}

function contains(held: Parts, asked: Parts): boolean {
  return held.every((part, i) => part === '*' || part === asked[i]);
}

/** Does a pattern (`cores.*`, `*.*:read`) hold a permission (`cores.core:read`)? A malformed one holds nothing. */
export function matches(pattern: string, permission: string): boolean {
  const held = partsOf(pattern);
  const asked = partsOf(permission);
  return held !== undefined && asked !== undefined && contains(held, asked);
}

/** Does whoever holds `held` hold everything that `patterns` hold? Nobody hands on more than that. */
export function covers(held: readonly string[], patterns: readonly string[]): boolean {
  return patterns.every((p) => held.some((h) => matches(h, p)));
}

/** Marks a bare pattern among the roles of an API key. */
const SCOPE = 'scope:';

/** The names by which a key's principal carries its roles and scopes. */
export function keyRoles(roles: readonly string[], scopes: readonly string[]): string[] {
  return [...roles, ...scopes.map((s) => SCOPE + s)];
}

/** The patterns that some roles hold; an unknown role holds none. */
export function patternsOf(table: RoleTable, roles: readonly string[]): string[] {
  return roles.flatMap((r) =>
    Object.hasOwn(table, r) ? (table[r]?.permissions ?? []) : scopeOf(r),
  );
}

function scopeOf(role: string): readonly string[] {
  return role.startsWith(SCOPE) ? [role.slice(SCOPE.length)] : [];
}

/** Refuses a role table with a name or pattern that could never work. @throws Error naming it */
export function checkRoles(table: RoleTable): void {
  for (const [name, role] of Object.entries(table)) {
    if (!/^[a-z][a-z0-9-]{0,39}$/.test(name)) throw new Error(`Role name ${name}`);
    const wrong = role.permissions.find((p) => partsOf(p) === undefined);
    if (wrong !== undefined) throw new Error(`Role ${name}: permission pattern ${wrong}`);
  }
}

/** `App.may` for a role table. The system acts for the platform's own code and is never a caller. */
export function permissionCheck(
  table: RoleTable,
): (principal: Principal, permission: string) => boolean {
  checkRoles(table);
  return (principal, permission) => {
    switch (principal.kind) {
      case 'anonymous':
        return false;
      case 'system':
        return true;
      case 'user':
      case 'key':
        return patternsOf(table, principal.roles).some((p) => matches(p, permission));
    }
  };
}
