import { mulDiv } from '@zaizao/platform/kernel';
import {
  Code,
  DayField,
  Money,
  MoneyField,
  NumberField,
  Quantity,
  Row,
  SelectField,
  TextField,
  useForm,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { CriterionFields, GradeFields, publishProgramme } from '../../contract.ts';
import type { ProgrammeShown } from '../names.ts';
import { LineList } from './line-list.tsx';
import { NextVersion } from './next-version.tsx';
import { BasisField, PairFields } from './text-fields.tsx';

const GRADES = ['A', 'B', 'C', 'R'] as const;
const STARTS = ['invoice', 'delivery', 'installation', 'month-end'] as const;

/**
 * Publishes the next version of a programme, beginning with one that stands, or the first. Quotes
 * and gradings made by the older version keep it.
 */
export function ProgrammeForm(props: {
  partId: string;
  from: ProgrammeShown | undefined;
  onDone: () => void;
  onClose: () => void;
}) {
  const t = useTexts('catalog');
  const say = useSay();
  const [seen] = useState(props.from);
  const newest = seen?.version ?? 0;
  const form = useForm(publishProgramme, {
    initial: seen ? followerOf(seen) : beginning(),
    rest: { params: { partId: props.partId } },
    said: t('form.issued', { n: newest + 1 }),
    onDone: props.onDone,
  });
  const { criteria = [], grades = [], quota = {} } = form.draft;
  const deposit = BigInt(form.draft.depositFen ?? '0');
  const setQuota = (change: Partial<typeof quota>) => form.set({ quota: { ...quota, ...change } });
  return (
    <NextVersion
      title={t('form.programme', { n: newest + 1 })}
      note={t('form.programmeNote')}
      form={form}
      submit={t('form.publish', { n: newest + 1 })}
      onClose={props.onClose}
    >
      <TextField label={t('code')} mono {...form.field('code')} disabled={newest > 0} />
      <Row>
        <DayField label={t('validFrom')} {...form.field('validFrom')} />
        <DayField label={t('programme.validTo')} {...form.field('validTo')} />
      </Row>
      <Row>
        <NumberField label={t('form.windowDays')} {...form.field('windowDays')} />
        <SelectField
          label={t('form.startEvent')}
          choices={STARTS.map((value) => ({ value, label: t(`programme.start.${value}`) }))}
          {...form.field('startEvent')}
        />
        <MoneyField label={t('programme.deposit')} {...form.field('depositFen')} />
      </Row>
      <Row>
        <NumberField
          label={t('form.quotaFull')}
          unit="P1"
          value={quota.fullPct}
          onChange={(fullPct) => setQuota({ fullPct })}
          error={form.fault('quota/fullPct')}
          required={false}
          hint={t('form.quotaHint')}
        />
        <NumberField
          label={t('form.quotaHalf')}
          unit="P1"
          value={quota.halfPct}
          onChange={(halfPct) => setQuota({ halfPct })}
          error={form.fault('quota/halfPct')}
          required={false}
        />
        <NumberField
          label={t('form.quotaMonths')}
          value={quota.months}
          onChange={(months) => setQuota({ months })}
          error={form.fault('quota/months')}
          required={false}
        />
      </Row>
      <h3>{t('form.criteria')}</h3>
      <p className="z-note">{t('form.criteriaNote')}</p>
      <LineList
        schema={CriterionFields}
        lines={criteria}
        onChange={(next) => form.set({ criteria: next })}
        nameOf={(c) => c.code}
        faultsAt={(i) => form.faultsBelow(`criteria/${i}`)}
        add={t('form.addCriterion')}
        fresh={() => ({ basis: '' })}
        columns={[
          { title: t('code'), cell: (c) => <Code>{c.code}</Code> },
          { title: t('programme.question'), cell: (c) => say(c.text) },
          { title: t('programme.ifNot'), cell: (c) => t(`programme.failsTo.${c.failsTo}`) },
        ]}
        fields={(c) => (
          <>
            <TextField label={t('code')} mono {...c.field('code')} />
            <PairFields
              label={t('programme.question')}
              bound={c.field('text')}
              fault={c.fault}
              path="text"
              lines={2}
            />
            <SelectField
              label={t('programme.ifNot')}
              choices={(['B', 'C', 'R'] as const).map((value) => ({
                value,
                label: t(`programme.failsTo.${value}`),
              }))}
              {...c.field('failsTo')}
            />
            <BasisField bound={c.field('basis')} />
          </>
        )}
      />
      {form.fault('criteria') ? (
        <p className="z-field-error" role="alert">
          {t('form.criteriaMissing')}
        </p>
      ) : null}
      <h3>{t('form.grades')}</h3>
      <LineList
        schema={GradeFields}
        lines={grades}
        onChange={(next) => form.set({ grades: next })}
        nameOf={(g) => g.grade}
        faultsAt={(i) => form.faultsBelow(`grades/${i}`)}
        columns={[
          { title: t('programme.grade'), cell: (g) => <strong>{g.grade}</strong> },
          { title: t('programme.meaning'), cell: (g) => say(g.text) },
          {
            title: t('programme.credit'),
            end: true,
            cell: (g) => (g.creditFen === '' ? '—' : <Money fen={g.creditFen} />),
          },
          {
            title: t('programme.depositBack'),
            end: true,
            cell: (g) => (
              <>
                <Money fen={mulDiv(deposit, BigInt(g.pct), 100n)} />{' '}
                <small className="z-note">
                  <Quantity value={g.pct} unit="P1" />
                </small>
              </>
            ),
          },
        ]}
        fields={(g) => (
          <>
            <PairFields
              label={t('programme.meaning')}
              bound={g.field('text')}
              fault={g.fault}
              path="text"
              lines={2}
            />
            <MoneyField label={t('programme.credit')} {...g.field('creditFen')} />
            <NumberField label={t('form.pct')} unit="P1" {...g.field('pct')} />
            <BasisField bound={g.field('basis')} />
          </>
        )}
      />
      <BasisField bound={form.field('basis')} />
    </NextVersion>
  );
}

function followerOf(p: ProgrammeShown) {
  const { id: _i, partId: _p, inForce: _f, version, validFrom: _from, validTo: _to, ...same } = p;
  return { ...same, follows: version };
}

/** Nothing is invented: amounts stay empty until the plant says them. */
function beginning() {
  const grades = GRADES.map((grade) => ({
    ...{ grade, text: { zh: '', en: '' }, pct: 0, creditFen: '', basis: '' },
  }));
  return { quota: {}, criteria: [], grades, basis: '', follows: 0 };
}
