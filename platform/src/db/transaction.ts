import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database } from './open.ts';

/** A transaction bound to a tenant. A repo types it with `tx.withTables<…>()`. */
export type Tx = Transaction<unknown>;

/** Whose rows a transaction sees: one organisation's, the published ones only, or (background work) all. */
export type Scope =
  | { readonly kind: 'org'; readonly org: number; readonly actor: string }
  | { readonly kind: 'public' }
  | { readonly kind: 'system' };

/** `SET LOCAL` takes literals only (Citus forwards nothing else), so they are checked here. */
function settings(scope: Scope): string[] {
  if (scope.kind === 'system') return ['set local role zaizao_system'];
  if (scope.kind === 'public') return ['set local role zaizao_app'];
  if (!Number.isInteger(scope.org) || scope.org < 0) throw new TypeError('organisation number');
  return [
    'set local role zaizao_app',
    `set local app.org = '${scope.org}'`,
    `set local app.actor = '${scope.actor.replace(/[^\w.:@-]/g, '')}'`,
  ];
}

/** Thrown inside a transaction to undo it while its refusal goes on to the caller as a value. */
class Rollback extends Error {
  readonly value: unknown;
  constructor(value: unknown) {
    super('rolled back');
    this.value = value;
  }
}

/** Thrown inside a transaction that met another one: it is undone and run again. */
export class TryAgain extends Error {
  readonly code = '40001';
}

/** Serialisation failure, deadlock, and a prepared plan that a migration has outdated. */
const AGAIN: ReadonlySet<string> = new Set(['40001', '40P01', '0A000']);

/**
 * Runs `work` in one transaction in the given scope. A result `{ok: false}` rolls back and is
 * returned; what only happened by chance ({@link AGAIN}) is tried again, up to three times.
 */
export async function transact<T>(
  db: Database,
  scope: Scope,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.kysely.transaction().execute(async (tx) => {
        // Statements without parameters go to either engine together, in one round trip.
        await sql.raw(settings(scope).join(';')).execute(tx);
        const value = await work(tx);
        if (isRefusal(value)) throw new Rollback(value);
        return value;
      });
    } catch (e) {
      if (e instanceof Rollback) return e.value as T; // it is the value `work` returned
      if (attempt < 3 && AGAIN.has(sqlState(e) ?? '')) continue;
      throw e;
    }
  }
}

function isRefusal(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'ok' in value && value.ok === false;
}

/**
 * Runs `work` for another organisation inside the same transaction, then returns to the first.
 * Each statement still sees one organisation only. For documents with two sides (an order, a
 * quote), where each side keeps its own row.
 */
export async function inOtherOrg<T>(
  tx: Tx,
  own: number,
  other: number,
  work: () => Promise<T>,
): Promise<T> {
  for (const n of [own, other])
    if (!Number.isInteger(n)) throw new TypeError('organisation number');
  await sql.raw(`set local app.org = '${other}'`).execute(tx);
  try {
    return await work();
  } finally {
    await sql.raw(`set local app.org = '${own}'`).execute(tx);
  }
}

/** SQLSTATE of a database error of either engine. */
export function sqlState(e: unknown): string | undefined {
  if (typeof e !== 'object' || e === null || !('code' in e)) return undefined;
  return typeof e.code === 'string' ? e.code : undefined;
}

/** A JSON value as a `jsonb` parameter; arrays would otherwise become PostgreSQL arrays. */
export function jsonb<T>(value: T): RawBuilder<T> {
  return sql<T>`${JSON.stringify(value)}::jsonb`;
}

/** Serialises the holders of a name within one organisation until the transaction ends. */
export async function lockName(tx: Kysely<unknown>, org: number, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${org}::int, hashtext(${name}))`.execute(tx);
}
