import {
  Button,
  Dialog,
  FormFrame,
  Grid,
  Money,
  MoneyField,
  NumberField,
  type Output,
  PermissionGate,
  Reading,
  Section,
  TextField,
  useAddress,
  useForm,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage, PlainTable } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { getRates, listDemand, perm, setDemand, setRates } from '../contract.ts';
import { ProductField } from './product-field.tsx';

/** What plans reckon with: rates of the plant, and the demand for parts of a product. */
export default function RatesPage() {
  const t = useTexts('dismantling');
  const rates = useRead(getRates, {});
  return (
    <OfficePage
      title={t('rates.title')}
      note={t('rates.note')}
      up={{ to: '/office/teardown-plans', title: t('plans.title') }}
    >
      <Reading of={rates}>{(r) => <Rates key={r.version} rates={r} />}</Reading>
      <Demand />
    </OfficePage>
  );
}

const MONEY = ['labourFenPerHour', 'fenPerHazard', 'lookFen', 'scrapFenPerKg'] as const;
const NUMBERS = [
  ...(['toolChangeSeconds', 'turnSeconds', 'restorePct', 'mixedPct'] as const),
  ...(['monthPct', 'surplusPct', 'priorWeight'] as const),
] as const;

function Rates({ rates }: { rates: Output<typeof getRates> }) {
  const t = useTexts('dismantling');
  const { version, at: _, note, ...initial } = rates;
  const form = useForm(setRates, {
    initial: { ...initial, note: '' },
    rest: { version },
    said: t('rates.saved'),
  });
  return (
    <Section
      title={version === 0 ? t('rates.assumed') : t('rates.version', { n: version })}
      note={note}
    >
      <FormFrame form={form} submit={t('rates.issue')}>
        <Grid min={190}>
          {MONEY.map((key) => {
            const { value, onChange, ...bound } = form.field(key);
            return (
              <MoneyField
                key={key}
                label={t(`rates.${key}`)}
                hint={t(`rates.${key}Hint`)}
                {...bound}
                value={value === undefined ? undefined : String(value)}
                onChange={(fen) => onChange(fen === undefined ? undefined : Number(fen))}
              />
            );
          })}
          {NUMBERS.map((key) => (
            <NumberField
              key={key}
              label={t(`rates.${key}`)}
              hint={t(`rates.${key}Hint`)}
              {...form.field(key)}
            />
          ))}
        </Grid>
        <TextField label={t('rates.why')} {...form.field('note')} required={false} />
      </FormFrame>
    </Section>
  );
}

type Wanted = Output<typeof listDemand>['items'][number];

function Demand() {
  const t = useTexts('dismantling');
  const [search, change] = useAddress();
  return (
    <Section title={t('demand.title')} note={t('demand.hint')}>
      <ProductField value={search.part} onChange={(part) => change({ part })} />
      {search.part ? <Parts key={search.part} partId={search.part} /> : null}
    </Section>
  );
}

function Parts({ partId }: { partId: string }) {
  const t = useTexts('dismantling');
  const say = useSay();
  const list = useRead(listDemand, { query: { partId } });
  const [editing, setEditing] = useState<Wanted>();
  return (
    <Reading of={list}>
      {({ items }) => (
        <>
          <PlainTable
            rows={items}
            rowKey={(d) => d.part.id}
            columns={[
              { title: t('demand.part'), cell: (d) => `${d.part.number} ${say(d.part.name)}` },
              { title: t('demand.stock'), end: true, cell: (d) => d.stock },
              { title: t('demand.used'), end: true, cell: (d) => d.used90Days },
              { title: t('demand.wanted'), end: true, cell: (d) => d.wanted ?? '—' },
              {
                title: t('demand.price'),
                end: true,
                cell: (d) => (d.goodFen ? <Money fen={d.goodFen} /> : '—'),
              },
              { title: t('demand.note'), cell: (d) => d.note },
              {
                title: t('demand.edit'),
                cell: (d) => (
                  <PermissionGate access={perm('dismantling.plan:edit')}>
                    <Button
                      size="small"
                      icon="edit"
                      iconOnly
                      onClick={() => setEditing(d)}
                    >{`${t('demand.edit')} ${say(d.part.name)}`}</Button>
                  </PermissionGate>
                ),
              },
            ]}
          />
          {editing ? (
            <Dialog open title={say(editing.part.name)} onClose={() => setEditing(undefined)} side>
              <Edit wanted={editing} onDone={() => setEditing(undefined)} />
            </Dialog>
          ) : null}
        </>
      )}
    </Reading>
  );
}

function Edit({ wanted, onDone }: { wanted: Wanted; onDone: () => void }) {
  const t = useTexts('dismantling');
  const form = useForm(setDemand, {
    initial: {
      note: wanted.note,
      ...(wanted.wanted === undefined ? {} : { wanted: wanted.wanted }),
      ...(wanted.goodFen === undefined ? {} : { goodFen: wanted.goodFen }),
    },
    rest: { params: { partId: wanted.part.id }, version: wanted.version },
    said: t('demand.saved'),
    onDone,
  });
  return (
    <FormFrame form={form} submit={t('plan.keep')}>
      <NumberField
        label={t('demand.wanted')}
        hint={t('demand.wantedHint')}
        {...form.field('wanted')}
      />
      <MoneyField
        label={t('demand.price')}
        hint={t('demand.priceHint')}
        {...form.field('goodFen')}
      />
      <TextField label={t('demand.note')} {...form.field('note')} required={false} />
    </FormFrame>
  );
}
