import { Dialog, FormFrame, NumberField, TextField, useForm, useTexts } from '@zaizao/platform/ui';
import { recordInstallation } from '../contract.ts';
import { type OrderDialog, UnitField } from './order-fields.tsx';

/** A unit is put in service: in which vehicle, at what mileage. Warranty starts here. */
export function InstallDialog(props: OrderDialog) {
  const t = useTexts('market');
  return (
    <Dialog open={props.open} title={t('install.title')} onClose={props.onClose}>
      <InstallForm {...props} />
    </Dialog>
  );
}

function InstallForm({ order: o, onClose }: OrderDialog) {
  const t = useTexts('market');
  const left = o.lines.filter((l) => !l.installed);
  const form = useForm(recordInstallation, {
    rest: { params: { orderId: o.id } },
    initial: { unitId: left[0]?.unitId },
    said: t('install.said'),
    onDone: onClose,
  });
  return (
    <FormFrame form={form} submit={t('install.now')}>
      <p className="z-note">{t('install.lead')}</p>
      <UnitField label={t('order.unit')} lines={left} bound={form.field('unitId')} />
      <TextField label={t('install.vin')} mono {...form.field('vin')} />
      <NumberField label={t('install.mileage')} unit="KMT" {...form.field('mileageKm')} />
    </FormFrame>
  );
}
