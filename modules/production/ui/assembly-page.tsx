import {
  Button,
  EmptyState,
  Loading,
  ProblemBox,
  Reading,
  Stack,
  TaskKey,
  useAddress,
  useList,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { FloorPage, ScanField } from '@zaizao/platform/ui/floor';
import { lazy, Suspense, useState } from 'react';
import { getOrder, listOrders } from '../contract.ts';
import { AssembleUnit } from './assemble-unit.tsx';
import { orderBehind } from './things.ts';
import { usePartName } from './words.tsx';

// The list of orders is there before the form of a new one.
const ReleaseAssembly = lazy(() =>
  import('./release-dialogs.tsx').then((m) => ({ default: m.ReleaseAssembly })),
);

/** 装配: the slots of one unit; scanning a component puts it into its slot, or says why not. */
export default function AssemblyPage() {
  const t = useTexts('production');
  const [search, change] = useAddress();
  const orderId = search.order;
  const order = useRead(
    getOrder,
    { params: { orderId: orderId ?? '' } },
    { enabled: orderId !== undefined },
  );
  if (orderId === undefined) return <ChooseOrder />;
  const back = () => change({ order: undefined });
  if (order.error && !order.data) {
    return (
      <FloorPage title={t('assembly.title')}>
        <ProblemBox problem={order.error} />
        <Button onClick={back}>{t('assembly.back')}</Button>
      </FloorPage>
    );
  }
  return <Reading of={order}>{(o) => <AssembleUnit key={o.id} order={o} back={back} />}</Reading>;
}

function ChooseOrder() {
  const t = useTexts('production');
  const part = usePartName();
  const [, change] = useAddress();
  const [releasing, setReleasing] = useState(false);
  const [unknown, setUnknown] = useState<string>();
  const list = useList(listOrders, { query: { kind: 'assemble', open: 'yes', limit: 50 } });
  const look = async (code: string) => {
    const order = await orderBehind(code);
    setUnknown(order ? undefined : code);
    if (order) change({ order }, true);
  };
  return (
    <FloorPage
      title={t('assembly.title')}
      note={t('assembly.note')}
      actions={
        <Button size="large" wide icon="plus" onClick={() => setReleasing(true)}>
          {t('assembly.new')}
        </Button>
      }
    >
      <ScanField onCode={(code) => void look(code)} placeholder={t('floor.scanOrder')} />
      {unknown ? (
        <p className="z-note" role="alert">
          {t('floor.notOrder', { code: unknown })}
        </p>
      ) : null}
      {list.problem ? <ProblemBox problem={list.problem} retry={list.reload} /> : null}
      {list.isLoading ? <Loading /> : null}
      {!list.isLoading && list.items.length === 0 ? (
        <EmptyState icon="layers" title={t('assembly.none')}>
          {t('assembly.noneNext')}
        </EmptyState>
      ) : null}
      <Stack gap={8}>
        {list.items.map((o) => (
          <TaskKey
            key={o.id}
            icon="layers"
            title={part(o.product)}
            note={`${o.code} · ${t(`orderState.${o.state}`)}`}
            to={{ to: '/floor/assembly', search: { order: o.id } }}
          />
        ))}
      </Stack>
      {releasing ? (
        <Suspense fallback={<Loading lines={1} />}>
          <ReleaseAssembly
            open
            onClose={() => setReleasing(false)}
            onDone={(order) => change({ order }, true)}
          />
        </Suspense>
      ) : null}
    </FloorPage>
  );
}
