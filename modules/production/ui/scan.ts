import { queryClient, read, type ScanResolver, type Session } from '@zaizao/platform/ui';
import { getOrder } from '../contract.ts';
import { thingBehind } from './things.ts';

/** A traveller leads to the work at it, a unit to its page. */
const placeOf: ScanResolver = async (code) => {
  const thing = await thingBehind(code);
  if (thing?.kind === 'unit') {
    return { to: '/office/units/$unitId', params: { unitId: thing.ref }, label: thing.code };
  }
  if (thing?.kind !== 'work-order') return undefined;
  const order = await read(getOrder, { params: { orderId: thing.ref } });
  const session = queryClient.getQueryData<Session>(['session']);
  const isOpen = order.state === 'released' || order.state === 'started';
  if (!isOpen || !session?.permissions.includes('production.operation:record')) {
    return { to: '/office/work-orders/$orderId', params: { orderId: order.id }, label: order.code };
  }
  const to = order.kind === 'assemble' && !order.unitId ? '/floor/assembly' : '/floor/operations';
  return { to, search: { order: order.id }, label: order.code };
};

export default placeOf;
