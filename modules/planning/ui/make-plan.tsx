import { listParts } from '@zaizao/modules/catalog/contract';
import {
  Button,
  CheckField,
  ChoiceField,
  Dialog,
  FormFrame,
  LookupField,
  MomentField,
  NumberField,
  Row,
  SelectField,
  TextField,
  useAct,
  useForm,
  useGo,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { makePlan } from '../contract.ts';
import { SpanFields, SubjectField, spanFromNow } from './span.tsx';
import type { Assignment, Board, Plan } from './words.tsx';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onMade: (planId: string) => void;
}

const OBJECTIVES = ['due-dates', 'late-orders', 'makespan', 'robust'] as const;

/** Makes a plan of the open work. */
export function MakePlan(props: Props) {
  const t = useTexts('planning');
  return (
    <Dialog open={props.open} title={t('make.title')} onClose={props.onClose}>
      <MakeForm {...props} />
    </Dialog>
  );
}

function MakeForm({ onMade }: Props) {
  const t = useTexts('planning');
  const form = useForm(makePlan, {
    initial: { objective: 'due-dates', keepsNear: true },
    onDone: (p) => onMade(p.id),
  });
  return (
    <FormFrame form={form} submit={t('make.now')}>
      <p className="z-note">{t('make.lead')}</p>
      <SelectField
        label={t('make.objective')}
        choices={OBJECTIVES.map((value) => ({ value, label: t(`objective.${value}`) }))}
        {...form.field('objective')}
      />
      <CheckField label={t('make.keepsNear')} {...form.field('keepsNear')} />
      <TextField label={t('make.name')} {...form.field('name')} />
      <NumberField
        label={t('make.deadline')}
        hint={t('make.deadlineHint')}
        unit="SEC"
        min={1}
        max={600}
        {...form.field('deadlineSeconds')}
      />
    </FormFrame>
  );
}

/** Solves again with the operations that a person locked where they lie. */
export function LockedSolve(props: {
  plan: Plan;
  board: Board;
  draft: readonly Assignment[];
  locked: ReadonlySet<string>;
  onClear: () => void;
}) {
  const t = useTexts('planning');
  const go = useGo();
  const make = useAct(makePlan, {
    onDone: (p) => go({ to: '/office/plan', search: { plan: p.id } }),
  });
  const origin = Date.parse(props.board.origin);
  const locks = props.draft
    .filter((a) => props.locked.has(a.operation))
    .map((a) => ({
      operationId: a.operation,
      stationId: a.machine,
      start: new Date(origin + a.start * 1000).toISOString(),
    }));
  return (
    <div className="z-plan-edit">
      <strong>{t('lock.some', { n: locks.length })}</strong>
      <Row>
        <Button
          kind="primary"
          icon="calendar"
          isBusy={make.isBusy}
          onClick={() =>
            void make.run({
              body: {
                objective: props.plan.objective,
                keepsNear: props.plan.wishes.keepsNear,
                locks,
              },
            })
          }
        >
          {t('lock.solve')}
        </Button>
        <Button icon="undo" onClick={props.onClear}>
          {t('lock.clear')}
        </Button>
      </Row>
    </div>
  );
}

/** What if: an order more, a machine down, somebody away. A copy is solved; nothing is published. */
export function WhatIfDialog(props: Props) {
  const t = useTexts('planning');
  return (
    <Dialog open={props.open} title={t('whatIf.title')} onClose={props.onClose}>
      <WhatIfForm {...props} />
    </Dialog>
  );
}

const CASES = ['order', 'station', 'person'] as const;

function WhatIfForm({ onMade }: Props) {
  const t = useTexts('planning');
  const say = useSay();
  const make = useAct(makePlan, { onDone: (p) => onMade(p.id) });
  const [what, setWhat] = useState<(typeof CASES)[number]>('order');
  const [partId, setPart] = useState<string>();
  const [quantity, setQuantity] = useState<number | undefined>(1);
  const [due, setDue] = useState<string>();
  const [subject, setSubject] = useState<string>();
  const [span, setSpan] = useState(() => spanFromNow(8));
  const isReady =
    what === 'order' ? partId !== undefined : subject !== undefined && span.from && span.to;
  const body = () => {
    const dueAt = due;
    if (what === 'order') {
      const order = { partId: partId ?? '', quantity: quantity ?? 1, ...(dueAt ? { dueAt } : {}) };
      return { newOrders: [order] };
    }
    const out = { from: span.from ?? '', to: span.to ?? '' };
    return what === 'station'
      ? { broken: [{ ...out, stationId: subject ?? '' }] }
      : { absent: [{ ...out, personId: subject ?? '' }] };
  };
  return (
    <form
      className="z-form"
      onSubmit={(e) => {
        e.preventDefault();
        if (isReady) void make.run({ body: { name: t(`whatIf.${what}`), whatIf: body() } });
      }}
    >
      <p className="z-note">{t('whatIf.lead')}</p>
      <ChoiceField
        label={t('whatIf.what')}
        value={what}
        onChange={(v) => {
          setWhat(v ?? 'order');
          setSubject(undefined);
        }}
        choices={CASES.map((value) => ({ value, label: t(`whatIf.${value}`) }))}
      />
      {what === 'order' ? (
        <>
          <LookupField
            label={t('whatIf.product')}
            list={listParts}
            by="q"
            fixed={{ kind: 'product' }}
            choice={(r) => ({ value: r.id, label: r.number, note: say(r.name) })}
            value={partId}
            onChange={setPart}
          />
          <NumberField
            label={t('whatIf.quantity')}
            min={1}
            max={50}
            value={quantity}
            onChange={setQuantity}
          />
          <MomentField label={t('whatIf.due')} required={false} value={due} onChange={setDue} />
        </>
      ) : (
        <>
          <SubjectField
            kind={what}
            label={t(`whatIf.${what}`)}
            value={subject}
            onChange={setSubject}
          />
          <SpanFields span={span} onChange={setSpan} />
        </>
      )}
      <Button kind="primary" submit wide isBusy={make.isBusy} disabled={!isReady}>
        {t('whatIf.now')}
      </Button>
    </form>
  );
}
