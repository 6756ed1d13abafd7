import {
  FormFrame,
  NumberField,
  type Output,
  Reading,
  Section,
  useForm,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { editSettings, getSettings } from '../contract.ts';

/** How this plant plans. */
export function SettingsTab() {
  const settings = useRead(getSettings, {});
  return <Reading of={settings}>{(s) => <SettingsForm key={s.version} settings={s} />}</Reading>;
}

function SettingsForm({ settings }: { settings: Output<typeof getSettings> }) {
  const t = useTexts('planning');
  const { version, ...initial } = settings;
  const form = useForm(editSettings, { initial, rest: { version }, said: t('saved') });
  return (
    <Section note={t('settings.note')}>
      <FormFrame form={form} submit={t('save')}>
        <NumberField
          label={t('settings.freeze')}
          hint={t('settings.freezeHint')}
          unit="MIN"
          min={0}
          {...form.field('freezeMinutes')}
        />
        <NumberField
          label={t('settings.transport')}
          unit="SEC"
          min={0}
          {...form.field('transportSeconds')}
        />
        <NumberField
          label={t('settings.horizon')}
          unit="DAY"
          min={7}
          max={120}
          {...form.field('horizonDays')}
        />
        <NumberField
          label={t('settings.perShift')}
          hint={t('settings.perShiftHint')}
          min={0}
          {...form.field('perShift')}
        />
        <NumberField label={t('settings.perMove')} min={0} {...form.field('perMove')} />
        <NumberField label={t('settings.iterations')} min={100} {...form.field('iterations')} />
        <NumberField
          label={t('settings.deadline')}
          unit="SEC"
          min={1}
          max={600}
          {...form.field('deadlineSeconds')}
        />
      </FormFrame>
    </Section>
  );
}
