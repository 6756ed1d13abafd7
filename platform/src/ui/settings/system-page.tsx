import { listJobs } from '../../jobs/contract.ts';
import { systemStatus } from '../../system/contract.ts';
import type { Output } from '../client/call.ts';
import { useRead } from '../client/hooks.ts';
import { formatNumber, formatShare } from '../format/number.ts';
import { useLang, useSay, useTexts } from '../i18n/language.ts';
import { DataTable } from '../office/data-table.tsx';
import { OfficePage } from '../office/page.tsx';
import { LinkButton } from '../parts/button.tsx';
import { Facts, Figure, Grid, Section } from '../parts/layout.tsx';
import { Panels } from '../parts/panels.tsx';
import { EmptyState, Reading } from '../parts/state.tsx';
import { StatusTag, type Tone } from '../parts/status.tsx';
import { Code, Time } from '../parts/values.tsx';

type Status = Output<typeof systemStatus>;
type Job = Output<typeof listJobs>['items'][number];

const TONES: Readonly<Record<Job['state'], Tone>> = {
  queued: 'idle',
  running: 'busy',
  done: 'good',
  failed: 'bad',
  cancelled: 'idle',
};

/** 系统: how the installation and its background work stand, and the commands that look after it. */
export default function SystemPage() {
  const t = useTexts('identity');
  const status = useRead(systemStatus, {});
  return (
    <OfficePage
      title={t('system.title')}
      note={t('system.note')}
      actions={
        <a className="z-button z-button-plain z-button-middle" href="/api">
          {t('keys.docs')}
        </a>
      }
    >
      <Reading of={status}>
        {(s) => (
          <>
            <Background status={s} />
            {s.installation ? <Installation of={s.installation} /> : null}
          </>
        )}
      </Reading>
      <Panels slot="system" props={{}} />
      <Jobs />
    </OfficePage>
  );
}

function Background({ status: { jobs, outbox } }: { status: Status }) {
  const t = useTexts('identity');
  const jobsIn = (state: Job['state']) => ({ to: '/office/settings/system', search: { state } });
  return (
    <Section title={t('system.background')} note={t('system.backgroundNote')}>
      <Grid min={130}>
        <Figure label={t('system.queued')} value={jobs.queued} to={jobsIn('queued')} />
        <Figure label={t('system.running')} value={jobs.running} to={jobsIn('running')} />
        <Figure
          label={t('system.failed')}
          value={jobs.failed}
          {...(jobs.failed > 0 ? { tone: 'decide' as const } : {})}
          to={jobsIn('failed')}
        />
        <Figure
          label={t('system.outbox')}
          value={outbox.waiting}
          {...(outbox.oldestAt ? { note: <Time at={outbox.oldestAt} ago /> } : {})}
        />
        <Figure
          label={t('system.parked')}
          value={outbox.parked}
          note={outbox.parked > 0 ? t('system.parkedNext') : undefined}
          {...(outbox.parked > 0 ? { tone: 'bad' as const } : {})}
        />
      </Grid>
    </Section>
  );
}

const MEGABYTE = 1_000_000;
const GIGABYTE = 1_000 * MEGABYTE;

function Installation({ of: i }: { of: NonNullable<Status['installation']> }) {
  const t = useTexts('identity');
  const lang = useLang();
  const size = (n: number) =>
    n < GIGABYTE
      ? `${formatNumber(n / MEGABYTE, lang, 0)} MB`
      : `${formatNumber(n / GIGABYTE, lang, 1)} GB`;
  const free = i.diskBytes > 0 ? formatShare(i.freeBytes / i.diskBytes, lang, 0) : '—';
  const isOwn = i.engine === 'pglite';
  return (
    <>
      <Section title={t('system.installation')}>
        <Facts
          rows={[
            [t('system.version'), i.version],
            ['Node.js', i.node],
            [
              t('system.database'),
              `${t(`system.engine.${i.engine}`)}, PostgreSQL ${i.engineVersion}`,
            ],
            [t('system.databaseSize'), size(i.databaseBytes)],
            [t('system.free'), t('system.freeOf', { free: size(i.freeBytes), share: free })],
            [t('system.started'), <Time key="started" at={i.startedAt} />],
            [t('system.demo'), i.isDemo ? t('system.demoYes') : undefined],
            [
              t('system.lastBackup'),
              i.lastBackup ? (
                <span key="backup">
                  <Time at={i.lastBackup.at} /> {t('system.backupOf', { n: i.lastBackup.files })}
                </span>
              ) : (
                t(isOwn ? 'system.noBackup' : 'system.backupElsewhere')
              ),
            ],
          ]}
        />
      </Section>
      <Section title={t('system.commands')} note={t('system.commandsNote')}>
        <Facts
          rows={[
            [t('system.doctor'), <Code key="doctor">npm run zaizao -- doctor</Code>],
            [
              t('system.backup'),
              isOwn ? (
                <Code key="backup">npm run zaizao -- backup FILE</Code>
              ) : (
                t('system.backupPostgres')
              ),
            ],
            [
              t('system.restore'),
              isOwn ? <Code key="restore">npm run zaizao -- restore FILE</Code> : undefined,
            ],
            [t('system.verify'), <Code key="verify">npm run zaizao -- ledger verify --deep</Code>],
            [t('system.import'), <Code key="import">npm run zaizao -- import FILE.xlsx</Code>],
          ]}
        />
        <LinkButton icon="document" to="/office/settings/audit">
          {t('audit.title')}
        </LinkButton>
      </Section>
    </>
  );
}

function Jobs() {
  const t = useTexts('identity');
  const say = useSay();
  return (
    <DataTable
      id="platform.jobs"
      title={t('system.jobs')}
      list={listJobs}
      rowKey={(j) => j.id}
      filters={[
        {
          kind: 'choice',
          id: 'state',
          label: t('system.state'),
          choices: (['queued', 'running', 'done', 'failed', 'cancelled'] as const).map((value) => ({
            value,
            label: t(`system.jobState.${value}`),
          })),
        },
      ]}
      columns={[
        {
          id: 'kind',
          title: t('system.kind'),
          cell: (j) => <Code>{j.kind}</Code>,
          plain: (j) => j.kind,
        },
        {
          id: 'state',
          title: t('system.state'),
          cell: (j) => (
            <StatusTag tone={TONES[j.state]}>{t(`system.jobState.${j.state}`)}</StatusTag>
          ),
          plain: (j) => t(`system.jobState.${j.state}`),
        },
        {
          id: 'message',
          title: t('system.message'),
          cell: (j) => j.error?.title ?? (j.message ? say(j.message) : ''),
          plain: (j) => j.error?.title ?? (j.message ? say(j.message) : ''),
        },
        {
          id: 'createdAt',
          title: t('system.created'),
          cell: (j) => <Time at={j.createdAt} />,
          plain: (j) => j.createdAt,
        },
        {
          id: 'finishedAt',
          title: t('system.finished'),
          cell: (j) => (j.finishedAt ? <Time at={j.finishedAt} /> : '—'),
          plain: (j) => j.finishedAt,
        },
      ]}
      empty={
        <EmptyState icon="check" title={t('system.noJobs')}>
          {t('system.noJobsNext')}
        </EmptyState>
      }
    />
  );
}
