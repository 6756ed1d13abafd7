import { Code, EmptyState, Link, LinkButton, StatusTag, Time, useTexts } from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { listTeardowns } from '../contract.ts';
import { usePartName } from './words.tsx';

export default function TeardownsPage() {
  const t = useTexts('dismantling');
  const name = usePartName();
  const states = ['open', 'finished'] as const;
  return (
    <OfficePage title={t('teardowns.title')}>
      <DataTable
        id="dismantling.teardowns"
        title={t('teardowns.title')}
        list={listTeardowns}
        rowKey={(x) => x.id}
        filters={[
          {
            kind: 'choice',
            id: 'state',
            label: t('field.state'),
            choices: states.map((value) => ({ value, label: t(`teardowns.${value}`) })),
          },
        ]}
        columns={[
          {
            id: 'code',
            title: t('field.code'),
            cell: (x) => <Code>{x.code}</Code>,
            plain: (x) => x.code,
          },
          {
            id: 'core',
            title: t('field.core'),
            cell: (x) => (
              <Link to="/office/cores/$coreId" params={{ coreId: x.coreId }}>
                {x.coreCode}
              </Link>
            ),
            plain: (x) => x.coreCode,
          },
          {
            id: 'part',
            title: t('field.part'),
            cell: (x) => name(x.part),
            plain: (x) => name(x.part),
          },
          {
            id: 'state',
            title: t('field.state'),
            cell: (x) => (
              <StatusTag tone={x.state === 'open' ? 'busy' : 'good'}>
                {t(`teardowns.${x.state}`)}
              </StatusTag>
            ),
            plain: (x) => t(`teardowns.${x.state}`),
          },
          {
            id: 'started',
            title: t('field.startedAt'),
            cell: (x) => <Time at={x.startedAt} />,
            plain: (x) => x.startedAt,
          },
          {
            id: 'finished',
            title: t('field.finishedAt'),
            cell: (x) => (x.finishedAt ? <Time at={x.finishedAt} /> : '—'),
            plain: (x) => x.finishedAt,
          },
        ]}
        open={(x) => ({ to: '/office/teardowns/$teardownId', params: { teardownId: x.id } })}
        empty={
          <EmptyState
            icon="wrench"
            title={t('teardowns.none')}
            action={<LinkButton to="/floor/teardown">{t('teardown.title')}</LinkButton>}
          >
            {t('teardown.noneNext')}
          </EmptyState>
        }
      />
    </OfficePage>
  );
}
