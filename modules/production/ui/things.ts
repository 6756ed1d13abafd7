import { scan } from '@zaizao/modules/ledger/contract';
import { lookUp, read } from '@zaizao/platform/ui';
import { getUnitView, listOrders } from '../contract.ts';

/** The thing of ours that a code names, or undefined. */
export const thingBehind = async (code: string) => (await lookUp(scan, { query: { code } }))?.thing;

/** The work order that a scanned traveller, component or unit belongs to. */
export async function orderBehind(code: string): Promise<string | undefined> {
  const thing = await thingBehind(code);
  if (thing?.kind === 'work-order') return thing.ref;
  if (thing?.kind === 'unit') {
    return (await read(getUnitView, { params: { unitId: thing.ref } })).orderId;
  }
  if (thing?.kind === 'component' || thing?.kind === 'lot') {
    const { items } = await read(listOrders, { query: { q: thing.code, open: 'yes' } });
    return items[0]?.id;
  }
  return undefined;
}
