import { getVocabulary } from '@zaizao/modules/catalog/contract';
import { listInstruments } from '@zaizao/modules/instruments/contract';
import {
  Button,
  Dialog,
  LookupField,
  QuantityField,
  Section,
  Stack,
  TextField,
  useAct,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { finishOperation } from '../contract.ts';
import type { Operation } from './words.tsx';

interface Measured {
  readonly name?: string | undefined;
  readonly value?: string | undefined;
  readonly unit: string;
}

interface Used {
  readonly name?: string | undefined;
  readonly quantity?: string | undefined;
  readonly unit?: string | undefined;
}

const change = <T,>(rows: readonly T[], at: number, next: Partial<T>): T[] =>
  rows.map((row, i) => (i === at ? { ...row, ...next } : row));

/** What was measured and used, asked once at the end; nothing of it is needed but what was taken. */
export function FinishDialog(props: { operation: Operation; open: boolean; onClose: () => void }) {
  const t = useTexts('production');
  return (
    <Dialog open={props.open} title={t('finishing.title')} onClose={props.onClose}>
      <FinishForm operation={props.operation} onDone={props.onClose} />
    </Dialog>
  );
}

function FinishForm({ operation: o, onDone }: { operation: Operation; onDone: () => void }) {
  const t = useTexts('production');
  const say = useSay();
  const vocabulary = useRead(getVocabulary, {}, { enabled: o.method !== '' });
  const method = vocabulary.data?.methods.find((m) => m.code === o.method);
  const asked: Measured[] = (method?.parameters ?? []).map((p) => ({
    name: say(p.name),
    unit: p.unit,
  }));
  const [own, setOwn] = useState<readonly Measured[]>();
  const [instrumentId, setInstrument] = useState<string>();
  const [used, setUsed] = useState<readonly Used[]>([]);
  const [energyKwh, setEnergy] = useState<string>();
  const [note, setNote] = useState<string>();
  const finish = useAct(finishOperation, {
    offline: true,
    said: t('finishing.said', { name: say(o.name) }),
  });
  const measured = own ?? asked;
  const submit = async () => {
    const done = await finish.run({
      params: { operationId: o.id },
      body: {
        values: measured.flatMap(({ name, value, unit }) =>
          name && value ? { name, value, unit, ...(instrumentId ? { instrumentId } : {}) } : [],
        ),
        consumption: used.flatMap(({ name, quantity, unit }) =>
          name && quantity ? { name, quantity, unit: unit ?? '' } : [],
        ),
        ...(energyKwh ? { energyKwh } : {}),
        ...(note ? { note } : {}),
      },
    });
    if (done.state !== 'refused') onDone();
  };
  return (
    <Stack gap={16}>
      <Section title={t('finishing.values')} {...(o.records ? { note: say(o.records) } : {})}>
        {measured.map((m, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are only added at the end
          <div className="z-production-line" key={i}>
            <TextField
              label={t('finishing.name')}
              value={m.name}
              onChange={(name) => setOwn(change(measured, i, { name }))}
            />
            <TextField
              label={m.unit ? `${t('finishing.value')} (${m.unit})` : t('finishing.value')}
              inputMode="decimal"
              value={m.value}
              onChange={(value) => setOwn(change(measured, i, { value }))}
            />
          </div>
        ))}
        <Button size="small" icon="plus" onClick={() => setOwn([...measured, { unit: '' }])}>
          {t('finishing.addValue')}
        </Button>
        {measured.some((m) => m.value) ? (
          <LookupField
            label={t('finishing.instrument')}
            required={false}
            list={listInstruments}
            by="q"
            choice={(r) => ({ value: r.id, label: `${r.code} ${r.name}`, note: r.kind })}
            value={instrumentId}
            onChange={setInstrument}
          />
        ) : null}
      </Section>
      <Section title={t('finishing.used')}>
        {used.map((u, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are only added at the end
          <div className="z-production-line" key={i}>
            <TextField
              label={t('finishing.material')}
              value={u.name}
              onChange={(name) => setUsed(change(used, i, { name }))}
            />
            <TextField
              label={t('finishing.quantity')}
              inputMode="decimal"
              value={u.quantity}
              onChange={(quantity) => setUsed(change(used, i, { quantity }))}
            />
            <TextField
              label={t('finishing.unit')}
              value={u.unit}
              onChange={(unit) => setUsed(change(used, i, { unit }))}
            />
          </div>
        ))}
        <Button size="small" icon="plus" onClick={() => setUsed([...used, {}])}>
          {t('finishing.addUsed')}
        </Button>
        <QuantityField
          label={t('finishing.energy')}
          unit="KWH"
          required={false}
          value={energyKwh}
          onChange={setEnergy}
        />
      </Section>
      <TextField label={t('note')} lines={2} required={false} value={note} onChange={setNote} />
      <Button
        kind="primary"
        size="large"
        wide
        icon="check"
        isBusy={finish.isBusy}
        onClick={() => void submit()}
      >
        {t('finish')}
      </Button>
    </Stack>
  );
}
