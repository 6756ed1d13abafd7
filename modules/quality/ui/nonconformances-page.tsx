import {
  Button,
  Chart,
  Code,
  Dialog,
  EmptyState,
  FormFrame,
  NumberField,
  PermissionGate,
  Reading,
  Section,
  SelectField,
  TextField,
  Time,
  useAddress,
  useForm,
  useGo,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import {
  listNonconformances,
  NonconformanceSource,
  NonconformanceState,
  nonconformancePareto,
  openNonconformance,
  perm,
} from '../contract.ts';
import { FaultTag, useChoices } from './words.tsx';

/** What was not as it must be: the few causes that matter on top, every record below. */
export default function NonconformancesPage() {
  const t = useTexts('quality');
  const [adding, setAdding] = useState(false);
  const add = (
    <PermissionGate access={perm('quality.nonconformance:open')}>
      <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
        {t('fault.add')}
      </Button>
    </PermissionGate>
  );
  return (
    <OfficePage title={t('fault.title')} note={t('fault.note')} actions={add}>
      <Pareto />
      <FaultTable />
      <Dialog open={adding} title={t('fault.add')} onClose={() => setAdding(false)} side>
        <NewFault />
      </Dialog>
    </OfficePage>
  );
}

const BY = ['defect', 'part', 'cause', 'source'] as const;

function Pareto() {
  const t = useTexts('quality');
  const say = useSay();
  const choices = useChoices();
  const [search, change] = useAddress();
  const by = BY.find((b) => b === search.by) ?? 'defect';
  const pareto = useRead(nonconformancePareto, { query: { by } });
  return (
    <Section
      title={t('pareto.title')}
      actions={
        <SelectField
          label={t('pareto.by')}
          value={by}
          onChange={(v) => change({ by: v })}
          choices={choices('pareto', BY)}
        />
      }
    >
      <Reading of={pareto}>
        {({ rows }) => {
          if (rows.length === 0) return <p className="z-note">{t('pareto.none')}</p>;
          const names = rows.slice(0, 15).map((r) => say(r.name));
          const option = {
            grid: { left: 8, right: 8, top: 60, bottom: 8, containLabel: true },
            tooltip: { trigger: 'axis' },
            legend: { top: 0 },
            xAxis: { type: 'category', data: names, axisLabel: { interval: 0, rotate: 30 } },
            yAxis: [
              { type: 'value', name: t('pareto.count'), minInterval: 1 },
              { type: 'value', name: '%', min: 0, max: 100, splitLine: { show: false } },
            ],
            series: [
              {
                type: 'bar',
                name: t('pareto.count'),
                barMaxWidth: 48,
                data: rows.slice(0, 15).map((r) => r.count),
              },
              {
                type: 'line',
                name: t('pareto.cumulative'),
                yAxisIndex: 1,
                data: rows.slice(0, 15).map((r) => Math.round(r.cumulative * 1000) / 10),
              },
            ],
          };
          const [first] = rows;
          const share = Math.round((first?.share ?? 0) * 100);
          return (
            <Chart
              option={option}
              height={260}
              summary={t('pareto.summary', { name: names[0] ?? '', share })}
              table={{
                head: [t(`pareto.${by}`), t('pareto.count'), t('pareto.cumulative')],
                rows: rows.map((r) => [
                  say(r.name),
                  r.count,
                  `${(r.cumulative * 100).toFixed(1)} %`,
                ]),
              }}
            />
          );
        }}
      </Reading>
    </Section>
  );
}

function FaultTable() {
  const t = useTexts('quality');
  const say = useSay();
  const choices = useChoices();
  return (
    <DataTable
      id="quality.nonconformances"
      title={t('fault.title')}
      list={listNonconformances}
      rowKey={(r) => r.id}
      filters={[
        { kind: 'search', id: 'q', label: t('search') },
        {
          kind: 'choice',
          id: 'state',
          label: t('state'),
          choices: choices('faultState', NonconformanceState.options),
        },
        {
          kind: 'choice',
          id: 'source',
          label: t('fault.source'),
          choices: choices('source', NonconformanceSource.options),
        },
        {
          kind: 'choice',
          id: 'open',
          label: t('fault.open'),
          choices: [{ value: 'yes', label: t('fault.onlyOpen') }],
        },
      ]}
      columns={[
        {
          id: 'code',
          title: t('code'),
          width: 110,
          cell: (r) => <Code>{r.code}</Code>,
          plain: (r) => r.code,
        },
        {
          id: 'subject',
          title: t('fault.subject'),
          width: 170,
          cell: (r) => (
            <>
              {t(`subject.${r.subject.kind}`)}{' '}
              {r.subject.code ? <Code>{r.subject.code}</Code> : null}
            </>
          ),
          plain: (r) => r.subject.code,
        },
        {
          id: 'defect',
          title: t('fault.defect'),
          cell: (r) => say(r.defectName),
          plain: (r) => say(r.defectName),
        },
        {
          id: 'severity',
          title: t('fault.severity'),
          width: 100,
          cell: (r) => t(`severity.${r.severity}`),
          plain: (r) => t(`severity.${r.severity}`),
        },
        {
          id: 'quantity',
          title: t('fault.quantity'),
          align: 'end',
          width: 80,
          cell: (r) => r.quantity,
          plain: (r) => r.quantity,
        },
        {
          id: 'disposition',
          title: t('fault.disposition'),
          width: 120,
          cell: (r) => (r.disposition ? t(`disposition.${r.disposition}`) : '—'),
          plain: (r) => (r.disposition ? t(`disposition.${r.disposition}`) : ''),
        },
        {
          id: 'state',
          title: t('state'),
          width: 130,
          cell: (r) => <FaultTag state={r.state} />,
          plain: (r) => t(`faultState.${r.state}`),
        },
        {
          id: 'at',
          title: t('fault.openedAt'),
          width: 150,
          cell: (r) => <Time at={r.openedAt} ago />,
          plain: (r) => r.openedAt,
        },
      ]}
      open={(r) => ({
        to: '/office/nonconformances/$nonconformanceId',
        params: { nonconformanceId: r.id },
      })}
      empty={
        <EmptyState icon="flag" title={t('fault.none')}>
          {t('fault.noneNext')}
        </EmptyState>
      }
    />
  );
}

function NewFault() {
  const t = useTexts('quality');
  const go = useGo();
  const choices = useChoices();
  const form = useForm(openNonconformance, {
    initial: { quantity: 1, severity: 'major', source: 'production' },
    said: t('fault.opened'),
    onDone: (n) =>
      go({ to: '/office/nonconformances/$nonconformanceId', params: { nonconformanceId: n.id } }),
  });
  const severities = ['critical', 'major', 'minor'] as const;
  return (
    <FormFrame form={form} submit={t('fault.add')}>
      <TextField
        label={t('fault.thing')}
        hint={t('fault.thingHint')}
        mono
        {...form.field('thing')}
      />
      <SelectField
        label={t('fault.source')}
        choices={choices('source', NonconformanceSource.options)}
        {...form.field('source')}
      />
      <TextField label={t('fault.defect')} hint={t('fault.defectHint')} {...form.field('defect')} />
      <TextField label={t('fault.description')} lines={3} {...form.field('description')} />
      <SelectField
        label={t('fault.severity')}
        choices={choices('severity', severities)}
        {...form.field('severity')}
      />
      <NumberField label={t('fault.quantity')} min={1} {...form.field('quantity')} />
    </FormFrame>
  );
}
