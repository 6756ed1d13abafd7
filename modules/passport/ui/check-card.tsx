import { LinkButton, Row, useTexts } from '@zaizao/platform/ui';

/** For those who judge what others made: find a product's passport, check it, read the ledger. */
export default function CheckCard() {
  const t = useTexts('passport');
  return (
    <>
      <h2>{t('checkCard.title')}</h2>
      <p className="z-note">{t('checkCard.note')}</p>
      <Row>
        <LinkButton kind="primary" icon="scan" to="/passport">
          {t('checkCard.find')}
        </LinkButton>
        <LinkButton icon="shield" to="/verify">
          {t('checkCard.verify')}
        </LinkButton>
      </Row>
    </>
  );
}
