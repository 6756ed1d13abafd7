import { scan } from '@zaizao/modules/ledger/contract';
import { getUnitView } from '@zaizao/modules/production/contract';
import { type Output, Problem, read } from '@zaizao/platform/ui';

/** The unit of ours that a code names, or undefined. */
export async function unitBehind(code: string): Promise<Output<typeof getUnitView> | undefined> {
  try {
    const { thing } = await read(scan, { query: { code } });
    if (thing.kind !== 'unit') return undefined;
    return await read(getUnitView, { params: { unitId: thing.ref } });
  } catch (e) {
    if (e instanceof Problem && e.status === 404) return undefined;
    throw e;
  }
}
