import {
  Dialog,
  FormFrame,
  Money,
  PhotoCapture,
  SelectField,
  TextField,
  useForm,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { returnCore } from '../contract.ts';
import { type Order, usePartName } from './words.tsx';

interface Props {
  order: Order;
  open: boolean;
  onClose: () => void;
}

/** The old core goes back for its deposit: its number and photos; the grade decides the credit. */
export function ReturnCoreDialog(props: Props) {
  const t = useTexts('market');
  return (
    <Dialog open={props.open} title={t('return.title')} onClose={props.onClose}>
      <ReturnForm {...props} />
    </Dialog>
  );
}

function ReturnForm({ order: o, onClose }: Props) {
  const t = useTexts('market');
  const part = usePartName();
  const form = useForm(returnCore, {
    rest: { params: { orderId: o.id } },
    initial: { unitId: o.lines[0]?.unitId, photos: [] },
    said: t('return.said'),
    refreshes: ['deposits', 'cores'],
    onDone: onClose,
  });
  const [photos, setPhotos] = useState<Readonly<Record<string, string>>>({});
  const line = o.lines.find((l) => l.unitId === form.draft.unitId);
  return (
    <FormFrame form={form} submit={t('return.now')}>
      <p className="z-note">
        {t('return.lead')} {line ? <Money fen={line.depositFen} /> : null}
      </p>
      {o.lines.length > 1 ? (
        <SelectField
          label={t('return.for')}
          choices={o.lines.map((l) => ({ value: l.unitId, label: `${l.serial} ${part(l.part)}` }))}
          {...form.field('unitId')}
        />
      ) : null}
      <TextField
        label={t('return.number')}
        hint={t('return.numberHint')}
        mono
        {...form.field('numberSeen')}
      />
      {(['front', 'nameplate'] as const).map((view) => (
        <PhotoCapture
          key={view}
          label={t(`return.${view}`)}
          sha256={photos[view]}
          onStored={(f) => {
            const taken = { ...photos, [view]: f.sha256 };
            setPhotos(taken);
            form.set({ photos: Object.values(taken) });
          }}
        />
      ))}
    </FormFrame>
  );
}
