import { Button, Dialog, Stack, useSay, useTexts } from '@zaizao/platform/ui';
import { Accepted, NewParts } from './slot-ways.tsx';
import type { Slot } from './words.tsx';

type Body = { pos: number; componentId: string } | { pos: number; newLot: string };

interface Props {
  slot: Slot | undefined;
  isBusy: boolean;
  onClose: () => void;
  /** The person would rather scan. */
  onScan: () => void;
  onPut: (body: Body, into: Slot) => Promise<void>;
}

/** Fills one slot: by scanning, from the accepted components of its part, or with new parts by lot. */
export function SlotDialog(props: Props) {
  const t = useTexts('production');
  const say = useSay();
  const { slot } = props;
  return (
    <Dialog
      open={slot !== undefined}
      title={slot ? `${slot.pos} ${say(slot.part.name)}` : t('assembly.slots')}
      onClose={props.onClose}
    >
      {slot ? <Ways {...props} slot={slot} /> : null}
    </Dialog>
  );
}

function Ways({ slot, isBusy, onScan, onPut }: Props & { slot: Slot }) {
  const t = useTexts('production');
  const say = useSay();
  const takesOld = slot.policy === 'inspect-reuse' || slot.policy === 'inspect-repair';
  return (
    <Stack gap={16}>
      <Button size="large" wide icon="scan" kind="primary" onClick={onScan}>
        {t('slot.scan')}
      </Button>
      {takesOld ? (
        <Accepted
          partId={slot.part.id}
          onPick={(componentId) => void onPut({ pos: slot.pos, componentId }, slot)}
        />
      ) : null}
      <NewParts
        qty={slot.qty - slot.filled}
        note={say(slot.part.name)}
        isBusy={isBusy}
        onPut={(newLot) => void onPut({ pos: slot.pos, newLot }, slot)}
      />
    </Stack>
  );
}
