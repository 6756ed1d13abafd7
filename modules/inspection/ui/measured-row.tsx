import { instrumentKind, listInstruments } from '@zaizao/modules/instruments/contract';
import {
  judgeAll,
  LimitBar,
  QuantityField,
  SelectField,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { Keys } from '@zaizao/platform/ui/floor';
import { useEffect } from 'react';
import { type Row, useLimits } from './words.tsx';

export interface Typed {
  readonly value: string | undefined;
  readonly instrumentId: string | undefined;
}

/** One characteristic: the number large, every limit beside it, its colour following each key. */
export function MeasuredRow(props: {
  row: Row;
  typed: Typed | undefined;
  onChange: (typed: Typed) => void;
}) {
  const t = useTexts('inspection');
  const say = useSay();
  const limitsOf = useLimits();
  const { row, typed } = props;
  const limits = limitsOf(row);
  const value = typed ? typed.value : row.value;
  const instrumentId = typed?.instrumentId ?? row.instrumentId ?? recall(row.instrumentKind);
  const change = (next: Partial<Typed>) => props.onChange({ value, instrumentId, ...next });
  const state =
    value === undefined || limits.length === 0 ? undefined : judgeAll(Number(value), limits);
  const look = state === undefined ? '' : state === 'out' ? ' z-insp-row-out' : ' z-insp-row-in';
  const about = [say(row.method), say(row.condition)].filter(Boolean).join(' · ');
  return (
    <li className={`z-insp-row${look}`} data-tour={row.code}>
      <div className="z-insp-row-head">
        <strong>{say(row.name)}</strong>
        <small className="z-note">{row.code}</small>
      </div>
      {about ? <p className="z-note">{about}</p> : null}
      {row.unit === 'bool' ? (
        <>
          <Keys
            label={say(row.name)}
            value={value === undefined ? undefined : value === '1' ? '1' : '0'}
            onChange={(v) => change({ value: v })}
            choices={[
              { value: '1', label: t('measure.yes'), icon: 'check', tone: 'good' },
              { value: '0', label: t('measure.no'), icon: 'close', tone: 'bad' },
            ]}
          />
          {limits.length > 0 && state === 'out' ? (
            <p className="z-field-error">{t('measure.mustBe')}</p>
          ) : null}
        </>
      ) : (
        <QuantityField
          label={t('measure.value')}
          unit={row.unit}
          value={value}
          onChange={(v) => change({ value: v })}
          {...(limits.length > 0 ? { limits } : {})}
        />
      )}
      {row.instrumentKind ? (
        <Instrument
          kind={row.instrumentKind}
          value={instrumentId}
          onChange={(id) => {
            remember(row.instrumentKind, id);
            change({ instrumentId: id });
          }}
        />
      ) : null}
      <small className="z-note">
        {row.limits
          .map(
            (l) =>
              `${t(`level.${l.level}`)} ${t('measure.version', { n: l.version })}: ${say(l.source)}`,
          )
          .join(' · ')}
      </small>
    </li>
  );
}

/** The calibrated instruments of a kind; the only one is chosen by itself. */
function Instrument(props: {
  kind: string;
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}) {
  const t = useTexts('inspection');
  const say = useSay();
  const { kind, value, onChange } = props;
  const found = useRead(listInstruments, { query: { kind, limit: 50 } });
  const usable = found.data?.items.filter((i) => i.state === 'valid' || i.state === 'due-soon');
  const only = usable?.length === 1 ? usable[0]?.id : undefined;
  const isKnown = usable?.some((i) => i.id === value) ?? true;
  // biome-ignore lint/correctness/useExhaustiveDependencies: chosen once, when the list has come
  useEffect(() => {
    if (only && (value === undefined || !isKnown)) onChange(only);
  }, [only]);
  return (
    <SelectField
      label={t('measure.instrument')}
      {...(usable?.length === 0
        ? { error: t('measure.noInstrument', { kind: say(instrumentKind(kind)) }) }
        : {})}
      choices={(usable ?? []).map((i) => ({ value: i.id, label: `${i.code} ${i.name}` }))}
      value={value}
      onChange={onChange}
    />
  );
}

const chosen = new Map<string, string>();

/** The instrument last used of a kind stays in the hand until the page is left. */
function recall(kind: string | undefined): string | undefined {
  return kind ? chosen.get(kind) : undefined;
}

function remember(kind: string | undefined, id: string | undefined): void {
  if (kind && id) chosen.set(kind, id);
}

/** For records: the value on its limits, without a field. */
export function MeasuredBar({ row }: { row: Row }) {
  const limitsOf = useLimits();
  return <LimitBar value={row.value} unit={row.unit} limits={limitsOf(row)} />;
}
