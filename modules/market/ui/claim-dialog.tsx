import {
  DayField,
  Dialog,
  FormFrame,
  NumberField,
  SelectField,
  TextField,
  useForm,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { fileClaim, SYMPTOMS, Symptom } from '../contract.ts';
import { type OrderDialog, PhotoFields, UnitField } from './order-fields.tsx';

const VIEWS = ['unit', 'label', 'fault'] as const;

/** What is wrong with a unit, since when, at what mileage, with photos. */
export function ClaimDialog(props: OrderDialog) {
  const t = useTexts('market');
  return (
    <Dialog open={props.open} title={t('claim.file')} onClose={props.onClose}>
      <ClaimForm {...props} />
    </Dialog>
  );
}

function ClaimForm({ order: o, onClose }: OrderDialog) {
  const t = useTexts('market');
  const say = useSay();
  const form = useForm(fileClaim, {
    rest: { params: { orderId: o.id } },
    initial: { unitId: o.lines[0]?.unitId, photos: [] },
    said: (c) => t('claim.said', { code: c.code }),
    onDone: onClose,
  });
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
      <UnitField label={t('order.unit')} lines={o.lines} bound={form.field('unitId')} />
      <SelectField
        label={t('claim.symptom')}
        choices={Symptom.options.map((value) => ({ value, label: say(SYMPTOMS[value]) }))}
        {...form.field('symptom')}
      />
      <TextField label={t('claim.complaint')} lines={3} {...form.field('complaint')} />
      <DayField label={t('claim.occurredOn')} {...form.field('occurredOn')} />
      <NumberField label={t('claim.mileage')} unit="KMT" {...form.field('mileageKm')} />
      <PhotoFields
        views={VIEWS}
        labelOf={(view) => t(`claim.photo.${view}`)}
        onChange={(photos) => form.set({ photos })}
      />
    </FormFrame>
  );
}
