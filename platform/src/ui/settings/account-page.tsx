import { useState } from 'react';
import { useTexts } from '../i18n/language.ts';
import { OfficePage } from '../office/page.tsx';
import { TextField } from '../parts/fields.tsx';
import { Section } from '../parts/layout.tsx';
import { notify } from '../parts/notices.tsx';
import { useSession } from '../session.tsx';
import { EntryForm, post } from '../shell/credentials.tsx';
import { TwoFactor } from './two-factor.tsx';

/** One's own account: password and second factor. The shared demo people have neither. */
export default function AccountPage() {
  const t = useTexts('identity');
  const { session } = useSession();
  const note = [session.user?.name, session.user?.email].filter(Boolean).join(' · ');
  return (
    <OfficePage title={t('account.title')} note={note} narrow>
      {session.demoPerson ? (
        <Section>{t('account.demo')}</Section>
      ) : (
        <>
          <Section title={t('account.password')}>
            <Password />
          </Section>
          <Section title={t('account.twoFactor')} note={t('account.twoFactorLead')}>
            <TwoFactor />
          </Section>
        </>
      )}
    </OfficePage>
  );
}

function Password() {
  const t = useTexts('identity');
  const [current, setCurrent] = useState<string>();
  const [next, setNext] = useState<string>();
  return (
    <EntryForm
      submit={t('account.password')}
      onSubmit={async () => {
        const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
        await post('/api/auth/change-password', body);
        setCurrent(undefined);
        setNext(undefined);
        notify({ kind: 'good', text: t('account.changed') });
      }}
    >
      <TextField
        label={t('account.current')}
        type="password"
        autoComplete="current-password"
        value={current}
        onChange={setCurrent}
      />
      <TextField
        label={t('account.next')}
        type="password"
        autoComplete="new-password"
        hint={t('account.nextHint')}
        value={next}
        onChange={setNext}
      />
    </EntryForm>
  );
}
