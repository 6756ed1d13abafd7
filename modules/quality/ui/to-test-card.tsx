import { listUnits, workInProgress } from '@zaizao/modules/production/contract';
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
import { listTests, qualityFigures } from '../contract.ts';

const LIVE = { live: ['production', 'quality'] };

/** What waits at the bench. */
export default function ToTestCard() {
  const t = useTexts('quality');
  const work = useRead(workInProgress, {}, LIVE);
  const figures = useRead(qualityFigures, {});
  const say = useSay();
  const open = useList(listTests, { query: { state: 'open', limit: 20 } });
  const waiting = useList(listUnits, { query: { state: 'assembled', limit: 20 } }, LIVE);
  const to = { to: '/floor/test' };
  const next = [
    ...open.items.map((x) => ({
      id: x.id,
      title: x.unit.serial,
      note: `${t('test.open')} · ${x.code}`,
      to: { ...to, search: { test: x.id } },
    })),
    ...waiting.items
      .filter((u) => open.items.every((x) => x.unit.id !== u.id))
      .map((u) => ({
        id: u.id,
        title: u.serial,
        note: `${u.part.number} ${say(u.part.name)}`,
        to,
      })),
  ];
  return (
    <>
      <Reading of={work} lines={1}>
        {({ units }) => {
          const of = (state: string) => units.find((u) => u.state === state)?.count ?? 0;
          return (
            <Grid min={90}>
              <Figure label={t('card.toTest')} value={of('assembled')} to={to} />
              <Figure label={t('card.openTests')} value={figures.data?.openTests ?? 0} to={to} />
              <Figure label={t('card.rework')} value={of('rework')} />
            </Grid>
          );
        }}
      </Reading>
      <NextThree of={next} />
    </>
  );
}
