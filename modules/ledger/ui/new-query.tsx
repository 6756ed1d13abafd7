import {
  Button,
  Dialog,
  ProblemBox,
  SelectField,
  Stack,
  TextField,
  useAct,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { createNamedQuery } from '../subscription/contract.ts';
import zh from './i18n/zh-CN.json' with { type: 'json' };

const TYPES = [
  'ObjectEvent',
  'TransformationEvent',
  'AssociationEvent',
  'AggregationEvent',
  'TransactionEvent',
];

const EMPTY = { name: '', bizStep: '', type: '', things: '' };

/** Keeps the commonest conditions under a name; any others come through the EPCIS interface. */
export function NewQuery({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTexts('ledger');
  const [draft, setDraft] = useState(EMPTY);
  const make = useAct(createNamedQuery, { said: t('query.made'), quiet: true });
  const set = (name: keyof typeof EMPTY) => (value: string | undefined) =>
    setDraft({ ...draft, [name]: value ?? '' });
  const any = { value: '', label: t('query.any') };
  const submit = async () => {
    const things = draft.things.split(/\s+/).filter((thing) => thing !== '');
    const done = await make.run({
      body: {
        name: draft.name,
        ...(draft.bizStep === '' ? {} : { bizSteps: [draft.bizStep] }),
        ...(draft.type === '' ? {} : { eventTypes: [draft.type] }),
        ...(things.length === 0 ? {} : { things }),
      },
    });
    if (done.state !== 'done') return;
    setDraft(EMPTY);
    onClose();
  };
  return (
    <Dialog
      open={open}
      title={t('query.new')}
      onClose={onClose}
      footer={
        <Button kind="primary" isBusy={make.isBusy} onClick={() => void submit()}>
          {t('query.make')}
        </Button>
      }
    >
      <Stack>
        {make.problem ? <ProblemBox problem={make.problem} /> : null}
        <TextField
          label={t('query.name')}
          hint={t('query.nameHint')}
          value={draft.name}
          onChange={set('name')}
        />
        <SelectField
          label={t('ledger.step')}
          value={draft.bizStep}
          choices={[
            any,
            ...Object.keys(zh.steps).map((s) => ({ value: s, label: t(`steps.${s}`) })),
          ]}
          onChange={set('bizStep')}
        />
        <SelectField
          label={t('ledger.type')}
          value={draft.type}
          choices={[any, ...TYPES.map((type) => ({ value: type, label: t(`types.${type}`) }))]}
          onChange={set('type')}
        />
        <TextField
          label={t('query.things')}
          hint={t('query.thingsHint')}
          lines={3}
          value={draft.things}
          onChange={set('things')}
        />
      </Stack>
    </Dialog>
  );
}
