import { Code, EmptyState, LinkButton, Money, Time, useTexts } from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { listSales } from '../contract.ts';
import { ORDER_STATES, OrderTag, usePartName } from './words.tsx';

/** Sales orders: confirm, take payment, have them picked and shipped. */
export default function SalesPage() {
  const t = useTexts('market');
  const part = usePartName();
  return (
    <OfficePage title={t('sales.title')} note={t('sales.note')}>
      <DataTable
        id="market.sales"
        title={t('sales.title')}
        list={listSales}
        rowKey={(r) => r.id}
        filters={[
          {
            kind: 'choice',
            id: 'state',
            label: t('state'),
            choices: ORDER_STATES.map((value) => ({ value, label: t(`orderState.${value}`) })),
          },
        ]}
        columns={[
          {
            id: 'code',
            title: t('sales.code'),
            cell: (r) => <Code>{r.code}</Code>,
            plain: (r) => r.code,
          },
          { id: 'buyer', title: t('sales.buyer'), cell: (r) => r.buyer, plain: (r) => r.buyer },
          {
            id: 'goods',
            title: t('order.lines'),
            cell: (r) => r.lines.map((l) => part(l.part)).join(', '),
            plain: (r) => r.lines.map((l) => l.serial).join(' '),
          },
          {
            id: 'total',
            title: t('order.total'),
            align: 'end',
            cell: (r) => <Money fen={r.totalFen} />,
            plain: (r) => Number(r.totalFen) / 100,
          },
          {
            id: 'deposit',
            title: t('order.deposits'),
            align: 'end',
            cell: (r) => <Money fen={r.depositFen} />,
            plain: (r) => Number(r.depositFen) / 100,
          },
          {
            id: 'state',
            title: t('state'),
            cell: (r) => <OrderTag state={r.state} />,
            plain: (r) => t(`orderState.${r.state}`),
          },
          {
            id: 'placedAt',
            title: t('sales.placed'),
            cell: (r) => (r.steps[0] ? <Time at={r.steps[0].at} ago /> : ''),
            plain: (r) => r.steps[0]?.at,
          },
        ]}
        open={(r) => ({ to: '/office/sales/$orderId', params: { orderId: r.id } })}
        empty={
          <EmptyState
            icon="cart"
            title={t('sales.none')}
            action={<LinkButton to="/office/listings">{t('listings.title')}</LinkButton>}
          >
            {t('sales.noneNext')}
          </EmptyState>
        }
      />
    </OfficePage>
  );
}
