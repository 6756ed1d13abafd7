import { useState } from 'react';
import {
  inviteMember,
  listInvitations,
  listMembers,
  revokeInvitation,
} from '../../identity/contract.ts';
import type { Output } from '../client/call.ts';
import { useForm } from '../client/form.ts';
import { useAct } from '../client/hooks.ts';
import { formatInstant } from '../format/time.ts';
import { useLang, useTexts } from '../i18n/language.ts';
import { DataTable } from '../office/data-table.tsx';
import { OfficePage } from '../office/page.tsx';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { TextField } from '../parts/fields.tsx';
import { FormFrame } from '../parts/form.tsx';
import { EmptyState } from '../parts/state.tsx';
import { StatusTag, type Tone } from '../parts/status.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { Time } from '../parts/values.tsx';
import { useMay } from '../session.tsx';
import { type Member, MemberDialog } from './member-dialog.tsx';
import { RolesField, useRoleTitles } from './roles-field.tsx';
import { SecretOnce } from './secret-once.tsx';

type Link = Pick<Output<typeof inviteMember>, 'url' | 'expiresAt'>;

const tones: Readonly<Record<string, Tone>> = {
  open: 'decide',
  accepted: 'good',
  revoked: 'idle',
  expired: 'idle',
};

export default function PeoplePage() {
  const t = useTexts('identity');
  const lang = useLang();
  const may = useMay();
  const [isInviting, setInviting] = useState(false);
  const [link, setLink] = useState<Link>();
  const canManage = may('identity.member:manage');
  return (
    <OfficePage
      title={t('people.title')}
      actions={
        canManage ? (
          <Button kind="primary" icon="plus" onClick={() => setInviting(true)}>
            {t('people.invite')}
          </Button>
        ) : null
      }
    >
      <Tabs
        label={t('people.title')}
        tabs={[
          {
            id: 'members',
            title: t('people.members'),
            render: () => <Members canManage={canManage} onLink={setLink} />,
          },
          {
            id: 'invitations',
            title: t('people.invitations'),
            render: () => <Invitations canManage={canManage} />,
          },
        ]}
      />
      <Dialog open={isInviting} title={t('people.invite')} onClose={() => setInviting(false)}>
        <Invite
          onMade={(made) => {
            setInviting(false);
            setLink(made);
          }}
        />
      </Dialog>
      <SecretOnce
        secret={link?.url}
        title={t('people.link')}
        note={t('people.linkOnce', { until: link ? formatInstant(link.expiresAt, lang) : '' })}
        copy={t('people.copy')}
        onClose={() => setLink(undefined)}
      />
    </OfficePage>
  );
}

function Invite({ onMade }: { onMade: (link: Link) => void }) {
  const t = useTexts('identity');
  const form = useForm(inviteMember, { initial: { roles: [] }, onDone: onMade });
  const roles = form.field('roles');
  return (
    <FormFrame form={form} submit={t('people.send')}>
      <p className="z-note">{t('people.inviteLead')}</p>
      <TextField label={t('people.email')} type="email" {...form.field('email')} autoFocus />
      <RolesField
        label={t('people.roles')}
        value={roles.value}
        onChange={roles.onChange}
        error={roles.error}
      />
    </FormFrame>
  );
}

function Members({ canManage, onLink }: { canManage: boolean; onLink: (link: Link) => void }) {
  const t = useTexts('identity');
  const titles = useRoleTitles();
  const [member, setMember] = useState<Member>();
  return (
    <>
      <DataTable
        id="identity.members"
        title={t('people.members')}
        list={listMembers}
        rowKey={(m) => m.userId}
        columns={[
          { id: 'name', title: t('people.name'), cell: (m) => m.name, plain: (m) => m.name },
          { id: 'email', title: t('people.email'), cell: (m) => m.email, plain: (m) => m.email },
          {
            id: 'roles',
            title: t('people.roles'),
            cell: (m) => titles(m.roles),
            plain: (m) => titles(m.roles),
          },
          {
            id: 'twoFactor',
            title: t('people.twoFactor'),
            cell: (m) => (
              <StatusTag tone={m.twoFactor ? 'good' : 'idle'}>
                {t(m.twoFactor ? 'people.on' : 'people.off')}
              </StatusTag>
            ),
            plain: (m) => t(m.twoFactor ? 'people.on' : 'people.off'),
          },
          {
            id: 'joined',
            title: t('people.joined'),
            cell: (m) => <Time at={m.joinedAt} />,
            plain: (m) => m.joinedAt,
          },
          ...(canManage
            ? [
                {
                  id: 'act',
                  title: '',
                  align: 'end' as const,
                  cell: (m: Member) => (
                    <Button size="small" kind="quiet" icon="edit" onClick={() => setMember(m)}>
                      {t('people.change')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {member ? (
        <MemberDialog member={member} onClose={() => setMember(undefined)} onLink={onLink} />
      ) : null}
    </>
  );
}

function Invitations({ canManage }: { canManage: boolean }) {
  const t = useTexts('identity');
  const titles = useRoleTitles();
  const revoke = useAct(revokeInvitation, { said: t('people.revoked1') });
  return (
    <DataTable
      id="identity.invitations"
      title={t('people.invitations')}
      list={listInvitations}
      rowKey={(i) => i.id}
      empty={
        <EmptyState icon="people" title={t('people.none')}>
          {t('people.noneNext')}
        </EmptyState>
      }
      columns={[
        { id: 'email', title: t('people.email'), cell: (i) => i.email, plain: (i) => i.email },
        {
          id: 'roles',
          title: t('people.roles'),
          cell: (i) => titles(i.roles),
          plain: (i) => titles(i.roles),
        },
        { id: 'by', title: t('people.by'), cell: (i) => i.invitedBy, plain: (i) => i.invitedBy },
        {
          id: 'expires',
          title: t('people.expires'),
          cell: (i) => <Time at={i.expiresAt} />,
          plain: (i) => i.expiresAt,
        },
        {
          id: 'state',
          title: t('people.state'),
          cell: (i) => (
            <StatusTag tone={tones[i.state] ?? 'idle'}>{t(`people.${i.state}`)}</StatusTag>
          ),
          plain: (i) => t(`people.${i.state}`),
        },
        ...(canManage
          ? [
              {
                id: 'act',
                title: '',
                align: 'end' as const,
                cell: (i: { id: string; state: string }) =>
                  i.state === 'open' ? (
                    <Button
                      size="small"
                      kind="quiet"
                      onClick={() => void revoke.run({ params: { invitationId: i.id } })}
                    >
                      {t('people.revoke')}
                    </Button>
                  ) : null,
              },
            ]
          : []),
      ]}
    />
  );
}
