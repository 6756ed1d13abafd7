import {
  Code,
  type Draft,
  Num,
  NumberField,
  Row,
  SelectField,
  TextField,
  useForm,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { RouteStepFields, setRoute } from '../../contract.ts';
import { STATION_KINDS } from '../../domain/code-lists.ts';
import { methodMaster } from '../../domain/vocabulary.ts';
import { type RouteShown, type Step, useChoices, useCondition } from '../names.ts';
import { newestOf } from '../versions.tsx';
import { nextTen } from './bom-form.tsx';
import { ConditionField } from './condition-field.tsx';
import { LineList } from './line-list.tsx';
import { NextVersion } from './next-version.tsx';
import { BasisField, blank, PairFields } from './text-fields.tsx';

/** Writes the next version of a route with its work instructions, beginning with the one shown. */
export function RouteForm(props: {
  partId: string;
  route: RouteShown | undefined;
  onDone: () => void;
  onClose: () => void;
}) {
  const t = useTexts('catalog');
  const say = useSay();
  const inWords = useCondition();
  const [seen] = useState(props.route);
  const newest = newestOf(seen);
  const form = useForm(setRoute, {
    initial: { steps: [...(seen?.steps ?? [])], note: '' },
    rest: { params: { partId: props.partId }, version: newest },
    said: t('form.issued', { n: newest + 1 }),
    onDone: props.onDone,
  });
  const steps = form.draft.steps ?? [];
  return (
    <NextVersion
      title={t('form.route', { n: newest + 1 })}
      note={t('form.newVersionNote')}
      form={form}
      submit={t('form.issue', { n: newest + 1 })}
      onClose={props.onClose}
    >
      <LineList
        schema={RouteStepFields}
        lines={steps}
        onChange={(next) => form.set({ steps: next })}
        order={(a, b) => a.seq - b.seq}
        nameOf={(s) => `${s.seq} · ${say(s.name)}`}
        faultsAt={(i) => form.faultsBelow(`steps/${i}`)}
        add={t('form.addStep')}
        fresh={() => ({
          ...{
            seq: nextTen(steps.map((s) => s.seq)),
            when: '',
            station: '',
            method: '' as const,
          },
          ...{ instruction: { zh: '', en: '' }, records: '', basis: '' },
        })}
        columns={[
          { title: t('route.seq'), end: true, cell: (s) => <Num value={s.seq} /> },
          { title: t('code'), cell: (s) => <Code>{s.code}</Code> },
          { title: t('name'), cell: (s) => say(s.name) },
          { title: t('route.station'), cell: (s) => say(STATION_KINDS[s.stationKind]) },
          {
            title: t('route.when'),
            cell: (s) => (s.when === '' ? t('route.always') : inWords(s.when)),
          },
          {
            title: t('route.onFail'),
            cell: (s) =>
              s.onFail === undefined
                ? '—'
                : t('route.backTo', { seq: s.onFail, n: s.maxRework ?? 1 }),
          },
        ]}
        fields={(step) => <StepFields partId={props.partId} steps={steps} step={step} />}
      />
      <TextField label={t('form.note')} {...blank(form.field('note'))} />
    </NextVersion>
  );
}

function StepFields(props: {
  partId: string;
  steps: readonly Step[];
  step: Draft<typeof RouteStepFields>;
}) {
  const t = useTexts('catalog');
  const say = useSay();
  const kinds = useChoices(STATION_KINDS);
  const { step } = props;
  const seq = step.draft.seq ?? 0;
  const onFail = step.field('onFail');
  const earlier = props.steps.filter((s) => s.seq < seq);
  return (
    <>
      <Row>
        <NumberField label={t('route.seq')} {...step.field('seq')} />
        <TextField label={t('code')} mono {...step.field('code')} />
      </Row>
      <PairFields label={t('name')} bound={step.field('name')} fault={step.fault} path="name" />
      <SelectField label={t('form.stationKind')} choices={kinds} {...step.field('stationKind')} />
      <Row>
        <TextField label={t('route.station')} {...blank(step.field('station'))} />
        <NumberField label={t('route.seconds')} {...step.field('stdSeconds')} />
      </Row>
      <ConditionField
        partId={props.partId}
        value={step.draft.when ?? ''}
        onChange={(when) => step.set({ when })}
        error={step.fault('when')}
      />
      <Row>
        <SelectField
          label={t('form.onFail')}
          placeholder={t('form.noReturn')}
          choices={earlier.map((s) => ({
            value: String(s.seq),
            label: `${s.seq} · ${say(s.name)}`,
          }))}
          {...onFail}
          value={onFail.value === undefined ? undefined : String(onFail.value)}
          onChange={(v) =>
            step.set({
              onFail: v === undefined ? undefined : Number(v),
              maxRework: v === undefined ? undefined : (step.draft.maxRework ?? 1),
            })
          }
        />
        <NumberField label={t('form.maxRework')} min={1} max={9} {...step.field('maxRework')} />
      </Row>
      <SelectField
        label={t('route.method')}
        placeholder={t('form.noMethod')}
        choices={methodMaster().map((m) => ({ value: m.code, label: say(m.name) }))}
        {...step.field('method')}
        value={step.draft.method || undefined}
        onChange={(method) => step.set({ method: method ?? '' })}
        required={false}
      />
      <PairFields
        label={t('route.instruction')}
        bound={step.field('instruction')}
        fault={step.fault}
        path="instruction"
        lines={4}
      />
      <TextField label={t('route.records')} {...blank(step.field('records'))} />
      <BasisField bound={step.field('basis')} />
    </>
  );
}
