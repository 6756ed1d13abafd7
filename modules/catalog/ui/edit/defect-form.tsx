import {
  DayField,
  FormFrame,
  MoneyField,
  NumberField,
  SelectField,
  TextField,
  useForm,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import type { z } from 'zod';
import { type listDefects, putDefect, setPrice } from '../../contract.ts';
import { PRICE_KINDS } from '../../domain/code-lists.ts';
import { defectCodes } from '../../domain/vocabulary.ts';
import { useChoices } from '../names.ts';
import { ComponentField } from './component-field.tsx';
import { BasisField, PairFields } from './text-fields.tsx';

export type Defect = z.output<(typeof listDefects)['response']>['items'][number];

/** A defect that is expected on a product, new or changed; its code stays. */
export function DefectForm(props: {
  partId: string;
  defect: Defect | undefined;
  onDone: () => void;
}) {
  const t = useTexts('catalog');
  const say = useSay();
  const form = useForm(putDefect, {
    initial: props.defect ?? { per: 'core', basis: '' },
    rest: { params: { partId: props.partId } },
    said: t('saved'),
    onDone: props.onDone,
  });
  return (
    <FormFrame form={form} submit={t('save')}>
      <TextField
        label={t('code')}
        mono
        {...form.field('code')}
        disabled={props.defect !== undefined}
      />
      <PairFields label={t('name')} bound={form.field('name')} fault={form.fault} path="name" />
      <SelectField
        label={t('defects.mode')}
        choices={defectCodes().map((m) => ({ value: m.code, label: say(m.name) }))}
        {...form.field('mode')}
      />
      <ComponentField partId={props.partId} bound={form.field('componentPos')} />
      <NumberField label={t('defects.rate')} unit="P1" {...form.field('ratePct')} />
      <SelectField
        label={t('form.per')}
        choices={(['core', 'unit', 'warranty'] as const).map((value) => ({
          value,
          label: t(`defects.per.${value}`),
        }))}
        {...form.field('per')}
      />
      <BasisField bound={form.field('basis')} />
    </FormFrame>
  );
}

/** A price from a day on; the older ones stay. */
export function PriceForm(props: { partId: string; onDone: () => void }) {
  const t = useTexts('catalog');
  const kinds = useChoices(PRICE_KINDS);
  const form = useForm(setPrice, {
    initial: { basis: '' },
    rest: { params: { partId: props.partId } },
    said: t('saved'),
    onDone: props.onDone,
  });
  return (
    <FormFrame form={form} submit={t('save')}>
      <SelectField label={t('prices.kind')} choices={kinds} {...form.field('kind')} />
      <MoneyField label={t('prices.amount')} {...form.field('fen')} />
      <DayField label={t('validFrom')} {...form.field('validFrom')} />
      <BasisField bound={form.field('basis')} />
    </FormFrame>
  );
}
