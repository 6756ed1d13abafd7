import { coreFigures } from '@zaizao/modules/cores/contract';
import { Figure, Grid, Reading, useRead, useTexts } from '@zaizao/platform/ui';
import { dismantlingFigures } from '../contract.ts';

/** What waits to be taken apart and to be cleaned. */
export default function WaitingCard() {
  const t = useTexts('dismantling');
  const figures = useRead(dismantlingFigures, {});
  const cores = useRead(coreFigures, {});
  const stocked = (cores.data?.states ?? [])
    .filter((s) => s.state === 'stocked' || s.state === 'allocated' || s.state === 'graded')
    .reduce((n, s) => n + s.count, 0);
  return (
    <Reading of={figures} lines={1}>
      {(f) => (
        <Grid min={90}>
          <Figure label={t('card.cores')} value={stocked} to={{ to: '/floor/teardown' }} />
          <Figure label={t('card.open')} value={f.openTeardowns} to={{ to: '/floor/teardown' }} />
          <Figure
            label={t('card.dirty')}
            value={f.components.find((c) => c.state === 'found')?.count ?? 0}
            to={{ to: '/floor/cleaning', search: { new: 'yes' } }}
          />
          <Figure
            label={t('card.batches')}
            value={f.runningBatches}
            to={{ to: '/floor/cleaning' }}
          />
        </Grid>
      )}
    </Reading>
  );
}
