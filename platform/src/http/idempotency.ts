import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { jsonb } from '../db/index.ts';
import { type AppError, err, ok, type Result } from '../kernel/index.ts';
import type { Ctx } from './context.ts';
import { httpErrors } from './contract.ts';

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
  const lock = await sql<{ got: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`${org.no}/${actor}/${key}`}, 0)) as got`.execute(
    tx,
  );
  if (!lock.rows[0]?.got) return err(httpErrors.REQUEST_IN_FLIGHT());
  const found = await sql<{
    route: string;
    body_sha256: string;
    status: number;
    response: unknown;
  }>`
    select route, body_sha256, status, response from zaizao.idempotency
    where org_id = ${org.no} and actor = ${actor} and key = ${key}`.execute(tx);
  const before = found.rows[0];
  if (before && (before.route !== route || before.body_sha256 !== sha)) {
    return err(httpErrors.IDEMPOTENCY_KEY_REUSED());
  }
  const store = async (status: number, response: unknown) => {
    await sql`insert into zaizao.idempotency
      (org_id, actor, key, route, body_sha256, status, response, created_at)
      values (${org.no}, ${actor}, ${key}, ${route}, ${sha}, ${status},
              ${jsonb(response ?? null)}, ${now})`.execute(tx);
  };
  return ok(
    before ? { replay: { status: before.status, response: before.response }, store } : { store },
  );
}
