import {
  Figure,
  Grid,
  NextThree,
  type Output,
  Reading,
  useList,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { operationQueue, workInProgress } from '../contract.ts';
import { STATION_KINDS, usePartName, useStationKind } from './words.tsx';

type Load = Output<typeof workInProgress>['byStation'][number];

const MOST_FIGURES = 5;

/** The kinds of station with most to do, in the order that work passes them. */
function busiest(loads: readonly Load[]) {
  const all = STATION_KINDS.map((kind) => {
    const load = loads.find((s) => s.stationKind === kind);
    return { kind, ready: load?.ready ?? 0, running: load?.running ?? 0 };
  });
  const most = all
    .toSorted((a, b) => b.ready + b.running - a.ready - a.running)
    .slice(0, MOST_FIGURES);
  return all.filter((x) => most.includes(x));
}

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
            {busiest(byStation).map(({ kind, ready, running }) => (
              <Figure
                key={kind}
                label={kindName(kind)}
                value={ready + running}
                {...(running > 0 ? { note: t('card.runningOf', { n: running }) } : {})}
                to={{ to: '/floor/operations', search: { kind } }}
              />
            ))}
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
