import { Code, EmptyState, LinkButton, Quantity, Time, useTexts } from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { listUnits } from '../contract.ts';
import { UNIT_STATES, UnitTag, usePartName } from './words.tsx';

/** Every unit we ever made, with the state it is in now. */
export default function UnitsPage() {
  const t = useTexts('production');
  const part = usePartName();
  return (
    <OfficePage title={t('units.title')} note={t('units.note')}>
      <DataTable
        id="production.units"
        title={t('units.title')}
        list={listUnits}
        rowKey={(r) => r.id}
        filters={[
          { kind: 'search', id: 'q', label: t('units.search') },
          {
            kind: 'choice',
            id: 'state',
            label: t('unit.state'),
            choices: UNIT_STATES.map((value) => ({ value, label: t(`unitState.${value}`) })),
          },
          { kind: 'day', id: 'from', label: t('units.from') },
          { kind: 'day', id: 'to', label: t('units.to') },
        ]}
        columns={[
          {
            id: 'serial',
            title: t('unit.serial'),
            cell: (r) => <Code>{r.serial}</Code>,
            plain: (r) => r.serial,
          },
          {
            id: 'part',
            title: t('unit.part'),
            cell: (r) => part(r.part),
            plain: (r) => part(r.part),
          },
          {
            id: 'state',
            title: t('unit.state'),
            cell: (r) => <UnitTag state={r.state} />,
            plain: (r) => t(`unitState.${r.state}`),
          },
          {
            id: 'life',
            title: t('unit.life'),
            align: 'end',
            cell: (r) => t('unit.lifeOf', { n: r.life }),
            plain: (r) => r.life,
          },
          {
            id: 'mass',
            title: t('unit.mass'),
            align: 'end',
            cell: (r) => <Quantity value={r.massG} unit="GRM" />,
            plain: (r) => r.massG,
          },
          {
            id: 'assembledAt',
            title: t('unit.assembledAt'),
            cell: (r) => <Time at={r.assembledAt} />,
            plain: (r) => r.assembledAt,
          },
          {
            id: 'epc',
            title: t('unit.epc'),
            cell: (r) => <Code>{r.epc}</Code>,
            plain: (r) => r.epc,
            optional: true,
          },
        ]}
        open={(r) => ({ to: '/office/units/$unitId', params: { unitId: r.id } })}
        empty={
          <EmptyState
            icon="box"
            title={t('units.none')}
            action={<LinkButton to="/office/work-orders">{t('orders.title')}</LinkButton>}
          >
            {t('units.noneNext')}
          </EmptyState>
        }
      />
    </OfficePage>
  );
}
