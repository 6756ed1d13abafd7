import { dismantlingFigures, listComponents } from '@zaizao/modules/dismantling/contract';
import { Figure, Grid, NextThree, Reading, useList, useRead, useTexts } from '@zaizao/platform/ui';
import { listInspections } from '../contract.ts';
import { usePartName } from './words.tsx';

const MOST = 100;

/** Clean components that wait, restored ones that come again, and what is open. */
export default function WaitingCard() {
  const t = useTexts('inspection');
  const figures = useRead(dismantlingFigures, {});
  const open = useList(listInspections, { query: { state: 'open', limit: MOST } });
  const name = usePartName();
  const restored = useList(listComponents, { query: { state: 'restored', limit: 10 } });
  const cleaned = useList(listComponents, { query: { state: 'cleaned', limit: 10 } });
  const to = { to: '/floor/inspection' };
  const next = [
    ...open.items.map((i) => ({
      id: i.id,
      title: `${i.componentCode} ${name(i.part)}`,
      note: `${t('inspect.open')} · ${i.code}`,
      to: { ...to, search: { inspection: i.id } },
    })),
    ...[...restored.items, ...cleaned.items]
      .filter((c) => open.items.every((i) => i.componentId !== c.id))
      .map((c) => ({
        id: c.id,
        title: `${c.code} ${name(c.part)}`,
        note: t(c.state === 'restored' ? 'inspect.restored' : 'inspect.cleaned', {
          core: c.fromCoreCode,
        }),
        to: { ...to, search: { component: c.id } },
      })),
  ];
  return (
    <>
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
      <NextThree of={next} />
    </>
  );
}
