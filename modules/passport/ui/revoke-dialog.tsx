import { Confirm, TextField, useAct, useTexts } from '@zaizao/platform/ui';
import { useState } from 'react';
import { revokeCredential } from '../contract.ts';

/** Takes a credential back; asks why, because the passport will say so. */
export function RevokeDialog(props: { credentialId: string; open: boolean; onClose: () => void }) {
  const t = useTexts('passport');
  const [reason, setReason] = useState('');
  const revoke = useAct(revokeCredential, { said: t('panel.revoked'), onDone: props.onClose });
  return (
    <Confirm
      open={props.open}
      title={t('panel.revoke')}
      confirm={t('panel.revoke')}
      danger
      isBusy={revoke.isBusy}
      onConfirm={() =>
        void revoke.run({ params: { credentialId: props.credentialId }, body: { reason } })
      }
      onClose={props.onClose}
    >
      <p>{t('panel.revokeAsk')}</p>
      <TextField
        label={t('panel.reason')}
        value={reason}
        onChange={(value) => setReason(value ?? '')}
      />
    </Confirm>
  );
}
