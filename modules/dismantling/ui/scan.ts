import { getCoreView } from '@zaizao/modules/cores/contract';
import { queryClient, read, type ScanResolver, type Session } from '@zaizao/platform/ui';
import { getComponentView } from '../contract.ts';
import { thingBehind } from './scanned.ts';

const TO_TEAR_DOWN = ['graded', 'stocked', 'allocated'];

/** A component leads to its page, one that waits for cleaning to the cleaning station; a stocked core to teardown. */
const placeOf: ScanResolver = async (code) => {
  const thing = await thingBehind(code);
  const may = (permission: string) =>
    queryClient.getQueryData<Session>(['session'])?.permissions.includes(permission) ?? false;
  if (thing?.kind === 'core' && may('dismantling.teardown:record') && !may('cores.core:receive')) {
    const core = await read(getCoreView, { params: { coreId: thing.ref } });
    if (!TO_TEAR_DOWN.includes(core.state)) return undefined;
    return { to: '/floor/teardown', search: { core: core.id }, label: core.code };
  }
  if (thing?.kind !== 'component' && thing?.kind !== 'lot') return undefined;
  const component = await read(getComponentView, { params: { componentId: thing.ref } });
  const label = `${component.code} ${component.part.number}`;
  return component.state === 'found' && may('dismantling.cleaning:record')
    ? { to: '/floor/cleaning', search: { add: component.id }, label }
    : { to: '/office/components/$componentId', params: { componentId: component.id }, label };
};

export default placeOf;
