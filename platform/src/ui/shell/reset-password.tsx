import { useState } from 'react';
import { useTexts } from '../i18n/language.ts';
import { LinkButton } from '../parts/button.tsx';
import { TextField } from '../parts/fields.tsx';
import { useGo } from '../parts/link.tsx';
import { notify } from '../parts/notices.tsx';
import { EntryCard, EntryForm, post } from './credentials.tsx';
import { useSecret } from './secret.ts';

/** A new password by the link that an administrator made. */
export default function ResetPassword() {
  const t = useTexts('kit');
  const go = useGo();
  const token = useSecret();
  const [newPassword, setPassword] = useState<string>();
  if (!token) {
    return (
      <EntryCard title={t('auth.resetTitle')} lead={t('auth.resetBad')}>
        <LinkButton kind="primary" size="large" wide to="/sign-in">
          {t('auth.signIn')}
        </LinkButton>
      </EntryCard>
    );
  }
  return (
    <EntryCard title={t('auth.resetTitle')}>
      <EntryForm
        submit={t('auth.reset')}
        onSubmit={async () => {
          await post('/api/auth/reset-password', { newPassword, token });
          notify({ kind: 'good', text: t('auth.resetDone') });
          go({ to: '/sign-in' });
        }}
      >
        <TextField
          label={t('auth.newPassword')}
          type="password"
          autoComplete="new-password"
          hint={t('auth.passwordHint')}
          value={newPassword}
          onChange={setPassword}
          autoFocus
        />
      </EntryForm>
    </EntryCard>
  );
}
