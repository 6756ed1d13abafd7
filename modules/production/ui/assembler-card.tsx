import { Figure, Grid, NextThree, useList, useRead, useTexts } from '@zaizao/platform/ui';
import { listOrders, workInProgress } from '../contract.ts';
import { usePartName } from './words.tsx';

/** What the assembler has before them. */
export default function AssemblerCard() {
  const t = useTexts('production');
  const part = usePartName();
  const orders = useList(listOrders, { query: { kind: 'assemble', open: 'yes', limit: 100 } });
  const figures = useRead(workInProgress, {});
  const of = (state: string) => figures.data?.units.find((u) => u.state === state)?.count ?? 0;
  const count = `${orders.items.length}${orders.hasMore ? '+' : ''}`;
  // what was begun is finished first
  const next = [...orders.items].sort(
    (a, b) => Number(b.state === 'started') - Number(a.state === 'started'),
  );
  return (
    <>
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
      <NextThree
        of={next.map((o) => ({
          id: o.id,
          title: part(o.product),
          note: `${o.code} · ${t(`orderState.${o.state}`)}`,
          to: { to: '/floor/assembly', search: { order: o.id } },
        }))}
      />
    </>
  );
}
