import {
  Button,
  notify,
  SelectField,
  TextField,
  useAct,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useId, useState } from 'react';
import { addCurve, type TestView } from '../contract.ts';
import { pointsOf } from './curve-file.ts';

/** Takes a curve from the recorder’s file, when the bench does not send it by itself. */
export function CurveUpload({ test }: { test: TestView }) {
  const t = useTexts('quality');
  const say = useSay();
  const id = useId();
  const add = useAct(addCurve, { said: t('curve.added') });
  const [rowId, setRow] = useState<string>();
  const [name, setName] = useState<string>();
  const measurable = test.rows.filter((r) => r.unit !== 'bool');
  const row = measurable.find((r) => r.id === rowId);

  const take = async (file: File | undefined) => {
    if (!file) return;
    const points = pointsOf(await file.text());
    if (!points) {
      notify({ kind: 'bad', text: t('curve.unread') });
      return;
    }
    const title = name ?? (row ? say(row.name) : file.name.slice(0, 60));
    const about = row ? { characteristicId: row.id } : {};
    const body = { name: title, unit: row?.unit ?? '-', points, ...about };
    await add.run({ params: { testId: test.id }, body });
  };
  return (
    <details className="z-quality-instruments">
      <summary>{t('curve.add')}</summary>
      <SelectField
        label={t('curve.about')}
        value={rowId}
        onChange={setRow}
        choices={measurable.map((r) => ({ value: r.id, label: `${r.code} ${say(r.name)}` }))}
      />
      <TextField label={t('curve.name')} required={false} value={name} onChange={setName} />
      <input
        id={id}
        className="z-hidden"
        type="file"
        accept=".csv,.txt,text/csv"
        aria-label={t('curve.file')}
        onChange={(e) => {
          void take(e.target.files?.[0]);
          e.target.value = '';
        }}
      />
      <Button
        icon="upload"
        isBusy={add.isBusy}
        onClick={() => document.getElementById(id)?.click()}
      >
        {t('curve.file')}
      </Button>
    </details>
  );
}
