import type { Output } from '@zaizao/platform/ui';
import {
  Button,
  Code,
  LinkButton,
  QuantityField,
  Section,
  Time,
  useAct,
  useAddress,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { FloorPage, Keys } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { finishCleaning, type getCleaning } from '../contract.ts';
import { useMethods } from './methods.ts';
import { ComponentTag, usePartName } from './words.tsx';

type Batch = Output<typeof getCleaning>;

/** What a batch uses up, with the units it is metered in. */
export const CONSUMED = [
  ['waterL', 'LTR'],
  ['energyKwh', 'KWH'],
  ['agentKg', 'KGM'],
  ['effluentL', 'LTR'],
  ['acidRecoveredPct', 'P1'],
] as const;

/** A running batch until its result; afterwards what it unlocked. */
export function BatchWork({ batch }: { batch: Batch }) {
  const t = useTexts('dismantling');
  const methods = useMethods();
  const [, change] = useAddress();
  const [result, setResult] = useState<'good' | 'repeat'>();
  const [consumption, setConsumption] = useState<Readonly<Record<string, string>>>({});
  const finish = useAct(finishCleaning, { refreshes: ['inspection'] });
  const isRunning = batch.state === 'running';
  return (
    <FloorPage
      title={`${batch.code} ${methods.name(batch.method)}`}
      note={
        <>
          {batch.machine} · <Time at={batch.startedAt} ago />
        </>
      }
      actions={
        isRunning ? (
          <Button
            kind="primary"
            size="large"
            wide
            icon="check"
            disabled={!result}
            isBusy={finish.isBusy}
            onClick={() =>
              result
                ? void finish.run({ params: { batchId: batch.id }, body: { result, consumption } })
                : undefined
            }
          >
            {t('cleaning.finish')}
          </Button>
        ) : (
          <Button
            kind="primary"
            size="large"
            wide
            icon="plus"
            onClick={() => change({ batch: undefined })}
          >
            {t('cleaning.next')}
          </Button>
        )
      }
    >
      {isRunning ? (
        <>
          <Section title={t('cleaning.result')} note={t('cleaning.resultNote')}>
            <Keys
              label={t('cleaning.result')}
              value={result}
              onChange={setResult}
              digits
              choices={[
                { value: 'good', label: t('cleaning.good'), icon: 'check', tone: 'good' },
                { value: 'repeat', label: t('cleaning.repeat'), icon: 'undo', tone: 'decide' },
              ]}
            />
          </Section>
          <Section title={t('cleaning.consumption')}>
            {CONSUMED.map(([key, unit]) => (
              <QuantityField
                key={key}
                label={t(`consumed.${key}`)}
                unit={unit}
                required={false}
                value={consumption[key]}
                onChange={(v) => {
                  const { [key]: _, ...others } = consumption;
                  setConsumption(v === undefined ? others : { ...others, [key]: v });
                }}
              />
            ))}
          </Section>
        </>
      ) : (
        <Verdict
          tone={batch.state === 'good' ? 'good' : 'decide'}
          title={t(batch.state === 'good' ? 'cleaning.isGood' : 'cleaning.isRepeat')}
        >
          {t(batch.state === 'good' ? 'cleaning.unlocked' : 'cleaning.again')}
        </Verdict>
      )}
      <Section title={t('cleaning.inside', { n: batch.components.length })}>
        <ComponentLines batch={batch} />
      </Section>
      {batch.state === 'good' ? (
        <LinkButton size="large" wide icon="ruler" to="/floor/inspection">
          {t('cleaning.toInspection')}
        </LinkButton>
      ) : null}
      {isRunning ? (
        <Button kind="quiet" onClick={() => change({ batch: undefined })}>
          {t('act.back')}
        </Button>
      ) : null}
    </FloorPage>
  );
}

export function ComponentLines({ batch }: { batch: Batch }) {
  const name = usePartName();
  return (
    <ul className="z-dis-things">
      {batch.components.map((c) => (
        <li key={c.id}>
          <span>
            <Code>{c.code}</Code> {name(c.part)}
            {c.qty > 1 ? ` ×${c.qty}` : ''}
          </span>
          <ComponentTag state={c.state} />
        </li>
      ))}
    </ul>
  );
}
