import {
  type Bound,
  CheckField,
  MoneyField,
  QuantityField,
  Row,
  SelectField,
  TextField,
  useTexts,
} from '@zaizao/platform/ui';
import type { z } from 'zod';
import type { addPart } from '../contract.ts';
import { useFamilies } from './names.ts';

type Fields = NonNullable<z.input<(typeof addPart)['body']>>;

/** What the fields need of a form, whether it adds a part or edits one. */
export interface PartFormOf {
  readonly field: <K extends keyof Fields>(name: K) => Bound<Fields[K]>;
  readonly fault: (path: string) => string | undefined;
}

/** The fields of a part. */
export function PartFields({ form }: { form: PartFormOf }) {
  const t = useTexts('catalog');
  const families = useFamilies();
  const name = form.field('name');
  const family = form.field('family');
  const setName = (lang: 'zh' | 'en') => (value: string | undefined) =>
    name.onChange({ zh: name.value?.zh ?? '', en: name.value?.en ?? '', [lang]: value ?? '' });
  return (
    <>
      <TextField label={t('number')} mono {...form.field('number')} />
      <TextField
        label={t('nameZh')}
        value={name.value?.zh}
        onChange={setName('zh')}
        error={form.fault('name/zh')}
        required
      />
      <TextField
        label={t('nameEn')}
        value={name.value?.en}
        onChange={setName('en')}
        error={form.fault('name/en')}
        required
      />
      <SelectField
        label={t('kind')}
        choices={(['product', 'component', 'consumable'] as const).map((value) => ({
          value,
          label: t(`kinds.${value}`),
        }))}
        {...form.field('kind')}
      />
      <SelectField label={t('family')} choices={families} {...family} />
      <Row>
        <QuantityField label={t('mass')} unit="GRM" {...form.field('massG')} />
        <MoneyField label={t('newPrice')} {...form.field('newPriceFen')} />
      </Row>
      <TextField label="GTIN" mono inputMode="numeric" maxLength={14} {...form.field('gtin')} />
      <CheckField label={t('needsCoding')} {...form.field('needsCoding')} />
      <CheckField label={t('vinBound')} {...form.field('vinBound')} />
      <CheckField label={t('restrictedLong')} {...form.field('restricted')} />
      <TextField label={t('basis')} hint={t('basisHint')} {...form.field('basis')} />
    </>
  );
}
