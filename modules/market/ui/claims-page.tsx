import { Code, EmptyState, LinkButton, Money, Time, useSay, useTexts } from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { listClaims, SYMPTOMS } from '../contract.ts';
import { CLAIM_STATES, ClaimTag } from './claim-parts.tsx';
import { usePartName } from './words.tsx';

/** Every warranty claim made to us, with what it cost so far. */
export default function ClaimsPage() {
  const t = useTexts('market');
  const say = useSay();
  const part = usePartName();
  return (
    <OfficePage title={t('claim.title')} note={t('claim.titleNote')}>
      <DataTable
        id="market.claims"
        title={t('claim.title')}
        list={listClaims}
        rowKey={(r) => r.id}
        filters={[
          { kind: 'search', id: 'q', label: t('claim.search') },
          {
            kind: 'choice',
            id: 'state',
            label: t('state'),
            choices: CLAIM_STATES.map((value) => ({ value, label: t(`claimState.${value}`) })),
          },
          {
            kind: 'choice',
            id: 'open',
            label: t('claim.which'),
            choices: [{ value: 'yes', label: t('claim.open') }],
          },
        ]}
        columns={[
          {
            id: 'code',
            title: t('claim.code'),
            cell: (r) => <Code>{r.code}</Code>,
            plain: (r) => r.code,
          },
          {
            id: 'unit',
            title: t('order.unit'),
            cell: (r) => `${r.serial} ${part(r.part)}`,
            plain: (r) => `${r.serial} ${part(r.part)}`,
          },
          { id: 'buyer', title: t('claim.buyer'), cell: (r) => r.buyer, plain: (r) => r.buyer },
          {
            id: 'symptom',
            title: t('claim.symptom'),
            cell: (r) => say(SYMPTOMS[r.symptom]),
            plain: (r) => say(SYMPTOMS[r.symptom]),
          },
          {
            id: 'state',
            title: t('state'),
            cell: (r) => <ClaimTag state={r.state} />,
            plain: (r) => t(`claimState.${r.state}`),
          },
          {
            id: 'verdict',
            title: t('claim.verdict'),
            cell: (r) => (r.verdict ? t(`verdict.${r.verdict}`) : '—'),
            plain: (r) => (r.verdict ? t(`verdict.${r.verdict}`) : ''),
          },
          {
            id: 'cost',
            title: t('claim.cost'),
            align: 'end',
            cell: (r) => <Money fen={r.costFen} />,
            plain: (r) => Number(r.costFen) / 100,
          },
          {
            id: 'filedAt',
            title: t('claim.filedAt'),
            cell: (r) => <Time at={r.filedAt} ago />,
            plain: (r) => r.filedAt,
          },
        ]}
        open={(r) => ({ to: '/office/claims/$claimId', params: { claimId: r.id } })}
        empty={
          <EmptyState
            icon="wrench"
            title={t('claim.none')}
            action={<LinkButton to="/office/sales">{t('sales.title')}</LinkButton>}
          >
            {t('claim.noneSeller')}
          </EmptyState>
        }
      />
    </OfficePage>
  );
}
