import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import { coreErrors } from '../contract.ts';
import { updateCore } from '../repo.ts';
import { getCore } from './door.ts';

/** Says where a core stands; who found it there records that in the ledger. */
export async function putCore(ctx: Ctx, coreId: string, place: string): Promise<Result<undefined>> {
  const core = await getCore(ctx, coreId, true);
  if (!core.ok) return core;
  const put = await updateCore(ctx, coreId, core.value.state, { place });
  return put ? ok(undefined) : err(coreErrors.CORE_NOT_FOUND());
}
