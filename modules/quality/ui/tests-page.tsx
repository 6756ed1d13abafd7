import {
  EmptyState,
  LinkButton,
  type Output,
  Time,
  useAddress,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { listTests, TestState } from '../contract.ts';
import { useUnitColumns } from './unit-columns.tsx';
import { TestTag, useChoices } from './words.tsx';

type Row = Output<typeof listTests>['items'][number];

/** Every test ever run; who ran it, and how it ended. */
export default function TestsPage() {
  const t = useTexts('quality');
  const columns = useUnitColumns<Row>(t('code'));
  const choices = useChoices();
  const [search] = useAddress();
  return (
    <OfficePage title={t('tests.title')} note={t('tests.note')}>
      <DataTable
        id="quality.tests"
        title={t('tests.title')}
        list={listTests}
        rowKey={(r) => r.id}
        filters={[
          { kind: 'search', id: 'q', label: t('search') },
          {
            kind: 'choice',
            id: 'state',
            label: t('state'),
            choices: choices('testState', TestState.options),
          },
          {
            kind: 'choice',
            id: 'first',
            label: t('tests.first'),
            choices: [{ value: 'yes', label: t('tests.firstYes') }],
          },
          ...(search.partId
            ? [
                {
                  kind: 'choice' as const,
                  id: 'partId',
                  label: t('tests.partId'),
                  choices: [{ value: search.partId, label: t('tests.chosen') }],
                },
              ]
            : []),
          { kind: 'day', id: 'from', label: t('tests.from') },
          { kind: 'day', id: 'to', label: t('tests.to') },
        ]}
        columns={[
          ...columns,
          {
            id: 'round',
            title: t('round'),
            align: 'end',
            width: 80,
            cell: (r) => r.round,
            plain: (r) => r.round,
          },
          {
            id: 'state',
            title: t('state'),
            width: 120,
            cell: (r) => <TestTag state={r.state} />,
            plain: (r) => t(`testState.${r.state}`),
          },
          {
            id: 'by',
            title: t('by'),
            width: 140,
            cell: (r) => r.decidedBy ?? r.startedBy,
            plain: (r) => r.decidedBy ?? r.startedBy,
          },
          {
            id: 'at',
            title: t('at'),
            width: 160,
            cell: (r) => <Time at={r.decidedAt ?? r.startedAt} />,
            plain: (r) => r.decidedAt ?? r.startedAt,
          },
        ]}
        open={(r) => ({ to: '/office/tests/$testId', params: { testId: r.id } })}
        empty={
          <EmptyState
            icon="gauge"
            title={t('tests.none')}
            action={<LinkButton to="/floor/test">{t('test.title')}</LinkButton>}
          >
            {t('tests.noneNext')}
          </EmptyState>
        }
      />
    </OfficePage>
  );
}
