import {
  CheckField,
  type Draft,
  FormFrame,
  NumberField,
  Row,
  SelectField,
  TextField,
  useForm,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import {
  addCharacteristic,
  type CharacteristicFields,
  editCharacteristic,
} from '../../contract.ts';
import { SEVERITIES } from '../../domain/code-lists.ts';
import { type Characteristic, useChoices } from '../names.ts';
import { ComponentField } from './component-field.tsx';
import { BasisField, blank, PairFields } from './text-fields.tsx';

/** Adds a characteristic to a product: inspected on a component, or a line of its test plan. */
export function NewCharacteristic(props: {
  partId: string;
  purpose: Characteristic['purpose'];
  seq: number;
  onDone: (made: Characteristic) => void;
}) {
  const t = useTexts('catalog');
  const form = useForm(addCharacteristic, {
    initial: {
      ...{ purpose: props.purpose, seq: props.seq, method: '', condition: '', active: true },
      ...{ severity: 'major', basis: '', limits: [] },
    },
    rest: { params: { partId: props.partId } },
    said: t('saved'),
    onDone: props.onDone,
  });
  return (
    <FormFrame form={form} submit={t('save')}>
      <TextField label={t('code')} mono {...form.field('code')} />
      <SelectField
        label={t('form.purpose')}
        choices={(['inspection', 'test', 'both'] as const).map((value) => ({
          value,
          label: t(`form.purposes.${value}`),
        }))}
        {...form.field('purpose')}
      />
      {/* an addition has every field of an edit */}
      <Fields partId={props.partId} form={form as unknown as FieldsOf} />
    </FormFrame>
  );
}

/** Changes what is said of a characteristic; its limits are issued by version of their own. */
export function EditCharacteristic(props: { characteristic: Characteristic; onDone: () => void }) {
  const t = useTexts('catalog');
  const [seen] = useState(props.characteristic);
  const { id, partId, version, code: _c, purpose: _p, limits: _l, inForce: _f, ...initial } = seen;
  const form = useForm(editCharacteristic, {
    initial,
    rest: { params: { characteristicId: id }, version },
    said: t('saved'),
    onDone: props.onDone,
  });
  return (
    <FormFrame form={form} submit={t('save')}>
      <Fields partId={partId} form={form as unknown as FieldsOf} />
      <CheckField label={t('active')} {...form.field('active')} />
    </FormFrame>
  );
}

type FieldsOf = Pick<Draft<typeof CharacteristicFields>, 'field' | 'fault' | 'draft' | 'set'>;

function Fields({ partId, form }: { partId: string; form: FieldsOf }) {
  const t = useTexts('catalog');
  const severities = useChoices(SEVERITIES);
  return (
    <>
      <PairFields label={t('name')} bound={form.field('name')} fault={form.fault} path="name" />
      <ComponentField partId={partId} bound={form.field('componentPos')} />
      <Row>
        <TextField label={t('form.unit')} hint={t('form.unitHint')} {...form.field('unit')} />
        <NumberField label={t('form.seq')} {...form.field('seq')} />
      </Row>
      <SelectField label={t('limits.severity')} choices={severities} {...form.field('severity')} />
      <TextField label={t('form.method')} {...blank(form.field('method'))} />
      <TextField
        label={t('form.instrumentKind')}
        hint={t('form.instrumentHint')}
        {...form.field('instrumentKind')}
      />
      <TextField label={t('form.condition')} {...blank(form.field('condition'))} />
      <BasisField bound={form.field('basis')} />
    </>
  );
}
