import { scan } from '@zaizao/modules/ledger/contract';
import { lookUp } from '@zaizao/platform/ui';

/** The thing of ours that a code names; undefined when there is none. */
export const thingBehind = async (code: string) => (await lookUp(scan, { query: { code } }))?.thing;
