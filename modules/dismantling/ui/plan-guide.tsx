import {
  Button,
  ChoiceField,
  Code,
  Dialog,
  formatDuration,
  Icon,
  Row,
  Section,
  Stack,
  StatusTag,
  TextField,
  useAct,
  useLang,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { BigNumber } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { decidePlan, recordJoint, recordLine } from '../contract.ts';
import {
  Chances,
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

interface Guided {
  readonly view: TeardownShown;
  readonly shown: TeardownPlanShown;
  readonly plan: PlanShown;
}

/** The teardown step by step: what next, with what, from where, why; and what to do when it is otherwise. */
export function PlanGuide(props: Guided) {
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
        <NextStep key={next.joint} {...props} step={next} left={open.length} />
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

function NextStep(props: Guided & { step: StepShown; left: number }) {
  const t = useTexts('dismantling');
  const say = useSay();
  const lang = useLang();
  const direction = useDirection();
  const { step, plan, view, left } = props;
  const [isStuck, setStuck] = useState(false);
  const record = useAct(recordJoint, { onDone: () => setStuck(false) });
  const params = { teardownId: view.id };
  const frees = plan.items.filter((i) => step.frees.includes(i.item) && i.premiumFen >= 0);
  return (
    <Section
      title={t('plan.next', { n: plan.steps.length - left + 1, of: plan.steps.length })}
      note={t('plan.secondsLeft', {
        time: formatDuration(
          plan.steps.slice(plan.steps.length - left).reduce((sum, s) => sum + s.seconds, 0),
          lang,
        ),
      })}
    >
      <div className="z-dis-step">
        <strong>{say(step.name)}</strong>
        <dl>
          <div>
            <dt>{t('plan.tool')}</dt>
            <dd>{say(step.tool) || '—'}</dd>
          </div>
          <div>
            <dt>{t('plan.direction')}</dt>
            <dd>{direction(step.direction) || '—'}</dd>
          </div>
          <div>
            <dt>{t('plan.time')}</dt>
            <dd className="z-num">{step.seconds} s</dd>
          </div>
        </dl>
        {step.hazard > 0 ? (
          <p className="z-dis-hazard">
            <Icon name="warn" size={24} />
            <span>
              {t('plan.hazard', { n: step.hazard })} {say(step.hazardNote)}
            </span>
          </p>
        ) : null}
        {step.destructive ? <StatusTag tone="decide">{t('plan.destructive')}</StatusTag> : null}
        {step.seized ? <StatusTag tone="decide">{t('plan.seizedNow')}</StatusTag> : null}
        {frees.length > 0 ? (
          <ul className="z-dis-frees">
            {frees.map((i) => (
              <li key={i.item}>
                <span>
                  {t('plan.frees')} <b>{say(i.name)}</b>
                </span>
                <Chances item={i} />
              </li>
            ))}
          </ul>
        ) : null}
        <p className="z-note">
          {t('plan.costs')} <Reckoned fen={step.costFen + step.setupFen} />
          {t('plan.sep')}
          {step.marginFen === undefined ? (
            t('plan.must')
          ) : (
            <>
              {t('plan.why')} <Reckoned fen={step.marginFen} />
            </>
          )}
        </p>
      </div>
      <div className="z-dis-acts">
        <Button
          kind="primary"
          size="large"
          icon="check"
          isBusy={record.isBusy}
          onClick={() =>
            void record.run({
              params,
              body: {
                joint: step.joint,
                outcome: step.destructive ? 'destroyed' : 'undone',
              },
            })
          }
        >
          {t('plan.undone')}
        </Button>
        <Button size="large" icon="warn" onClick={() => setStuck(true)}>
          {t('plan.stuck')}
        </Button>
      </div>
      {isStuck ? (
        <Stuck
          name={say(step.name)}
          isBusy={record.isBusy}
          onClose={() => setStuck(false)}
          onSay={(body) => void record.run({ params, body: { joint: step.joint, ...body } })}
        />
      ) : null}
    </Section>
  );
}

interface StuckSaid {
  readonly outcome: 'seized' | 'destroyed';
  readonly torqueNm?: number;
  readonly note: string;
}

/** It does not come loose: said now so that the plan is worked out anew, or forced open. */
function Stuck(props: {
  name: string;
  isBusy: boolean;
  onClose: () => void;
  onSay: (said: StuckSaid) => void;
}) {
  const t = useTexts('dismantling');
  const [outcome, setOutcome] = useState<StuckSaid['outcome']>('seized');
  const [torque, setTorque] = useState<string>();
  const [note, setNote] = useState<string>();
  return (
    <Dialog
      open
      title={props.name}
      onClose={props.onClose}
      footer={
        <Button
          kind="primary"
          size="large"
          isBusy={props.isBusy}
          onClick={() =>
            props.onSay({
              outcome,
              note: note ?? '',
              ...(torque === undefined ? {} : { torqueNm: Number(torque) }),
            })
          }
        >
          {t('plan.keep')}
        </Button>
      }
    >
      <ChoiceField
        label={t('plan.stuckHow')}
        choices={(['seized', 'destroyed'] as const).map((value) => ({
          value,
          label: t(`plan.outcome.${value}`),
        }))}
        value={outcome}
        onChange={(v) => setOutcome(v ?? 'seized')}
      />
      <p className="z-note">{t(`plan.outcomeNote.${outcome}`)}</p>
      <BigNumber label={t('plan.torque')} unit="NU" step={1} value={torque} onChange={setTorque} />
      <TextField label={t('plan.note')} required={false} value={note} onChange={setNote} />
    </Dialog>
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
