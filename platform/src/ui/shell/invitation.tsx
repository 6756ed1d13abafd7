import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { lookAtInvitation } from '../../identity/contract.ts';
import type { Problem } from '../client/problem.ts';
import { useSay, useTexts } from '../i18n/language.ts';
import { LinkButton } from '../parts/button.tsx';
import { TextField } from '../parts/fields.tsx';
import { Reading } from '../parts/state.tsx';
import { useSession } from '../session.tsx';
import { EntryCard, EntryForm, post } from './credentials.tsx';
import { useEnter } from './enter.ts';
import { useSecret } from './secret.ts';

type Invitation = z.output<(typeof lookAtInvitation)['response']>;

/** Joining an organisation by the link one was sent. */
export default function InvitationPage() {
  const t = useTexts('kit');
  const token = useSecret();
  const invitation = useQuery<Invitation, Problem>({
    queryKey: ['invitation', token],
    queryFn: async () => (await post('/api/v1/identity/invitations/look', { token })) as Invitation, // the contract's response
    enabled: token !== undefined,
  });
  if (!token) {
    return (
      <EntryCard title={t('auth.inviteBadTitle')} lead={t('auth.inviteBad')}>
        <LinkButton kind="primary" size="large" wide to="/sign-in">
          {t('auth.signIn')}
        </LinkButton>
      </EntryCard>
    );
  }
  return <Reading of={invitation}>{(offer) => <Accept offer={offer} token={token} />}</Reading>;
}

function Accept({ offer, token }: { offer: Invitation; token: string }) {
  const t = useTexts('kit');
  const say = useSay();
  const enter = useEnter();
  const { session } = useSession();
  const [name, setName] = useState<string>();
  const [password, setPassword] = useState<string>();
  const isSignedIn = session.user?.email.toLowerCase() === offer.email.toLowerCase();
  const roles = offer.roles.map(say).join(', ');
  if (offer.accountExists && !isSignedIn) {
    return (
      <EntryCard
        title={t('auth.inviteTitle', { organisation: offer.organisation })}
        lead={t('auth.inviteSignIn')}
      >
        <LinkButton kind="primary" to="/sign-in">
          {t('auth.signIn')}
        </LinkButton>
      </EntryCard>
    );
  }
  return (
    <EntryCard
      title={t('auth.inviteTitle', { organisation: offer.organisation })}
      lead={t('auth.inviteLead', { roles })}
    >
      <EntryForm
        submit={t('auth.inviteAccept')}
        onSubmit={async () => {
          const user = isSignedIn ? undefined : { name, password };
          await post('/api/v1/identity/invitations/accept', { token, user });
          await enter();
        }}
      >
        {isSignedIn ? null : (
          <>
            <TextField
              label={t('auth.email')}
              type="email"
              autoComplete="username"
              value={offer.email}
              onChange={() => {}}
              disabled
            />
            <TextField
              label={t('auth.name')}
              autoComplete="name"
              value={name}
              onChange={setName}
              autoFocus
            />
            <TextField
              label={t('auth.password')}
              type="password"
              autoComplete="new-password"
              hint={t('auth.passwordHint')}
              value={password}
              onChange={setPassword}
            />
          </>
        )}
      </EntryForm>
    </EntryCard>
  );
}
