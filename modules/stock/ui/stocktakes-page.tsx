import {
  Code,
  EmptyState,
  LinkButton,
  Money,
  Num,
  StatusTag,
  Tabs,
  Time,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { listMissing, listStocktakes, REASONS } from '../contract.ts';
import { STATES, type Stocktake, StocktakeTag, ThingCell, useScope } from './words.tsx';

/** Every stocktake with its result, and what counts have missed and nobody has found. */
export default function StocktakesPage() {
  const t = useTexts('stock');
  return (
    <OfficePage
      title={t('title')}
      note={t('titleNote')}
      actions={
        <LinkButton kind="primary" icon="scan" to="/floor/warehouse" search={{ task: 'count' }}>
          {t('count')}
        </LinkButton>
      }
    >
      <Tabs
        label={t('title')}
        tabs={[
          { id: 'stocktakes', title: t('title'), render: () => <Stocktakes /> },
          { id: 'missing', title: t('missingTitle'), render: () => <Missing /> },
        ]}
      />
    </OfficePage>
  );
}

/** How many things differ; absent until it is closed. */
function differing(s: Stocktake): number | undefined {
  const f = s.figures;
  return f && f.missing + f.pieces + f.place + f.found + f.elsewhere + f.unknown;
}

function Stocktakes() {
  const t = useTexts('stock');
  const scope = useScope();
  return (
    <DataTable
      id="stock.stocktakes"
      title={t('title')}
      list={listStocktakes}
      rowKey={(s) => s.id}
      filters={[
        { kind: 'search', id: 'q', label: t('search') },
        {
          kind: 'choice',
          id: 'state',
          label: t('stateTitle'),
          choices: STATES.map((value) => ({ value, label: t(`state.${value}`) })),
        },
      ]}
      columns={[
        { id: 'code', title: t('code'), cell: (s) => <Code>{s.code}</Code>, plain: (s) => s.code },
        { id: 'scope', title: t('scope'), cell: scope, plain: scope },
        {
          id: 'state',
          title: t('stateTitle'),
          cell: (s) => <StocktakeTag state={s.state} />,
          plain: (s) => t(`state.${s.state}`),
        },
        {
          id: 'counted',
          title: t('countedOf'),
          align: 'end',
          cell: (s) => `${s.counted} / ${s.expected}`,
          plain: (s) => `${s.counted} / ${s.expected}`,
        },
        {
          id: 'differences',
          title: t('differences'),
          align: 'end',
          cell: (s) => {
            const n = differing(s);
            return n === undefined ? '—' : <Num value={n} />;
          },
          plain: differing,
        },
        {
          id: 'missingFen',
          title: t('missingValue'),
          align: 'end',
          cell: (s) =>
            s.figures && s.figures.missingFen !== '0' ? <Money fen={s.figures.missingFen} /> : '—',
          plain: (s) => (s.figures ? Number(s.figures.missingFen) / 100 : undefined),
        },
        { id: 'by', title: t('startedBy'), cell: (s) => s.startedBy, plain: (s) => s.startedBy },
        {
          id: 'at',
          title: t('startedAt'),
          cell: (s) => <Time at={s.startedAt} ago />,
          plain: (s) => s.startedAt,
        },
      ]}
      open={(s) => ({ to: '/office/stocktakes/$stocktakeId', params: { stocktakeId: s.id } })}
      empty={
        <EmptyState
          icon="warehouse"
          title={t('none')}
          action={
            <LinkButton to="/floor/warehouse" search={{ task: 'count' }}>
              {t('count')}
            </LinkButton>
          }
        >
          {t('noneNext')}
        </EmptyState>
      }
    />
  );
}

function Missing() {
  const t = useTexts('stock');
  const say = useSay();
  return (
    <DataTable
      id="stock.missing"
      title={t('missingTitle')}
      list={listMissing}
      rowKey={(m) => m.id}
      filters={[
        {
          kind: 'choice',
          id: 'open',
          label: t('which'),
          choices: [{ value: 'yes', label: t('stillMissing') }],
        },
      ]}
      columns={[
        {
          id: 'code',
          title: t('thingTitle'),
          cell: (m) => <ThingCell of={m} />,
          plain: (m) => m.code,
        },
        {
          id: 'qty',
          title: t('qty'),
          align: 'end',
          cell: (m) => <Num value={m.qty} />,
          plain: (m) => m.qty,
        },
        {
          id: 'place',
          title: t('place'),
          cell: (m) => m.place ?? '—',
          plain: (m) => m.place ?? '',
        },
        {
          id: 'value',
          title: t('value'),
          align: 'end',
          cell: (m) => (m.valueFen ? <Money fen={m.valueFen} /> : '—'),
          plain: (m) => (m.valueFen ? Number(m.valueFen) / 100 : undefined),
        },
        {
          id: 'reason',
          title: t('reason'),
          cell: (m) => [say(REASONS[m.reason]), m.note].filter(Boolean).join(' · '),
          plain: (m) => say(REASONS[m.reason]),
        },
        {
          id: 'stocktake',
          title: t('one'),
          cell: (m) => (
            <LinkButton
              size="small"
              to="/office/stocktakes/$stocktakeId"
              params={{ stocktakeId: m.stocktakeId }}
            >
              {m.stocktakeCode}
            </LinkButton>
          ),
          plain: (m) => m.stocktakeCode,
        },
        {
          id: 'ended',
          title: t('stateTitle'),
          cell: (m) => (
            <StatusTag tone={m.ended ? 'good' : 'decide'}>
              {t(m.ended ? `ended.${m.ended}` : 'stillMissing')}
            </StatusTag>
          ),
          plain: (m) => t(m.ended ? `ended.${m.ended}` : 'stillMissing'),
        },
        {
          id: 'since',
          title: t('since'),
          cell: (m) => <Time at={m.since} ago />,
          plain: (m) => m.since,
        },
      ]}
      empty={
        <EmptyState icon="check" title={t('noneMissing')}>
          {t('noneMissingNote')}
        </EmptyState>
      }
    />
  );
}
