import { Figure, Grid, useTexts } from '@zaizao/platform/ui';
import { useSalesIn } from './counted.ts';

/** The orders that wait for the seller. */
export default function SalesCard() {
  const t = useTexts('market');
  const placed = useSalesIn('placed');
  const confirmed = useSalesIn('confirmed');
  const shipped = useSalesIn('shipped');
  const to = (state: string) => ({ to: '/office/sales', search: { state } });
  return (
    <Grid min={110}>
      <Figure
        label={t('card.toConfirm')}
        value={placed.count}
        {...(placed.some ? { tone: 'decide' as const } : {})}
        to={to('placed')}
      />
      <Figure label={t('card.toPay')} value={confirmed.count} to={to('confirmed')} />
      <Figure label={t('card.underWay')} value={shipped.count} to={to('shipped')} />
    </Grid>
  );
}
