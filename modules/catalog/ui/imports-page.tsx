import {
  Button,
  Code,
  EmptyState,
  FileField,
  Grid,
  JobProgress,
  Num,
  PermissionGate,
  Reading,
  Section,
  Stack,
  StatusTag,
  Time,
  type Tone,
  useAct,
  useGo,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import {
  exportCatalogue,
  getDemoWorkbook,
  getTemplate,
  listDemoPlants,
  listImports,
  perm,
  startExport,
  startImport,
} from '../contract.ts';
import type { ImportState } from '../domain/import-state.ts';
import { DownloadLink } from './download-link.tsx';

export const IMPORT_TONES: Readonly<Record<ImportState, Tone>> = {
  checking: 'busy',
  refused: 'bad',
  ready: 'decide',
  committing: 'busy',
  committed: 'good',
  discarded: 'idle',
};

/** The catalogue by Excel: bring a workbook, see what it would do, take one away. */
export default function ImportsPage() {
  const t = useTexts('catalog');
  return (
    <OfficePage
      title={t('imports.title')}
      note={t('imports.note')}
      up={{ to: '/office/catalogue', title: t('parts.title') }}
    >
      <Grid min={320}>
        <PermissionGate access={perm('catalog.import:run')}>
          <Upload />
        </PermissionGate>
        <Downloads />
        <Plants />
      </Grid>
      <DataTable
        id="catalog.imports"
        title={t('imports.list')}
        list={listImports}
        rowKey={(r) => r.id}
        columns={[
          {
            id: 'no',
            title: t('imports.no'),
            align: 'end',
            cell: (r) => <Num value={r.no} />,
            plain: (r) => r.no,
          },
          {
            id: 'file',
            title: t('imports.file'),
            cell: (r) => <Code>{r.fileName}</Code>,
            plain: (r) => r.fileName,
          },
          {
            id: 'state',
            title: t('state'),
            cell: (r) => (
              <StatusTag tone={IMPORT_TONES[r.state]}>{t(`imports.state.${r.state}`)}</StatusTag>
            ),
            plain: (r) => t(`imports.state.${r.state}`),
          },
          {
            id: 'faults',
            title: t('imports.faults'),
            align: 'end',
            cell: (r) => (r.report ? <Num value={r.report.faultCount} /> : '—'),
            plain: (r) => r.report?.faultCount,
          },
          {
            id: 'at',
            title: t('imports.at'),
            cell: (r) => <Time at={r.createdAt} />,
            plain: (r) => r.createdAt,
          },
        ]}
        open={(r) => ({ to: '/office/catalogue/imports/$importId', params: { importId: r.id } })}
        empty={
          <EmptyState icon="upload" title={t('imports.none')}>
            {t('imports.noneNext')}
          </EmptyState>
        }
      />
    </OfficePage>
  );
}

function Upload() {
  const t = useTexts('catalog');
  const go = useGo();
  const [file, setFile] = useState<File>();
  const upload = useAct(startImport, {});
  const send = async () => {
    if (!file) return;
    const done = await upload.run({ file, fileName: file.name });
    if (done.state === 'done') {
      go({ to: '/office/catalogue/imports/$importId', params: { importId: done.value.id } });
    }
  };
  return (
    <Section title={t('imports.upload')}>
      <Stack>
        <FileField
          label={t('imports.workbook')}
          accept=".xlsx,.csv,.json"
          value={file}
          onChange={setFile}
          hint={t('imports.uploadHint')}
        />
        <Button
          kind="primary"
          icon="upload"
          isBusy={upload.isBusy}
          disabled={!file}
          onClick={() => void send()}
        >
          {t('imports.check')}
        </Button>
      </Stack>
    </Section>
  );
}

function Downloads() {
  const t = useTexts('catalog');
  const [job, setJob] = useState<{ id: string; sha256?: string }>();
  const run = useAct(startExport, {});
  const start = async () => {
    const done = await run.run({});
    if (done.state === 'done') setJob({ id: done.value.jobId });
  };
  return (
    <Section title={t('imports.take')}>
      <Stack>
        <DownloadLink endpoint={getTemplate} input={{}}>
          {t('imports.template')}
        </DownloadLink>
        <DownloadLink endpoint={exportCatalogue} input={{}}>
          {t('imports.export')}
        </DownloadLink>
        <Button icon="document" isBusy={run.isBusy} onClick={() => void start()}>
          {t('imports.exportLarge')}
        </Button>
        {job ? (
          <JobProgress
            jobId={job.id}
            title={t('imports.export')}
            onDone={(result) => {
              // the job's result is the stored file
              const { sha256 } = result as { sha256: string };
              setJob({ id: job.id, sha256 });
            }}
          />
        ) : null}
        {job?.sha256 ? (
          <a
            className="z-button z-button-primary z-button-middle"
            href={`/api/v1/files/${job.sha256}`}
            download
          >
            {t('imports.fetch')}
          </a>
        ) : null}
      </Stack>
    </Section>
  );
}

function Plants() {
  const t = useTexts('catalog');
  const say = useSay();
  const plants = useRead(listDemoPlants, {});
  return (
    <Section title={t('imports.plants')} note={t('imports.plantsNote')}>
      <Reading of={plants}>
        {({ items }) => (
          <Stack gap={6}>
            {items.map((p) => (
              <DownloadLink
                key={p.plant}
                endpoint={getDemoWorkbook}
                input={{ params: { plant: p.plant } }}
              >
                {`${p.plant} · ${say(p.name)}`}
              </DownloadLink>
            ))}
          </Stack>
        )}
      </Reading>
    </Section>
  );
}
