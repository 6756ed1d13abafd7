import { Figure, Grid, Reading, useRead, useTexts } from '@zaizao/platform/ui';
import { workInProgress } from '../contract.ts';
import { STATION_KINDS, useStationKind } from './words.tsx';

/** What waits at the stations that work orders pass. */
export default function MachinistCard() {
  const t = useTexts('production');
  const kindName = useStationKind();
  const figures = useRead(workInProgress, {});
  return (
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
  );
}
