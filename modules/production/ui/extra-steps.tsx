import { Button, NumberField, Row, SelectField, TextField, useTexts } from '@zaizao/platform/ui';
import { STATION_KINDS, useStationKind } from './words.tsx';

interface Step {
  name: string;
  stationKind: string;
  stdSeconds: number;
  instruction: string;
}

/** What one customer wants beyond the route: own steps of this order alone. */
export function ExtraSteps(props: {
  steps: readonly {
    name?: string | undefined;
    stationKind?: string | undefined;
    stdSeconds?: number | undefined;
    instruction?: string | undefined;
  }[];
  onChange: (steps: Step[]) => void;
}) {
  const t = useTexts('production');
  const kindName = useStationKind();
  const steps = props.steps.map(
    (s): Step => ({
      name: s.name ?? '',
      stationKind: s.stationKind ?? 'assembly',
      stdSeconds: s.stdSeconds ?? 60,
      instruction: s.instruction ?? '',
    }),
  );
  const set = (n: number, part: Partial<Step>) =>
    props.onChange(steps.map((s, i) => (i === n ? { ...s, ...part } : s)));
  return (
    <fieldset className="z-field">
      <legend>{t('extra.title')}</legend>
      {steps.map((s, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps keep their place
        <Row key={n} gap={8}>
          <TextField
            label={t('extra.name')}
            value={s.name}
            onChange={(name) => set(n, { name: name ?? '' })}
          />
          <SelectField
            label={t('stations.kind')}
            choices={STATION_KINDS.map((value) => ({ value, label: kindName(value) }))}
            value={STATION_KINDS.find((k) => k === s.stationKind)}
            onChange={(kind) => set(n, { stationKind: kind ?? 'assembly' })}
          />
          <NumberField
            label={t('standard')}
            unit="SEC"
            min={1}
            value={s.stdSeconds}
            onChange={(v) => set(n, { stdSeconds: v ?? 60 })}
          />
        </Row>
      ))}
      <Button
        size="small"
        icon="plus"
        onClick={() =>
          props.onChange([
            ...steps,
            { name: '', stationKind: 'assembly', stdSeconds: 60, instruction: '' },
          ])
        }
      >
        {t('extra.add')}
      </Button>
    </fieldset>
  );
}
