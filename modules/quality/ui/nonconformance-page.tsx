import {
  Button,
  Code,
  DayField,
  Facts,
  FormFrame,
  LinkButton,
  PermissionGate,
  Reading,
  Section,
  SelectField,
  TextField,
  Timeline,
  useAct,
  useForm,
  useParam,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import type { ReactNode } from 'react';
import {
  CauseCategory,
  closeNonconformance,
  containNonconformance,
  correctNonconformance,
  disposeNonconformance,
  findCause,
  getNonconformance,
  NonconformanceDisposition,
  type NonconformanceView,
  perm,
  verifyNonconformance,
} from '../contract.ts';
import { FaultTag, useChoices } from './words.tsx';

/** One nonconformance: what is known, the one step that comes next, and what was done. */
export default function NonconformancePage() {
  const nonconformanceId = useParam('nonconformanceId');
  const fault = useRead(getNonconformance, { params: { nonconformanceId } });
  return <Reading of={fault}>{(n) => <Fault fault={n} />}</Reading>;
}

function Fault({ fault: n }: { fault: NonconformanceView }) {
  const t = useTexts('quality');
  /** A disposition is kept by its code, and the reason after it. */
  const worded = (note: string) =>
    note.replace(
      /^(rework|concession|scrap|return): /,
      (_, d: string) => `${t(`disposition.${d}`)} · `,
    );
  const say = useSay();
  return (
    <OfficePage
      title={`${n.code} · ${say(n.defectName)}`}
      up={{ to: '/office/nonconformances', title: t('fault.title') }}
      status={<FaultTag state={n.state} />}
      narrow
    >
      <Known fault={n} />
      <PermissionGate access={perm('quality.nonconformance:handle')}>
        <NextStep key={n.state} fault={n} />
      </PermissionGate>
      <Section title={t('fault.history')}>
        <Timeline
          entries={n.history.toReversed().map((h, i) => ({
            id: String(n.history.length - i),
            at: h.at,
            title: t(`faultState.${h.to}`),
            note: h.note ? `${worded(h.note)} · ${h.by}` : h.by,
          }))}
        />
      </Section>
    </OfficePage>
  );
}

function Known({ fault: n }: { fault: NonconformanceView }) {
  const t = useTexts('quality');
  const say = useSay();
  const { subject } = n;
  return (
    <Section>
      <Facts
        rows={[
          [
            t('fault.subject'),
            <span key="s">
              {t(`subject.${subject.kind}`)} {subject.code ? <Code>{subject.code}</Code> : null}
            </span>,
          ],
          [t('part'), n.part && `${n.part.number} ${say(n.part.name)}`],
          [t('fault.description'), n.description],
          [t('fault.source'), t(`source.${n.source}`)],
          [t('fault.severity'), t(`severity.${n.severity}`)],
          [t('fault.quantity'), n.quantity],
          [
            t('test.title'),
            n.testId ? (
              <LinkButton
                key="t"
                size="small"
                to="/office/tests/$testId"
                params={{ testId: n.testId }}
              >
                {t('fault.seeTest')}
              </LinkButton>
            ) : undefined,
          ],
          [t('fault.containment'), n.containment],
          [
            t('fault.disposition'),
            n.disposition && `${t(`disposition.${n.disposition}`)} · ${n.dispositionReason ?? ''}`,
          ],
          [t('fault.reference'), n.reference],
          [t('fault.cause'), n.cause && `${t(`cause.${n.causeCategory ?? 'core'}`)} · ${n.cause}`],
          [
            t('fault.action'),
            n.action && `${n.action} · ${n.actionOwner ?? ''} · ${n.actionDue ?? ''}`,
          ],
          [t('fault.evidence'), n.evidence],
        ]}
      />
    </Section>
  );
}

function NextStep({ fault: n }: { fault: NonconformanceView }) {
  const t = useTexts('quality');
  const [next] = n.next;
  const rest = { params: { nonconformanceId: n.id } };
  const forms: Readonly<Record<string, () => ReactNode>> = {
    contain: () => <Contain rest={rest} />,
    dispose: () => <Dispose rest={rest} />,
    'find-cause': () => <Cause rest={rest} />,
    correct: () => <Correct rest={rest} />,
    verify: () => <Verify rest={rest} />,
    close: () => <Close rest={rest} />,
  };
  if (next === undefined) return null;
  return <Section title={t(`step.${next}`)}>{forms[next]?.()}</Section>;
}

interface Rest {
  readonly rest: { params: { nonconformanceId: string } };
}

function Contain({ rest }: Rest) {
  const t = useTexts('quality');
  const form = useForm(containNonconformance, { rest, said: t('saved') });
  return (
    <FormFrame form={form} submit={t('step.contain')}>
      <TextField
        label={t('fault.containment')}
        hint={t('fault.containmentHint')}
        lines={3}
        {...form.field('containment')}
      />
    </FormFrame>
  );
}

function Dispose({ rest }: Rest) {
  const t = useTexts('quality');
  const choices = useChoices();
  const refreshes = ['production', 'dismantling'];
  const form = useForm(disposeNonconformance, { rest, said: t('saved'), refreshes });
  return (
    <FormFrame form={form} submit={t('step.dispose')}>
      <SelectField
        label={t('fault.disposition')}
        choices={choices('disposition', NonconformanceDisposition.options)}
        {...form.field('disposition')}
      />
      <TextField label={t('fault.reason')} lines={3} {...form.field('reason')} />
      {form.draft.disposition === 'concession' ? (
        <TextField
          label={t('fault.reference')}
          hint={t('fault.referenceHint')}
          {...form.field('reference')}
        />
      ) : null}
    </FormFrame>
  );
}

function Cause({ rest }: Rest) {
  const t = useTexts('quality');
  const choices = useChoices();
  const form = useForm(findCause, { rest, said: t('saved') });
  return (
    <FormFrame form={form} submit={t('step.find-cause')}>
      <SelectField
        label={t('fault.category')}
        choices={choices('cause', CauseCategory.options)}
        {...form.field('category')}
      />
      <TextField
        label={t('fault.cause')}
        hint={t('fault.causeHint')}
        lines={3}
        {...form.field('cause')}
      />
    </FormFrame>
  );
}

function Correct({ rest }: Rest) {
  const t = useTexts('quality');
  const form = useForm(correctNonconformance, { rest, said: t('saved') });
  return (
    <FormFrame form={form} submit={t('step.correct')}>
      <TextField label={t('fault.action')} lines={3} {...form.field('action')} />
      <TextField label={t('fault.owner')} {...form.field('owner')} />
      <DayField label={t('fault.due')} {...form.field('due')} />
    </FormFrame>
  );
}

function Verify({ rest }: Rest) {
  const t = useTexts('quality');
  const form = useForm(verifyNonconformance, { rest, said: t('saved') });
  const { effective } = form.draft;
  return (
    <FormFrame form={form} submit={t('step.verify')}>
      <SelectField
        label={t('fault.effective')}
        choices={[
          { value: 'yes', label: t('fault.isEffective') },
          { value: 'no', label: t('fault.notEffective') },
        ]}
        value={effective === undefined ? undefined : effective ? 'yes' : 'no'}
        onChange={(v) => form.set({ effective: v === undefined ? undefined : v === 'yes' })}
        error={form.fault('effective')}
      />
      <TextField label={t('fault.evidence')} lines={3} {...form.field('evidence')} />
    </FormFrame>
  );
}

function Close({ rest }: Rest) {
  const t = useTexts('quality');
  const close = useAct(closeNonconformance, { said: t('fault.closed') });
  return (
    <Button
      kind="primary"
      icon="check"
      isBusy={close.isBusy}
      onClick={() => void close.run({ params: rest.params })}
    >
      {t('step.close')}
    </Button>
  );
}
