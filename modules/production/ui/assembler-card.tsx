import { Figure, Grid, useList, useRead, useTexts } from '@zaizao/platform/ui';
import { listOrders, workInProgress } from '../contract.ts';

/** What the assembler has before them. */
export default function AssemblerCard() {
  const t = useTexts('production');
  const orders = useList(listOrders, { query: { kind: 'assemble', open: 'yes', limit: 100 } });
  const figures = useRead(workInProgress, {});
  const of = (state: string) => figures.data?.units.find((u) => u.state === state)?.count ?? 0;
  const count = `${orders.items.length}${orders.hasMore ? '+' : ''}`;
  return (
    <Grid min={90}>
      <Figure label={t('card.toAssemble')} value={count} to={{ to: '/floor/assembly' }} />
      <Figure
        label={t('card.toPaint')}
        value={of('tested')}
        to={{ to: '/floor/operations', search: { kind: 'coating' } }}
      />
      <Figure
        label={t('card.rework')}
        value={of('rework')}
        {...(of('rework') > 0 ? { tone: 'decide' as const } : {})}
        to={{ to: '/floor/operations', search: { kind: 'assembly' } }}
      />
    </Grid>
  );
}
