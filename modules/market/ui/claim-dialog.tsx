import {
  DayField,
  Dialog,
  FormFrame,
  NumberField,
  PhotoCapture,
  SelectField,
  TextField,
  useForm,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { fileClaim, SYMPTOMS, Symptom } from '../contract.ts';
import { type Order, usePartName } from './words.tsx';

interface Props {
  order: Order;
  open: boolean;
  onClose: () => void;
}

const VIEWS = ['unit', 'label', 'fault'] as const;

/** What is wrong with a unit, since when, at what mileage, with photos. */
export function ClaimDialog(props: Props) {
  const t = useTexts('market');
  return (
    <Dialog open={props.open} title={t('claim.file')} onClose={props.onClose}>
      <ClaimForm {...props} />
    </Dialog>
  );
}

function ClaimForm({ order: o, onClose }: Props) {
  const t = useTexts('market');
  const say = useSay();
  const part = usePartName();
  const form = useForm(fileClaim, {
    rest: { params: { orderId: o.id } },
    initial: { unitId: o.lines[0]?.unitId, photos: [] },
    said: (c) => t('claim.said', { code: c.code }),
    onDone: onClose,
  });
  const [photos, setPhotos] = useState<Readonly<Record<string, string>>>({});
  const line = o.lines.find((l) => l.unitId === form.draft.unitId);
  return (
    <FormFrame form={form} submit={t('claim.now')}>
      {line ? (
        <p className="z-note">
          {t('store.warranty', { n: line.warrantyMonths })}
          {line.warrantyKm ? ` · ${t('claim.orKm', { n: line.warrantyKm })}` : ''}
          {line.warrantyTerms ? ` · ${line.warrantyTerms}` : ''}
        </p>
      ) : null}
      {o.lines.length > 1 ? (
        <SelectField
          label={t('order.unit')}
          choices={o.lines.map((l) => ({ value: l.unitId, label: `${l.serial} ${part(l.part)}` }))}
          {...form.field('unitId')}
        />
      ) : null}
      <SelectField
        label={t('claim.symptom')}
        choices={Symptom.options.map((value) => ({ value, label: say(SYMPTOMS[value]) }))}
        {...form.field('symptom')}
      />
      <TextField label={t('claim.complaint')} lines={3} {...form.field('complaint')} />
      <DayField label={t('claim.occurredOn')} {...form.field('occurredOn')} />
      <NumberField label={t('claim.mileage')} unit="KMT" {...form.field('mileageKm')} />
      {VIEWS.map((view) => (
        <PhotoCapture
          key={view}
          label={t(`claim.photo.${view}`)}
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
