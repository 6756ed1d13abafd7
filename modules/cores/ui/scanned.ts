import { scan } from '@zaizao/modules/ledger/contract';
import { lookUp } from '@zaizao/platform/ui';

/** The thing of ours that a code names; undefined when there is none (it may still be a part number). */
export const thingBehind = async (code: string) => (await lookUp(scan, { query: { code } }))?.thing;
