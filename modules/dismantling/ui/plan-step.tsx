import {
  Button,
  ChoiceField,
  Dialog,
  formatDuration,
  Icon,
  Section,
  StatusTag,
  TextField,
  useAct,
  useLang,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { BigNumber } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { recordJoint } from '../contract.ts';
import { Chances, type PlanShown, Reckoned, type StepShown, useDirection } from './plan-words.tsx';

/** The joint that comes next: with what, from where, why; and what to say when it does not come loose. */
export function NextStep(props: {
  teardownId: string;
  plan: PlanShown;
  step: StepShown;
  /** How many joints are still to be undone, this one included. */
  left: number;
}) {
  const t = useTexts('dismantling');
  const say = useSay();
  const lang = useLang();
  const direction = useDirection();
  const { step, plan, left } = props;
  const [isStuck, setStuck] = useState(false);
  const record = useAct(recordJoint, { onDone: () => setStuck(false) });
  const params = { teardownId: props.teardownId };
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
