import {
  Button,
  CheckField,
  Dialog,
  FormFrame,
  MomentField,
  SelectField,
  TextField,
  useForm,
  useTexts,
} from '@zaizao/platform/ui';
import { dateOrder } from '../contract.ts';
import type { Order } from './words.tsx';

interface Bound<T> {
  readonly value: T | undefined;
  readonly onChange: (value: T | undefined) => void;
}

const PRIORITIES = ['5', '4', '3', '2', '1'] as const;

/** How urgent an order is; 5 comes first. */
export function PriorityField({ value, onChange }: Bound<number>) {
  const t = useTexts('production');
  return (
    <SelectField
      label={t('dates.priority')}
      choices={PRIORITIES.map((p) => ({ value: p, label: t(`dates.priorities.${p}`) }))}
      value={PRIORITIES.find((p) => p === String(value ?? 2))}
      onChange={(v) => onChange(v === undefined ? undefined : Number(v))}
    />
  );
}

/** Due date, earliest start, priority and customer of an open order. */
export function DatesDialog(props: { order: Order; open: boolean; onClose: () => void }) {
  const t = useTexts('production');
  return (
    <Dialog open={props.open} title={t('dates.title')} onClose={props.onClose}>
      <DatesForm {...props} />
    </Dialog>
  );
}

function DatesForm({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useTexts('production');
  const form = useForm(dateOrder, {
    initial: {
      dueFirm: order.dueFirm,
      priority: order.priority,
      customer: order.customer,
      ...(order.dueAt ? { dueAt: order.dueAt } : {}),
      ...(order.notBefore ? { notBefore: order.notBefore } : {}),
    },
    rest: { params: { orderId: order.id } },
    said: t('dates.said'),
    refreshes: ['planning'],
    onDone: onClose,
  });
  return (
    <FormFrame form={form} submit={t('dates.save')}>
      <MomentField label={t('dates.due')} {...form.field('dueAt')} />
      <CheckField label={t('dates.firm')} {...form.field('dueFirm')} />
      <MomentField
        label={t('dates.notBefore')}
        hint={t('dates.notBeforeHint')}
        {...form.field('notBefore')}
      />
      <PriorityField {...form.field('priority')} />
      <TextField label={t('dates.customer')} {...form.field('customer')} />
    </FormFrame>
  );
}

/** Opens the dates of an order. */
export function DatesKey({ onClick }: { onClick: () => void }) {
  const t = useTexts('production');
  return (
    <Button icon="calendar" onClick={onClick}>
      {t('dates.title')}
    </Button>
  );
}
