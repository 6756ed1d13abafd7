import { Figure, Grid, Money, Reading, useRead, useTexts } from '@zaizao/platform/ui';
import { coreFigures } from '../contract.ts';
import { GRADES } from './words.tsx';

/** Cores in by grade, those in dispute, and what is still to be paid for. */
export default function BuyingCard() {
  const t = useTexts('cores');
  const figures = useRead(coreFigures, {});
  return (
    <>
      <h2>{t('card.title')}</h2>
      <Reading of={figures} lines={1}>
        {({ states, today, receivedToday, gradedToday, unpaid }) => {
          const of = (state: string) => states.find((s) => s.state === state)?.count ?? 0;
          const graded = GRADES.map((g) => gradedToday.find((x) => x.grade === g)?.count ?? 0);
          return (
            <Grid min={120}>
              <Figure
                label={t('card.receivedToday')}
                value={receivedToday}
                note={graded.map((n, i) => `${GRADES[i]} ${n}`).join(' · ')}
                to={{ to: '/office/cores', search: { from: today, to: today } }}
              />
              <Figure
                label={t('card.toGrade')}
                value={of('received')}
                to={{ to: '/office/cores', search: { state: 'received' } }}
              />
              <Figure
                label={t('state.disputed')}
                value={of('disputed')}
                {...(of('disputed') > 0 ? { tone: 'decide' as const } : {})}
                to={{ to: '/office/cores', search: { state: 'disputed' } }}
              />
              <Figure
                label={t('card.stocked')}
                value={of('stocked') + of('graded') + of('allocated')}
                to={{ to: '/office/core-stock' }}
              />
              <Figure
                label={t('card.unpaid')}
                value={<Money fen={unpaid.creditFen} />}
                note={t('card.pieces', { n: unpaid.count })}
                to={{ to: '/office/cores', search: { unpaid: 'yes' } }}
              />
            </Grid>
          );
        }}
      </Reading>
    </>
  );
}
