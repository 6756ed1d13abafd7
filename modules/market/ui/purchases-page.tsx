import {
  Button,
  EmptyState,
  formatMoney,
  LinkButton,
  Loading,
  ProblemBox,
  Reading,
  Stack,
  TaskKey,
  useAct,
  useAddress,
  useLang,
  useList,
  useRead,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { FloorPage } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { confirmDelivery, getPurchase, listPurchases } from '../contract.ts';
import { ClaimDialog } from './claim-dialog.tsx';
import { InstallDialog } from './install-dialog.tsx';
import { OrderLines, OrderSteps } from './order-lines.tsx';
import { ReturnCoreDialog } from './return-core-dialog.tsx';
import { type Order, OrderTag, usePartName } from './words.tsx';

/** A buyer’s orders: receive, install, send the old core back for the deposit. */
export default function PurchasesPage() {
  const t = useTexts('market');
  const [search, change] = useAddress();
  const order = useRead(
    getPurchase,
    { params: { orderId: search.order ?? '' } },
    { enabled: search.order !== undefined, live: ['deposits', 'cores'] },
  );
  if (search.order === undefined) return <Purchases />;
  return (
    <FloorPage title={t('purchase.title')}>
      <Reading of={order}>{(o) => <Purchase order={o} />}</Reading>
      <Button icon="left" onClick={() => change({ order: undefined })}>
        {t('purchase.back')}
      </Button>
    </FloorPage>
  );
}

function Purchases() {
  const t = useTexts('market');
  const lang = useLang();
  const part = usePartName();
  const list = useList(listPurchases, { query: { limit: 50 } });
  return (
    <FloorPage
      title={t('purchase.title')}
      note={t('purchase.note')}
      actions={
        <LinkButton kind="primary" size="large" wide icon="search" to="/market">
          {t('purchase.shop')}
        </LinkButton>
      }
    >
      {list.problem ? <ProblemBox problem={list.problem} retry={list.reload} /> : null}
      {list.isLoading ? <Loading /> : null}
      {!list.isLoading && list.items.length === 0 ? (
        <EmptyState icon="cart" title={t('purchase.none')}>
          {t('purchase.noneNext')}
        </EmptyState>
      ) : null}
      <Stack gap={8}>
        {list.items.map((o) => (
          <TaskKey
            key={o.id}
            icon="cart"
            title={o.lines.map((l) => part(l.part)).join(', ')}
            note={`${o.code} · ${o.seller} · ${formatMoney(o.totalFen, lang)}`}
            aside={<OrderTag state={o.state} />}
            to={{ to: '/floor/purchases', search: { order: o.id } }}
          />
        ))}
      </Stack>
      {list.hasMore ? <Button onClick={list.more}>{t('more')}</Button> : null}
    </FloorPage>
  );
}

function Purchase({ order: o }: { order: Order }) {
  const t = useTexts('market');
  const [asking, setAsking] = useState<'install' | 'return' | 'claim'>();
  const deliver = useAct(confirmDelivery, {
    said: t('purchase.delivered'),
    refreshes: ['deposits'],
  });
  const isHere = o.state === 'delivered' || o.state === 'completed';
  const toInstall = isHere ? o.lines.filter((l) => !l.installed) : [];
  const owing = o.lines.filter((l) => l.depositFen !== '0').length - o.coreReturns.length;
  const close = () => setAsking(undefined);
  return (
    <>
      <Verdict
        tone={o.state === 'cancelled' ? 'decide' : isHere ? 'good' : 'decide'}
        title={t(`orderState.${o.state}`)}
      >
        {t(o.state === 'completed' && owing <= 0 ? 'next.coresSent' : `next.${o.state}`)}
      </Verdict>
      {o.state === 'shipped' ? (
        <Button
          kind="primary"
          size="large"
          wide
          icon="check"
          isBusy={deliver.isBusy}
          onClick={() => void deliver.run({ params: { orderId: o.id } })}
        >
          {t('purchase.deliver')}
        </Button>
      ) : null}
      {toInstall.length > 0 ? (
        <Button kind="primary" size="large" wide icon="wrench" onClick={() => setAsking('install')}>
          {t('install.title')}
        </Button>
      ) : null}
      {isHere && owing > 0 ? (
        <Button size="large" wide icon="coin" onClick={() => setAsking('return')}>
          {t('return.title')}
        </Button>
      ) : null}
      {isHere ? (
        <Button size="large" wide icon="warn" onClick={() => setAsking('claim')}>
          {t('claim.file')}
        </Button>
      ) : null}
      <OrderLines order={o} />
      <OrderSteps order={o} />
      <ClaimDialog order={o} open={asking === 'claim'} onClose={close} />
      <InstallDialog order={o} open={asking === 'install'} onClose={close} />
      <ReturnCoreDialog order={o} open={asking === 'return'} onClose={close} />
    </>
  );
}
