import {
  Button,
  EmptyState,
  Icon,
  Loading,
  Reading,
  Section,
  Stack,
  StatusTag,
  TaskKey,
  useAct,
  useAddress,
  useList,
  useRead,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { ScanField } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { getSale, listSales, pickOrder } from '../contract.ts';
import { unitBehind } from './things.ts';
import { type Order, OrderTag, usePartName } from './words.tsx';

/** Paid orders, and those on credit, are picked by scanning exactly their serials. */
export function PickTask() {
  const t = useTexts('market');
  const [search, change] = useAddress();
  const order = useRead(
    getSale,
    { params: { orderId: search.order ?? '' } },
    { enabled: search.order !== undefined },
  );
  if (search.order === undefined) return <ToPick />;
  return (
    <Reading of={order}>
      {(o) => (
        <>
          <Pick key={o.id} order={o} />
          <Button icon="left" onClick={() => change({ order: undefined })}>
            {t('warehouse.back')}
          </Button>
        </>
      )}
    </Reading>
  );
}

function ToPick() {
  const t = useTexts('market');
  const paid = useList(listSales, { query: { state: 'paid', limit: 50 } });
  const confirmed = useList(listSales, { query: { state: 'confirmed', limit: 50 } });
  const orders = [...paid.items, ...confirmed.items.filter((o) => o.onCredit)];
  if (paid.isLoading || confirmed.isLoading) return <Loading />;
  if (orders.length === 0) {
    return (
      <EmptyState icon="check" title={t('warehouse.nothing')}>
        {t('warehouse.nothingToPick')}
      </EmptyState>
    );
  }
  return (
    <Stack gap={8}>
      {orders.map((o) => (
        <TaskKey
          key={o.id}
          icon="cart"
          title={`${o.code} · ${o.buyer}`}
          note={t('warehouse.pieces', { n: o.lines.length })}
          aside={<OrderTag state={o.state} />}
          to={{ to: '/floor/warehouse', search: { task: 'pick', order: o.id } }}
        />
      ))}
    </Stack>
  );
}

function Pick({ order: o }: { order: Order }) {
  const t = useTexts('market');
  const part = usePartName();
  const [, change] = useAddress();
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [wrong, setWrong] = useState<string>();
  const pick = useAct(pickOrder, {
    said: t('warehouse.picked', { code: o.code }),
    onDone: () => change({ task: 'ship', order: o.id }),
  });
  const scanned = async (code: string) => {
    const direct = o.lines.find((l) => l.serial === code.trim());
    const serial = direct?.serial ?? (await unitBehind(code))?.serial;
    const line = o.lines.find((l) => l.serial === serial);
    setWrong(line ? undefined : (serial ?? code));
    if (line) setPicked((before) => [...new Set([...before, line.serial])]);
  };
  const left = o.lines.length - picked.length;
  return (
    <>
      <ScanField
        onCode={(code) => void scanned(code)}
        placeholder={t('warehouse.scanUnit')}
        isBusy={pick.isBusy}
      />
      {wrong ? (
        <Verdict tone="bad" title={wrong}>
          {t('warehouse.notOfOrder', { code: o.code })}
        </Verdict>
      ) : null}
      {left === 0 ? (
        <Verdict tone="good" title={t('warehouse.complete')}>
          {o.code}
        </Verdict>
      ) : null}
      <Section title={`${o.code} · ${o.buyer}`} note={o.deliverTo}>
        <ul className="z-market-picked">
          {o.lines.map((l) => (
            <li key={l.unitId}>
              <Icon name={picked.includes(l.serial) ? 'check' : 'box'} />
              <span>
                <strong>{l.serial}</strong>
                <br />
                {part(l.part)}
              </span>
              <StatusTag tone={picked.includes(l.serial) ? 'good' : 'idle'}>
                {t(picked.includes(l.serial) ? 'warehouse.scanned' : 'warehouse.toScan')}
              </StatusTag>
            </li>
          ))}
        </ul>
      </Section>
      <Button
        kind="primary"
        size="large"
        wide
        icon="check"
        disabled={left > 0}
        isBusy={pick.isBusy}
        onClick={() => void pick.run({ params: { orderId: o.id }, body: { serials: [...picked] } })}
      >
        {left > 0 ? t('warehouse.left', { n: left }) : t('warehouse.pickNow')}
      </Button>
    </>
  );
}
