import { type Bound, NumberField, TextField, useSay, useTexts } from '@zaizao/platform/ui';
import { INSTRUMENT_KINDS } from '../contract.ts';

type Words = 'name' | 'kind' | 'maker' | 'model' | 'serial' | 'uncertainty';

/** What is written of an instrument, whether new or known. */
export function InstrumentFields(props: {
  words: (name: Words) => Bound<string | undefined>;
  interval: Bound<number>;
}) {
  const { words } = props;
  const t = useTexts('instruments');
  const say = useSay();
  const kind = words('kind');
  const known = INSTRUMENT_KINDS[kind.value ?? ''];
  return (
    <>
      <TextField label={t('name')} {...words('name')} />
      <TextField label={t('kind')} hint={known ? say(known) : t('kindHint')} mono {...kind} />
      <TextField label={t('maker')} {...words('maker')} />
      <TextField label={t('model')} {...words('model')} />
      <TextField label={t('serial')} mono {...words('serial')} />
      <TextField label={t('uncertainty')} hint={t('uncertaintyHint')} {...words('uncertainty')} />
      <NumberField label={t('interval')} min={1} {...props.interval} />
    </>
  );
}
