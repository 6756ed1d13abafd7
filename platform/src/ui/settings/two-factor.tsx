import { useEffect, useState } from 'react';
import { useTexts } from '../i18n/language.ts';
import { TextField } from '../parts/fields.tsx';
import { Stack } from '../parts/layout.tsx';
import { notify } from '../parts/notices.tsx';
import { Code } from '../parts/values.tsx';
import { renewSession, useSession } from '../session.tsx';
import { EntryForm, post } from '../shell/credentials.tsx';

interface Enrolment {
  readonly totpURI: string;
  readonly backupCodes: readonly string[];
}

/** Turning the second factor on (password → QR → code → backup codes) and off. */
export function TwoFactor() {
  const t = useTexts('identity');
  const { session } = useSession();
  const [password, setPassword] = useState<string>();
  const [code, setCode] = useState<string>();
  const [enrolment, setEnrolment] = useState<Enrolment>();
  const [backup, setBackup] = useState<readonly string[]>();

  if (backup) {
    return (
      <Stack>
        <h3>{t('account.backup')}</h3>
        <p className="z-note">{t('account.backupLead')}</p>
        <ul
          className="z-grid"
          style={{ gridTemplateColumns: 'repeat(auto-fill, minmax(140px, 1fr))' }}
        >
          {backup.map((c) => (
            <li key={c}>
              <Code>{c}</Code>
            </li>
          ))}
        </ul>
      </Stack>
    );
  }
  if (enrolment) {
    return (
      <EntryForm
        submit={t('account.confirm')}
        onSubmit={async () => {
          await post('/api/auth/two-factor/verify-totp', { code });
          setBackup(enrolment.backupCodes);
          await renewSession();
          notify({ kind: 'good', text: t('account.enabled') });
        }}
      >
        <p>{t('account.scan')}</p>
        <Qr text={enrolment.totpURI} title={t('account.qr')} />
        <Code>{new URL(enrolment.totpURI).searchParams.get('secret') ?? ''}</Code>
        <TextField
          label={t('account.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onChange={setCode}
          mono
        />
      </EntryForm>
    );
  }
  const isOn = session.twoFactor;
  return (
    <EntryForm
      submit={t(isOn ? 'account.disable' : 'account.enable')}
      onSubmit={async () => {
        const door = isOn ? 'disable' : 'enable';
        const answer = await post(`/api/auth/two-factor/${door}`, { password });
        setPassword(undefined);
        if (isOn) {
          await renewSession();
          notify({ kind: 'good', text: t('account.disabled') });
        } else setEnrolment(answer as Enrolment); // better-auth's answer to two-factor/enable
      }}
    >
      <TextField
        label={t('account.current')}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
    </EntryForm>
  );
}

/** A QR code drawn here: the secret goes to no other machine. */
function Qr({ text, title }: { text: string; title: string }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    let isGone = false;
    void import('bwip-js/browser').then(({ toSVG }) => {
      const svg = toSVG({ bcid: 'qrcode', text, scale: 3, backgroundcolor: 'ffffff', padding: 4 });
      if (!isGone) setAddress(`data:image/svg+xml;base64,${btoa(svg)}`);
    });
    return () => {
      isGone = true;
    };
  }, [text]);
  return address ? <img src={address} alt={title} width={200} height={200} /> : null;
}
