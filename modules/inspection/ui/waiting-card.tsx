import { dismantlingFigures } from '@zaizao/modules/dismantling/contract';
import { Figure, Grid, Reading, useList, useRead, useTexts } from '@zaizao/platform/ui';
import { listInspections } from '../contract.ts';

const MOST = 100;

/** Clean components that wait, restored ones that come again, and what is open. */
export default function WaitingCard() {
  const t = useTexts('inspection');
  const figures = useRead(dismantlingFigures, {});
  const open = useList(listInspections, { query: { state: 'open', limit: MOST } });
  const to = { to: '/floor/inspection' };
  return (
    <Reading of={figures} lines={1}>
      {({ components }) => {
        const of = (state: string) => components.find((c) => c.state === state)?.count ?? 0;
        return (
          <Grid min={90}>
            <Figure label={t('card.cleaned')} value={of('cleaned')} to={to} />
            <Figure label={t('card.restored')} value={of('restored')} to={to} />
            <Figure
              label={t('card.open')}
              value={open.hasMore ? `${MOST}+` : open.items.length}
              to={to}
            />
          </Grid>
        );
      }}
    </Reading>
  );
}
