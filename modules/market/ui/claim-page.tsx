import { listUnits } from '@zaizao/modules/production/contract';
import { perm as quality } from '@zaizao/modules/quality/contract';
import {
  Button,
  Dialog,
  FormFrame,
  LinkButton,
  LookupField,
  Money,
  MoneyField,
  PermissionGate,
  Reading,
  Row,
  Section,
  SelectField,
  Stack,
  TextField,
  Time,
  useAct,
  useForm,
  useParam,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import {
  bookClaimCost,
  ClaimVerdict,
  CostKind,
  getClaim,
  judgeClaim,
  perm,
  Remedy,
  receiveClaimed,
  remedyClaim,
} from '../contract.ts';
import { ClaimFacts, ClaimSteps, ClaimTag, type SellerClaim } from './claim-parts.tsx';

/** One claim: judged by quality, remedied by whoever sells, its costs booked. */
export default function ClaimPage() {
  const t = useTexts('market');
  const claimId = useParam('claimId');
  const claim = useRead(getClaim, { params: { claimId } }, { live: ['production', 'quality'] });
  return (
    <Reading of={claim}>
      {(c) => (
        <OfficePage
          title={`${t('claim.one')} ${c.code}`}
          note={c.buyer}
          up={{ to: '/office/claims', title: t('claim.title') }}
          status={<ClaimTag state={c.state} />}
          actions={<Actions claim={c} />}
        >
          <Section title={t('claim.what')}>
            <Stack gap={12}>
              <ClaimFacts claim={c} />
              <Row>
                <LinkButton size="small" to="/office/units/$unitId" params={{ unitId: c.unitId }}>
                  {c.serial}
                </LinkButton>
                <LinkButton
                  size="small"
                  to="/office/sales/$orderId"
                  params={{ orderId: c.orderId }}
                >
                  {c.orderCode}
                </LinkButton>
                {c.coreId ? (
                  <LinkButton size="small" to="/office/cores/$coreId" params={{ coreId: c.coreId }}>
                    {t('claim.core')}
                  </LinkButton>
                ) : null}
                {c.nonconformanceId ? (
                  <LinkButton
                    size="small"
                    to="/office/nonconformances/$nonconformanceId"
                    params={{ nonconformanceId: c.nonconformanceId }}
                  >
                    {t('claim.nonconformance')}
                  </LinkButton>
                ) : null}
              </Row>
            </Stack>
          </Section>
          <Costs claim={c} />
          <Section title={t('order.history')}>
            <ClaimSteps claim={c} />
          </Section>
        </OfficePage>
      )}
    </Reading>
  );
}

function Actions({ claim: c }: { claim: SellerClaim }) {
  const t = useTexts('market');
  const [asking, setAsking] = useState<'judge' | 'remedy'>();
  const receive = useAct(receiveClaimed, {
    said: t('claim.received'),
    refreshes: ['cores', 'production'],
  });
  const close = () => setAsking(undefined);
  const may = (step: (typeof c.next)[number]) => c.next.includes(step);
  return (
    <Row>
      {may('receive') ? (
        <PermissionGate access={perm('market.claim:remedy')}>
          <Button
            icon="inbox"
            isBusy={receive.isBusy}
            onClick={() => void receive.run({ params: { claimId: c.id } })}
          >
            {t('claim.receive')}
          </Button>
        </PermissionGate>
      ) : null}
      {may('judge') ? (
        <PermissionGate access={quality('quality.claim:judge')}>
          <Button kind="primary" icon="flag" onClick={() => setAsking('judge')}>
            {t('claim.judge')}
          </Button>
        </PermissionGate>
      ) : null}
      {may('remedy') ? (
        <PermissionGate access={perm('market.claim:remedy')}>
          <Button kind="primary" icon="check" onClick={() => setAsking('remedy')}>
            {c.remedy ? t(`remedy.${c.remedy}`) : t('claim.remedy')}
          </Button>
        </PermissionGate>
      ) : null}
      <Dialog open={asking === 'judge'} title={t('claim.judge')} onClose={close}>
        <JudgeForm claim={c} onDone={close} />
      </Dialog>
      <Dialog open={asking === 'remedy'} title={t('claim.remedy')} onClose={close}>
        <RemedyForm claim={c} onDone={close} />
      </Dialog>
    </Row>
  );
}

function JudgeForm({ claim: c, onDone }: { claim: SellerClaim; onDone: () => void }) {
  const t = useTexts('market');
  const form = useForm(judgeClaim, {
    rest: { params: { claimId: c.id } },
    said: t('claim.judged'),
    refreshes: ['quality'],
    onDone,
  });
  return (
    <FormFrame form={form} submit={t('claim.judge')}>
      <p className="z-note">
        {t(c.terms.covered ? 'claim.judgeCovered' : 'claim.judgeNotCovered')}
      </p>
      <SelectField
        label={t('claim.verdict')}
        choices={ClaimVerdict.options.map((value) => ({ value, label: t(`verdict.${value}`) }))}
        {...form.field('verdict')}
      />
      <SelectField
        label={t('claim.remedy')}
        choices={Remedy.options
          .filter((r) => r !== 'repair' || !c.coreId)
          .map((value) => ({ value, label: t(`remedy.${value}`) }))}
        {...form.field('remedy')}
      />
      <TextField label={t('claim.reason')} lines={3} {...form.field('reason')} />
    </FormFrame>
  );
}

function RemedyForm({ claim: c, onDone }: { claim: SellerClaim; onDone: () => void }) {
  const t = useTexts('market');
  const say = useSay();
  const form = useForm(remedyClaim, {
    rest: { params: { claimId: c.id } },
    said: t('claim.remedied'),
    refreshes: ['production'],
    onDone,
  });
  return (
    <FormFrame form={form} submit={c.remedy ? t(`remedy.${c.remedy}`) : t('claim.remedy')}>
      {c.remedy === 'replace' ? (
        <LookupField
          label={t('claim.replacement')}
          hint={t('claim.replacementHint')}
          list={listUnits}
          by="q"
          fixed={{ state: 'available', partId: c.part.id }}
          choice={(u) => ({ value: u.id, label: u.serial, note: say(u.part.name) })}
          {...form.field('replacementUnitId')}
        />
      ) : null}
      {c.remedy === 'refund' ? (
        <MoneyField label={t('claim.refund')} {...form.field('refundFen')} />
      ) : (
        <MoneyField label={t('claim.cost')} {...form.field('costFen')} />
      )}
      <TextField label={t('claim.note')} lines={2} {...form.field('note')} />
    </FormFrame>
  );
}

function Costs({ claim: c }: { claim: SellerClaim }) {
  const t = useTexts('market');
  const [isOpen, setOpen] = useState(false);
  const form = useForm(bookClaimCost, {
    rest: { params: { claimId: c.id } },
    initial: { kind: 'transport' },
    said: t('claim.booked'),
    onDone: () => setOpen(false),
  });
  return (
    <Section
      title={t('claim.costs')}
      note={t('claim.costsNote')}
      actions={
        c.state === 'withdrawn' ? null : (
          <PermissionGate access={perm('market.claim:remedy')}>
            <Button size="small" icon="plus" onClick={() => setOpen(true)}>
              {t('claim.book')}
            </Button>
          </PermissionGate>
        )
      }
    >
      {c.costs.length === 0 ? <p className="z-note">{t('claim.noCosts')}</p> : null}
      <ul className="z-market-lines">
        {c.costs.map((x) => (
          <li key={x.id}>
            <strong>{t(`costKind.${x.kind}`)}</strong>
            <span>
              <Money fen={x.amountFen} /> {x.note}
            </span>
            <small>
              <Time at={x.at} />
            </small>
          </li>
        ))}
      </ul>
      <p>
        {t('order.total')} <Money fen={c.costFen} />
      </p>
      <Dialog open={isOpen} title={t('claim.book')} onClose={() => setOpen(false)}>
        <FormFrame form={form} submit={t('claim.book')}>
          <SelectField
            label={t('claim.kind')}
            choices={CostKind.options.map((value) => ({ value, label: t(`costKind.${value}`) }))}
            {...form.field('kind')}
          />
          <MoneyField label={t('claim.cost')} {...form.field('amountFen')} />
          <TextField label={t('claim.note')} {...form.field('note')} />
        </FormFrame>
      </Dialog>
    </Section>
  );
}
