import { Code, EmptyState, LinkButton, Time, useSay, useTexts } from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { listPassports } from '../contract.ts';
import { pagePath } from '../domain/address.ts';
import { CredentialTag } from './credential-tag.tsx';

/** Every passport of the organisation. */
export default function PassportsPage() {
  const t = useTexts('passport');
  const say = useSay();
  return (
    <OfficePage
      title={t('list.title')}
      note={t('list.note')}
      actions={
        <LinkButton icon="key" to="/office/settings/signing-keys">
          {t('list.keys')}
        </LinkButton>
      }
    >
      <DataTable
        id="passport.list"
        title={t('list.title')}
        list={listPassports}
        rowKey={(row) => row.epc}
        live={['production', 'quality', 'market']}
        filters={[{ kind: 'search', id: 'q', label: t('hero.serial') }]}
        columns={[
          {
            id: 'serial',
            title: t('hero.serial'),
            cell: (row) => <Code>{row.serial}</Code>,
            plain: (row) => row.serial,
          },
          {
            id: 'product',
            title: t('hero.product'),
            cell: (row) => say(row.product.name),
            plain: (row) => row.product.number,
          },
          {
            id: 'stage',
            title: t('panel.state'),
            cell: (row) => t(`stage.${row.stage}`),
            plain: (row) => row.stage,
          },
          {
            id: 'credential',
            title: t('panel.credentials'),
            cell: (row) => <CredentialTag newest={row.credential} />,
            plain: (row) => row.credential?.version ?? 0,
          },
          {
            id: 'updated',
            title: t('panel.updated'),
            cell: (row) => <Time at={row.updatedAt} ago />,
            plain: (row) => row.updatedAt,
          },
        ]}
        open={(row) => ({ to: pagePath(row.epc) })}
        empty={
          <EmptyState icon="shield" title={t('list.none')}>
            {t('list.noneNext')}
          </EmptyState>
        }
      />
    </OfficePage>
  );
}
