import { Figure, Grid, useList, useTexts } from '@zaizao/platform/ui';
import { listOffers } from '../contract.ts';
import type { State } from './words.tsx';

/** Offers that wait for the seller's answer, and cores to hand over. */
export default function SellingCard() {
  return (
    <Grid min={90}>
      <Count state="quoted" />
      <Count state="accepted" />
    </Grid>
  );
}

const MOST = 100;

function Count({ state }: { state: State }) {
  const t = useTexts('cores');
  const offers = useList(listOffers, { query: { state, limit: MOST } });
  return (
    <Figure
      label={t(`card.offers.${state}`)}
      value={offers.hasMore ? `${MOST}+` : offers.items.length}
      to={{ to: '/floor/offers', search: { state } }}
    />
  );
}
