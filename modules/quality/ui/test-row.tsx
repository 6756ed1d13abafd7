import { LimitBar, Num, QuantityField, StatusTag, useSay, useTexts } from '@zaizao/platform/ui';
import { Keys } from '@zaizao/platform/ui/floor';
import { useEffect, useState } from 'react';
import { type Row, useLimits } from './words.tsx';

/** One row of the plan: its value judged while it is typed, saved when the field is left. */
export function TestRow(props: {
  row: Row;
  isOpen: boolean;
  onSave: (value: string) => Promise<{ state: string }>;
}) {
  const { row, isOpen } = props;
  const t = useTexts('quality');
  const say = useSay();
  const limitsOf = useLimits();
  const [typed, setTyped] = useState(row.value);
  // the bench may write while the page is open: what it wrote is shown
  useEffect(() => setTyped(row.value), [row.value]);

  const save = async (value: string | undefined) => {
    if (value === undefined || value === row.value) return;
    const done = await props.onSave(value);
    if (done.state === 'refused') setTyped(row.value);
  };
  const label = `${row.code} ${say(row.name)}`;
  return (
    <li className={`z-quality-row${row.verdict === 'fail' ? ' z-quality-out' : ''}`}>
      <header>
        <strong>{label}</strong>
        <RowTag row={row} />
      </header>
      {row.condition || row.instrument ? (
        <p className="z-note">
          {[row.condition && say(row.condition), row.instrument?.code].filter(Boolean).join(' · ')}
        </p>
      ) : null}
      {!isOpen ? (
        <Kept row={row} />
      ) : row.unit === 'bool' ? (
        <Keys
          label={label}
          value={typed}
          onChange={(v) => {
            setTyped(v);
            void save(v);
          }}
          choices={[
            { value: '1', label: t('yes') },
            { value: '0', label: t('no') },
          ]}
        />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: hears the field inside it being left
        <div
          onBlur={() => void save(typed)}
          onKeyDown={(e) => {
            if (e.key === 'Enter') void save(typed);
          }}
        >
          <QuantityField
            label={t('test.value')}
            unit={row.unit}
            limits={limitsOf(row.limits)}
            value={typed}
            onChange={setTyped}
          />
        </div>
      )}
    </li>
  );
}

function RowTag({ row }: { row: Row }) {
  const t = useTexts('quality');
  if (row.verdict === undefined) return <StatusTag tone="decide">{t('verdict.none')}</StatusTag>;
  const tone = row.verdict === 'fail' ? 'bad' : 'good';
  return <StatusTag tone={tone}>{t(`verdict.${row.verdict}`)}</StatusTag>;
}

function Kept({ row }: { row: Row }) {
  const t = useTexts('quality');
  const limitsOf = useLimits();
  if (row.value === undefined) return null;
  if (row.unit === 'bool') return <p>{row.value === '1' ? t('yes') : t('no')}</p>;
  return (
    <>
      <p className="z-quality-value">
        <Num value={row.value} /> {row.unit}
      </p>
      <LimitBar value={row.value} unit={row.unit} limits={limitsOf(row.limits)} />
    </>
  );
}
