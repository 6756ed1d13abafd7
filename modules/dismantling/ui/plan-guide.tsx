import {
  Button,
  Code,
  Dialog,
  Row,
  Section,
  Stack,
  StatusTag,
  TextField,
  useAct,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { decidePlan, recordLine } from '../contract.ts';
import { NextStep } from './plan-step.tsx';
import {
  Changes,
  type PlanShown,
  Reckoned,
  type StepShown,
  type TeardownPlanShown,
  useCause,
  useDirection,
} from './plan-words.tsx';
import { TeardownLine } from './teardown-line.tsx';
import type { TeardownShown } from './words.tsx';

/** The teardown step by step: what next, with what, from where, why; and what to do when it is otherwise. */
export function PlanGuide(props: {
  view: TeardownShown;
  shown: TeardownPlanShown;
  plan: PlanShown;
}) {
  const t = useTexts('dismantling');
  const { plan, shown, view } = props;
  const done = new Set(shown.done);
  const open = plan.steps.filter((s) => !done.has(s.joint));
  const next = open[0];
  const looseNow = new Set(plan.steps.filter((s) => done.has(s.joint)).flatMap((s) => s.frees));
  const onTable = view.lines.filter((l) => l.outcome === 'pending' && looseNow.has(String(l.pos)));
  const leaves = plan.items.filter(
    (i) =>
      i.fate === 'leave' &&
      i.pos !== undefined &&
      view.lines.some((l) => l.pos === i.pos && l.outcome === 'pending'),
  );
  return (
    <Stack gap={12}>
      <Deciding plan={plan} />
      {onTable.length > 0 ? (
        <Section title={t('plan.onTable')} note={t('plan.onTableNote')}>
          <ol className="z-dis-lines">
            {onTable.map((line) => (
              <TeardownLine key={line.pos} teardownId={view.id} line={line} />
            ))}
          </ol>
        </Section>
      ) : null}
      {next ? (
        <NextStep
          key={next.joint}
          teardownId={view.id}
          plan={plan}
          step={next}
          left={open.length}
        />
      ) : (
        <Verdict tone="good" title={t('plan.allDone')}>
          {leaves.length > 0 ? t('plan.thenLeave', { n: leaves.length }) : t('plan.thenFinish')}
        </Verdict>
      )}
      {open.length > 1 ? <Following plan={plan} steps={open.slice(1)} /> : null}
      {leaves.length > 0 ? (
        <Leaving teardownId={view.id} items={leaves} isDue={open.length === 0} />
      ) : null}
      <Joints joints={shown.joints} />
    </Stack>
  );
}

/** Follow it or not: asked for the first plan and for each that replaces it. */
function Deciding({ plan }: { plan: PlanShown }) {
  const t = useTexts('dismantling');
  const causeOf = useCause();
  const [isRefusing, setRefusing] = useState(false);
  const [reason, setReason] = useState<string>();
  const decide = useAct(decidePlan, { onDone: () => setRefusing(false) });
  const params = { planId: plan.id };
  const worth = (
    <>
      {t('plan.worth')} <Reckoned fen={plan.worthFen} />
      {plan.marginFen === undefined ? null : (
        <>
          {' · '}
          {t('plan.margin')} <Reckoned fen={plan.marginFen} />
        </>
      )}
    </>
  );
  if (plan.decision) {
    const { decision } = plan.decision;
    return (
      <p className="z-note">
        <StatusTag tone={decision === 'follow' ? 'good' : 'decide'}>
          {t(`plan.decided.${decision}`)}
        </StatusTag>{' '}
        {t('plan.no', { n: plan.no })} · {worth} {plan.decision.reason}
      </p>
    );
  }
  return (
    <Verdict tone="decide" title={plan.cause ? t('plan.changed') : t('plan.ready')}>
      {plan.cause ? <p>{causeOf(plan.cause)}</p> : null}
      <Changes plan={plan} />
      <p>{worth}</p>
      <Row>
        <Button
          kind="primary"
          size="large"
          icon="check"
          isBusy={decide.isBusy}
          onClick={() => void decide.run({ params, body: { decision: 'follow' } })}
        >
          {t('plan.follow')}
        </Button>
        <Button size="large" onClick={() => setRefusing(true)}>
          {t('plan.deviate')}
        </Button>
      </Row>
      <Dialog
        open={isRefusing}
        title={t('plan.deviate')}
        onClose={() => setRefusing(false)}
        footer={
          <Button
            kind="primary"
            size="large"
            disabled={!reason}
            isBusy={decide.isBusy}
            onClick={() =>
              void decide.run({ params, body: { decision: 'deviate', reason: reason ?? '' } })
            }
          >
            {t('plan.keep')}
          </Button>
        }
      >
        <TextField
          label={t('plan.reason')}
          hint={t('plan.reasonHint')}
          lines={2}
          value={reason}
          onChange={setReason}
        />
      </Dialog>
    </Verdict>
  );
}

function Following({ plan, steps }: { plan: PlanShown; steps: readonly StepShown[] }) {
  const t = useTexts('dismantling');
  const say = useSay();
  const direction = useDirection();
  const nameOf = new Map(plan.items.map((i) => [i.item, i.name]));
  return (
    <details className="z-dis-following">
      <summary>{t('plan.following', { n: steps.length })}</summary>
      <ol>
        {steps.map((s) => (
          <li key={s.joint}>
            <b>{say(s.name)}</b>{' '}
            <small>
              {[say(s.tool), direction(s.direction)].filter(Boolean).join(' · ')}
              {s.frees.length > 0
                ? ` → ${s.frees.map((f) => say(nameOf.get(f) ?? { zh: f, en: f })).join(t('plan.and'))}`
                : ''}
            </small>
          </li>
        ))}
      </ol>
    </details>
  );
}

/** What does not pay to take out, and the key that leaves it in the rest. */
function Leaving(props: {
  teardownId: string;
  items: readonly PlanShown['items'][number][];
  isDue: boolean;
}) {
  const t = useTexts('dismantling');
  const say = useSay();
  const record = useAct(recordLine);
  const [isBusy, setBusy] = useState(false);
  const all = async () => {
    setBusy(true);
    for (const { pos } of props.items) {
      if (pos === undefined) continue;
      const params = { teardownId: props.teardownId };
      const done = await record.run({ params, body: { pos, outcome: 'left' } });
      if (done.state === 'refused') break;
    }
    setBusy(false);
  };
  return (
    <Section title={t('plan.leaves', { n: props.items.length })} note={t('plan.leavesNote')}>
      <ul className="z-dis-things">
        {props.items.map((i) => (
          <li key={i.item}>
            <span>{say(i.name)}</span>
            <small>
              {t('plan.brings')} <Reckoned fen={i.premiumFen} />
              {i.furtherFen === undefined ? null : (
                <>
                  {' · '}
                  {t('plan.takes')} <Reckoned fen={i.furtherFen} />
                </>
              )}
            </small>
          </li>
        ))}
      </ul>
      {props.isDue ? (
        <Button size="large" wide isBusy={isBusy} onClick={() => void all()}>
          {t('plan.leaveAll', { n: props.items.length })}
        </Button>
      ) : null}
    </Section>
  );
}

function Joints({ joints }: { joints: TeardownPlanShown['joints'] }) {
  const t = useTexts('dismantling');
  const say = useSay();
  if (joints.length === 0) return null;
  return (
    <details className="z-dis-following">
      <summary>{t('plan.joints', { n: joints.length })}</summary>
      <ol>
        {joints.map((j) => (
          <li key={j.id}>
            <Code>{j.joint}</Code> {say(j.name)}{' '}
            <small>
              {t(`plan.outcome.${j.outcome}`)}
              {j.torqueNm === undefined ? '' : ` · ${j.torqueNm} N·m`}
              {j.station ? ` · ${j.station}` : ''}
            </small>
          </li>
        ))}
      </ol>
    </details>
  );
}
