import { Figure, Grid, Reading, useRead, useTexts } from '@zaizao/platform/ui';
import { depositBalance } from '../contract.ts';

/** What is overdue, and what waits to be paid out. */
export default function OutstandingCard() {
  const t = useTexts('deposits');
  const found = useRead(depositBalance, {});
  return (
    <>
      <h2>{t('list.title')}</h2>
      <Reading of={found} lines={1}>
        {({ ages, outstanding }) => {
          const over = ages.find((a) => a.age === 'over');
          const credited = outstanding.find((o) => o.state === 'credited');
          return (
            <Grid min={120}>
              <Figure
                label={t('age.over')}
                value={over?.count ?? 0}
                {...(over ? { tone: 'decide' as const } : {})}
                to={{ to: '/office/deposits', search: { age: 'over' } }}
              />
              <Figure
                label={t('card.toPay')}
                value={credited?.count ?? 0}
                to={{ to: '/office/deposits', search: { state: 'credited' } }}
              />
            </Grid>
          );
        }}
      </Reading>
    </>
  );
}
