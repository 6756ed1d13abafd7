import { listParts, readPart } from '@zaizao/modules/catalog/contract';
import { type Bound, LookupField, useRead, useSay, useTexts } from '@zaizao/platform/ui';

/** A product of the catalogue, found by typing; a value that came with the address is shown by name. */
export function ProductField(
  props: Pick<Bound<string>, 'value' | 'onChange'> & Partial<Bound<string>>,
) {
  const t = useTexts('dismantling');
  const say = useSay();
  const partId = props.value;
  const known = useRead(
    readPart,
    { params: { partId: partId ?? '' } },
    { enabled: partId !== undefined },
  );
  return (
    <LookupField
      label={t('demand.product')}
      list={listParts}
      by="q"
      fixed={{ kind: 'product' }}
      choice={(p) => ({ value: p.id, label: p.number, note: say(p.name) })}
      {...props}
      shown={known.data ? `${known.data.number} ${say(known.data.name)}` : undefined}
    />
  );
}
