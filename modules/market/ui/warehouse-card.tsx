import { workInProgress } from '@zaizao/modules/production/contract';
import { Figure, Grid, useRead, useTexts } from '@zaizao/platform/ui';
import { useSalesIn } from './counted.ts';

/** What waits at the shelf. */
export default function WarehouseCard() {
  const t = useTexts('market');
  const figures = useRead(workInProgress, {});
  const paid = useSalesIn('paid');
  const picked = useSalesIn('picked');
  const certified = figures.data?.units.find((u) => u.state === 'certified')?.count ?? 0;
  const to = (task: string) => ({ to: '/floor/warehouse', search: { task } });
  return (
    <Grid min={90}>
      <Figure label={t('warehouse.putAway')} value={certified} to={to('putAway')} />
      <Figure label={t('warehouse.pick')} value={paid.count} to={to('pick')} />
      <Figure label={t('warehouse.ship')} value={picked.count} to={to('ship')} />
    </Grid>
  );
}
