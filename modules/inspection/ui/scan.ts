import { getComponentView } from '@zaizao/modules/dismantling/contract';
import { queryClient, read, type ScanResolver, type Session } from '@zaizao/platform/ui';
import { thingBehind } from './scanned.ts';

/** A clean component leads the inspector to its inspection. */
const placeOf: ScanResolver = async (code) => {
  const session = queryClient.getQueryData<Session>(['session']);
  if (!session?.permissions.includes('inspection.record:measure')) return undefined;
  const thing = await thingBehind(code);
  if (thing?.kind !== 'component' && thing?.kind !== 'lot') return undefined;
  const component = await read(getComponentView, { params: { componentId: thing.ref } });
  if (component.state !== 'cleaned' && component.state !== 'restored') return undefined;
  return {
    to: '/floor/inspection',
    search: { component: component.id },
    label: `${component.code} ${component.part.number}`,
  };
};

export default placeOf;
