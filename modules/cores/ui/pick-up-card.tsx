import { Figure, Grid, useList, useTexts } from '@zaizao/platform/ui';
import { listMyPickUps } from '../contract.ts';

const MOST = 100;

/** How many places a collector is asked to call at, and how many cores wait there. */
export default function PickUpCard() {
  const t = useTexts('cores');
  const asked = useList(listMyPickUps, { query: { state: 'asked', limit: MOST } });
  const pieces = asked.items.reduce((n, p) => n + p.cores.length, 0);
  const count = (n: number) => (asked.hasMore ? `${n}+` : n);
  return (
    <Grid min={90}>
      <Figure
        label={t('card.pickUps')}
        value={count(asked.items.length)}
        to={{ to: '/floor/collect' }}
      />
      <Figure label={t('card.pickUpPieces')} value={count(pieces)} to={{ to: '/floor/collect' }} />
    </Grid>
  );
}
