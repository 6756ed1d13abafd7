import {
  Button,
  Code,
  Dialog,
  EmptyState,
  FormFrame,
  PermissionGate,
  SelectField,
  TextField,
  useForm,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { addStation, listStations, perm } from '../contract.ts';
import { STATION_KINDS, useStationKind } from './words.tsx';

/** The stations of the plant. */
export default function StationsPage() {
  const t = useTexts('production');
  const kindName = useStationKind();
  const [adding, setAdding] = useState(false);
  const add = (
    <PermissionGate access={perm('production.station:edit')}>
      <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
        {t('stations.add')}
      </Button>
    </PermissionGate>
  );
  return (
    <OfficePage title={t('stations.title')} note={t('stations.note')} actions={add}>
      <DataTable
        id="production.stations"
        title={t('stations.title')}
        list={listStations}
        rowKey={(r) => r.id}
        filters={[]}
        columns={[
          {
            id: 'code',
            title: t('stations.code'),
            cell: (r) => <Code>{r.code}</Code>,
            plain: (r) => r.code,
          },
          { id: 'name', title: t('stations.name'), cell: (r) => r.name, plain: (r) => r.name },
          {
            id: 'kind',
            title: t('stations.kind'),
            cell: (r) => kindName(r.kind),
            plain: (r) => kindName(r.kind),
          },
          { id: 'line', title: t('stations.line'), cell: (r) => r.line, plain: (r) => r.line },
        ]}
        empty={
          <EmptyState icon="factory" title={t('stations.none')} action={add}>
            {t('stations.noneNext')}
          </EmptyState>
        }
      />
      <Dialog open={adding} title={t('stations.add')} onClose={() => setAdding(false)}>
        <AddForm onDone={() => setAdding(false)} />
      </Dialog>
    </OfficePage>
  );
}

function AddForm({ onDone }: { onDone: () => void }) {
  const t = useTexts('production');
  const kindName = useStationKind();
  const form = useForm(addStation, { said: (s) => t('stations.added', { code: s.code }), onDone });
  const kinds = [...STATION_KINDS, 'receiving', 'dismantling', 'cleaning', 'inspection', 'test'];
  return (
    <FormFrame form={form} submit={t('stations.add')}>
      <TextField label={t('stations.name')} {...form.field('name')} />
      <SelectField
        label={t('stations.kind')}
        choices={kinds.map((value) => ({ value, label: kindName(value) }))}
        {...form.field('kind')}
      />
      <TextField label={t('stations.line')} {...form.field('line')} />
    </FormFrame>
  );
}
