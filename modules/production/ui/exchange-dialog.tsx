import {
  Dialog,
  Reading,
  SelectField,
  Stack,
  TextField,
  useAct,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { exchangePart, getUnitView } from '../contract.ts';
import { Accepted, NewParts } from './slot-ways.tsx';
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
          <Accepted partId={piece.part.id} onPick={(componentId) => put({ componentId })} />
          <NewParts qty={piece.qty} isBusy={swap.isBusy} onPut={(newLot) => put({ newLot })} />
        </>
      ) : null}
    </Stack>
  );
}
