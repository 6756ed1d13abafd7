import { useState } from 'react';
import { createKey, listKeys, revokeKey } from '../../identity/contract.ts';
import { useForm } from '../client/form.ts';
import { useAct } from '../client/hooks.ts';
import { useTexts } from '../i18n/language.ts';
import { DataTable } from '../office/data-table.tsx';
import { OfficePage } from '../office/page.tsx';
import { Button } from '../parts/button.tsx';
import { Confirm, Dialog } from '../parts/dialog.tsx';
import { TextField } from '../parts/fields.tsx';
import { FormFrame } from '../parts/form.tsx';
import { EmptyState } from '../parts/state.tsx';
import { StatusTag } from '../parts/status.tsx';
import { Code, Time } from '../parts/values.tsx';
import { RolesField, useRoleTitles } from './roles-field.tsx';
import { SecretOnce } from './secret-once.tsx';

export default function KeysPage() {
  const t = useTexts('identity');
  const titles = useRoleTitles();
  const [isNew, setNew] = useState(false);
  const [secret, setSecret] = useState<string>();
  const [leaving, setLeaving] = useState<string>();
  const revoke = useAct(revokeKey, {
    said: t('keys.revoked1'),
    onDone: () => setLeaving(undefined),
  });
  return (
    <OfficePage
      title={t('keys.title')}
      note={t('keys.note')}
      actions={
        <>
          <a className="z-button z-button-plain z-button-middle" href="/api">
            {t('keys.docs')}
          </a>
          <Button kind="primary" icon="plus" onClick={() => setNew(true)}>
            {t('keys.new')}
          </Button>
        </>
      }
    >
      <DataTable
        id="identity.keys"
        title={t('keys.title')}
        list={listKeys}
        rowKey={(k) => k.id}
        empty={
          <EmptyState icon="key" title={t('keys.none')}>
            {t('keys.noneNext')}
          </EmptyState>
        }
        columns={[
          { id: 'name', title: t('keys.name'), cell: (k) => k.name, plain: (k) => k.name },
          {
            id: 'prefix',
            title: t('keys.prefix'),
            cell: (k) => <Code>{k.prefix}</Code>,
            plain: (k) => k.prefix,
          },
          {
            id: 'roles',
            title: t('keys.roles'),
            cell: (k) => [titles(k.roles), ...k.scopes].filter(Boolean).join(' · '),
          },
          {
            id: 'created',
            title: t('keys.created'),
            cell: (k) => <Time at={k.createdAt} />,
            plain: (k) => k.createdAt,
          },
          {
            id: 'used',
            title: t('keys.used'),
            cell: (k) => (k.lastUsedAt ? <Time at={k.lastUsedAt} ago /> : t('keys.never')),
            plain: (k) => k.lastUsedAt,
          },
          {
            id: 'state',
            title: t('keys.state'),
            cell: (k) => (
              <StatusTag tone={k.revokedAt ? 'idle' : 'good'}>
                {t(k.revokedAt ? 'keys.revoked' : 'keys.active')}
              </StatusTag>
            ),
          },
          {
            id: 'act',
            title: '',
            align: 'end',
            cell: (k) =>
              k.revokedAt ? null : (
                <Button size="small" kind="quiet" onClick={() => setLeaving(k.id)}>
                  {t('keys.revoke')}
                </Button>
              ),
          },
        ]}
      />
      <Dialog open={isNew} title={t('keys.new')} onClose={() => setNew(false)}>
        <NewKey
          onMade={(made) => {
            setNew(false);
            setSecret(made);
          }}
        />
      </Dialog>
      <SecretOnce
        secret={secret}
        title={t('keys.secret')}
        note={t('keys.secretOnce')}
        copy={t('keys.copy')}
        onClose={() => setSecret(undefined)}
      />
      <Confirm
        open={leaving !== undefined}
        title={t('keys.revoke')}
        confirm={t('keys.revoke')}
        danger
        isBusy={revoke.isBusy}
        onConfirm={() => leaving && void revoke.run({ params: { keyId: leaving } })}
        onClose={() => setLeaving(undefined)}
      >
        {t('keys.revokeLead')}
      </Confirm>
    </OfficePage>
  );
}

function NewKey({ onMade }: { onMade: (secret: string) => void }) {
  const t = useTexts('identity');
  const form = useForm(createKey, { initial: { roles: [] }, onDone: (key) => onMade(key.secret) });
  const roles = form.field('roles');
  return (
    <FormFrame form={form} submit={t('keys.new')}>
      <TextField label={t('keys.name')} {...form.field('name')} autoFocus />
      <RolesField
        label={t('keys.roles')}
        value={roles.value}
        onChange={roles.onChange}
        error={roles.error}
      />
    </FormFrame>
  );
}
