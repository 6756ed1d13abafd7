import {
  Code,
  EmptyState,
  Link,
  LinkButton,
  Quantity,
  Time,
  useAddress,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { listComponents, Stream } from '../contract.ts';
import { COMPONENT_STATES, ComponentTag, usePartName } from './words.tsx';

/** Everything that came out of cores: what it is, where it stands, and whose it was. */
export default function ComponentsPage() {
  const t = useTexts('dismantling');
  const name = usePartName();
  const [search] = useAddress();
  return (
    <OfficePage title={t('components.title')} note={t('components.note')}>
      <DataTable
        id="dismantling.components"
        title={t('components.title')}
        list={listComponents}
        live={['inspection', 'production']}
        rowKey={(c) => c.id}
        filters={[
          { kind: 'search', id: 'q', label: t('components.search') },
          {
            kind: 'choice',
            id: 'state',
            label: t('field.state'),
            choices: COMPONENT_STATES.map((value) => ({ value, label: t(`state.${value}`) })),
          },
          {
            kind: 'choice',
            id: 'stream',
            label: t('field.stream'),
            choices: Stream.options.map((value) => ({ value, label: t(`stream.${value}`) })),
          },
          ...(['coreId', 'partId'] as const).flatMap((id) => {
            const value = search[id];
            const choices = value ? [{ value, label: t('components.chosen') }] : [];
            const label = t(id === 'coreId' ? 'field.core' : 'field.part');
            return value ? [{ kind: 'choice' as const, id, label, choices }] : [];
          }),
        ]}
        columns={[
          {
            id: 'code',
            title: t('field.code'),
            cell: (c) => <Code>{c.code}</Code>,
            plain: (c) => c.code,
          },
          {
            id: 'part',
            title: t('field.part'),
            cell: (c) => name(c.part),
            plain: (c) => name(c.part),
          },
          {
            id: 'state',
            title: t('field.state'),
            cell: (c) => <ComponentTag state={c.state} />,
            plain: (c) => t(`state.${c.state}`),
          },
          {
            id: 'qty',
            title: t('field.qty'),
            align: 'end',
            cell: (c) => c.qty,
            plain: (c) => c.qty,
          },
          {
            id: 'core',
            title: t('field.core'),
            cell: (c) => (
              <Link to="/office/cores/$coreId" params={{ coreId: c.fromCoreId }}>
                {c.fromCoreCode}
              </Link>
            ),
            plain: (c) => c.fromCoreCode,
          },
          {
            id: 'donor',
            title: t('field.donor'),
            cell: (c) => c.donor?.vin ?? c.donor?.machineSerial ?? '—',
            plain: (c) => c.donor?.vin ?? c.donor?.machineSerial,
          },
          {
            id: 'mass',
            title: t('field.mass'),
            align: 'end',
            cell: (c) => <Quantity value={Math.round(c.massG)} unit="GRM" />,
            plain: (c) => c.massG,
          },
          {
            id: 'lives',
            title: t('field.lives'),
            align: 'end',
            cell: (c) => c.lives,
            plain: (c) => c.lives,
          },
          {
            id: 'damages',
            title: t('field.damages'),
            cell: (c) => c.damages.map((d) => t(`damage.${d.mode}`)).join('、') || '—',
            plain: (c) => c.damages.map((d) => t(`damage.${d.mode}`)).join('、'),
            optional: true,
          },
          {
            id: 'at',
            title: t('field.createdAt'),
            cell: (c) => <Time at={c.createdAt} ago />,
            plain: (c) => c.createdAt,
          },
        ]}
        open={(c) => ({ to: '/office/components/$componentId', params: { componentId: c.id } })}
        empty={
          <EmptyState
            icon="layers"
            title={t('components.none')}
            action={<LinkButton to="/floor/teardown">{t('teardown.title')}</LinkButton>}
          >
            {t('components.noneNext')}
          </EmptyState>
        }
      />
    </OfficePage>
  );
}
