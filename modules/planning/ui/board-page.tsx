import {
  Button,
  EmptyState,
  JobProgress,
  LinkButton,
  PermissionGate,
  Reading,
  Row,
  Section,
  StatusTag,
  Time,
  useAddress,
  useGo,
  useNow,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { useCallback, useState } from 'react';
import { getInForce, getPlan, perm } from '../contract.ts';
import { Causes } from './causes.tsx';
import { DecideKeys } from './decide.tsx';
import { MakePlan, WhatIfDialog } from './make-plan.tsx';
import './plan.css';
import { Explanation } from './explanation.tsx';
import { FigureRow } from './figures.tsx';
import { History } from './history.tsx';
import { PlanBoard } from './plan-board.tsx';
import { type Plan, PlanTag } from './words.tsx';

/** 计划板: the plan in force, or the one at hand; what became of it; and the next one. */
export default function BoardPage() {
  const t = useTexts('planning');
  const [search, change] = useAddress();
  const [asking, setAsking] = useState<'plan' | 'what-if'>();
  const inForce = useRead(getInForce, {}, { live: ['production'], every: 60_000 });
  const planId = search.plan ?? inForce.data?.plan?.id ?? inForce.data?.newest?.id;
  const open = (id: string) => {
    setAsking(undefined);
    change({ plan: id });
  };
  const actions = (
    <Row>
      <LinkButton icon="document" to="/office/plans">
        {t('board.all')}
      </LinkButton>
      <PermissionGate access={perm('planning.plan:make')}>
        <Button icon="flag" onClick={() => setAsking('what-if')}>
          {t('board.whatIf')}
        </Button>
        <Button kind="primary" icon="calendar" onClick={() => setAsking('plan')}>
          {t(inForce.data?.plan ? 'board.again' : 'board.make')}
        </Button>
      </PermissionGate>
    </Row>
  );
  return (
    <OfficePage title={t('board.title')} note={t('board.note')} actions={actions}>
      <Reading of={inForce} lines={2}>
        {(now) => <Reality now={now} />}
      </Reading>
      {planId ? (
        <OnePlan
          key={planId}
          planId={planId}
          inForceId={inForce.data?.plan?.id}
          fates={new Map(inForce.data?.fates.map((f) => [f.operation, f.state]))}
        />
      ) : inForce.data ? (
        <EmptyState icon="calendar" title={t('board.none')}>
          {t('board.noneNext')}
        </EmptyState>
      ) : null}
      <MakePlan open={asking === 'plan'} onClose={() => setAsking(undefined)} onMade={open} />
      <WhatIfDialog
        open={asking === 'what-if'}
        onClose={() => setAsking(undefined)}
        onMade={open}
      />
    </OfficePage>
  );
}

type InForce = NonNullable<ReturnType<typeof useRead<typeof getInForce>>['data']>;

/** How far reality has moved away from the plan in force. */
function Reality({ now }: { now: InForce }) {
  const t = useTexts('planning');
  if (!now.plan) return null;
  const { behind, unplanned, done } = now.drift;
  const differs = behind + unplanned > 0;
  return (
    <p className="z-row" style={{ gap: 10 }}>
      <StatusTag tone={differs ? 'decide' : 'good'}>
        {t(differs ? 'board.differs' : 'board.holds')}
      </StatusTag>
      <span>
        {t('board.inForce', { code: now.plan.code })} <Time at={now.plan.publishedAt} ago />
      </span>
      <span className="z-note">{t('board.drift', { done, behind, unplanned })}</span>
    </p>
  );
}

function OnePlan(props: {
  planId: string;
  inForceId: string | undefined;
  fates: ReadonlyMap<string, string>;
}) {
  const plan = useRead(getPlan, { params: { planId: props.planId } });
  return (
    <Reading of={plan}>
      {(p) => <PlanAt key={p.version} plan={p} {...props} reread={plan.refetch} />}
    </Reading>
  );
}

function PlanAt(props: {
  plan: Plan;
  inForceId: string | undefined;
  fates: ReadonlyMap<string, string>;
  reread: () => unknown;
}) {
  const { plan, inForceId, reread } = props;
  const t = useTexts('planning');
  const go = useGo();
  const now = useNow(30_000);
  const done = useCallback(() => void reread(), [reread]);
  const title = `${plan.code}${plan.name ? ` · ${plan.name}` : ''}`;
  const isInForce = plan.id === inForceId;
  const head = (
    <Row>
      <PlanTag state={plan.state} />
      <span className="z-note">
        {t(`planKind.${plan.kind}`)} · {t(`objective.${plan.objective}`)}
      </span>
    </Row>
  );
  return (
    <>
      <Section
        title={title}
        note={head}
        actions={
          <Row>
            {inForceId && !isInForce && plan.figures ? (
              <Button
                icon="columns"
                onClick={() =>
                  go({ to: '/office/plan/compare', search: { a: inForceId, b: plan.id } })
                }
              >
                {t('board.compare')}
              </Button>
            ) : null}
            <DecideKeys plan={plan} />
          </Row>
        }
      >
        {plan.state === 'solving' && plan.jobId ? (
          <JobProgress jobId={plan.jobId} title={t('board.solving')} onDone={done} />
        ) : null}
        {plan.conflict ? <Causes plan={plan} /> : null}
        {plan.figures ? <FigureRow plan={plan} /> : null}
      </Section>
      {plan.board && plan.assignments.length > 0 && plan.state !== 'solving' ? (
        <PlanBoard
          plan={plan}
          board={plan.board}
          now={now.getTime()}
          {...(isInForce ? { fates: props.fates } : {})}
        />
      ) : null}
      {plan.explanation && plan.board ? <Explanation plan={plan} board={plan.board} /> : null}
      {plan.figures ? <History plan={plan} /> : null}
    </>
  );
}
