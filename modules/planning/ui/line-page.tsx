import { listParts } from '@zaizao/modules/catalog/contract';
import {
  Button,
  CheckField,
  Dialog,
  EmptyState,
  FormFrame,
  LookupField,
  NumberField,
  PermissionGate,
  TextField,
  Time,
  useForm,
  useGo,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { listBalances, makeBalance, perm } from '../contract.ts';
import { useShare } from './words.tsx';

/** 产线平衡: flow lines balanced to a takt. */
export default function LinePage() {
  const t = useTexts('planning');
  const share = useShare();
  const [making, setMaking] = useState(false);
  const make = (
    <PermissionGate access={perm('planning.line:edit')}>
      <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
        {t('line.make')}
      </Button>
    </PermissionGate>
  );
  return (
    <OfficePage title={t('line.title')} note={t('line.note')} actions={make}>
      <DataTable
        id="planning.balances"
        title={t('line.title')}
        list={listBalances}
        rowKey={(r) => r.id}
        filters={[]}
        columns={[
          { id: 'name', title: t('line.name'), cell: (r) => r.name, plain: (r) => r.name },
          {
            id: 'part',
            title: t('line.product'),
            cell: (r) => r.part.number,
            plain: (r) => r.part.number,
          },
          {
            id: 'takt',
            title: t('line.takt'),
            align: 'end',
            cell: (r) => t('line.seconds', { n: r.takt.toFixed(2) }),
            plain: (r) => r.takt,
          },
          {
            id: 'stations',
            title: t('line.stations'),
            align: 'end',
            cell: (r) => r.stations.length,
            plain: (r) => r.stations.length,
          },
          {
            id: 'efficiency',
            title: t('line.efficiency'),
            align: 'end',
            cell: (r) => share(r.efficiency),
            plain: (r) => r.efficiency,
          },
          {
            id: 'status',
            title: t('plans.state'),
            cell: (r) => t(`lineStatus.${r.status}`),
            plain: (r) => r.status,
          },
          {
            id: 'made',
            title: t('plans.made'),
            cell: (r) => <Time at={r.madeAt} ago />,
            plain: (r) => r.madeAt,
          },
        ]}
        open={(r) => ({ to: '/office/line-balance/$balanceId', params: { balanceId: r.id } })}
        empty={
          <EmptyState icon="layers" title={t('line.none')} action={make}>
            {t('line.noneNext')}
          </EmptyState>
        }
      />
      <Dialog open={making} title={t('line.make')} onClose={() => setMaking(false)}>
        <MakeForm />
      </Dialog>
    </OfficePage>
  );
}

function MakeForm() {
  const t = useTexts('planning');
  const say = useSay();
  const go = useGo();
  const form = useForm(makeBalance, {
    initial: { unitsPerDay: 480, workMinutes: 480, lines: 1, withOptional: true },
    onDone: (b) => go({ to: '/office/line-balance/$balanceId', params: { balanceId: b.id } }),
  });
  const { unitsPerDay, workMinutes } = form.draft;
  const takt =
    typeof unitsPerDay === 'number' && typeof workMinutes === 'number'
      ? (workMinutes * 60) / unitsPerDay
      : undefined;
  return (
    <FormFrame form={form} submit={t('line.make')}>
      <LookupField
        label={t('line.product')}
        list={listParts}
        by="q"
        fixed={{ kind: 'product' }}
        choice={(r) => ({ value: r.id, label: r.number, note: say(r.name) })}
        {...form.field('partId')}
      />
      <NumberField label={t('line.perDay')} min={1} {...form.field('unitsPerDay')} />
      <NumberField
        label={t('line.workMinutes')}
        unit="MIN"
        min={10}
        max={1440}
        {...form.field('workMinutes')}
      />
      <NumberField label={t('line.lines')} min={1} max={100} {...form.field('lines')} />
      {takt === undefined ? null : (
        <p className="z-note">{t('line.taktIs', { n: takt.toFixed(2) })}</p>
      )}
      <CheckField label={t('line.optional')} {...form.field('withOptional')} />
      <TextField label={t('line.name')} {...form.field('name')} />
    </FormFrame>
  );
}
