import { Button, Row, TextField, useTexts } from '@zaizao/platform/ui';

interface Parameter {
  readonly name?: string | undefined;
  readonly value?: string | undefined;
  readonly unit?: string | undefined;
}

interface Full {
  name: string;
  value: string;
  unit: string;
}

/** Names and values that a programme version runs with. */
export function ParameterRows(props: {
  rows: readonly Parameter[];
  onChange: (rows: Full[]) => void;
}) {
  const t = useTexts('production');
  const rows = props.rows.map(
    (r): Full => ({ name: r.name ?? '', value: r.value ?? '', unit: r.unit ?? '' }),
  );
  const set = (n: number, part: Partial<Full>) =>
    props.onChange(rows.map((r, i) => (i === n ? { ...r, ...part } : r)));
  return (
    <fieldset className="z-field">
      <legend>{t('programme.parameters')}</legend>
      {rows.map((r, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parameters keep their place
        <Row key={n} gap={8}>
          <TextField
            label={t('finishing.name')}
            value={r.name}
            onChange={(name) => set(n, { name: name ?? '' })}
          />
          <TextField
            label={t('finishing.value')}
            value={r.value}
            onChange={(value) => set(n, { value: value ?? '' })}
          />
          <TextField
            label={t('finishing.unit')}
            value={r.unit}
            onChange={(unit) => set(n, { unit: unit ?? '' })}
          />
        </Row>
      ))}
      <Button
        size="small"
        icon="plus"
        onClick={() => props.onChange([...rows, { name: '', value: '', unit: '' }])}
      >
        {t('finishing.addValue')}
      </Button>
    </fieldset>
  );
}
