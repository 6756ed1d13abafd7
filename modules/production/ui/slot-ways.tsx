import { listComponents } from '@zaizao/modules/dismantling/contract';
import {
  Button,
  Loading,
  Section,
  Stack,
  TaskKey,
  TextField,
  useList,
  useTexts,
} from '@zaizao/platform/ui';
import { type ReactNode, useState } from 'react';

/** The accepted components of a part, to pick one. */
export function Accepted(props: { partId: string; onPick: (componentId: string) => void }) {
  const t = useTexts('production');
  const list = useList(listComponents, {
    query: { state: 'reuse', partId: props.partId, limit: 12 },
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

/** New parts, known by their lot. */
export function NewParts(props: {
  qty: number;
  isBusy: boolean;
  onPut: (newLot: string) => void;
  note?: ReactNode;
}) {
  const t = useTexts('production');
  const [newLot, setNewLot] = useState<string>();
  return (
    <Section title={t('slot.new')} note={props.note}>
      <TextField label={t('slot.lot')} mono value={newLot} onChange={setNewLot} />
      <Button
        wide
        icon="plus"
        disabled={!newLot}
        isBusy={props.isBusy}
        onClick={() => newLot && props.onPut(newLot)}
      >
        {t('slot.putNew', { n: props.qty })}
      </Button>
    </Section>
  );
}
