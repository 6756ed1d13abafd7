import { workInProgress } from '@zaizao/modules/production/contract';
import { Figure, Grid, Reading, useRead, useTexts } from '@zaizao/platform/ui';
import { qualityFigures } from '../contract.ts';

/** What waits at the bench. */
export default function ToTestCard() {
  const t = useTexts('quality');
  const work = useRead(workInProgress, {}, { live: ['production', 'quality'] });
  const figures = useRead(qualityFigures, {});
  const to = { to: '/floor/test' };
  return (
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
  );
}
