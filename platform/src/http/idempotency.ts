import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { jsonb, TryAgain } from '../db/index.ts';
import { type AppError, err, ok, type Result } from '../kernel/index.ts';
import type { Ctx } from './context.ts';
import { httpErrors } from './contract.ts';

interface Found {
  got: boolean;
  route: string | null;
  body_sha256: string;
  status: number;
  response: unknown;
}

export interface Claim {
  /** The stored answer of an earlier, equal request. */
  readonly replay?: { readonly status: number; readonly response: unknown };
  /** Stores the answer beside the effect, in the same transaction. */
  store(status: number, response: unknown): Promise<void>;
}

/**
 * Claims an idempotency key in the transaction of the effect. A refused request leaves no trace,
 * so it may be corrected and sent again with the same key.
 */
export async function claimKey(
  ctx: Ctx,
  key: string,
  route: string,
  body: unknown,
): Promise<Result<Claim, AppError>> {
  const { tx, org, now } = ctx;
  const actor = `${ctx.principal.kind}:${ctx.principal.id}`;
  const sha = createHash('sha256')
    .update(JSON.stringify(body) ?? '')
    .digest('hex');
  const found = await sql<Found>`
    with lock as materialized (
      select pg_try_advisory_xact_lock(hashtextextended(${`${org.no}/${actor}/${key}`}, 0)) as got)
    select lock.got, i.route, i.body_sha256, i.status, i.response
    from lock left join zaizao.idempotency i
      on i.org_id = ${org.no} and i.actor = ${actor} and i.key = ${key}`.execute(tx);
  const [row] = found.rows;
  if (!row?.got) return err(httpErrors.REQUEST_IN_FLIGHT());
  const before = row.route === null ? undefined : row;
  if (before && (before.route !== route || before.body_sha256 !== sha)) {
    return err(httpErrors.IDEMPOTENCY_KEY_REUSED());
  }
  const store = async (status: number, response: unknown) => {
    const stored = await sql`insert into zaizao.idempotency
      (org_id, actor, key, route, body_sha256, status, response, created_at)
      values (${org.no}, ${actor}, ${key}, ${route}, ${sha}, ${status},
              ${jsonb(response ?? null)}, ${now})
      on conflict do nothing returning key`.execute(tx);
    // An equal request was committed after this one had looked and before it had the lock.
    if (stored.rows.length === 0) throw new TryAgain();
  };
  return ok(
    before ? { replay: { status: before.status, response: before.response }, store } : { store },
  );
}
