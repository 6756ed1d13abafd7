import {
  Code,
  EmptyState,
  Figure,
  formatNumber,
  Grid,
  LinkButton,
  Reading,
  StatusTag,
  Time,
  useLang,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { listPlans, nonDestructive } from '../contract.ts';
import { Reckoned, useCause } from './plan-words.tsx';
import { usePartName } from './words.tsx';

/** Every plan: what it is worth, why it was made anew, whether it was followed; and how much came out whole. */
export default function PlansPage() {
  const t = useTexts('dismantling');
  const name = usePartName();
  const causeOf = useCause();
  return (
    <OfficePage
      title={t('plans.title')}
      note={t('plans.note')}
      actions={
        <>
          <LinkButton to="/office/teardown-damage">{t('damageLog.title')}</LinkButton>
          <LinkButton to="/office/teardown-rates">{t('rates.title')}</LinkButton>
        </>
      }
    >
      <Kpi />
      <DataTable
        id="dismantling.plans"
        title={t('plans.title')}
        list={listPlans}
        rowKey={(p) => p.id}
        filters={[
          {
            kind: 'choice',
            id: 'decision',
            label: t('plans.decision'),
            choices: (['follow', 'deviate', 'none'] as const).map((value) => ({
              value,
              label: t(`plan.decided.${value}`),
            })),
          },
          {
            kind: 'choice',
            id: 'replanned',
            label: t('plans.replanned'),
            choices: [{ value: 'yes', label: t('plans.replannedOnly') }],
          },
        ]}
        columns={[
          {
            id: 'core',
            title: t('field.core'),
            cell: (p) => <Code>{p.core.code}</Code>,
            plain: (p) => p.core.code,
          },
          {
            id: 'no',
            title: t('plans.no'),
            align: 'end',
            cell: (p) => p.no,
            plain: (p) => p.no,
          },
          {
            id: 'part',
            title: t('field.part'),
            cell: (p) => name(p.part),
            plain: (p) => name(p.part),
          },
          {
            id: 'worth',
            title: t('plan.worth'),
            align: 'end',
            cell: (p) => <Reckoned fen={p.worthFen} />,
            plain: (p) => p.worthFen / 100,
          },
          {
            id: 'margin',
            title: t('plan.margin'),
            align: 'end',
            cell: (p) => (p.marginFen === undefined ? '—' : <Reckoned fen={p.marginFen} />),
            plain: (p) => (p.marginFen ?? 0) / 100,
            optional: true,
          },
          {
            id: 'cause',
            title: t('plans.cause'),
            cell: (p) => causeOf(p.cause) || '—',
            plain: (p) => causeOf(p.cause),
          },
          {
            id: 'decision',
            title: t('plans.decision'),
            cell: (p) => (
              <StatusTag
                tone={
                  p.decision === undefined
                    ? 'idle'
                    : p.decision.decision === 'follow'
                      ? 'good'
                      : 'decide'
                }
              >
                {t(`plan.decided.${p.decision?.decision ?? 'none'}`)}
              </StatusTag>
            ),
            plain: (p) => t(`plan.decided.${p.decision?.decision ?? 'none'}`),
          },
          {
            id: 'reason',
            title: t('plan.reason'),
            cell: (p) => p.decision?.reason || '—',
            plain: (p) => p.decision?.reason ?? '',
            optional: true,
          },
          {
            id: 'at',
            title: t('plans.at'),
            cell: (p) => <Time at={p.madeAt} />,
            plain: (p) => p.madeAt,
          },
        ]}
        open={(p) => ({ to: '/office/teardown-plans/$planId', params: { planId: p.id } })}
        empty={
          <EmptyState
            icon="tree"
            title={t('plans.none')}
            action={<LinkButton to="/floor/teardown">{t('teardown.title')}</LinkButton>}
          >
            {t('plans.noneNext')}
          </EmptyState>
        }
      />
    </OfficePage>
  );
}

/** Non-destructive rate and what became of plans, over a month; each figure opens its records. */
function Kpi() {
  const t = useTexts('dismantling');
  const lang = useLang();
  const kpi = useRead(nonDestructive, { query: { days: 30 } });
  const pct = (r: { whole: number; of: number }) =>
    r.of === 0 ? '—' : formatNumber((100 * r.whole) / r.of, lang, 1);
  return (
    <Reading of={kpi} lines={1}>
      {(k) => (
        <Grid min={170}>
          <Figure
            label={t('kpi.parts')}
            value={pct(k.parts)}
            unit="%"
            note={t('kpi.ofParts', k.parts)}
            to={{ to: '/office/teardown-damage', search: { cause: 'dismantling' } }}
          />
          <Figure
            label={t('kpi.joints')}
            value={pct(k.joints)}
            unit="%"
            note={t('kpi.ofJoints', k.joints)}
          />
          <Figure
            label={t('kpi.followed')}
            value={k.plans.followed}
            note={t('kpi.ofPlans', { of: k.plans.made })}
            to={{ to: '/office/teardown-plans', search: { decision: 'follow' } }}
          />
          <Figure
            label={t('kpi.replanned')}
            value={k.plans.replanned}
            to={{ to: '/office/teardown-plans', search: { replanned: 'yes' } }}
          />
        </Grid>
      )}
    </Reading>
  );
}
