import {
  Button,
  Code,
  Day,
  Dialog,
  EmptyState,
  FormFrame,
  PermissionGate,
  useForm,
  useGo,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import {
  addInstrument,
  INSTRUMENT_KINDS,
  instrumentKind,
  listInstruments,
  perm,
} from '../contract.ts';
import { InstrumentFields } from './fields.tsx';
import { CalibrationTag } from './words.tsx';

/** Everything that measures, and until when it may. */
export default function InstrumentsPage() {
  const t = useTexts('instruments');
  const say = useSay();
  const [adding, setAdding] = useState(false);
  const add = (
    <PermissionGate access={perm('instruments.instrument:edit')}>
      <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
        {t('add')}
      </Button>
    </PermissionGate>
  );
  return (
    <OfficePage title={t('title')} note={t('note')} actions={add}>
      <DataTable
        id="instruments.list"
        title={t('title')}
        list={listInstruments}
        rowKey={(r) => r.id}
        filters={[
          { kind: 'search', id: 'q', label: t('search') },
          {
            kind: 'choice',
            id: 'kind',
            label: t('kind'),
            choices: Object.entries(INSTRUMENT_KINDS).map(([value, name]) => ({
              value,
              label: say(name),
            })),
          },
          {
            kind: 'choice',
            id: 'due',
            label: t('due'),
            choices: [{ value: 'yes', label: t('onlyDue') }],
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
          { id: 'name', title: t('name'), cell: (r) => r.name, plain: (r) => r.name },
          {
            id: 'kind',
            title: t('kind'),
            cell: (r) => say(instrumentKind(r.kind)),
            plain: (r) => r.kind,
          },
          {
            id: 'serial',
            title: t('serial'),
            optional: true,
            cell: (r) => r.serial,
            plain: (r) => r.serial,
          },
          {
            id: 'calibratedOn',
            title: t('calibratedOn'),
            width: 130,
            cell: (r) => (r.calibratedOn ? <Day day={r.calibratedOn} /> : '—'),
            plain: (r) => r.calibratedOn,
          },
          {
            id: 'dueOn',
            title: t('dueOn'),
            width: 130,
            cell: (r) => (r.dueOn ? <Day day={r.dueOn} /> : '—'),
            plain: (r) => r.dueOn,
          },
          {
            id: 'state',
            title: t('calibration'),
            width: 140,
            cell: (r) => <CalibrationTag state={r.state} />,
            plain: (r) => t(`state.${r.state}`),
          },
        ]}
        open={(r) => ({ to: '/office/instruments/$instrumentId', params: { instrumentId: r.id } })}
        empty={
          <EmptyState icon="ruler" title={t('none')}>
            {t('noneNext')}
          </EmptyState>
        }
      />
      <Dialog open={adding} title={t('add')} onClose={() => setAdding(false)} side>
        <NewInstrument />
      </Dialog>
    </OfficePage>
  );
}

function NewInstrument() {
  const t = useTexts('instruments');
  const go = useGo();
  const form = useForm(addInstrument, {
    initial: { intervalDays: 365 },
    said: t('added'),
    onDone: (i) => go({ to: '/office/instruments/$instrumentId', params: { instrumentId: i.id } }),
  });
  return (
    <FormFrame form={form} submit={t('add')}>
      <InstrumentFields words={form.field} interval={form.field('intervalDays')} />
    </FormFrame>
  );
}
