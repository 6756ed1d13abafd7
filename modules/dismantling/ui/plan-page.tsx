import {
  Button,
  Code,
  Facts,
  formatDuration,
  Link,
  type Output,
  Reading,
  read,
  Section,
  StatusTag,
  Time,
  useLang,
  useParam,
  useRead,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { OfficePage, PlainTable } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { checkPlan, getPlan } from '../contract.ts';
import {
  Chances,
  Changes,
  FateTag,
  type PlanShown,
  Reckoned,
  useCause,
  useDirection,
} from './plan-words.tsx';
import { usePartName } from './words.tsx';

/** One plan as it was made: steps, fates, what they rest on; and whether it comes out the same again. */
export default function PlanPage() {
  const planId = useParam('planId');
  const found = useRead(getPlan, { params: { planId } });
  return <Reading of={found}>{(plan) => <Plan plan={plan} />}</Reading>;
}

function Plan({ plan }: { plan: PlanShown }) {
  const t = useTexts('dismantling');
  const name = usePartName();
  const causeOf = useCause();
  return (
    <OfficePage
      title={t('plans.of', { code: plan.core.code, n: plan.no })}
      up={{ to: '/office/teardown-plans', title: t('plans.title') }}
      note={name(plan.part)}
      status={
        <StatusTag tone={plan.decision?.decision === 'follow' ? 'good' : 'decide'}>
          {t(`plan.decided.${plan.decision?.decision ?? 'none'}`)}
        </StatusTag>
      }
    >
      {plan.cause ? (
        <Verdict tone="decide" title={causeOf(plan.cause)}>
          <Changes plan={plan} />
        </Verdict>
      ) : null}
      <Summary plan={plan} />
      <Section title={t('plan.steps', { n: plan.steps.length })} flush>
        <Steps plan={plan} />
      </Section>
      <Section title={t('plan.items')} note={t('plan.itemsNote')} flush>
        <Items plan={plan} />
      </Section>
    </OfficePage>
  );
}

function Summary({ plan }: { plan: PlanShown }) {
  const t = useTexts('dismantling');
  const say = useSay();
  const lang = useLang();
  const { second, basis, decision } = plan;
  return (
    <Section title={t('plan.result')} actions={<Again planId={plan.id} />}>
      <Facts
        rows={[
          [
            t('field.core'),
            <Link key="c" to="/office/cores/$coreId" params={{ coreId: plan.core.id }}>
              {plan.core.code}
            </Link>,
          ],
          [
            t('teardowns.title'),
            plan.teardownId && (
              <Link
                key="t"
                to="/office/teardowns/$teardownId"
                params={{ teardownId: plan.teardownId }}
              >
                {t('teardown.record')}
              </Link>
            ),
          ],
          [t('plan.worth'), <Reckoned key="w" fen={plan.worthFen} />],
          [t('plan.asIs'), <Reckoned key="a" fen={plan.asIsFen} />],
          [
            t('plan.bound'),
            <span key="b">
              <Reckoned fen={plan.boundFen} /> {t(`plan.status.${plan.status}`)}
            </span>,
          ],
          [
            t('plan.second'),
            second && plan.marginFen !== undefined && (
              <span key="s">
                {t(`plan.secondBy.${second.kind}`, { name: say(second.name) })}{' '}
                <Reckoned fen={plan.marginFen} />
              </span>
            ),
          ],
          [t('plan.time'), formatDuration(plan.seconds, lang)],
          [t('plan.setups'), <Reckoned key="u" fen={plan.setupsFen} />],
          [
            t('plans.decision'),
            decision && (
              <span key="d">
                {t(`plan.decided.${decision.decision}`)} {decision.reason} <Time at={decision.at} />
              </span>
            ),
          ],
          [
            t('plan.lookFirst'),
            plan.lookFirst.map((l) => say(l.name)).join(t('plan.and')) || undefined,
          ],
          [t('plan.madeAt'), <Time key="m" at={plan.madeAt} />],
          [
            t('plan.basis'),
            t('plan.basisText', {
              bom: basis.bom,
              joints: basis.joints,
              removal: basis.removal,
              rates: basis.rates,
              engine: basis.engine,
            }),
          ],
          [t('plan.digest'), <Code key="g">{basis.digest.slice(0, 16)}</Code>],
        ]}
      />
    </Section>
  );
}

/** Solves the stored problem again on the server and says whether the same comes out. */
function Again({ planId }: { planId: string }) {
  const t = useTexts('dismantling');
  const [answer, setAnswer] = useState<Output<typeof checkPlan>>();
  const [isBusy, setBusy] = useState(false);
  const check = async () => {
    setBusy(true);
    setAnswer(await read(checkPlan, { params: { planId } }));
    setBusy(false);
  };
  const isTrue = answer?.repeats && answer.digestAgrees && answer.faults.length === 0;
  return (
    <>
      {answer ? (
        <StatusTag tone={isTrue ? 'good' : 'bad'}>
          {isTrue ? t('plan.repeats') : [t('plan.differs'), ...answer.faults].join(' · ')}
        </StatusTag>
      ) : null}
      <Button icon="check" isBusy={isBusy} onClick={() => void check()}>
        {t('plan.again')}
      </Button>
    </>
  );
}

function Steps({ plan }: { plan: PlanShown }) {
  const t = useTexts('dismantling');
  const say = useSay();
  const direction = useDirection();
  const nameOf = new Map(plan.items.map((i) => [i.item, say(i.name)]));
  return (
    <PlainTable
      rows={plan.steps}
      rowKey={(s) => s.joint}
      columns={[
        { title: t('plan.head.no'), end: true, cell: (s) => s.no },
        {
          title: t('plan.head.step'),
          cell: (s) => (
            <>
              <Code>{s.joint}</Code> {say(s.name)}
            </>
          ),
        },
        {
          title: t('plan.head.tool'),
          cell: (s) => [say(s.tool), direction(s.direction)].filter(Boolean).join(' · '),
        },
        {
          title: t('plan.head.hazard'),
          cell: (s) => (
            <>
              {s.hazard > 0 ? (
                <StatusTag tone="decide">
                  {[t('plan.hazard', { n: s.hazard }), say(s.hazardNote)]
                    .filter(Boolean)
                    .join(' · ')}
                </StatusTag>
              ) : (
                '—'
              )}
              {s.destructive ? ` ${t('plan.destructive')}` : ''}
              {s.seized ? ` ${t('plan.seizedNow')}` : ''}
            </>
          ),
        },
        { title: t('plan.head.time'), end: true, cell: (s) => <>{s.seconds} s</> },
        {
          title: t('plan.head.cost'),
          end: true,
          cell: (s) => <Reckoned fen={s.costFen + s.setupFen} />,
        },
        {
          title: t('plan.head.frees'),
          cell: (s) => s.frees.map((f) => nameOf.get(f) ?? f).join(t('plan.and')) || '—',
        },
        {
          title: t('plan.head.margin'),
          end: true,
          cell: (s) =>
            s.marginFen === undefined ? t('plan.mustShort') : <Reckoned fen={s.marginFen} />,
        },
      ]}
    />
  );
}

function Items({ plan }: { plan: PlanShown }) {
  const t = useTexts('dismantling');
  const say = useSay();
  return (
    <PlainTable
      rows={plan.items}
      rowKey={(i) => i.item}
      columns={[
        {
          title: t('plan.head.item'),
          cell: (i) => (
            <>
              {say(i.name)}{' '}
              {i.mandatory ? <StatusTag tone="decide">{t('plan.mustShort')}</StatusTag> : null}
            </>
          ),
        },
        { title: t('plan.head.fate'), cell: (i) => <FateTag item={i} items={plan.items} /> },
        { title: t('plan.head.chances'), cell: (i) => (i.chances ? <Chances item={i} /> : '—') },
        { title: t('plan.head.premium'), end: true, cell: (i) => <Reckoned fen={i.premiumFen} /> },
        {
          title: t('plan.head.further'),
          end: true,
          cell: (i) => (i.furtherFen === undefined ? '—' : <Reckoned fen={i.furtherFen} />),
        },
        {
          title: t('plan.head.demand'),
          cell: (i) =>
            i.demand
              ? t('plan.demandText', {
                  stock: i.demand.stock,
                  used: i.demand.used90Days,
                  wanted: i.demand.wanted ?? '—',
                  pct: Math.round(i.demand.share * 100),
                })
              : '—',
        },
      ]}
    />
  );
}
