import {
  Facts,
  LinkButton,
  Quantity,
  Reading,
  Section,
  StatusTag,
  Time,
  useParam,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { getCleaning } from '../contract.ts';
import { CONSUMED, ComponentLines } from './batch-work.tsx';
import { BATCH_TONES } from './batches-page.tsx';
import { useMethods } from './methods.ts';

/** One batch: parameters, what it used up, what was in it. */
export default function BatchPage() {
  const t = useTexts('dismantling');
  const methods = useMethods();
  const batchId = useParam('batchId');
  const found = useRead(getCleaning, { params: { batchId } });
  return (
    <Reading of={found}>
      {(batch) => (
        <OfficePage
          title={`${batch.code} ${methods.name(batch.method)}`}
          up={{ to: '/office/cleaning', title: t('batches.title') }}
          status={
            <StatusTag tone={BATCH_TONES[batch.state]}>{t(`batches.${batch.state}`)}</StatusTag>
          }
          actions={
            batch.state === 'running' ? (
              <LinkButton
                kind="primary"
                icon="drop"
                to="/floor/cleaning"
                search={{ batch: batch.id }}
              >
                {t('cleaning.finish')}
              </LinkButton>
            ) : null
          }
        >
          <Section title={t('cleaning.how')}>
            <Facts
              rows={[
                [t('field.machine'), batch.machine],
                ...Object.entries(batch.parameters).map(([key, value]) => {
                  const { name, unit } = methods.parameter(batch.method, key);
                  return [name, `${value} ${unit}`.trim()] as const;
                }),
                ...CONSUMED.map(([key, unit]) => {
                  const value = batch.consumption[key];
                  return [
                    t(`consumed.${key}`),
                    value === undefined ? undefined : (
                      <Quantity key={key} value={value} unit={unit} />
                    ),
                  ] as const;
                }),
                [t('field.startedAt'), <Time key="s" at={batch.startedAt} />],
                [t('field.finishedAt'), batch.finishedAt && <Time key="f" at={batch.finishedAt} />],
              ]}
            />
          </Section>
          <Section title={t('cleaning.inside', { n: batch.components.length })}>
            <ComponentLines batch={batch} />
          </Section>
        </OfficePage>
      )}
    </Reading>
  );
}
