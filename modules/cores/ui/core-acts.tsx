import { Button, Confirm, Dialog, Money, TextField, useAct, useTexts } from '@zaizao/platform/ui';
import { useState } from 'react';
import { giveCredit, moveCoreTo } from '../contract.ts';
import type { Core } from './words.tsx';

export type Move = 'stock' | 'allocate' | 'release' | 'return' | 'scrap';

/** Asks what a move needs (a place, a reason) and makes it. */
export function MoveDialog(props: { core: Core; move: Move; onClose: () => void }) {
  const t = useTexts('cores');
  const { core, move, onClose } = props;
  const [place, setPlace] = useState(core.place);
  const [reason, setReason] = useState<string>();
  const act = useAct(moveCoreTo, { said: t('move.done'), onDone: onClose });
  const needsReason = move === 'return' || move === 'scrap';
  return (
    <Dialog
      open
      title={`${t(`move.${move}`)} ${core.code}`}
      onClose={onClose}
      footer={
        <Button
          kind={move === 'scrap' ? 'danger' : 'primary'}
          disabled={needsReason && !reason}
          isBusy={act.isBusy}
          onClick={() =>
            void act.run({
              params: { coreId: core.id },
              body: {
                to: move,
                ...(place && !needsReason ? { place } : {}),
                ...(reason ? { reason } : {}),
                ...(move === 'scrap' && core.massG ? { massKg: String(core.massG / 1000) } : {}),
              },
            })
          }
        >
          {t(`move.${move}`)}
        </Button>
      }
    >
      <p>{t(`move.${move}Note`)}</p>
      {move === 'stock' ? (
        <TextField label={t('field.place')} required={false} value={place} onChange={setPlace} />
      ) : null}
      {needsReason ? (
        <TextField label={t('move.reason')} lines={2} value={reason} onChange={setReason} />
      ) : null}
    </Dialog>
  );
}

/** Money leaves the house: says how much to whom, once. */
export function CreditDialog({ core, onClose }: { core: Core; onClose: () => void }) {
  const t = useTexts('cores');
  const act = useAct(giveCredit, { said: t('credit.done'), onDone: onClose });
  return (
    <Confirm
      open
      title={t('credit.give')}
      confirm={t('credit.give')}
      isBusy={act.isBusy}
      onConfirm={() => void act.run({ params: { coreId: core.id } })}
      onClose={onClose}
    >
      <p>
        {t('credit.ask', { supplier: core.supplier?.name ?? '—' })}{' '}
        <strong>
          <Money fen={core.creditFen ?? '0'} />
        </strong>
      </p>
    </Confirm>
  );
}
