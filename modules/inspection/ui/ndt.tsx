import {
  Button,
  Photo,
  PhotoCapture,
  Quantity,
  QuantityField,
  Section,
  SelectField,
  StatusTag,
  TextField,
  Time,
  useAct,
  useTexts,
} from '@zaizao/platform/ui';
import { Keys } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import type { z } from 'zod';
import { NdtMethod, recordNdt } from '../contract.ts';
import type { Shown } from './words.tsx';

const KINDS = ['crack', 'porosity', 'corrosion', 'wear', 'delamination', 'other'] as const;

/** Non-destructive tests: what was done, and one more. */
export function Ndt({ view }: { view: Shown }) {
  const t = useTexts('inspection');
  const [isOpen, setOpen] = useState(false);
  return (
    <Section
      title={t('ndt.title')}
      actions={
        <Button icon={isOpen ? 'close' : 'plus'} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? 'act.close' : 'ndt.add')}
        </Button>
      }
    >
      {view.ndt.length === 0 && !isOpen ? <p className="z-note">{t('ndt.none')}</p> : null}
      <NdtList view={view} />
      {isOpen ? <NdtForm inspectionId={view.id} onDone={() => setOpen(false)} /> : null}
    </Section>
  );
}

export function NdtList({ view }: { view: Shown }) {
  const t = useTexts('inspection');
  return (
    <ul className="z-insp-ndt">
      {view.ndt.map((n) => (
        <li key={`${n.at} ${n.method}`}>
          {n.photo ? <Photo sha256={n.photo} alt={t(`ndt.${n.method}`)} size={64} /> : null}
          <span>
            {t(`ndt.${n.method}`)}{' '}
            <StatusTag tone={n.indication ? 'bad' : 'good'}>
              {n.indication ? t(`ndt.kinds.${n.kind ?? 'other'}`) : t('ndt.clear')}
            </StatusTag>{' '}
            {n.place} {n.sizeMm ? <Quantity value={n.sizeMm} unit="MMT" /> : null} {n.note}
            <br />
            <small className="z-note">
              <Time at={n.at} />
            </small>
          </span>
        </li>
      ))}
    </ul>
  );
}

function NdtForm({ inspectionId, onDone }: { inspectionId: string; onDone: () => void }) {
  const t = useTexts('inspection');
  const [method, setMethod] = useState<z.output<typeof NdtMethod>>();
  const [result, setResult] = useState<'clear' | 'indication'>();
  const [kind, setKind] = useState<(typeof KINDS)[number]>();
  const [place, setPlace] = useState<string>();
  const [sizeMm, setSize] = useState<string>();
  const [photo, setPhoto] = useState<string>();
  const record = useAct(recordNdt, { said: t('ndt.saved'), onDone });
  const isFound = result === 'indication';
  return (
    <>
      <SelectField
        label={t('ndt.method')}
        choices={NdtMethod.options.map((value) => ({ value, label: t(`ndt.${value}`) }))}
        value={method}
        onChange={setMethod}
      />
      <Keys
        label={t('ndt.result')}
        value={result}
        onChange={setResult}
        choices={[
          { value: 'clear', label: t('ndt.clear'), icon: 'check', tone: 'good' },
          { value: 'indication', label: t('ndt.indication'), icon: 'warn', tone: 'bad' },
        ]}
      />
      {isFound ? (
        <>
          <SelectField
            label={t('ndt.kind')}
            choices={KINDS.map((value) => ({ value, label: t(`ndt.kinds.${value}`) }))}
            value={kind}
            onChange={setKind}
          />
          <TextField label={t('ndt.place')} required={false} value={place} onChange={setPlace} />
          <QuantityField
            label={t('ndt.size')}
            unit="MMT"
            required={false}
            value={sizeMm}
            onChange={setSize}
          />
        </>
      ) : null}
      <PhotoCapture label={t('ndt.photo')} sha256={photo} onStored={(f) => setPhoto(f.sha256)} />
      <Button
        kind="primary"
        size="large"
        disabled={!method || !result || (isFound && !kind)}
        isBusy={record.isBusy}
        onClick={() =>
          method
            ? void record.run({
                params: { inspectionId },
                body: {
                  method,
                  indication: isFound,
                  ...(isFound && kind ? { kind } : {}),
                  ...(isFound && place ? { place } : {}),
                  ...(isFound && sizeMm ? { sizeMm } : {}),
                  ...(photo ? { photo } : {}),
                },
              })
            : undefined
        }
      >
        {t('ndt.save')}
      </Button>
    </>
  );
}
