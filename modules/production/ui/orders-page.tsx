import {
  Button,
  Code,
  EmptyState,
  PermissionGate,
  Row,
  Time,
  useGo,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { listOrders, perm } from '../contract.ts';
import { ReleaseAssembly, ReleaseRestore } from './release-dialogs.tsx';
import {
  ORDER_KINDS,
  ORDER_STATES,
  OrderTag,
  STATION_KINDS,
  usePartName,
  useStationKind,
} from './words.tsx';

/** Work orders: released, under way, ended. */
export default function OrdersPage() {
  const t = useTexts('production');
  const go = useGo();
  const part = usePartName();
  const kindName = useStationKind();
  const [releasing, setReleasing] = useState<'assembly' | 'restore'>();
  const close = () => setReleasing(undefined);
  const show = (orderId: string) => go({ to: '/office/work-orders/$orderId', params: { orderId } });
  const release = (
    <PermissionGate access={perm('production.order:release')}>
      <Row>
        <Button icon="wrench" onClick={() => setReleasing('restore')}>
          {t('release.restore')}
        </Button>
        <Button kind="primary" icon="plus" onClick={() => setReleasing('assembly')}>
          {t('release.assembly')}
        </Button>
      </Row>
    </PermissionGate>
  );
  return (
    <OfficePage title={t('orders.title')} note={t('orders.note')} actions={release}>
      <DataTable
        id="production.orders"
        title={t('orders.title')}
        list={listOrders}
        rowKey={(r) => r.id}
        filters={[
          { kind: 'search', id: 'q', label: t('orders.search') },
          {
            kind: 'choice',
            id: 'kind',
            label: t('orders.kind'),
            choices: ORDER_KINDS.map((value) => ({ value, label: t(`orderKind.${value}`) })),
          },
          {
            kind: 'choice',
            id: 'state',
            label: t('orders.state'),
            choices: ORDER_STATES.map((value) => ({ value, label: t(`orderState.${value}`) })),
          },
          {
            kind: 'choice',
            id: 'open',
            label: t('orders.which'),
            choices: [{ value: 'yes', label: t('orders.open') }],
          },
          {
            kind: 'choice',
            id: 'stationKind',
            label: t('orders.stationKind'),
            choices: STATION_KINDS.map((value) => ({ value, label: kindName(value) })),
          },
          {
            kind: 'choice',
            id: 'judged',
            label: t('orders.judged'),
            choices: (['due', 'kept', 'missed'] as const).map((value) => ({
              value,
              label: t(`orders.judgedAs.${value}`),
            })),
          },
          { kind: 'day', id: 'dueFrom', label: t('orders.dueFrom') },
          { kind: 'day', id: 'dueTo', label: t('orders.dueTo') },
        ]}
        columns={[
          {
            id: 'code',
            title: t('orders.code'),
            cell: (r) => <Code>{r.code}</Code>,
            plain: (r) => r.code,
          },
          {
            id: 'kind',
            title: t('orders.kind'),
            cell: (r) => t(`orderKind.${r.kind}`),
            plain: (r) => t(`orderKind.${r.kind}`),
          },
          {
            id: 'about',
            title: t('orders.about'),
            cell: (r) => (r.kind === 'restore' ? <Code>{r.about}</Code> : ''),
            plain: (r) => r.about,
          },
          {
            id: 'product',
            title: t('orders.product'),
            cell: (r) => part(r.product),
            plain: (r) => part(r.product),
          },
          {
            id: 'state',
            title: t('orders.state'),
            cell: (r) => <OrderTag state={r.state} />,
            plain: (r) => t(`orderState.${r.state}`),
          },
          {
            id: 'dueAt',
            title: t('dates.due'),
            cell: (r) => (r.dueAt ? <Time at={r.dueAt} /> : ''),
            plain: (r) => r.dueAt ?? '',
          },
          {
            id: 'priority',
            title: t('dates.priority'),
            cell: (r) => t(`dates.priorities.${r.priority}`),
            plain: (r) => r.priority,
            optional: true,
          },
          {
            id: 'createdAt',
            title: t('orders.created'),
            cell: (r) => <Time at={r.createdAt} ago />,
            plain: (r) => r.createdAt,
          },
          {
            id: 'finishedAt',
            title: t('orders.finished'),
            cell: (r) => (r.finishedAt ? <Time at={r.finishedAt} /> : ''),
            plain: (r) => r.finishedAt,
            optional: true,
          },
        ]}
        open={(r) => ({ to: '/office/work-orders/$orderId', params: { orderId: r.id } })}
        empty={
          <EmptyState icon="document" title={t('orders.none')} action={release}>
            {t('orders.noneNext')}
          </EmptyState>
        }
      />
      <ReleaseAssembly open={releasing === 'assembly'} onClose={close} onDone={show} />
      <ReleaseRestore open={releasing === 'restore'} onClose={close} onDone={show} />
    </OfficePage>
  );
}
