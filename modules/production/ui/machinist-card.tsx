import {
  Figure,
  Grid,
  NextThree,
  Reading,
  useList,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { operationQueue, workInProgress } from '../contract.ts';
import { STATION_KINDS, usePartName, useStationKind } from './words.tsx';

/** What waits at the stations that work orders pass. */
export default function MachinistCard() {
  const t = useTexts('production');
  const kindName = useStationKind();
  const say = useSay();
  const part = usePartName();
  const figures = useRead(workInProgress, {});
  const queue = useList(operationQueue, { query: { ready: 'yes', limit: 3 } });
  return (
    <>
      <Reading of={figures} lines={1}>
        {({ byStation }) => (
          <Grid min={90}>
            {STATION_KINDS.map((kind) => {
              const load = byStation.find((s) => s.stationKind === kind);
              return (
                <Figure
                  key={kind}
                  label={kindName(kind)}
                  value={(load?.ready ?? 0) + (load?.running ?? 0)}
                  {...(load && load.running > 0
                    ? { note: t('card.runningOf', { n: load.running }) }
                    : {})}
                  to={{ to: '/floor/operations', search: { kind } }}
                />
              );
            })}
          </Grid>
        )}
      </Reading>
      <NextThree
        of={queue.items.map((o) => ({
          id: o.id,
          title: say(o.name),
          note: [...new Set([o.orderCode, o.about.code, part(o.about.part)])].join(' · '),
          to: { to: '/floor/operations', search: { order: o.orderId } },
        }))}
      />
    </>
  );
}
