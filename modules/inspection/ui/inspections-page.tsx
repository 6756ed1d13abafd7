import {
  Code,
  EmptyState,
  Link,
  LinkButton,
  StatusTag,
  Time,
  useAddress,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { listInspections } from '../contract.ts';
import { DECISIONS, DecisionTag, usePartName } from './words.tsx';

export default function InspectionsPage() {
  const t = useTexts('inspection');
  const name = usePartName();
  const [search] = useAddress();
  const states = ['open', 'decided'] as const;
  const { partId } = search;
  return (
    <OfficePage title={t('list.title')}>
      <DataTable
        id="inspection.list"
        title={t('list.title')}
        list={listInspections}
        rowKey={(i) => i.id}
        filters={[
          { kind: 'search', id: 'q', label: t('list.search') },
          {
            kind: 'choice',
            id: 'state',
            label: t('field.state'),
            choices: states.map((value) => ({ value, label: t(`state.${value}`) })),
          },
          {
            kind: 'choice',
            id: 'disposition',
            label: t('field.disposition'),
            choices: DECISIONS.map((value) => ({ value, label: t(`decision.${value}`) })),
          },
          ...(partId
            ? [
                {
                  kind: 'choice' as const,
                  id: 'partId',
                  label: t('field.part'),
                  choices: [{ value: partId, label: t('list.chosen') }],
                },
              ]
            : []),
        ]}
        columns={[
          {
            id: 'code',
            title: t('field.code'),
            cell: (i) => <Code>{i.code}</Code>,
            plain: (i) => i.code,
          },
          {
            id: 'component',
            title: t('field.component'),
            cell: (i) => (
              <Link to="/office/components/$componentId" params={{ componentId: i.componentId }}>
                {i.componentCode}
              </Link>
            ),
            plain: (i) => i.componentCode,
          },
          {
            id: 'part',
            title: t('field.part'),
            cell: (i) => name(i.part),
            plain: (i) => name(i.part),
          },
          {
            id: 'disposition',
            title: t('field.disposition'),
            cell: (i) =>
              i.disposition ? (
                <DecisionTag decision={i.disposition} />
              ) : (
                <StatusTag tone="busy">{t('state.open')}</StatusTag>
              ),
            plain: (i) => t(i.disposition ? `decision.${i.disposition}` : 'state.open'),
          },
          {
            id: 'rule',
            title: t('field.rule'),
            cell: (i) => (i.rule ? t(`rule.${i.rule}`) : '—'),
            plain: (i) => i.rule && t(`rule.${i.rule}`),
          },
          {
            id: 'round',
            title: t('field.round'),
            align: 'end',
            cell: (i) => i.round,
            plain: (i) => i.round,
          },
          {
            id: 'at',
            title: t('field.startedAt'),
            cell: (i) => <Time at={i.startedAt} />,
            plain: (i) => i.startedAt,
          },
        ]}
        open={(i) => ({ to: '/office/inspections/$inspectionId', params: { inspectionId: i.id } })}
        empty={
          <EmptyState
            icon="ruler"
            title={t('list.none')}
            action={<LinkButton to="/floor/inspection">{t('inspect.title')}</LinkButton>}
          >
            {t('inspect.noneNext')}
          </EmptyState>
        }
      />
    </OfficePage>
  );
}
