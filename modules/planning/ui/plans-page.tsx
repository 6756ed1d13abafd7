import {
  Code,
  EmptyState,
  formatDuration,
  LinkButton,
  Time,
  useLang,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { listPlans } from '../contract.ts';
import { PlanTag } from './words.tsx';

const STATES = [
  ...([
    'solving',
    'proposed',
    'infeasible',
    'changed',
    'published',
    'refused',
    'superseded',
  ] as const),
];

/** Every plan that was made, and what became of it. */
export default function PlansPage() {
  const t = useTexts('planning');
  const lang = useLang();
  return (
    <OfficePage
      title={t('plans.title')}
      note={t('plans.note')}
      up={{ to: '/office/plan', title: t('board.title') }}
      actions={
        <LinkButton icon="columns" to="/office/plan/compare">
          {t('board.compare')}
        </LinkButton>
      }
    >
      <DataTable
        id="planning.plans"
        title={t('plans.title')}
        list={listPlans}
        rowKey={(r) => r.id}
        filters={[
          {
            kind: 'choice',
            id: 'state',
            label: t('plans.state'),
            choices: STATES.map((value) => ({ value, label: t(`planState.${value}`) })),
          },
          {
            kind: 'choice',
            id: 'kind',
            label: t('plans.kind'),
            choices: (['plan', 'what-if', 'edit'] as const).map((value) => ({
              value,
              label: t(`planKind.${value}`),
            })),
          },
        ]}
        columns={[
          {
            id: 'code',
            title: t('plans.code'),
            cell: (r) => (
              <>
                <Code>{r.code}</Code> {r.name}
              </>
            ),
            plain: (r) => r.code,
          },
          {
            id: 'kind',
            title: t('plans.kind'),
            cell: (r) => t(`planKind.${r.kind}`),
            plain: (r) => r.kind,
          },
          {
            id: 'state',
            title: t('plans.state'),
            cell: (r) => <PlanTag state={r.state} />,
            plain: (r) => r.state,
          },
          {
            id: 'orders',
            title: t('plans.orders'),
            align: 'end',
            cell: (r) => r.figures?.orders ?? '—',
            plain: (r) => r.figures?.orders ?? '',
          },
          {
            id: 'late',
            title: t('figure.late'),
            align: 'end',
            cell: (r) => r.figures?.lateOrders ?? '—',
            plain: (r) => r.figures?.lateOrders ?? '',
          },
          {
            id: 'makespan',
            title: t('figure.makespan'),
            align: 'end',
            cell: (r) => (r.figures ? formatDuration(r.figures.makespan, lang) : '—'),
            plain: (r) => r.figures?.makespan ?? '',
          },
          {
            id: 'made',
            title: t('plans.made'),
            cell: (r) => <Time at={r.madeAt} ago />,
            plain: (r) => r.madeAt,
          },
        ]}
        open={(r) => ({ to: '/office/plan', search: { plan: r.id } })}
        empty={
          <EmptyState icon="calendar" title={t('board.none')}>
            {t('board.noneNext')}
          </EmptyState>
        }
      />
    </OfficePage>
  );
}
