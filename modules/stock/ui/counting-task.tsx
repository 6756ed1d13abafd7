import {
  Button,
  CheckField,
  EmptyState,
  FormFrame,
  Reading,
  Section,
  Stack,
  TaskKey,
  TextField,
  useAddress,
  useForm,
  useList,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { getStocktake, listStocktakes, startStocktake } from '../contract.ts';
import { Counting } from './counting.tsx';
import { KINDS, StocktakeTag, useScope } from './words.tsx';

/** 盘点: the fifth task of the warehouse. Slot `warehouse-count`; the stocktake stands in the address. */
export default function CountingTask() {
  const t = useTexts('stock');
  const [search, change] = useAddress();
  const stocktake = useRead(
    getStocktake,
    { params: { stocktakeId: search.stocktake ?? '' } },
    { enabled: search.stocktake !== undefined },
  );
  if (search.stocktake === undefined) return <Begin />;
  return (
    <Reading of={stocktake}>
      {(s) => (
        <Stack gap={16}>
          <Counting key={s.id} stocktake={s} />
          <Button icon="left" onClick={() => change({ stocktake: undefined })}>
            {t('back')}
          </Button>
        </Stack>
      )}
    </Reading>
  );
}

function Begin() {
  const t = useTexts('stock');
  const scope = useScope();
  const [, change] = useAddress();
  const open = useList(listStocktakes, { query: { open: 'yes', limit: 20 } });
  const form = useForm(startStocktake, {
    initial: { kinds: [...KINDS], note: '' },
    onDone: (s) => change({ stocktake: s.id }),
  });
  const kinds = form.draft.kinds ?? [];
  return (
    <Stack gap={16}>
      {open.items.length > 0 ? (
        <Section title={t('openTitle')} note={t('openNote')}>
          <Stack gap={8}>
            {open.items.map((s) => (
              <TaskKey
                key={s.id}
                icon="warehouse"
                title={`${s.code} · ${t('progress', { a: s.counted, b: s.expected })}`}
                note={scope(s)}
                aside={<StocktakeTag state={s.state} />}
                to={{ to: '/floor/warehouse', search: { task: 'count', stocktake: s.id } }}
              />
            ))}
          </Stack>
        </Section>
      ) : open.isLoading ? null : (
        <EmptyState icon="warehouse" title={t('noneOpen')}>
          {t('noneOpenNext')}
        </EmptyState>
      )}
      <Section title={t('new')} note={t('newNote')}>
        <FormFrame form={form} submit={t('start')} large>
          {KINDS.map((k) => (
            <CheckField
              key={k}
              label={t(`kindLong.${k}`)}
              value={kinds.includes(k)}
              onChange={(on) =>
                form.set({ kinds: KINDS.filter((x) => (x === k ? on : kinds.includes(x))) })
              }
            />
          ))}
          <TextField label={t('place')} hint={t('placeHint')} mono {...form.field('place')} />
        </FormFrame>
      </Section>
    </Stack>
  );
}
