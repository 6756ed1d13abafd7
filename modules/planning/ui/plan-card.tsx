import { Figure, Grid, Reading, useRead, useTexts } from '@zaizao/platform/ui';
import { getInForce } from '../contract.ts';

/** What waits for the planner: dates in danger, and how far reality is from the plan. */
export default function PlanCard() {
  const t = useTexts('planning');
  const inForce = useRead(getInForce, {}, { live: ['production'] });
  const to = { to: '/office/plan' };
  return (
    <Reading of={inForce} lines={1}>
      {({ promises, drift }) => (
        <Grid min={110}>
          <Figure
            label={t('card.late')}
            value={promises.late}
            note={t('card.of', { n: promises.due })}
            {...(promises.late > 0 ? { tone: 'decide' as const } : {})}
            to={to}
          />
          <Figure
            label={t('card.risky')}
            value={promises.risky}
            {...(promises.risky > 0 ? { tone: 'decide' as const } : {})}
            to={to}
          />
          <Figure
            label={t('card.behind')}
            value={drift.behind}
            {...(drift.behind > 0 ? { tone: 'decide' as const } : {})}
            to={to}
          />
          <Figure
            label={t('card.unplanned')}
            value={drift.unplanned}
            {...(drift.unplanned > 0 ? { tone: 'decide' as const } : {})}
            to={to}
          />
        </Grid>
      )}
    </Reading>
  );
}
