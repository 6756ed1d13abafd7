import { Figure, Grid, Reading, useRead, useTexts } from '@zaizao/platform/ui';
import { workInProgress } from '../contract.ts';

/** The orders that the planner's dates are about. */
export default function PlannerCard() {
  const t = useTexts('production');
  const figures = useRead(workInProgress, {});
  return (
    <Reading of={figures} lines={1}>
      {({ openOrders }) => (
        <Grid min={110}>
          <Figure
            label={t('card.openOrders')}
            value={openOrders}
            to={{ to: '/office/work-orders', search: { open: 'yes' } }}
          />
        </Grid>
      )}
    </Reading>
  );
}
