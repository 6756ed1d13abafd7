import {
  Button,
  ChoiceField,
  Code,
  Confirm,
  Dialog,
  Facts,
  FormFrame,
  PermissionGate,
  Reading,
  Row,
  Section,
  StatusTag,
  TextField,
  Time,
  useAct,
  useForm,
  useRead,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import type { z } from 'zod';
import { editSetting, getIssuer, perm, registerKey, revokeKey, rotateKey } from '../contract.ts';
import './passport.css';

type Issuer = z.output<(typeof getIssuer)['response']>;
type Key = Issuer['keys'][number];

/** Who signs for the organisation, with which keys; keys are replaced, brought and taken back here. */
export default function KeysPage() {
  const t = useTexts('passport');
  const issuer = useRead(getIssuer, {});
  return (
    <OfficePage title={t('keys.title')} note={t('keys.note')} narrow>
      <Reading of={issuer}>
        {(view) => (
          <>
            <Identity issuer={view} />
            {view.unsigned > 0 ? (
              <Verdict tone="decide" title={t('keys.unsigned', { n: String(view.unsigned) })}>
                {t('keys.unsignedNote')}
                <CommandLine>passport sign --url {location.origin} --signing-key FILE</CommandLine>
              </Verdict>
            ) : null}
            <Keys issuer={view} />
            <ExportSettings key={view.settingVersion} issuer={view} />
          </>
        )}
      </Reading>
    </OfficePage>
  );
}

function CommandLine({ children }: { children: React.ReactNode }) {
  return <code className="z-passport-command">npm run zaizao -- {children}</code>;
}

function Identity({ issuer }: { issuer: Issuer }) {
  const t = useTexts('passport');
  return (
    <Section title={t('issuer.title')} note={t('issuer.note')}>
      <Facts
        rows={[
          [t('keys.did'), <Code key="d">{issuer.did}</Code>],
          [
            t('keys.document'),
            <a key="u" href={issuer.documentUrl}>
              {issuer.documentUrl}
            </a>,
          ],
        ]}
      />
    </Section>
  );
}

function Keys({ issuer }: { issuer: Issuer }) {
  const t = useTexts('passport');
  const [asked, setAsked] = useState<'rotate' | 'bring' | Key>();
  const close = () => setAsked(undefined);
  const rotate = useAct(rotateKey, { said: t('issuer.rotated'), onDone: close });
  return (
    <Section
      title={t('keys.keys')}
      note={t('keys.keysNote')}
      actions={
        <PermissionGate access={perm('passport.key:rotate')}>
          <Row>
            <Button icon="key" onClick={() => setAsked('rotate')}>
              {t('issuer.rotate')}
            </Button>
            <Button icon="plus" onClick={() => setAsked('bring')}>
              {t('keys.bring')}
            </Button>
          </Row>
        </PermissionGate>
      }
    >
      <ul className="z-passport-keys">
        {issuer.keys.map((key) => (
          <KeyItem key={key.id} item={key} revoke={() => setAsked(key)} />
        ))}
      </ul>
      <Confirm
        open={asked === 'rotate'}
        title={t('issuer.rotate')}
        confirm={t('issuer.rotate')}
        isBusy={rotate.isBusy}
        onConfirm={() => void rotate.run({})}
        onClose={close}
      >
        <p>{t('issuer.ask')}</p>
      </Confirm>
      <Dialog open={asked === 'bring'} title={t('keys.bring')} onClose={close}>
        <BringForm onDone={close} />
      </Dialog>
      {typeof asked === 'object' ? <RevokeKey item={asked} onClose={close} /> : null}
    </Section>
  );
}

function KeyItem({ item, revoke }: { item: Key; revoke: () => void }) {
  const t = useTexts('passport');
  const state = item.revokedFrom ? 'revoked' : item.retiredAt ? 'retired' : 'active';
  const tone = { revoked: 'bad', retired: 'idle', active: 'good' } as const;
  return (
    <li>
      <Row>
        <StatusTag tone={tone[state]}>{t(`issuer.${state}`)}</StatusTag>
        <StatusTag tone="idle">{t(`keys.custody.${item.custody}`)}</StatusTag>
        {item.name ? <strong>{item.name}</strong> : null}
      </Row>
      <Code>{item.publicKey}</Code>
      <Facts
        rows={[
          [t('keys.made'), <Time key="m" at={item.madeAt} />],
          [
            t('keys.used'),
            item.usedSince ? (
              <span key="u">
                <Time at={item.usedSince} /> · {t('keys.signed', { n: String(item.signed) })}
              </span>
            ) : (
              t('keys.unused')
            ),
          ],
          [t('keys.retired'), item.retiredAt ? <Time key="r" at={item.retiredAt} /> : undefined],
          [
            t('keys.revokedFrom'),
            item.revokedFrom ? (
              <span key="v">
                <Time at={item.revokedFrom} /> · {item.revokedFor}
              </span>
            ) : undefined,
          ],
        ]}
      />
      {item.revokedFrom ? null : (
        <PermissionGate access={perm('passport.key:revoke')}>
          <Button kind="danger" onClick={revoke}>
            {t('keys.revoke')}
          </Button>
        </PermissionGate>
      )}
    </li>
  );
}

function BringForm({ onDone }: { onDone: () => void }) {
  const t = useTexts('passport');
  const form = useForm(registerKey, { initial: {}, said: t('keys.brought'), onDone });
  return (
    <FormFrame form={form} submit={t('keys.bring')}>
      <p>{t('keys.bringNote')}</p>
      <CommandLine>passport key --url {location.origin} --out FILE</CommandLine>
      <TextField label={t('keys.name')} {...form.field('name')} />
      <TextField label={t('keys.publicKey')} mono {...form.field('publicKey')} />
      <TextField label={t('keys.registration')} mono lines={2} {...form.field('signature')} />
    </FormFrame>
  );
}

/** Taking a key back says since when: what the ledger has from before stays good. */
function RevokeKey({ item, onClose }: { item: Key; onClose: () => void }) {
  const t = useTexts('passport');
  const [when, setWhen] = useState<'now' | 'since'>('now');
  const [since, setSince] = useState<string>();
  const [reason, setReason] = useState<string>();
  const [isTried, setTried] = useState(false);
  const revoke = useAct(revokeKey, { said: t('keys.revoked'), onDone: onClose });
  const from = when === 'since' && since ? new Date(since) : undefined;
  const isReady = Boolean(reason?.trim()) && (when === 'now' || from !== undefined);
  const run = () =>
    void revoke.run({
      params: { fragment: item.fragment },
      body: { reason: reason ?? '', ...(from ? { from: from.toISOString() } : {}) },
    });
  return (
    <Confirm
      open
      danger
      title={t('keys.revoke')}
      confirm={t('keys.revoke')}
      isBusy={revoke.isBusy}
      onConfirm={() => {
        setTried(true);
        if (isReady) run();
      }}
      onClose={onClose}
    >
      <p>{t('keys.revokeNote')}</p>
      <TextField
        label={t('keys.reason')}
        value={reason}
        onChange={setReason}
        error={isTried && !reason?.trim() ? t('keys.reasonMissing') : undefined}
      />
      <ChoiceField
        label={t('keys.from')}
        choices={(['now', 'since'] as const).map((value) => ({
          value,
          label: t(`keys.fromWhen.${value}`),
        }))}
        value={when}
        onChange={(value) => setWhen(value ?? 'now')}
      />
      {when === 'since' ? (
        <TextField
          label={t('keys.since')}
          type="datetime-local"
          value={since}
          onChange={setSince}
          error={isTried && !from ? t('keys.sinceMissing') : undefined}
        />
      ) : null}
    </Confirm>
  );
}

function ExportSettings({ issuer }: { issuer: Issuer }) {
  const t = useTexts('passport');
  const { bpn, bpnExample, settingVersion } = issuer;
  const form = useForm(editSetting, {
    initial: bpn && !bpnExample ? { bpn } : {},
    rest: { version: settingVersion },
    said: t('keys.saved'),
  });
  return (
    <Section title={t('keys.exports')} note={t('keys.exportsNote')}>
      <FormFrame form={form} submit={t('keys.save')}>
        <TextField
          label={t('keys.bpn')}
          hint={bpnExample ? t('keys.bpnExample', { bpn: bpn ?? '' }) : t('keys.bpnHint')}
          mono
          maxLength={16}
          {...form.field('bpn')}
        />
      </FormFrame>
    </Section>
  );
}
