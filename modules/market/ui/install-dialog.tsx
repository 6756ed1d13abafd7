import {
  Dialog,
  FormFrame,
  NumberField,
  SelectField,
  TextField,
  useForm,
  useTexts,
} from '@zaizao/platform/ui';
import { recordInstallation } from '../contract.ts';
import { type Order, usePartName } from './words.tsx';

interface Props {
  order: Order;
  open: boolean;
  onClose: () => void;
}

/** A unit is put in service: in which vehicle, at what mileage. Warranty starts here. */
export function InstallDialog(props: Props) {
  const t = useTexts('market');
  return (
    <Dialog open={props.open} title={t('install.title')} onClose={props.onClose}>
      <InstallForm {...props} />
    </Dialog>
  );
}

function InstallForm({ order: o, onClose }: Props) {
  const t = useTexts('market');
  const part = usePartName();
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
      {left.length > 1 ? (
        <SelectField
          label={t('order.unit')}
          choices={left.map((l) => ({ value: l.unitId, label: `${l.serial} ${part(l.part)}` }))}
          {...form.field('unitId')}
        />
      ) : null}
      <TextField label={t('install.vin')} mono {...form.field('vin')} />
      <NumberField label={t('install.mileage')} unit="KMT" {...form.field('mileageKm')} />
    </FormFrame>
  );
}
