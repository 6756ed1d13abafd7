import { useState } from 'react';
import { useTexts } from '../i18n/language.ts';
import { LinkButton } from '../parts/button.tsx';
import { TextField } from '../parts/fields.tsx';
import { Link } from '../parts/link.tsx';
import { useSession } from '../session.tsx';
import { EntryCard, EntryForm, post } from './credentials.tsx';
import { useEnter } from './enter.ts';

/** A new account, where the installation lets people make their own. */
export default function SignUp() {
  const t = useTexts('kit');
  const enter = useEnter();
  const { session } = useSession();
  const [name, setName] = useState<string>();
  const [email, setEmail] = useState<string>();
  const [password, setPassword] = useState<string>();
  if (!session.openSignUp) {
    return (
      <EntryCard title={t('auth.closed')} lead={t('auth.closedNext')}>
        <LinkButton kind="primary" size="large" wide to="/sign-in">
          {t('auth.signIn')}
        </LinkButton>
      </EntryCard>
    );
  }
  return (
    <EntryCard
      title={t('auth.signUpTitle')}
      below={
        <p>
          {t('auth.haveAccount')} <Link to="/sign-in">{t('auth.signIn')}</Link>
        </p>
      }
    >
      <EntryForm
        submit={t('auth.signUp')}
        onSubmit={async () => {
          await post('/api/auth/sign-up/email', { name, email, password });
          await enter();
        }}
      >
        <TextField
          label={t('auth.name')}
          autoComplete="name"
          value={name}
          onChange={setName}
          autoFocus
        />
        <TextField
          label={t('auth.email')}
          type="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
        />
        <TextField
          label={t('auth.password')}
          type="password"
          autoComplete="new-password"
          hint={t('auth.passwordHint')}
          value={password}
          onChange={setPassword}
        />
      </EntryForm>
    </EntryCard>
  );
}
