import {
  Button,
  Code,
  JobProgress,
  Num,
  PermissionGate,
  Reading,
  Row,
  Section,
  StatusTag,
  useAct,
  useParam,
  useRead,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { OfficePage, PlainTable } from '@zaizao/platform/ui/office';
import type { z } from 'zod';
import { commitImport, discardImport, getImport, perm } from '../contract.ts';
import { IMPORT_TONES } from './imports-page.tsx';

type Import = z.output<(typeof getImport)['response']>;
type Report = NonNullable<Import['report']>;

/** One import: every fault by its cell, or what the commit will change. */
export default function ImportPage() {
  const t = useTexts('catalog');
  const importId = useParam('importId');
  const found = useRead(getImport, { params: { importId } });
  const commit = useAct(commitImport, { said: t('imports.committed') });
  const discard = useAct(discardImport, { said: t('imports.discarded') });
  const params = { importId };
  return (
    <Reading of={found}>
      {(x) => (
        <OfficePage
          title={t('imports.one', { n: x.no })}
          note={x.fileName}
          up={{ to: '/office/catalogue/imports', title: t('imports.title') }}
          status={
            <StatusTag tone={IMPORT_TONES[x.state]}>{t(`imports.state.${x.state}`)}</StatusTag>
          }
          actions={
            x.state === 'ready' ? (
              <PermissionGate access={perm('catalog.import:run')}>
                <Row>
                  <Button isBusy={discard.isBusy} onClick={() => void discard.run({ params })}>
                    {t('imports.discard')}
                  </Button>
                  <Button
                    kind="primary"
                    icon="check"
                    isBusy={commit.isBusy}
                    onClick={() => void commit.run({ params })}
                  >
                    {t('imports.commit')}
                  </Button>
                </Row>
              </PermissionGate>
            ) : null
          }
        >
          {x.jobId && (x.state === 'checking' || x.state === 'committing') ? (
            <JobProgress
              jobId={x.jobId}
              title={t(`imports.state.${x.state}`)}
              onDone={() => void found.refetch()}
            />
          ) : null}
          {x.report ? <Outcome state={x.state} report={x.report} /> : null}
        </OfficePage>
      )}
    </Reading>
  );
}

function Outcome({ state, report }: { state: Import['state']; report: Report }) {
  const t = useTexts('catalog');
  const changes = report.sheets.some((s) => s.added + s.changed > 0);
  return (
    <>
      {state === 'refused' ? (
        <Verdict tone="bad" title={t('imports.refusedTitle', { n: report.faultCount })}>
          {t('imports.refusedNext')}
        </Verdict>
      ) : null}
      {state === 'ready' ? (
        <Verdict tone="good" title={changes ? t('imports.readyTitle') : t('imports.sameTitle')}>
          {changes ? t('imports.readyNext') : t('imports.sameNext')}
        </Verdict>
      ) : null}
      {report.faults.length > 0 ? <Faults report={report} /> : null}
      {report.sheets.length > 0 ? <Changes sheets={report.sheets} /> : null}
    </>
  );
}

function Faults({ report }: { report: Report }) {
  const t = useTexts('catalog');
  const say = useSay();
  return (
    <Section
      title={t('imports.faultList')}
      {...(report.faultCount > report.faults.length
        ? { note: t('imports.faultFirst', { n: report.faults.length, all: report.faultCount }) }
        : {})}
    >
      <PlainTable
        rows={[...report.faults.entries()]}
        rowKey={([i]) => String(i)}
        columns={[
          { title: t('imports.sheet'), cell: ([, f]) => f.sheet || '—' },
          { title: t('imports.cell'), cell: ([, f]) => (f.cell ? <Code>{f.cell}</Code> : '—') },
          { title: t('imports.what'), cell: ([, f]) => say(f.message) },
        ]}
      />
    </Section>
  );
}

function Changes({ sheets }: { sheets: Report['sheets'] }) {
  const t = useTexts('catalog');
  const say = useSay();
  return (
    <Section title={t('imports.changes')} note={t('imports.changesNote')}>
      <PlainTable
        rows={sheets}
        rowKey={(s) => s.sheet}
        columns={[
          { title: t('imports.sheet'), cell: (s) => say(s.title) },
          { title: t('imports.rows'), end: true, cell: (s) => <Num value={s.rows} /> },
          { title: t('imports.added'), end: true, cell: (s) => <Num value={s.added} /> },
          { title: t('imports.changed'), end: true, cell: (s) => <Num value={s.changed} /> },
          { title: t('imports.unchanged'), end: true, cell: (s) => <Num value={s.unchanged} /> },
        ]}
      />
    </Section>
  );
}
