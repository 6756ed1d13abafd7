import { listParts } from '@zaizao/modules/catalog/contract';
import { listComponents } from '@zaizao/modules/dismantling/contract';
import {
  Dialog,
  FormFrame,
  LookupField,
  MomentField,
  TextField,
  useForm,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { releaseAssembly, releaseRestore } from '../contract.ts';
import { ExtraSteps } from './extra-steps.tsx';
import { PriorityField } from './order-dates.tsx';
import type { Order } from './words.tsx';

interface Props {
  open: boolean;
  onClose: () => void;
  onDone: (orderId: string) => void;
}

/** Releases an order to assemble one unit of a product. */
export function ReleaseAssembly(props: Props) {
  const t = useTexts('production');
  return (
    <Dialog open={props.open} title={t('release.assembly')} onClose={props.onClose}>
      <AssemblyForm {...props} />
    </Dialog>
  );
}

/** It is said, the dialog goes, and the order is shown. */
function useReleased({ onClose, onDone }: Props) {
  const t = useTexts('production');
  return {
    said: (o: Order) => t('release.said', { code: o.code }),
    onDone: (o: Order) => {
      onClose();
      onDone(o.id);
    },
  };
}

function AssemblyForm(props: Props) {
  const t = useTexts('production');
  const say = useSay();
  const form = useForm(releaseAssembly, useReleased(props));
  return (
    <FormFrame form={form} submit={t('release.now')}>
      <LookupField
        label={t('release.product')}
        hint={t('release.productHint')}
        list={listParts}
        by="q"
        fixed={{ kind: 'product' }}
        choice={(r) => ({ value: r.id, label: r.number, note: say(r.name) })}
        {...form.field('partId')}
      />
      <MomentField label={t('dates.due')} {...form.field('dueAt')} />
      <PriorityField {...form.field('priority')} />
      <TextField label={t('dates.customer')} {...form.field('customer')} />
      <ExtraSteps
        steps={form.draft.extraSteps ?? []}
        onChange={(extraSteps) => form.set({ extraSteps })}
      />
    </FormFrame>
  );
}

/** Releases an order to restore a component that inspection sent there. */
export function ReleaseRestore(props: Props) {
  const t = useTexts('production');
  return (
    <Dialog open={props.open} title={t('release.restore')} onClose={props.onClose}>
      <RestoreForm {...props} />
    </Dialog>
  );
}

function RestoreForm(props: Props) {
  const t = useTexts('production');
  const say = useSay();
  const form = useForm(releaseRestore, useReleased(props));
  return (
    <FormFrame form={form} submit={t('release.now')}>
      <LookupField
        label={t('release.component')}
        hint={t('release.componentHint')}
        list={listComponents}
        by="q"
        fixed={{ state: 'restore' }}
        choice={(r) => ({
          value: r.id,
          label: `${r.code} ${say(r.part.name)}`,
          note: r.fromCoreCode,
        })}
        {...form.field('componentId')}
      />
      <MomentField label={t('dates.due')} {...form.field('dueAt')} />
      <PriorityField {...form.field('priority')} />
    </FormFrame>
  );
}
