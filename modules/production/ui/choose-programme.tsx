import { listInstruments } from '@zaizao/modules/instruments/contract';
import {
  Button,
  Facts,
  LookupField,
  type Output,
  QuantityField,
  Section,
  SelectField,
  useAct,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { chooseProgramme, listProgrammes } from '../contract.ts';
import type { Operation } from './words.tsx';

type Programme = Output<typeof listProgrammes>['items'][number];

/** The machining programme of an operation: measure the piece, and its version is chosen by the measure. */
export function ChooseProgramme({ operation: o }: { operation: Operation }) {
  const programmes = useRead(listProgrammes, { query: { stepCode: o.code, limit: 50 } });
  const items = programmes.data?.items ?? [];
  if (items.length === 0 && !o.programme) return null;
  return <Choice operation={o} programmes={items} />;
}

function Choice(props: { operation: Operation; programmes: readonly Programme[] }) {
  const { operation: o, programmes } = props;
  const t = useTexts('production');
  const choose = useAct(chooseProgramme, { said: t('programme.chosen') });
  const [programmeId, setProgramme] = useState(
    programmes.length === 1 ? programmes[0]?.id : undefined,
  );
  const [measured, setMeasured] = useState<string>();
  const [instrumentId, setInstrument] = useState<string>();
  const programme = programmes.find((p) => p.id === programmeId);
  return (
    <Section title={t('programme.title')} note={t('programme.note')}>
      {o.programme ? (
        <Facts
          rows={[
            [t('programme.one'), `${o.programme.code} · v${o.programme.version}`],
            [o.programme.dimension, `${o.programme.measured} ${o.programme.unit}`],
            ...o.programme.parameters.map((p) => [p.name, `${p.value} ${p.unit}`] as const),
          ]}
        />
      ) : null}
      {programmes.length > 1 ? (
        <SelectField
          label={t('programme.one')}
          choices={programmes.map((p) => ({ value: p.id, label: `${p.code} ${p.name}` }))}
          value={programmeId}
          onChange={setProgramme}
        />
      ) : null}
      {programme ? (
        <>
          <QuantityField
            label={`${programme.dimension} (${programme.unit})`}
            unit=""
            value={measured}
            onChange={setMeasured}
          />
          <LookupField
            label={t('finishing.instrument')}
            list={listInstruments}
            by="q"
            choice={(r) => ({ value: r.id, label: `${r.code} ${r.name}` })}
            value={instrumentId}
            onChange={setInstrument}
          />
          <Button
            icon="ruler"
            size="large"
            isBusy={choose.isBusy}
            disabled={measured === undefined}
            onClick={() =>
              void choose.run({
                params: { operationId: o.id },
                body: {
                  programmeId: programme.id,
                  measured: measured ?? '',
                  ...(instrumentId ? { instrumentId } : {}),
                },
              })
            }
          >
            {t('programme.choose')}
          </Button>
        </>
      ) : null}
    </Section>
  );
}
