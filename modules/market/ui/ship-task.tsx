import {
  Button,
  EmptyState,
  FormFrame,
  Loading,
  Reading,
  Section,
  Stack,
  TaskKey,
  TextField,
  useAddress,
  useForm,
  useList,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { getSale, listSales, shipOrder } from '../contract.ts';
import { OrderLines } from './order-lines.tsx';
import { type Order, OrderTag } from './words.tsx';

/** Picked orders leave with a carrier. */
export function ShipTask() {
  const t = useTexts('market');
  const [search, change] = useAddress();
  const list = useList(listSales, { query: { state: 'picked', limit: 50 } });
  const order = useRead(
    getSale,
    { params: { orderId: search.order ?? '' } },
    { enabled: search.order !== undefined },
  );
  if (search.order !== undefined) {
    return (
      <Reading of={order}>
        {(o) => (
          <>
            <Ship key={o.id} order={o} />
            <Button icon="left" onClick={() => change({ order: undefined })}>
              {t('warehouse.back')}
            </Button>
          </>
        )}
      </Reading>
    );
  }
  if (list.isLoading) return <Loading />;
  if (list.items.length === 0) {
    return (
      <EmptyState icon="truck" title={t('warehouse.nothing')}>
        {t('warehouse.nothingToShip')}
      </EmptyState>
    );
  }
  return (
    <Stack gap={8}>
      {list.items.map((o) => (
        <TaskKey
          key={o.id}
          icon="truck"
          title={`${o.code} · ${o.buyer}`}
          note={o.deliverTo}
          to={{ to: '/floor/warehouse', search: { task: 'ship', order: o.id } }}
        />
      ))}
    </Stack>
  );
}

function Ship({ order: o }: { order: Order }) {
  const t = useTexts('market');
  const [, change] = useAddress();
  const form = useForm(shipOrder, {
    rest: { params: { orderId: o.id } },
    initial: {},
    refreshes: ['production', 'deposits'],
    said: t('warehouse.shipped', { code: o.code }),
    onDone: () => change({ order: undefined }),
  });
  return (
    <>
      <Section title={`${o.code} · ${o.buyer}`} note={o.deliverTo}>
        {o.state === 'picked' ? (
          <FormFrame form={form} submit={t('warehouse.shipNow')} large>
            <TextField label={t('warehouse.carrier')} {...form.field('carrier')} />
            <TextField label={t('warehouse.tracking')} mono {...form.field('trackingNumber')} />
          </FormFrame>
        ) : (
          <OrderTag state={o.state} />
        )}
      </Section>
      <OrderLines order={o} />
    </>
  );
}
