import {
  Facts,
  FormFrame,
  Section,
  StatusTag,
  TextField,
  Time,
  useForm,
  useTexts,
} from '@zaizao/platform/ui';
import { BigNumber, Keys } from '@zaizao/platform/ui/floor';
import { recordRunIn, type TestView } from '../contract.ts';

/** The run-in: how long, how fast, how hot, and whether it ran as it should. */
export function RunInForm(props: { test: TestView; isShownOnly?: boolean }) {
  const { test, isShownOnly = false } = props;
  const t = useTexts('quality');
  const { runIn } = test;
  return (
    <Section title={t('runIn.title')}>
      {runIn ? <Recorded runIn={runIn} /> : null}
      {test.state === 'open' && !isShownOnly ? <Entry test={test} /> : null}
    </Section>
  );
}

function Recorded({ runIn }: { runIn: NonNullable<TestView['runIn']> }) {
  const t = useTexts('quality');
  return (
    <Facts
      rows={[
        [
          t('runIn.result'),
          <StatusTag key="r" tone={runIn.good ? 'good' : 'bad'}>
            {runIn.good ? t('runIn.good') : t('runIn.bad')}
          </StatusTag>,
        ],
        [t('runIn.minutes'), `${runIn.minutes} min`],
        [t('runIn.speed'), runIn.speedRpm && `${runIn.speedRpm} r/min`],
        [t('runIn.temperature'), runIn.maxTemperatureC && `${runIn.maxTemperatureC} °C`],
        [t('runIn.load'), runIn.load],
        [t('runIn.note'), runIn.note],
        [t('by'), runIn.by],
        [t('at'), <Time key="t" at={runIn.at} />],
      ]}
    />
  );
}

function Entry({ test }: { test: TestView }) {
  const t = useTexts('quality');
  const form = useForm(recordRunIn, {
    rest: { params: { testId: test.id } },
    said: t('runIn.saved'),
    initial: { minutes: '5' },
  });
  const { draft, set } = form;
  const minutes = form.field('minutes');
  const verdict = draft.good === undefined ? undefined : draft.good ? 'good' : 'bad';
  return (
    <FormFrame form={form} submit={t('runIn.save')}>
      <BigNumber
        label={t('runIn.minutes')}
        unit="MIN"
        value={minutes.value}
        onChange={minutes.onChange}
        error={minutes.error}
      />
      <Keys
        label={t('runIn.result')}
        value={verdict}
        onChange={(v) => set({ good: v === 'good' })}
        choices={[
          { value: 'good', label: t('runIn.good'), tone: 'good', icon: 'check' },
          { value: 'bad', label: t('runIn.bad'), tone: 'bad', icon: 'warn' },
        ]}
      />
      <TextField label={t('runIn.speed')} inputMode="decimal" {...form.field('speedRpm')} />
      <TextField
        label={t('runIn.temperature')}
        inputMode="decimal"
        {...form.field('maxTemperatureC')}
      />
      <TextField label={t('runIn.note')} {...form.field('note')} />
    </FormFrame>
  );
}
