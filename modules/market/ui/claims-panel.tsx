import { LinkButton, Row, useList, useTexts } from '@zaizao/platform/ui';
import { listClaims } from '../contract.ts';
import { ClaimTag } from './claim-parts.tsx';

/** The warranty claims of a unit. Slot `unit`: `{ unitId }`. */
export default function ClaimsPanel({ unitId }: { unitId: string }) {
  const t = useTexts('market');
  const list = useList(listClaims, { query: { unitId, limit: 20 } });
  if (list.items.length === 0) return <p className="z-note">{t('claim.noneOfUnit')}</p>;
  return (
    <Row>
      {list.items.map((c) => (
        <span key={c.id}>
          <LinkButton size="small" to="/office/claims/$claimId" params={{ claimId: c.id }}>
            {c.code}
          </LinkButton>{' '}
          <ClaimTag state={c.state} />
        </span>
      ))}
    </Row>
  );
}
