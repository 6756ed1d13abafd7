import {
  CheckField,
  DayField,
  EmptyState,
  FormFrame,
  formatDay,
  PermissionGate,
  Reading,
  Section,
  SelectField,
  StatusTag,
  TextField,
  Timeline,
  useForm,
  useLang,
  useParam,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import type { z } from 'zod';
import { editInstrument, getInstrument, perm, recalibrate } from '../contract.ts';
import { InstrumentFields } from './fields.tsx';
import { CalibrationTag } from './words.tsx';

type Known = z.output<(typeof getInstrument)['response']>;

/** One instrument: what it is, its certificates, and the next one. */
export default function InstrumentPage() {
  const t = useTexts('instruments');
  const lang = useLang();
  const instrumentId = useParam('instrumentId');
  const instrument = useRead(getInstrument, { params: { instrumentId } });
  return (
    <Reading of={instrument}>
      {(i) => (
        <OfficePage
          title={`${i.code} ${i.name}`}
          up={{ to: '/office/instruments', title: t('title') }}
          status={<CalibrationTag state={i.state} />}
          note={i.dueOn ? t('until', { day: formatDay(i.dueOn, lang) }) : t('neverNote')}
          narrow
        >
          <PermissionGate access={perm('instruments.instrument:edit')}>
            <NewCalibration instrument={i} />
          </PermissionGate>
          <Calibrations instrument={i} />
          <Edit key={i.version} instrument={i} />
        </OfficePage>
      )}
    </Reading>
  );
}

function Calibrations({ instrument: i }: { instrument: Known }) {
  const t = useTexts('instruments');
  const lang = useLang();
  return (
    <Section title={t('certificates')}>
      {i.calibrations.length === 0 ? (
        <EmptyState icon="document" title={t('noCertificate')}>
          {t('noCertificateNext')}
        </EmptyState>
      ) : (
        <Timeline
          entries={i.calibrations.map((c) => ({
            id: c.id,
            at: c.at,
            tone: c.good ? 'good' : 'bad',
            title: `${c.certificateNo} · ${c.laboratory}`,
            note: `${formatDay(c.calibratedOn, lang)} – ${formatDay(c.dueOn, lang)}`,
            children: (
              <StatusTag tone={c.good ? 'good' : 'bad'}>
                {c.good ? t('good') : t('outOfTolerance')}
              </StatusTag>
            ),
          }))}
        />
      )}
    </Section>
  );
}

function NewCalibration({ instrument: i }: { instrument: Known }) {
  const t = useTexts('instruments');
  const form = useForm(recalibrate, {
    rest: { params: { instrumentId: i.id } },
    initial: { good: true },
    said: t('calibrated'),
    onDone: () => form.reset({ good: true }),
  });
  const { good } = form.draft;
  return (
    <Section title={t('newCertificate')}>
      <FormFrame form={form} submit={t('record')}>
        <DayField label={t('calibratedOn')} {...form.field('calibratedOn')} />
        <DayField label={t('dueOn')} hint={t('dueHint')} {...form.field('dueOn')} />
        <TextField label={t('certificateNo')} mono {...form.field('certificateNo')} />
        <TextField label={t('laboratory')} {...form.field('laboratory')} />
        <SelectField
          label={t('result')}
          value={good === false ? 'no' : 'yes'}
          onChange={(v) => form.set({ good: v !== 'no' })}
          choices={[
            { value: 'yes', label: t('good') },
            { value: 'no', label: t('outOfTolerance') },
          ]}
        />
      </FormFrame>
    </Section>
  );
}

function Edit({ instrument: i }: { instrument: Known }) {
  const t = useTexts('instruments');
  const { name, kind, maker, model, serial, uncertainty, intervalDays, active } = i;
  const form = useForm(editInstrument, {
    initial: { name, kind, maker, model, serial, uncertainty, intervalDays, active },
    rest: { params: { instrumentId: i.id }, version: i.version },
    said: t('saved'),
  });
  return (
    <Section title={t('about')}>
      <FormFrame form={form} submit={t('save')}>
        <InstrumentFields words={form.field} interval={form.field('intervalDays')} />
        <CheckField label={t('active')} {...form.field('active')} />
      </FormFrame>
    </Section>
  );
}
