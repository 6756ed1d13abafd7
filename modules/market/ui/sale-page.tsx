import {
  Button,
  Confirm,
  Dialog,
  FormFrame,
  LinkButton,
  PermissionGate,
  Reading,
  Row,
  TextField,
  useAct,
  useForm,
  useMay,
  useParam,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { confirmSale, getSale, perm, recordPayment } from '../contract.ts';
import { OrderLines, OrderSteps } from './order-lines.tsx';
import { type Order, OrderTag } from './words.tsx';

/** One sales order and what is next for it. */
export default function SalePage() {
  const t = useTexts('market');
  const orderId = useParam('orderId');
  const order = useRead(getSale, { params: { orderId } }, { live: ['deposits', 'cores'] });
  return (
    <Reading of={order}>
      {(o) => (
        <OfficePage
          title={o.code}
          note={o.buyer}
          up={{ to: '/office/sales', title: t('sales.title') }}
          status={<OrderTag state={o.state} />}
          actions={<Next order={o} />}
        >
          <p className="z-note">{t(`sellerNext.${o.state}`)}</p>
          <OrderLines order={o} />
          <OrderSteps order={o} />
        </OfficePage>
      )}
    </Reading>
  );
}

function Next({ order: o }: { order: Order }) {
  const t = useTexts('market');
  const may = useMay();
  const [asking, setAsking] = useState<'pay' | 'refuse'>();
  const answer = useAct(confirmSale, { refreshes: ['deposits', 'production'] });
  const params = { orderId: o.id };
  const mayPick = may('market.delivery:record');
  const toPick = o.state === 'paid' || (o.state === 'confirmed' && o.onCredit);
  return (
    <Row>
      <PermissionGate access={perm('market.order:manage')}>
        {o.state === 'placed' || o.state === 'confirmed' ? (
          <Button icon="close" onClick={() => setAsking('refuse')}>
            {t('sale.refuse')}
          </Button>
        ) : null}
        {o.state === 'placed' ? (
          <Button
            kind="primary"
            icon="check"
            isBusy={answer.isBusy}
            onClick={() => void answer.run({ params, body: { accept: true } })}
          >
            {t('sale.confirm')}
          </Button>
        ) : null}
        {o.state === 'confirmed' ? (
          <Button kind="primary" icon="coin" onClick={() => setAsking('pay')}>
            {t('sale.pay')}
          </Button>
        ) : null}
      </PermissionGate>
      {toPick && mayPick ? (
        <LinkButton
          {...(o.state === 'paid' ? { kind: 'primary' as const } : {})}
          icon="box"
          to="/floor/warehouse"
          search={{ task: 'pick', order: o.id }}
        >
          {t('warehouse.pick')}
        </LinkButton>
      ) : null}
      {o.state === 'picked' && mayPick ? (
        <LinkButton
          kind="primary"
          icon="truck"
          to="/floor/warehouse"
          search={{ task: 'ship', order: o.id }}
        >
          {t('warehouse.ship')}
        </LinkButton>
      ) : null}
      <Dialog open={asking === 'pay'} title={t('sale.pay')} onClose={() => setAsking(undefined)}>
        <PaymentForm order={o} onDone={() => setAsking(undefined)} />
      </Dialog>
      <Confirm
        open={asking === 'refuse'}
        danger
        title={t('sale.refuse')}
        confirm={t('sale.refuse')}
        isBusy={answer.isBusy}
        onClose={() => setAsking(undefined)}
        onConfirm={async () => {
          await answer.run({ params, body: { accept: false } });
          setAsking(undefined);
        }}
      >
        {t('sale.refuseLead')}
      </Confirm>
    </Row>
  );
}

function PaymentForm({ order: o, onDone }: { order: Order; onDone: () => void }) {
  const t = useTexts('market');
  const form = useForm(recordPayment, {
    rest: { params: { orderId: o.id } },
    said: t('sale.paid'),
    onDone,
  });
  return (
    <FormFrame form={form} submit={t('sale.pay')}>
      <TextField
        label={t('sale.reference')}
        hint={t('sale.referenceHint')}
        mono
        {...form.field('reference')}
      />
    </FormFrame>
  );
}
