import {
  type Bound,
  type Choice,
  SelectField,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { getBom } from '../../contract.ts';

/** The positions of a product's bill of material as choices. */
export function usePositions(partId: string): Choice[] {
  const say = useSay();
  const bom = useRead(getBom, { params: { partId } });
  return (bom.data?.items ?? []).map((i) => ({
    value: String(i.pos),
    label: `${i.pos} · ${say(i.part.name)}`,
  }));
}

/** On which component something is found; none: on the whole product. */
export function ComponentField(props: { partId: string; bound: Bound<number | undefined> }) {
  const t = useTexts('catalog');
  const choices = usePositions(props.partId);
  const { value, onChange, ...rest } = props.bound;
  return (
    <SelectField
      label={t('form.onComponent')}
      placeholder={t('form.wholeProduct')}
      choices={choices}
      {...rest}
      value={value === undefined ? undefined : String(value)}
      onChange={(v) => onChange(v === undefined ? undefined : Number(v))}
    />
  );
}
