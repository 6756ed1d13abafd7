import { coreFigures, listCores } from '@zaizao/modules/cores/contract';
import { Figure, Grid, NextThree, Reading, useList, useRead, useTexts } from '@zaizao/platform/ui';
import { dismantlingFigures, listTeardowns } from '../contract.ts';
import { usePartName } from './words.tsx';

/** What waits to be taken apart and to be cleaned. */
export default function WaitingCard() {
  const t = useTexts('dismantling');
  const figures = useRead(dismantlingFigures, {});
  const cores = useRead(coreFigures, {});
  const name = usePartName();
  const open = useList(listTeardowns, { query: { state: 'open', limit: 20 } });
  const stock = useList(listCores, { query: { inStock: 'yes', limit: 20 } }, { live: ['cores'] });
  const next = [
    ...open.items.map((x) => ({
      id: x.id,
      title: `${x.coreCode} ${name(x.part)}`,
      note: `${t('teardown.open')} · ${x.code}`,
      to: { to: '/floor/teardown', search: { teardown: x.id } },
    })),
    ...stock.items
      .filter((c) => c.grade !== 'R' && !open.items.some((x) => x.coreId === c.id))
      .map((c) => ({
        id: c.id,
        title: `${c.code} ${c.part ? name(c.part) : c.numberSeen}`,
        note: [c.grade, c.place].filter(Boolean).join(' · '),
        to: { to: '/floor/teardown', search: { core: c.id } },
      })),
  ];
  const stocked = (cores.data?.states ?? [])
    .filter((s) => s.state === 'stocked' || s.state === 'allocated' || s.state === 'graded')
    .reduce((n, s) => n + s.count, 0);
  return (
    <>
      <Reading of={figures} lines={1}>
        {(f) => (
          <Grid min={90}>
            <Figure label={t('card.cores')} value={stocked} to={{ to: '/floor/teardown' }} />
            <Figure label={t('card.open')} value={f.openTeardowns} to={{ to: '/floor/teardown' }} />
            <Figure
              label={t('card.dirty')}
              value={f.components.find((c) => c.state === 'found')?.count ?? 0}
              to={{ to: '/floor/cleaning', search: { new: 'yes' } }}
            />
            <Figure
              label={t('card.batches')}
              value={f.runningBatches}
              to={{ to: '/floor/cleaning' }}
            />
          </Grid>
        )}
      </Reading>
      <NextThree of={next} />
    </>
  );
}
