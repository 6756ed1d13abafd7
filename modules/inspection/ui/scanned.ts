import { scan } from '@zaizao/modules/ledger/contract';
import { type Output, Problem, read } from '@zaizao/platform/ui';

/** The thing of ours that a code names; undefined when there is none. */
export async function thingBehind(code: string): Promise<Output<typeof scan>['thing'] | undefined> {
  try {
    return (await read(scan, { query: { code } })).thing;
  } catch (e) {
    if (e instanceof Problem && e.status === 404) return undefined;
    throw e;
  }
}
