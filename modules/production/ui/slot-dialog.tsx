import { listComponents } from '@zaizao/modules/dismantling/contract';
import {
  Button,
  Dialog,
  Loading,
  Section,
  Stack,
  TaskKey,
  TextField,
  useList,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
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
  const [newLot, setNewLot] = useState<string>();
  const takesOld = slot.policy === 'inspect-reuse' || slot.policy === 'inspect-repair';
  const accepted = useList(
    listComponents,
    { query: { state: 'reuse', partId: slot.part.id, limit: 12 } },
    { enabled: takesOld },
  );
  return (
    <Stack gap={16}>
      <Button size="large" wide icon="scan" kind="primary" onClick={onScan}>
        {t('slot.scan')}
      </Button>
      {takesOld ? (
        <Section title={t('slot.accepted')}>
          {accepted.isLoading ? <Loading lines={2} /> : null}
          {!accepted.isLoading && accepted.items.length === 0 ? (
            <p className="z-note">{t('slot.noneAccepted')}</p>
          ) : null}
          <Stack gap={8}>
            {accepted.items.map((c) => (
              <TaskKey
                key={c.id}
                icon="recycle"
                title={`${c.code}${c.qty > 1 ? ` × ${c.qty}` : ''}`}
                note={t(c.restoredTimes > 0 ? 'slot.fromRestored' : 'slot.from', {
                  core: c.fromCoreCode,
                  life: c.lives,
                })}
                onClick={() => void onPut({ pos: slot.pos, componentId: c.id }, slot)}
              />
            ))}
          </Stack>
        </Section>
      ) : null}
      <Section title={t('slot.new')} note={say(slot.part.name)}>
        <TextField label={t('slot.lot')} mono value={newLot} onChange={setNewLot} />
        <Button
          wide
          icon="plus"
          disabled={!newLot}
          isBusy={isBusy}
          onClick={() => void (newLot && onPut({ pos: slot.pos, newLot }, slot))}
        >
          {t('slot.putNew', { n: slot.qty - slot.filled })}
        </Button>
      </Section>
    </Stack>
  );
}
