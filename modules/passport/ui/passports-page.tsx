import {
  Button,
  Code,
  Confirm,
  EmptyState,
  PermissionGate,
  Reading,
  Section,
  StatusTag,
  Time,
  useAct,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { getIssuer, listPassports, perm, rotateKey } from '../contract.ts';
import { pagePath } from '../domain/address.ts';
import { CredentialTag } from './credential-tag.tsx';
import './passport.css';

/** Every passport of the organisation, and the keys that sign them. */
export default function PassportsPage() {
  const t = useTexts('passport');
  const say = useSay();
  return (
    <OfficePage title={t('list.title')} note={t('list.note')}>
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
      <IssuerSection />
    </OfficePage>
  );
}

/** Who signs, with which keys; a key is replaced here. */
function IssuerSection() {
  const t = useTexts('passport');
  const issuer = useRead(getIssuer, {});
  const [isAsking, setAsking] = useState(false);
  const rotate = useAct(rotateKey, {
    said: t('issuer.rotated'),
    onDone: () => setAsking(false),
  });
  return (
    <Section
      title={t('issuer.title')}
      note={t('issuer.note')}
      actions={
        <PermissionGate access={perm('passport.key:rotate')}>
          <Button icon="key" onClick={() => setAsking(true)}>
            {t('issuer.rotate')}
          </Button>
        </PermissionGate>
      }
    >
      <Reading of={issuer}>
        {({ did, keys }) => (
          <>
            <p>
              <Code>{did}</Code>
            </p>
            <ul className="z-passport-keys">
              {keys.map((key) => (
                <li key={key.id}>
                  <StatusTag tone={key.retiredAt ? 'idle' : 'good'}>
                    {key.retiredAt ? t('issuer.retired') : t('issuer.active')}
                  </StatusTag>
                  <Code>{key.publicKey}</Code> <Time at={key.madeAt} />
                </li>
              ))}
            </ul>
          </>
        )}
      </Reading>
      <Confirm
        open={isAsking}
        title={t('issuer.rotate')}
        confirm={t('issuer.rotate')}
        isBusy={rotate.isBusy}
        onConfirm={() => void rotate.run({})}
        onClose={() => setAsking(false)}
      >
        <p>{t('issuer.ask')}</p>
      </Confirm>
    </Section>
  );
}
