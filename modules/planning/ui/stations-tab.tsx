import {
  CheckField,
  Code,
  Dialog,
  EmptyState,
  FormFrame,
  formatDuration,
  NumberField,
  type Output,
  StatusTag,
  TextField,
  useForm,
  useLang,
  useList,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { editStationRule, listCalendars, listStationRules } from '../contract.ts';
import { CalendarField, EditableName } from './resource-parts.tsx';
import { useKind } from './words.tsx';

type Rule = Output<typeof listStationRules>['items'][number];

/** What planning knows of each station: its calendar, its steps, batches, set-ups. */
export function StationsTab() {
  const t = useTexts('planning');
  const lang = useLang();
  const kind = useKind();
  const [editing, setEditing] = useState<Rule>();
  const calendars = useList(listCalendars, { query: { limit: 100 } });
  const calendarName = (id: string | undefined) =>
    calendars.items.find((c) => c.id === id)?.name ?? t('calendar.usual');
  return (
    <>
      <DataTable
        id="planning.stations"
        title={t('station.title')}
        list={listStationRules}
        rowKey={(r) => r.stationId}
        filters={[]}
        columns={[
          {
            id: 'name',
            title: t('station.name'),
            cell: (r) => <EditableName name={r.name} edit={() => setEditing(r)} />,
            plain: (r) => r.name,
          },
          {
            id: 'code',
            title: t('station.code'),
            cell: (r) => <Code>{r.code}</Code>,
            plain: (r) => r.code,
          },
          { id: 'kind', title: t('station.kind'), cell: (r) => kind(r.kind), plain: (r) => r.kind },
          {
            id: 'calendar',
            title: t('calendar.title'),
            cell: (r) => calendarName(r.calendarId),
            plain: (r) => calendarName(r.calendarId),
          },
          {
            id: 'steps',
            title: t('station.steps'),
            cell: (r) => r.steps.join(', ') || t('station.allSteps'),
            plain: (r) => r.steps.join(', '),
          },
          {
            id: 'batch',
            title: t('station.batch'),
            align: 'end',
            cell: (r) => r.batchCapacity ?? '—',
            plain: (r) => r.batchCapacity ?? '',
          },
          {
            id: 'setup',
            title: t('station.setup'),
            align: 'end',
            cell: (r) => (r.setupSeconds > 0 ? formatDuration(r.setupSeconds, lang) : '—'),
            plain: (r) => r.setupSeconds,
          },
          {
            id: 'use',
            title: t('station.use'),
            cell: (r) => (
              <StatusTag tone={r.inUse ? 'good' : 'idle'}>
                {t(r.inUse ? 'station.inUse' : 'station.notInUse')}
              </StatusTag>
            ),
            plain: (r) => (r.inUse ? 1 : 0),
          },
        ]}
        empty={
          <EmptyState icon="factory" title={t('station.none')}>
            {t('station.noneNext')}
          </EmptyState>
        }
      />
      <Dialog
        open={editing !== undefined}
        title={editing?.name ?? ''}
        onClose={() => setEditing(undefined)}
      >
        {editing ? (
          <RuleForm
            rule={editing}
            onDone={() => setEditing(undefined)}
            calendars={calendars.items}
          />
        ) : null}
      </Dialog>
    </>
  );
}

function RuleForm(props: {
  rule: Rule;
  onDone: () => void;
  calendars: readonly { id: string; name: string }[];
}) {
  const t = useTexts('planning');
  const { rule: r } = props;
  const form = useForm(editStationRule, {
    initial: {
      steps: r.steps,
      attended: r.attended,
      setupSeconds: r.setupSeconds,
      inUse: r.inUse,
      ...(r.calendarId ? { calendarId: r.calendarId } : {}),
      ...(r.batchCapacity ? { batchCapacity: r.batchCapacity } : {}),
    },
    rest: { params: { stationId: r.stationId }, version: r.version },
    said: t('saved'),
    onDone: props.onDone,
  });
  const steps = (form.draft.steps ?? []) as string[];
  const [typed, setTyped] = useState(steps.join(', '));
  return (
    <FormFrame form={form} submit={t('save')}>
      <CalendarField calendars={props.calendars} bound={form.field('calendarId')} />
      <TextField
        label={t('station.steps')}
        hint={t('station.stepsHint')}
        required={false}
        value={typed}
        onChange={(v) => {
          setTyped(v ?? '');
          form.set({ steps: (v ?? '').split(/[\s,，、]+/).filter(Boolean) });
        }}
      />
      <CheckField label={t('station.attended')} {...form.field('attended')} />
      <NumberField
        label={t('station.batch')}
        hint={t('station.batchHint')}
        min={1}
        {...form.field('batchCapacity')}
      />
      <NumberField
        label={t('station.setup')}
        hint={t('station.setupHint')}
        unit="SEC"
        min={0}
        {...form.field('setupSeconds')}
      />
      <CheckField label={t('station.inUse')} {...form.field('inUse')} />
    </FormFrame>
  );
}
