import { listComponents } from '@zaizao/modules/dismantling/contract';
import {
  Button,
  Dialog,
  Loading,
  Reading,
  Section,
  SelectField,
  Stack,
  TaskKey,
  TextField,
  useAct,
  useList,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { exchangePart, getUnitView } from '../contract.ts';
import { type Order, OriginTag, type Unit } from './words.tsx';

type Piece = Unit['asBuilt'][number];

/** During rework: which piece comes out, why, and what goes in instead. */
export function ExchangeDialog(props: { order: Order; open: boolean; onClose: () => void }) {
  const t = useTexts('production');
  const { order } = props;
  const unit = useRead(
    getUnitView,
    { params: { unitId: order.unitId ?? '' } },
    { enabled: props.open && order.unitId !== undefined },
  );
  return (
    <Dialog open={props.open} title={t('exchange.title')} onClose={props.onClose} side>
      <Reading of={unit}>
        {(u) => <Exchange order={order} unit={u} onDone={props.onClose} />}
      </Reading>
    </Dialog>
  );
}

const keyOf = (p: Piece) => `${p.pos} ${p.componentId ?? p.lot ?? ''}`;

function Exchange(props: { order: Order; unit: Unit; onDone: () => void }) {
  const t = useTexts('production');
  const say = useSay();
  const [key, setKey] = useState<string>();
  const [reason, setReason] = useState<string>();
  const [newLot, setNewLot] = useState<string>();
  const swap = useAct(exchangePart, {
    said: t('exchange.said'),
    refreshes: ['dismantling', 'ledger'],
    onDone: props.onDone,
  });
  const piece = props.unit.asBuilt.find((p) => keyOf(p) === key);
  const put = (into: { componentId: string } | { newLot: string }) => {
    if (!piece || !reason) return;
    const takeOut = piece.componentId ?? piece.lot;
    const body = { pos: piece.pos, reason, ...(takeOut ? { takeOut } : {}), ...into };
    void swap.run({ params: { orderId: props.order.id }, body });
  };
  return (
    <Stack gap={14}>
      <p className="z-note">{t('exchange.lead')}</p>
      <SelectField
        label={t('exchange.out')}
        value={key}
        onChange={setKey}
        choices={props.unit.asBuilt.map((p) => ({
          value: keyOf(p),
          label: `${p.pos} ${say(p.part.name)} · ${p.componentCode ?? p.lot ?? ''}`,
        }))}
      />
      <TextField label={t('exchange.reason')} lines={2} value={reason} onChange={setReason} />
      {piece && reason ? (
        <>
          <p>
            <OriginTag origin={piece.origin} /> {piece.componentCode ?? piece.lot} × {piece.qty}
          </p>
          <Accepted piece={piece} onPick={(componentId) => put({ componentId })} />
          <Section title={t('slot.new')}>
            <TextField label={t('slot.lot')} mono value={newLot} onChange={setNewLot} />
            <Button
              wide
              icon="plus"
              disabled={!newLot}
              isBusy={swap.isBusy}
              onClick={() => newLot && put({ newLot })}
            >
              {t('slot.putNew', { n: piece.qty })}
            </Button>
          </Section>
        </>
      ) : null}
    </Stack>
  );
}

function Accepted(props: { piece: Piece; onPick: (componentId: string) => void }) {
  const t = useTexts('production');
  const list = useList(listComponents, {
    query: { state: 'reuse', partId: props.piece.part.id, limit: 12 },
  });
  return (
    <Section title={t('slot.accepted')}>
      {list.isLoading ? <Loading lines={2} /> : null}
      {!list.isLoading && list.items.length === 0 ? (
        <p className="z-note">{t('slot.noneAccepted')}</p>
      ) : null}
      <Stack gap={8}>
        {list.items.map((c) => (
          <TaskKey
            key={c.id}
            icon="recycle"
            title={`${c.code}${c.qty > 1 ? ` × ${c.qty}` : ''}`}
            note={t(c.restoredTimes > 0 ? 'slot.fromRestored' : 'slot.from', {
              core: c.fromCoreCode,
              life: c.lives,
            })}
            onClick={() => props.onPick(c.id)}
          />
        ))}
      </Stack>
    </Section>
  );
}
