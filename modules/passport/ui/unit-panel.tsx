import {
  Button,
  Code,
  Facts,
  LinkButton,
  Loading,
  PermissionGate,
  ProblemBox,
  Row,
  Time,
  useAct,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { getPassportOfUnit, perm, publishPassport } from '../contract.ts';
import { AccessDialog } from './access-dialog.tsx';
import { CredentialTag } from './credential-tag.tsx';
import { OtherForms } from './downloads.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';

/** The passport of a unit on its office page. Slot `unit`: `{ unitId }`. */
export default function UnitPanel({ unitId }: { unitId: string }) {
  const t = useTexts('passport');
  const params = { unitId };
  const [isRevoking, setRevoking] = useState(false);
  const [isSharing, setSharing] = useState(false);
  const passport = useRead(getPassportOfUnit, { params }, { live: ['production', 'quality'] });
  const publish = useAct(publishPassport, { said: t('panel.published') });
  const again = (
    <PermissionGate access={perm('passport.passport:publish')}>
      <Button
        icon="undo"
        isBusy={publish.isBusy}
        onClick={() => void publish.run({ params: { unitId } })}
      >
        {t('panel.publish')}
      </Button>
    </PermissionGate>
  );
  if (passport.error?.code === 'PASSPORT_NOT_FOUND') {
    return (
      <Row>
        <span>{t('panel.none')}</span>
        {again}
      </Row>
    );
  }
  if (passport.error) return <ProblemBox problem={passport.error} />;
  if (!passport.data) return <Loading />;
  const { credentials, epc, pagePath, link, stage, updatedAt } = passport.data;
  const [newest] = credentials;
  return (
    <>
      <Facts
        rows={[
          [
            t('panel.state'),
            <span key="s">
              <CredentialTag newest={newest} /> {t(`stage.${stage}`)}
            </span>,
          ],
          [t('panel.link'), <Code key="l">{link}</Code>],
          [t('panel.updated'), <Time key="u" at={updatedAt} ago />],
          [
            t('panel.credentials'),
            newest ? t('panel.versions', { n: String(credentials.length) }) : undefined,
          ],
        ]}
      />
      <Row>
        <LinkButton icon="eye" to={pagePath}>
          {t('panel.open')}
        </LinkButton>
        {again}
        {newest ? (
          <PermissionGate access={perm('passport.access:grant')}>
            <Button icon="link" onClick={() => setSharing(true)}>
              {t('access.open')}
            </Button>
          </PermissionGate>
        ) : null}
        {newest && !newest.revokedAt ? (
          <PermissionGate access={perm('passport.credential:revoke')}>
            <Button kind="danger" onClick={() => setRevoking(true)}>
              {t('panel.revoke')}
            </Button>
          </PermissionGate>
        ) : null}
      </Row>
      {newest ? <OtherForms epc={epc} credentialId={newest.id} /> : null}
      <AccessDialog epc={epc} open={isSharing} onClose={() => setSharing(false)} />
      {newest ? (
        <RevokeDialog
          credentialId={newest.id}
          open={isRevoking}
          onClose={() => setRevoking(false)}
        />
      ) : null}
    </>
  );
}
