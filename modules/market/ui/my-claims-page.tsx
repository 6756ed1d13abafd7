import {
  Button,
  EmptyState,
  LinkButton,
  Loading,
  ProblemBox,
  Reading,
  Stack,
  TaskKey,
  useAct,
  useAddress,
  useList,
  useRead,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { FloorPage } from '@zaizao/platform/ui/floor';
import { getMyClaim, listMyClaims, SYMPTOMS, withdrawClaim } from '../contract.ts';
import { ClaimFacts, ClaimSteps, ClaimTag } from './claim-parts.tsx';
import { usePartName } from './words.tsx';

/** 我的报修: what we claimed, and what was decided. */
export default function MyClaimsPage() {
  const t = useTexts('market');
  const say = useSay();
  const part = usePartName();
  const [search, change] = useAddress();
  const list = useList(listMyClaims, { query: { limit: 50 } });
  if (search.claim !== undefined) {
    return (
      <FloorPage title={t('claim.mine')}>
        <One claimId={search.claim} />
        <Button icon="left" onClick={() => change({ claim: undefined })}>
          {t('claim.back')}
        </Button>
      </FloorPage>
    );
  }
  return (
    <FloorPage title={t('claim.mine')} note={t('claim.mineNote')}>
      {list.problem ? <ProblemBox problem={list.problem} retry={list.reload} /> : null}
      {list.isLoading ? <Loading /> : null}
      {!list.isLoading && list.items.length === 0 ? (
        <EmptyState
          icon="wrench"
          title={t('claim.none')}
          action={<LinkButton to="/floor/purchases">{t('purchase.title')}</LinkButton>}
        >
          {t('claim.noneNext')}
        </EmptyState>
      ) : null}
      <Stack gap={8}>
        {list.items.map((c) => (
          <TaskKey
            key={c.id}
            icon="wrench"
            title={`${c.serial} ${part(c.part)}`}
            note={`${c.code} · ${say(SYMPTOMS[c.symptom])} · ${c.seller}`}
            aside={<ClaimTag state={c.state} />}
            to={{ to: '/floor/claims', search: { claim: c.id } }}
          />
        ))}
      </Stack>
      {list.hasMore ? <Button onClick={list.more}>{t('more')}</Button> : null}
    </FloorPage>
  );
}

function One({ claimId }: { claimId: string }) {
  const t = useTexts('market');
  const claim = useRead(getMyClaim, { params: { claimId } });
  const withdraw = useAct(withdrawClaim, { said: t('claim.withdrawn') });
  return (
    <Reading of={claim}>
      {(c) => (
        <>
          <Verdict
            tone={c.state === 'remedied' || c.state === 'accepted' ? 'good' : 'decide'}
            title={`${c.code} ${t(`claimState.${c.state}`)}`}
          >
            {t(`claim.next.${c.state}`)}
          </Verdict>
          <ClaimFacts claim={c} />
          {c.replacement ? (
            <LinkButton
              kind="primary"
              size="large"
              wide
              to="/floor/purchases"
              search={{ order: c.replacement.orderId }}
            >
              {t('claim.openReplacement')}
            </LinkButton>
          ) : null}
          {c.state === 'filed' ? (
            <Button
              isBusy={withdraw.isBusy}
              onClick={() => void withdraw.run({ params: { claimId } })}
            >
              {t('claim.withdraw')}
            </Button>
          ) : null}
          <ClaimSteps claim={c} />
        </>
      )}
    </Reading>
  );
}
