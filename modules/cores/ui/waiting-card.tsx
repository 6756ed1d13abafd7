import { Figure, Grid, Reading, useRead, useTexts } from '@zaizao/platform/ui';
import { coreFigures } from '../contract.ts';

/** What stands at the receiving station. */
export default function WaitingCard() {
  const t = useTexts('cores');
  const figures = useRead(coreFigures, {});
  return (
    <Reading of={figures} lines={1}>
      {({ states, receivedToday }) => {
        const of = (state: string) => states.find((s) => s.state === state)?.count ?? 0;
        return (
          <Grid min={90}>
            <Figure
              label={t('card.toGrade')}
              value={of('received') + of('disputed')}
              to={{ to: '/floor/receive' }}
            />
            <Figure
              label={t('card.announced')}
              value={of('accepted') + of('in-transit')}
              to={{ to: '/floor/receive' }}
            />
            <Figure
              label={t('card.receivedToday')}
              value={receivedToday}
              to={{ to: '/office/cores' }}
            />
          </Grid>
        );
      }}
    </Reading>
  );
}
