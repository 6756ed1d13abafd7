import { sql } from 'kysely';
import { inOtherOrg, type Tx } from '../db/index.ts';
import { type Ctx, makeCtx, type OrgRef, type PublicCtx } from '../http/index.ts';

/**
 * Runs `work` in the same transaction as the owner of the schema, then returns to the application's
 * role. Identity's tables are open to nobody else; keep what runs inside to identity's own queries.
 */
export async function asOwner<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const become = (role: string) => sql.raw(`set local role ${role}`).execute(tx);
  await become('none');
  let value: T;
  try {
    value = await work();
  } catch (e) {
    // After a database error the transaction takes no more statements, and none could do harm.
    await become('zaizao_app').catch(() => undefined);
    throw e;
  }
  await become('zaizao_app');
  return value;
}

/** Runs `work` in an organisation on behalf of a caller who came without one (set-up, invitation). */
export function inOrganisation<T>(
  ctx: PublicCtx,
  org: OrgRef,
  principal: Ctx['principal'],
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const { app, tx, lang, requestId, now } = ctx;
  const nobody = 0; // the reserved organisation: no row is its
  return inOtherOrg(tx, nobody, org.no, () =>
    // The relay finds the event at its next look; a public transaction has no commit hook to wake it.
    work(makeCtx({ app, tx, org, principal, lang, requestId, now, afterCommit: () => {} })),
  );
}
