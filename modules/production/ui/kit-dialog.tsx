import {
  Button,
  CheckField,
  Dialog,
  Stack,
  TextField,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import type { Order, Slot } from './words.tsx';

const isAlwaysNew = (s: Slot) => s.policy === 'replace' || s.policy === 'consumable';

/** One kit of new parts for every slot that is always filled new; or for all that is still missing. */
export function KitDialog(props: {
  order: Order;
  open: boolean;
  onClose: () => void;
  put: (body: { pos: number; newLot: string }, into: Slot) => Promise<boolean>;
}) {
  const t = useTexts('production');
  return (
    <Dialog open={props.open} title={t('kit.title')} onClose={props.onClose}>
      <KitForm {...props} />
    </Dialog>
  );
}

function KitForm(props: Parameters<typeof KitDialog>[0]) {
  const t = useTexts('production');
  const say = useSay();
  const [lot, setLot] = useState<string>();
  const [all, setAll] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const open = props.order.slots.filter((s) => s.filled < s.qty && (all || isAlwaysNew(s)));
  const fill = async () => {
    if (!lot) return;
    setBusy(true);
    for (const slot of open) {
      if (!(await props.put({ pos: slot.pos, newLot: lot }, slot))) break;
    }
    setBusy(false);
    props.onClose();
  };
  return (
    <Stack gap={16}>
      <p className="z-note">{t('kit.lead')}</p>
      <TextField label={t('kit.lot')} mono autoFocus value={lot} onChange={setLot} />
      <CheckField label={t('kit.all')} value={all} onChange={(v) => setAll(v ?? false)} />
      <ul className="z-production-kit">
        {open.map((s) => (
          <li key={s.pos}>
            {s.pos} {say(s.part.name)} × {s.qty - s.filled}
          </li>
        ))}
      </ul>
      <Button
        kind="primary"
        size="large"
        wide
        icon="box"
        disabled={!lot || open.length === 0}
        isBusy={isBusy}
        onClick={() => void fill()}
      >
        {t('kit.fill', { n: open.length })}
      </Button>
    </Stack>
  );
}
