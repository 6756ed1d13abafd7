import { queryClient, read, type ScanResolver, type Session } from '@zaizao/platform/ui';
import { getCoreView } from '../contract.ts';
import { thingBehind } from './scanned.ts';

const AT_THE_DOOR = ['accepted', 'in-transit', 'received', 'disputed'];

/** A core leads to the station that waits for it, else to its page. */
const placeOfCore: ScanResolver = async (code) => {
  const thing = await thingBehind(code);
  if (thing?.kind !== 'core') return undefined;
  const core = await read(getCoreView, { params: { coreId: thing.ref } });
  const label = `${core.code} ${core.part?.number ?? core.numberSeen}`;
  const session = queryClient.getQueryData<Session>(['session']);
  const mayReceive = session?.permissions.includes('cores.core:receive');
  return mayReceive && AT_THE_DOOR.includes(core.state)
    ? { to: '/floor/receive', search: { core: core.id }, label }
    : { to: '/office/cores/$coreId', params: { coreId: core.id }, label };
};

export default placeOfCore;
