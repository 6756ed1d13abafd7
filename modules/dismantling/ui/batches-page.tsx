import { Code, EmptyState, LinkButton, StatusTag, Time, useTexts } from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { listCleaning } from '../contract.ts';
import { useMethods } from './methods.ts';

export const BATCH_TONES = { running: 'busy', good: 'good', repeat: 'decide' } as const;

export default function BatchesPage() {
  const t = useTexts('dismantling');
  const methods = useMethods();
  const states = ['running', 'good', 'repeat'] as const;
  return (
    <OfficePage title={t('batches.title')}>
      <DataTable
        id="dismantling.batches"
        title={t('batches.title')}
        list={listCleaning}
        rowKey={(b) => b.id}
        filters={[
          {
            kind: 'choice',
            id: 'state',
            label: t('field.state'),
            choices: states.map((value) => ({ value, label: t(`batches.${value}`) })),
          },
        ]}
        columns={[
          {
            id: 'code',
            title: t('field.code'),
            cell: (b) => <Code>{b.code}</Code>,
            plain: (b) => b.code,
          },
          {
            id: 'method',
            title: t('field.method'),
            cell: (b) => methods.name(b.method),
            plain: (b) => methods.name(b.method),
          },
          {
            id: 'state',
            title: t('field.state'),
            cell: (b) => (
              <StatusTag tone={BATCH_TONES[b.state]}>{t(`batches.${b.state}`)}</StatusTag>
            ),
            plain: (b) => t(`batches.${b.state}`),
          },
          {
            id: 'machine',
            title: t('field.machine'),
            cell: (b) => b.machine ?? '—',
            plain: (b) => b.machine,
          },
          {
            id: 'count',
            title: t('field.things'),
            align: 'end',
            cell: (b) => b.count,
            plain: (b) => b.count,
          },
          {
            id: 'started',
            title: t('field.startedAt'),
            cell: (b) => <Time at={b.startedAt} />,
            plain: (b) => b.startedAt,
          },
          {
            id: 'finished',
            title: t('field.finishedAt'),
            cell: (b) => (b.finishedAt ? <Time at={b.finishedAt} /> : '—'),
            plain: (b) => b.finishedAt,
          },
        ]}
        open={(b) => ({ to: '/office/cleaning/$batchId', params: { batchId: b.id } })}
        empty={
          <EmptyState
            icon="drop"
            title={t('batches.none')}
            action={<LinkButton to="/floor/cleaning">{t('cleaning.title')}</LinkButton>}
          >
            {t('cleaning.noneNext')}
          </EmptyState>
        }
      />
    </OfficePage>
  );
}
