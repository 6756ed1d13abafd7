import { useTexts } from '@zaizao/platform/ui';
import { CheckList } from './check-list.tsx';
import type { Proof } from './proof.ts';

/** How a passport was verified: what was checked, by whom it is signed, what was kept back. */
export default function CheckSheet({ proof }: { proof: Proof }) {
  const t = useTexts('passport');
  const { issuer, checkpoint, withheldEvents } = proof.verdict;
  return (
    <div className="z-passport-sheet">
      <p>{t('sheet.intro')}</p>
      <CheckList proof={proof} />
      <dl className="z-facts">
        {issuer ? (
          <div>
            <dt>{t('sheet.issuer')}</dt>
            <dd>
              <code>{issuer}</code>
            </dd>
          </div>
        ) : null}
        {checkpoint ? (
          <div>
            <dt>{t('sheet.log')}</dt>
            <dd>{t('sheet.logSize', { origin: checkpoint.origin, n: String(checkpoint.size) })}</dd>
          </div>
        ) : null}
        <div>
          <dt>{t('sheet.withheld')}</dt>
          <dd>{t('sheet.withheldNote', { n: String(withheldEvents) })}</dd>
        </div>
      </dl>
    </div>
  );
}
