import { StatusTag, useTexts } from '@zaizao/platform/ui';

/** Whether the newest credential of a passport is in force. */
export function CredentialTag({
  newest,
}: {
  newest: { readonly version: number; readonly revokedAt?: string | undefined } | undefined;
}) {
  const t = useTexts('passport');
  if (!newest) return <StatusTag tone="decide">{t('panel.unsigned')}</StatusTag>;
  if (newest.revokedAt) return <StatusTag tone="bad">{t('panel.revoked')}</StatusTag>;
  return (
    <StatusTag tone="good">{t('panel.signed', { version: String(newest.version) })}</StatusTag>
  );
}
