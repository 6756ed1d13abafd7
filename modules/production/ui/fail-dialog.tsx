import { listDefects } from '@zaizao/modules/catalog/contract';
import {
  Button,
  Dialog,
  SelectField,
  Stack,
  TextField,
  useAct,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { failOperation } from '../contract.ts';
import type { Operation } from './words.tsx';

/** Says what went wrong; the route decides what is done again, or whether it is scrap. */
export function FailDialog(props: {
  operation: Operation;
  productId: string;
  open: boolean;
  onClose: () => void;
}) {
  const t = useTexts('production');
  const say = useSay();
  const { operation: o } = props;
  const defects = useRead(
    listDefects,
    { params: { partId: props.productId } },
    { enabled: props.open },
  );
  const [code, setCode] = useState<string>();
  const [words, setWords] = useState<string>();
  const [note, setNote] = useState<string>();
  const fail = useAct(failOperation, { offline: true, said: t('failing.said') });
  const named = defects.data?.items.find((d) => d.code === code);
  const defect = words ?? (named ? `${named.code} ${say(named.name)}`.slice(0, 60) : undefined);
  const submit = async () => {
    if (!defect) return;
    const body = { defect, ...(note ? { note } : {}) };
    const done = await fail.run({ params: { operationId: o.id }, body });
    if (done.state !== 'refused') props.onClose();
  };
  return (
    <Dialog open={props.open} title={t('failing.title')} onClose={props.onClose}>
      <Stack gap={16}>
        <p className="z-note">{t('failing.lead')}</p>
        {defects.data?.items.length ? (
          <SelectField
            label={t('failing.defect')}
            required={false}
            choices={defects.data.items.map((d) => ({
              value: d.code,
              label: `${d.code} ${say(d.name)}`,
            }))}
            value={code}
            onChange={setCode}
          />
        ) : null}
        <TextField
          label={t('failing.words')}
          required={false}
          maxLength={60}
          value={words}
          onChange={setWords}
        />
        <TextField label={t('note')} lines={2} required={false} value={note} onChange={setNote} />
        <Button
          kind="danger"
          size="large"
          wide
          icon="warn"
          disabled={!defect}
          isBusy={fail.isBusy}
          onClick={() => void submit()}
        >
          {t('failing.now')}
        </Button>
      </Stack>
    </Dialog>
  );
}
