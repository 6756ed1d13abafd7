import {
  Code,
  EmptyState,
  formatShare,
  LinkButton,
  Money,
  type Output,
  StatusTag,
  Time,
  useAddress,
  useLang,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { listMargins } from '../contract.ts';
import { usePartName } from './words.tsx';

type Row = Output<typeof listMargins>['items'][number];

const COSTS = ['newParts', 'cores', 'labour', 'energy', 'warranty', 'total'] as const;
const yuanOf = (fen: string | undefined) => (fen === undefined ? undefined : Number(fen) / 100);

/** Every unit sold: its price without the deposit, what it cost, what it brought. */
export default function MarginsPage() {
  const t = useTexts('market');
  const lang = useLang();
  const part = usePartName();
  const [search] = useAddress();
  const costFen = (r: Row, kind: (typeof COSTS)[number]) => r.cost?.[`${kind}Fen`];
  return (
    <OfficePage title={t('margin.title')} note={t('margin.note')}>
      <DataTable
        id="market.margins"
        title={t('margin.title')}
        list={listMargins}
        rowKey={(r) => r.id}
        filters={[
          { kind: 'day', id: 'from', label: t('margin.from') },
          { kind: 'day', id: 'to', label: t('margin.to') },
          ...(search.partId
            ? [
                {
                  kind: 'choice' as const,
                  id: 'partId',
                  label: t('margin.partId'),
                  choices: [{ value: search.partId, label: t('margin.chosen') }],
                },
              ]
            : []),
        ]}
        columns={[
          {
            id: 'serial',
            title: t('margin.serial'),
            cell: (r) => <Code>{r.serial}</Code>,
            plain: (r) => r.serial,
          },
          {
            id: 'part',
            title: t('margin.part'),
            cell: (r) => part(r.part),
            plain: (r) => part(r.part),
          },
          {
            id: 'order',
            title: t('margin.order'),
            cell: (r) => <Code>{r.orderCode}</Code>,
            plain: (r) => r.orderCode,
          },
          {
            id: 'soldAt',
            title: t('margin.soldAt'),
            cell: (r) => <Time at={r.soldAt} />,
            plain: (r) => r.soldAt,
          },
          {
            id: 'price',
            title: t('margin.price'),
            align: 'end',
            cell: (r) => <Money fen={r.priceFen} />,
            plain: (r) => yuanOf(r.priceFen),
          },
          ...COSTS.map((kind) => ({
            id: kind,
            title: t(`margin.${kind}`),
            align: 'end' as const,
            cell: (r: Row) => {
              const fen = costFen(r, kind);
              return fen === undefined ? '—' : <Money fen={fen} />;
            },
            plain: (r: Row) => yuanOf(costFen(r, kind)),
          })),
          {
            id: 'margin',
            title: t('margin.margin'),
            align: 'end',
            cell: (r) =>
              r.marginFen === undefined ? (
                <StatusTag tone="decide">{t('margin.noCost')}</StatusTag>
              ) : (
                <Money fen={r.marginFen} />
              ),
            plain: (r) => yuanOf(r.marginFen),
          },
          ...(['priced', 'metered'] as const).map((kind) => ({
            id: kind,
            title: t(`margin.${kind}`),
            align: 'end' as const,
            cell: (r: Row) => (r.cost ? formatShare(r.cost[kind], lang, 0) : '—'),
            plain: (r: Row) => r.cost?.[kind],
            optional: true,
          })),
        ]}
        open={(r) => ({ to: '/office/units/$unitId', params: { unitId: r.unitId } })}
        empty={
          <EmptyState
            icon="chart"
            title={t('margin.none')}
            action={<LinkButton to="/office/sales">{t('sales.title')}</LinkButton>}
          >
            {t('margin.noneNext')}
          </EmptyState>
        }
      />
    </OfficePage>
  );
}
