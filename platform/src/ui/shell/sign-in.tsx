import { useState } from 'react';
import { useTexts } from '../i18n/language.ts';
import { CheckField, TextField } from '../parts/fields.tsx';
import { Link } from '../parts/link.tsx';
import { useSession } from '../session.tsx';
import { EntryCard, EntryForm, post } from './credentials.tsx';
import { useEnter } from './enter.ts';

/** E-mail and password, then the second factor where the person has one. */
export default function SignIn() {
  const t = useTexts('kit');
  const enter = useEnter();
  const { session } = useSession();
  const [email, setEmail] = useState<string>();
  const [password, setPassword] = useState<string>();
  const [isSecond, setSecond] = useState(false);
  if (isSecond) return <SecondFactor onDone={enter} />;
  return (
    <EntryCard
      title={t('auth.signInTitle')}
      below={
        <>
          {session.openSignUp ? (
            <p>
              {t('auth.noAccount')} <Link to="/sign-up">{t('auth.signUp')}</Link>
            </p>
          ) : null}
          {session.demo ? (
            <p>
              <Link to="/">{t('welcome.demoTitle')}</Link>
            </p>
          ) : null}
          <p className="z-note">{t('auth.forgot')}</p>
        </>
      }
    >
      <EntryForm
        submit={t('auth.signIn')}
        onSubmit={async () => {
          const answer = await post('/api/auth/sign-in/email', { email, password });
          const isMore =
            typeof answer === 'object' && answer !== null && 'twoFactorRedirect' in answer;
          if (isMore) setSecond(true);
          else await enter();
        }}
      >
        <TextField
          label={t('auth.email')}
          type="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          autoFocus
        />
        <TextField
          label={t('auth.password')}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
      </EntryForm>
    </EntryCard>
  );
}

function SecondFactor({ onDone }: { onDone: () => Promise<void> }) {
  const t = useTexts('kit');
  const [code, setCode] = useState<string>();
  const [isTrusted, setTrusted] = useState<boolean>();
  const [isBackup, setBackup] = useState(false);
  return (
    <EntryCard
      title={t('auth.twoFactorTitle')}
      lead={isBackup ? null : t('auth.twoFactorLead')}
      below={
        <button type="button" className="z-link" onClick={() => setBackup(!isBackup)}>
          {t(isBackup ? 'auth.code' : 'auth.backup')}
        </button>
      }
    >
      <EntryForm
        submit={t('auth.verify')}
        onSubmit={async () => {
          const door = isBackup ? 'verify-backup-code' : 'verify-totp';
          await post(`/api/auth/two-factor/${door}`, { code, trustDevice: isTrusted ?? false });
          await onDone();
        }}
      >
        <TextField
          key={String(isBackup)}
          label={t(isBackup ? 'auth.backupCode' : 'auth.code')}
          autoComplete="one-time-code"
          inputMode={isBackup ? 'text' : 'numeric'}
          value={code}
          onChange={setCode}
          autoFocus
          mono
        />
        <CheckField label={t('auth.trust')} value={isTrusted} onChange={setTrusted} />
      </EntryForm>
    </EntryCard>
  );
}
