import { Figure, Grid, useList, useTexts } from '@zaizao/platform/ui';
import { listStocktakes } from '../contract.ts';

/** Stocktakes that are counted and wait for a person to settle what differs, and those under way. */
export default function SettleCard() {
  const t = useTexts('stock');
  const open = useList(listStocktakes, { query: { open: 'yes', limit: 50 } });
  const count = (state: 'counting' | 'counted') =>
    open.items.filter((s) => s.state === state).length;
  const to = (state: string) => ({ to: '/office/stocktakes', search: { state } });
  return (
    <Grid min={120}>
      <Figure label={t('toSettle')} value={count('counted')} to={to('counted')} />
      <Figure label={t('openTitle')} value={count('counting')} to={to('counting')} />
    </Grid>
  );
}
