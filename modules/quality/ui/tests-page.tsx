import { Code, EmptyState, LinkButton, Time, useSay, useTexts } from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { listTests, TestState } from '../contract.ts';
import { TestTag, useChoices } from './words.tsx';

/** Every test ever run; who ran it, and how it ended. */
export default function TestsPage() {
  const t = useTexts('quality');
  const say = useSay();
  const choices = useChoices();
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
        ]}
        columns={[
          {
            id: 'code',
            title: t('code'),
            width: 120,
            cell: (r) => <Code>{r.code}</Code>,
            plain: (r) => r.code,
          },
          {
            id: 'serial',
            title: t('serial'),
            width: 120,
            cell: (r) => <Code>{r.unit.serial}</Code>,
            plain: (r) => r.unit.serial,
          },
          {
            id: 'part',
            title: t('part'),
            cell: (r) => `${r.unit.part.number} ${say(r.unit.part.name)}`,
            plain: (r) => r.unit.part.number,
          },
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
