import { Figure, Grid, NextThree, Reading, useList, useRead, useTexts } from '@zaizao/platform/ui';
import { coreFigures, listCores } from '../contract.ts';
import { useCoreName } from './words.tsx';

/** At the door, the parcels that are here come before those that are on their way. */
const HERE = ['disputed', 'received'];

/** What stands at the receiving station. */
export default function WaitingCard() {
  const t = useTexts('cores');
  const name = useCoreName();
  const figures = useRead(coreFigures, {});
  const list = useList(listCores, { query: { atDoor: 'yes', limit: 100 } });
  const isHere = (c: { state: string }) => HERE.includes(c.state);
  const next = [...list.items.filter(isHere), ...list.items.filter((c) => !isHere(c))];
  return (
    <>
      <Reading of={figures} lines={1}>
        {({ states }) => {
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
            </Grid>
          );
        }}
      </Reading>
      <NextThree
        of={next.map((c) => ({
          id: c.id,
          title: name(c),
          note: [c.code, c.supplier?.name].filter(Boolean).join(' · '),
          to: { to: '/floor/receive', search: { core: c.id } },
        }))}
      />
    </>
  );
}
