import { workInProgress } from '@zaizao/modules/production/contract';
import { Figure, Grid, NextThree, useRead, useTexts } from '@zaizao/platform/ui';
import { useSalesIn } from './counted.ts';

/** What waits at the shelf. */
export default function WarehouseCard() {
  const t = useTexts('market');
  const figures = useRead(workInProgress, {});
  const paid = useSalesIn('paid');
  const picked = useSalesIn('picked');
  const certified = figures.data?.units.find((u) => u.state === 'certified')?.count ?? 0;
  const to = (task: string) => ({ to: '/floor/warehouse', search: { task } });
  // what is packed goes out first
  const next = [
    ...picked.items.map((o) => ({ o, task: 'ship' })),
    ...paid.items.map((o) => ({ o, task: 'pick' })),
  ];
  return (
    <>
      <Grid min={90}>
        <Figure label={t('warehouse.putAway')} value={certified} to={to('putAway')} />
        <Figure label={t('warehouse.pick')} value={paid.count} to={to('pick')} />
        <Figure label={t('warehouse.ship')} value={picked.count} to={to('ship')} />
      </Grid>
      <NextThree
        of={next.map(({ o, task }) => ({
          id: o.id,
          title: `${o.code} · ${o.buyer}`,
          note: `${t(`warehouse.${task}`)} · ${t('warehouse.pieces', { n: o.lines.length })}`,
          to: { to: '/floor/warehouse', search: { task, order: o.id } },
        }))}
      />
    </>
  );
}
