import { Dialog, FormFrame, Money, TextField, useForm, useTexts } from '@zaizao/platform/ui';
import { returnCore } from '../contract.ts';
import { type OrderDialog, PhotoFields, UnitField } from './order-fields.tsx';

const VIEWS = ['front', 'nameplate'] as const;

/** The old core goes back for its deposit: its number and photos; the grade decides the credit. */
export function ReturnCoreDialog(props: OrderDialog) {
  const t = useTexts('market');
  return (
    <Dialog open={props.open} title={t('return.title')} onClose={props.onClose}>
      <ReturnForm {...props} />
    </Dialog>
  );
}

function ReturnForm({ order: o, onClose }: OrderDialog) {
  const t = useTexts('market');
  const form = useForm(returnCore, {
    rest: { params: { orderId: o.id } },
    initial: { unitId: o.lines[0]?.unitId, photos: [] },
    said: t('return.said'),
    refreshes: ['deposits', 'cores'],
    onDone: onClose,
  });
  const line = o.lines.find((l) => l.unitId === form.draft.unitId);
  return (
    <FormFrame form={form} submit={t('return.now')}>
      <p className="z-note">
        {t('return.lead')} {line ? <Money fen={line.depositFen} /> : null}
      </p>
      <UnitField label={t('return.for')} lines={o.lines} bound={form.field('unitId')} />
      <TextField
        label={t('return.number')}
        hint={t('return.numberHint')}
        mono
        {...form.field('numberSeen')}
      />
      <PhotoFields
        views={VIEWS}
        labelOf={(view) => t(`return.${view}`)}
        onChange={(photos) => form.set({ photos })}
      />
    </FormFrame>
  );
}
