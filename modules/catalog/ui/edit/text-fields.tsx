import { type Bound, TextField, useTexts } from '@zaizao/platform/ui';

type Pair = { zh: string; en: string };

/** One text in both languages: every reader finds their own. */
export function PairFields(props: {
  label: string;
  bound: Bound<Pair>;
  /** The fault of one side: `fault('name/zh')`. */
  fault: (path: string) => string | undefined;
  path: string;
  lines?: number;
}) {
  const t = useTexts('catalog');
  const { value, onChange, disabled } = props.bound;
  const side = (lang: 'zh' | 'en') => ({
    label: t(lang === 'zh' ? 'form.inChinese' : 'form.inEnglish', { label: props.label }),
    value: value?.[lang],
    onChange: (text: string | undefined) =>
      onChange({ zh: value?.zh ?? '', en: value?.en ?? '', [lang]: text ?? '' }),
    error: props.fault(`${props.path}/${lang}`) ?? (value ? undefined : props.bound.error),
    disabled,
    ...(props.lines ? { lines: props.lines } : {}),
  });
  return (
    <>
      <TextField {...side('zh')} />
      <TextField {...side('en')} />
    </>
  );
}

/** A text that may stay empty: the contract wants it to be there, as ''. */
export function blank(bound: Bound<string>): Bound<string> {
  const onChange = (text: string | undefined) => bound.onChange(text ?? '');
  return { ...bound, onChange, required: false };
}

/** What a figure or a rule rests on; it may stay empty. */
export function BasisField({ bound }: { bound: Bound<string> }) {
  const t = useTexts('catalog');
  return <TextField label={t('basis')} hint={t('basisHint')} {...blank(bound)} />;
}
