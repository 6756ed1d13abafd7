import {
  Button,
  EmptyState,
  formatInstant,
  Loading,
  notify,
  Problem,
  ProblemBox,
  Reading,
  Stack,
  TaskKey,
  useAddress,
  useLang,
  useList,
  useRead,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { FloorPage, Keys, ScanField } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { getOrder, operationQueue } from '../contract.ts';
import { OperationRun } from './operation-run.tsx';
import { orderBehind } from './things.ts';
import { Traveller } from './traveller.tsx';
import { currentOf, type Order, STATION_KINDS, usePartName, useStationKind } from './words.tsx';

/** 工序: scan the traveller, or take what the station has waiting; then do it and say what was done. */
export default function OperationsPage() {
  const t = useTexts('production');
  const [search, change] = useAddress();
  const [isBusy, setBusy] = useState(false);
  const look = async (code: string) => {
    setBusy(true);
    try {
      const order = await orderBehind(code);
      if (order) change({ order }, true);
      else notify({ kind: 'bad', text: t('floor.notOrder', { code }) });
    } catch (e) {
      if (!(e instanceof Problem)) throw e;
      notify({ kind: 'bad', text: e.message });
    } finally {
      setBusy(false);
    }
  };
  const scan = (
    <ScanField
      onCode={(code) => void look(code)}
      placeholder={t('floor.scanOrder')}
      isBusy={isBusy}
      passive={search.order !== undefined}
    />
  );
  if (search.order) {
    return <AtOrder orderId={search.order} scan={scan} back={() => change({ order: undefined })} />;
  }
  return (
    <FloorPage title={t('operations.title')} note={t('operations.note')}>
      {scan}
      <Queue />
    </FloorPage>
  );
}

/** What can be done now, by kind of station. */
function Queue() {
  const t = useTexts('production');
  const say = useSay();
  const kindName = useStationKind();
  const part = usePartName();
  const lang = useLang();
  const [search, change] = useAddress();
  const kind = STATION_KINDS.find((k) => k === search.kind);
  const list = useList(operationQueue, {
    query: { ready: 'yes', limit: 50, ...(kind ? { stationKind: kind } : {}) },
  });
  return (
    <>
      <Keys
        label={t('operations.station')}
        value={kind ?? 'all'}
        onChange={(k) => change({ kind: k === 'all' ? undefined : k })}
        choices={[
          { value: 'all', label: t('operations.all') },
          ...STATION_KINDS.map((value) => ({ value, label: kindName(value) })),
        ]}
      />
      {list.problem ? <ProblemBox problem={list.problem} retry={list.reload} /> : null}
      {list.isLoading ? <Loading /> : null}
      {!list.isLoading && list.items.length === 0 ? (
        <EmptyState icon="check" title={t('operations.none')}>
          {t('operations.noneNext')}
        </EmptyState>
      ) : null}
      <Stack gap={8}>
        {list.items.map((o) => (
          <TaskKey
            key={o.id}
            icon={o.state === 'waiting' ? 'gear' : 'play'}
            title={`${say(o.name)}${o.round > 1 ? ` · ${t('round', { n: o.round })}` : ''}`}
            note={[
              ...new Set([
                ...(o.planned
                  ? [`${formatInstant(o.planned.start, lang)} ${o.planned.station}`]
                  : []),
                o.orderCode,
                o.about.code,
                part(o.about.part),
                o.state === 'waiting' ? kindName(o.stationKind) : t(`operationState.${o.state}`),
              ]),
            ].join(' · ')}
            to={{ to: '/floor/operations', search: { order: o.orderId } }}
          />
        ))}
      </Stack>
      {list.hasMore ? <Button onClick={list.more}>{t('more')}</Button> : null}
    </>
  );
}

function AtOrder(props: { orderId: string; scan: React.ReactNode; back: () => void }) {
  const t = useTexts('production');
  const order = useRead(getOrder, { params: { orderId: props.orderId } });
  if (order.error && !order.data) {
    return (
      <FloorPage title={t('operations.title')}>
        {props.scan}
        <ProblemBox problem={order.error} />
        <Button onClick={props.back}>{t('operations.back')}</Button>
      </FloorPage>
    );
  }
  return (
    <Reading of={order}>{(o) => <Work order={o} scan={props.scan} back={props.back} />}</Reading>
  );
}

function Work({ order, scan, back }: { order: Order; scan: React.ReactNode; back: () => void }) {
  const t = useTexts('production');
  const part = usePartName();
  const current = currentOf(order.operations);
  const about = order.component ? order.component.part : order.product;
  const isEnded = order.state !== 'released' && order.state !== 'started';
  const waitsForBirth = order.kind === 'assemble' && !order.unitId;
  const last = order.operations.filter((o) => o.state === 'failed').at(-1);
  return (
    <FloorPage
      title={`${order.code} ${t(`orderKind.${order.kind}`)}`}
      note={[part(about), order.component?.code, order.serial].filter(Boolean).join(' · ')}
    >
      {scan}
      {isEnded ? (
        <Verdict
          tone={order.state === 'failed' ? 'bad' : 'good'}
          title={t(`orderState.${order.state}`)}
        >
          {order.state === 'failed' && last ? last.defect : t(`ended.${order.kind}`)}
        </Verdict>
      ) : null}
      {!isEnded && current ? (
        <OperationRun key={current.id} operation={current} order={order} />
      ) : null}
      {!isEnded && !current ? (
        <Verdict tone="decide" title={t('operations.allDone')}>
          {t(waitsForBirth ? 'operations.toAssembly' : 'operations.toTest')}
        </Verdict>
      ) : null}
      {waitsForBirth && !isEnded ? (
        <TaskKey
          icon="layers"
          title={t('assembly.title')}
          note={t('assembly.note')}
          to={{ to: '/floor/assembly', search: { order: order.id } }}
        />
      ) : null}
      <Traveller order={order} current={current?.id} />
      <Button icon="left" onClick={back}>
        {t('operations.back')}
      </Button>
    </FloorPage>
  );
}
