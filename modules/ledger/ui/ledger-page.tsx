import {
  Button,
  Code,
  EmptyState,
  Facts,
  Figure,
  Grid,
  JobProgress,
  Num,
  PermissionGate,
  Reading,
  Section,
  StatusTag,
  Time,
  useAct,
  useRead,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import {
  getLog,
  type LogState,
  ledgerPermission,
  listEvents,
  type Verification,
  verification,
  verifyNow,
} from '../contract.ts';
import { FindingList } from './finding-list.tsx';
import zh from './i18n/zh-CN.json' with { type: 'json' };
import { useNames } from './names.ts';
import { WitnessesSection } from './witnesses-section.tsx';

const TYPES = [
  'ObjectEvent',
  'TransformationEvent',
  'AssociationEvent',
  'AggregationEvent',
  'TransactionEvent',
];

/** The ledger: what happened as a readable story, the health of the log, and "verify now". */
export default function LedgerPage() {
  const t = useTexts('ledger');
  const names = useNames();
  return (
    <OfficePage title={t('ledger.title')} note={t('ledger.note')}>
      <Health />
      <WitnessesSection />
      <DataTable
        id="ledger.events"
        title={t('ledger.events')}
        list={listEvents}
        rowKey={(r) => String(r.seq)}
        filters={[
          { kind: 'text', id: 'thing', label: t('ledger.thing') },
          {
            kind: 'choice',
            id: 'bizStep',
            label: t('ledger.step'),
            choices: Object.keys(zh.steps).map((s) => ({ value: s, label: t(`steps.${s}`) })),
          },
          {
            kind: 'choice',
            id: 'type',
            label: t('ledger.type'),
            choices: TYPES.map((type) => ({ value: type, label: t(`types.${type}`) })),
          },
          { kind: 'day', id: 'from', label: t('ledger.from') },
          { kind: 'day', id: 'to', label: t('ledger.to') },
        ]}
        columns={[
          {
            id: 'step',
            title: t('ledger.what'),
            cell: (r) => names.step(r.bizStep, r.type, r.process),
            plain: (r) => names.step(r.bizStep, r.type, r.process),
          },
          {
            id: 'things',
            title: t('ledger.things'),
            cell: (r) => names.story(r),
            plain: (r) => r.things.map((x) => x.epc).join(' '),
          },
          {
            id: 'disposition',
            title: t('ledger.disposition'),
            cell: (r) => names.disposition(r.disposition) ?? '',
            plain: (r) => r.disposition,
          },
          {
            id: 'eventTime',
            title: t('ledger.eventTime'),
            cell: (r) => <Time at={r.eventTime} />,
            plain: (r) => r.eventTime,
          },
          {
            id: 'log',
            title: t('ledger.inLog'),
            cell: (r) =>
              r.isErrorDeclaration ? (
                <StatusTag tone="decide">{t('ledger.declared')}</StatusTag>
              ) : r.logIndex === undefined ? (
                <StatusTag tone="busy">{t('ledger.waiting')}</StatusTag>
              ) : (
                <StatusTag tone="good">{`#${r.logIndex}`}</StatusTag>
              ),
            plain: (r) => r.logIndex,
          },
          {
            id: 'recordTime',
            title: t('ledger.recordTime'),
            cell: (r) => <Time at={r.recordTime} />,
            plain: (r) => r.recordTime,
            optional: true,
          },
          {
            id: 'eventId',
            title: t('ledger.eventId'),
            cell: (r) => <Code>{r.eventId}</Code>,
            plain: (r) => r.eventId,
            optional: true,
          },
        ]}
        open={(r) => ({ to: '/office/ledger/events/$eventId', params: { eventId: r.eventId } })}
        empty={
          <EmptyState icon="book" title={t('ledger.none')}>
            {t('ledger.noneNext')}
          </EmptyState>
        }
      />
    </OfficePage>
  );
}

function Health() {
  const t = useTexts('ledger');
  const log = useRead(getLog, {}, { every: 10_000 });
  const [jobId, setJobId] = useState<string>();
  const [result, setResult] = useState<Verification>();
  const verify = useAct(verifyNow);
  const start = async () => {
    setResult(undefined);
    const done = await verify.run({ body: { deep: true } });
    if (done.state === 'done') setJobId(done.value.jobId);
  };
  return (
    <Section
      title={t('log.title')}
      note={t('log.note')}
      actions={
        <PermissionGate access={ledgerPermission('ledger.log:verify')}>
          <Button kind="primary" icon="shield" isBusy={verify.isBusy} onClick={() => void start()}>
            {t('log.verify')}
          </Button>
        </PermissionGate>
      }
    >
      <Reading of={log}>{(l) => <LogFigures log={l} />}</Reading>
      {jobId && !result ? (
        <JobProgress
          jobId={jobId}
          title={t('log.verifying')}
          onDone={(value) => {
            setResult(verification.parse(value));
            setJobId(undefined);
          }}
        />
      ) : null}
      {result ? (
        <>
          <Verdict
            tone={result.ok ? 'good' : 'bad'}
            title={result.ok ? t('log.sound') : t('log.unsound', { n: result.findings.length })}
          >
            {t('log.report', {
              events: result.events,
              size: result.size,
              seconds: (result.milliseconds / 1000).toFixed(1),
            })}
          </Verdict>
          <FindingList findings={result.findings} />
        </>
      ) : null}
    </Section>
  );
}

function LogFigures({ log }: { log: LogState }) {
  const t = useTexts('ledger');
  return (
    <>
      <Grid>
        <Figure label={t('log.events')} value={<Num value={log.events} />} />
        <Figure
          label={t('log.waiting')}
          value={<Num value={log.waiting} />}
          note={log.waiting === 0 ? t('log.allIn') : t('log.soon')}
        />
        <Figure label={t('log.size')} value={<Num value={log.size} />} />
        <Figure
          label={t('log.signed')}
          value={log.signedAt ? <Time at={log.signedAt} ago /> : '—'}
        />
      </Grid>
      <details className="z-ledger-details">
        <summary>{t('log.checkpoints')}</summary>
        <Facts
          rows={[
            [t('log.origin'), <Code key="o">{log.origin}</Code>],
            [t('log.key'), <Code key="k">{log.verifierKey}</Code>],
            [t('log.root'), <Code key="r">{log.root}</Code>],
            [
              t('log.files'),
              <a key="f" href="/log/checkpoint">
                /log/checkpoint
              </a>,
            ],
            ...log.checkpoints.map(
              (c) => [<Num key="n" value={c.size} />, <Time key="t" at={c.signedAt} />] as const,
            ),
          ]}
        />
      </details>
    </>
  );
}
