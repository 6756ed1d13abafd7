import { Figure, Grid, Reading, useRead, useTexts } from '@zaizao/platform/ui';
import { workInProgress } from '../contract.ts';

/** What the planner decides about: what waits, what runs, what is to be reworked or released. */
export default function PlannerCard() {
  const t = useTexts('production');
  const figures = useRead(workInProgress, {});
  return (
    <Reading of={figures} lines={1}>
      {({ openOrders, units }) => {
        const of = (state: string) => units.find((u) => u.state === state)?.count ?? 0;
        const unitsIn = (state: string) => ({ to: '/office/units', search: { state } });
        return (
          <Grid min={110}>
            <Figure
              label={t('card.openOrders')}
              value={openOrders}
              to={{ to: '/office/work-orders', search: { open: 'yes' } }}
            />
            <Figure
              label={t('unitState.assembled')}
              value={of('assembled')}
              to={unitsIn('assembled')}
            />
            <Figure
              label={t('card.rework')}
              value={of('rework')}
              {...(of('rework') > 0 ? { tone: 'decide' as const } : {})}
              to={unitsIn('rework')}
            />
            <Figure
              label={t('unitState.certified')}
              value={of('certified')}
              to={unitsIn('certified')}
            />
            <Figure
              label={t('unitState.available')}
              value={of('available')}
              to={unitsIn('available')}
            />
          </Grid>
        );
      }}
    </Reading>
  );
}
