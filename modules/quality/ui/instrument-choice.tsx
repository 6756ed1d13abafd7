import {
  type InstrumentView,
  instrumentKind,
  listInstruments,
} from '@zaizao/modules/instruments/contract';
import {
  Grid,
  LinkButton,
  Section,
  SelectField,
  useList,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import type { Row } from './words.tsx';

interface Instruments {
  readonly of: (kind: string) => readonly InstrumentView[];
  /** The instrument that measures a kind: the person’s choice, or the first that is calibrated. */
  readonly chosen: (kind: string) => string | undefined;
  readonly choose: (kind: string, instrumentId: string | undefined) => void;
  readonly isLoading: boolean;
}

const USABLE = ['valid', 'due-soon'];
const STORED = 'zaizao.quality.instruments';

function remembered(): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(STORED) ?? '{}') as Record<string, string>; // written below
  } catch {
    return {}; // storage forbidden or spoilt: nothing is remembered
  }
}

/** Which instruments measure here; a station keeps its choice from test to test. */
export function useInstruments(rows: readonly Row[]): Instruments {
  const [choice, setChoice] = useState(remembered);
  const { items, isLoading } = useList(listInstruments, { query: { limit: 200 } });
  const of = (kind: string) => items.filter((i) => i.kind === kind && USABLE.includes(i.state));
  return {
    of,
    chosen: (kind) => (of(kind).find((i) => i.id === choice[kind]) ?? of(kind)[0])?.id,
    choose: (kind, instrumentId) => {
      const next = { ...choice, [kind]: instrumentId ?? '' };
      setChoice(next);
      try {
        localStorage.setItem(STORED, JSON.stringify(next));
      } catch {
        // storage forbidden: the choice holds until the page is left
      }
    },
    isLoading: isLoading && rows.length > 0,
  };
}

/** One picker for each kind of instrument that the plan asks for. */
export function InstrumentChoice(props: { rows: readonly Row[]; instruments: Instruments }) {
  const { rows, instruments } = props;
  const t = useTexts('quality');
  const say = useSay();
  const name = (kind: string) => say(instrumentKind(kind));
  const kinds = [...new Set(rows.flatMap((r) => r.instrumentKind ?? []))];
  const missing = instruments.isLoading ? [] : kinds.filter((k) => instruments.of(k).length === 0);
  if (kinds.length === 0) return null;
  return (
    <Section title={t('instrument.title')}>
      {missing.length > 0 ? (
        <p className="z-quality-missing" role="status">
          {t('instrument.missing', { kinds: missing.map(name).join(t('listMark')) })}{' '}
          <LinkButton size="small" to="/office/instruments">
            {t('instrument.open')}
          </LinkButton>
        </p>
      ) : null}
      <details className="z-quality-instruments">
        <summary>{t('instrument.choose', { n: kinds.length - missing.length })}</summary>
        <Grid min={200}>
          {kinds
            .filter((k) => !missing.includes(k))
            .map((kind) => (
              <SelectField
                key={kind}
                label={name(kind)}
                value={instruments.chosen(kind)}
                onChange={(id) => instruments.choose(kind, id)}
                choices={instruments.of(kind).map((i) => ({
                  value: i.id,
                  label: `${i.code} ${i.name} (${i.dueOn ?? ''})`,
                }))}
              />
            ))}
        </Grid>
      </details>
    </Section>
  );
}
