import {
  Button,
  Code,
  Facts,
  LinkButton,
  Loading,
  PermissionGate,
  ProblemBox,
  Row,
  StatusTag,
  Time,
  useAct,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { getPassportOfUnit, perm, publishPassport } from '../contract.ts';

/** The passport of a unit on its office page. Slot `unit`: `{ unitId }`. */
export default function UnitPanel({ unitId }: { unitId: string }) {
  const t = useTexts('passport');
  const params = { unitId };
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
  const { credentials, pagePath, link, stage, updatedAt } = passport.data;
  const [newest] = credentials;
  return (
    <>
      <Facts
        rows={[
          [t('panel.state'), <State key="s" newest={newest} stage={stage} />],
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
      </Row>
    </>
  );
}

function State(props: {
  newest: { version: number; revokedAt?: string | undefined; issuedAt: string } | undefined;
  stage: string;
}) {
  const t = useTexts('passport');
  const { newest, stage } = props;
  if (!newest) return <StatusTag tone="decide">{t('panel.unsigned')}</StatusTag>;
  if (newest.revokedAt) return <StatusTag tone="bad">{t('panel.revoked')}</StatusTag>;
  return (
    <>
      <StatusTag tone="good">{t('panel.signed', { version: String(newest.version) })}</StatusTag>{' '}
      {t(`stage.${stage}`)}
    </>
  );
}
