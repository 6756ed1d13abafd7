import { getComponentView } from '@zaizao/modules/dismantling/contract';
import {
  Button,
  Confirm,
  notify,
  Problem,
  read,
  Section,
  TaskKey,
  useAct,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { BalanceBar, FloorPage, ScanField } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { assembleUnit, emptySlot, fillSlot } from '../contract.ts';
import { Born } from './born.tsx';
import { KitDialog } from './kit-dialog.tsx';
import { OperationRun } from './operation-run.tsx';
import { SlotDialog } from './slot-dialog.tsx';
import { SlotList } from './slot-list.tsx';
import { thingBehind } from './things.ts';
import { currentOf, type Order, type Slot, usePartName } from './words.tsx';

interface Answer {
  readonly tone: 'good' | 'bad';
  readonly title: string;
  readonly reason?: string;
}

const isUndone = (state: Order['operations'][number]['state']) =>
  state !== 'done' && state !== 'failed';

const AFTER_TEST = ['coating', 'labelling', 'packing'];

/** The slots of one unit, filled by scanning; at the end its new identity is born. */
export function AssembleUnit({ order, back }: { order: Order; back: () => void }) {
  const t = useTexts('production');
  const say = useSay();
  const part = usePartName();
  const [answer, setAnswer] = useState<Answer>();
  const [chosen, setChosen] = useState<number>();
  const [asking, setAsking] = useState<'slot' | 'kit' | 'take'>();
  const fill = useAct(fillSlot, { quiet: true, refreshes: ['dismantling'] });
  const take = useAct(emptySlot, { refreshes: ['dismantling'] });
  const born = useAct(assembleUnit, { refreshes: ['dismantling', 'ledger'] });
  const params = { orderId: order.id };
  const slot = order.slots.find((s) => s.pos === chosen);

  const put = async (body: Parameters<typeof fill.run>[0]['body'], into: Slot) => {
    const done = await fill.run({ params, body });
    if (done.state === 'done') {
      setAnswer({
        tone: 'good',
        title: t('assembly.in', { pos: into.pos, part: say(into.part.name) }),
      });
    } else if (done.state === 'refused') {
      setAnswer({ tone: 'bad', title: t('assembly.refused'), reason: done.problem.message });
    }
    setChosen(undefined);
    return done.state === 'done';
  };

  /** A wrong scan is taken back at once: what is in a slot is nobody else's business yet. */
  const offerUndo = (into: Slot) =>
    notify({
      kind: 'good',
      text: t('assembly.in', { pos: into.pos, part: say(into.part.name) }),
      undo: async () => {
        const done = await take.run({ params, body: { pos: into.pos } });
        if (done.state === 'done') setAnswer(undefined);
      },
    });

  /** A scanned component goes into the chosen slot, else into the slot of its part. */
  const scanned = async (code: string) => {
    try {
      const thing = await thingBehind(code);
      if (thing?.kind !== 'component' && thing?.kind !== 'lot') {
        const reason = t('assembly.notComponent', { code });
        return setAnswer({ tone: 'bad', title: t('assembly.refused'), reason });
      }
      const component = await read(getComponentView, { params: { componentId: thing.ref } });
      const fits = order.slots.filter((s) => s.part.id === component.part.id);
      const into = slot ?? fits.find((s) => s.filled < s.qty) ?? fits[0];
      if (!into) {
        const reason = t('assembly.noSlot', { part: part(component.part) });
        return setAnswer({ tone: 'bad', title: t('assembly.refused'), reason });
      }
      if (await put({ pos: into.pos, componentId: thing.ref }, into)) offerUndo(into);
    } catch (e) {
      if (!(e instanceof Problem)) throw e;
      setAnswer({ tone: 'bad', title: t('assembly.refused'), reason: e.message });
    }
  };

  if (order.unitId) return <Born order={order} unitId={order.unitId} back={back} />;
  const pieces = order.slots.reduce((n, s) => n + s.qty, 0);
  const filled = order.slots.reduce((n, s) => n + s.filled, 0);
  const current = currentOf(order.operations);
  const step = current && !AFTER_TEST.includes(current.stationKind) ? current : undefined;
  const isReady = filled === pieces && !step;
  const isLast =
    step?.stationKind === 'assembly' &&
    !order.operations.some(
      (o) => o.id !== step.id && o.stationKind === 'assembly' && isUndone(o.state),
    );
  const isOpen = order.state === 'released' || order.state === 'started';
  return (
    <FloorPage
      title={part(order.product)}
      note={`${order.code} · ${t(`orderState.${order.state}`)}`}
      actions={
        isOpen ? (
          <Button
            kind="primary"
            size="large"
            wide
            icon="star"
            disabled={!isReady}
            isBusy={born.isBusy}
            onClick={() => void born.run({ params, body: {} })}
          >
            {filled < pieces
              ? t('assembly.left', { n: pieces - filled })
              : step
                ? t('assembly.stepFirst', { name: say(step.name) })
                : t('assembly.birth')}
          </Button>
        ) : undefined
      }
    >
      {isOpen ? (
        <ScanField
          onCode={(code) => void scanned(code)}
          isBusy={fill.isBusy}
          placeholder={
            slot
              ? t('assembly.scanInto', { pos: slot.pos, part: say(slot.part.name) })
              : t('assembly.scan')
          }
          paused={asking !== undefined}
        />
      ) : null}
      {answer ? (
        <Verdict tone={answer.tone} title={answer.title}>
          {answer.reason}
        </Verdict>
      ) : null}
      <BalanceBar
        label={t('assembly.filled')}
        whole={pieces}
        unit="H87"
        parts={(['reused', 'restored', 'new'] as const).map((origin) => ({
          label: t(`origin.${origin}`),
          value: order.slots
            .flatMap((s) => s.fills)
            .reduce((n, f) => n + (f.origin === origin ? f.qty : 0), 0),
        }))}
      />
      {isOpen && isLast && filled < pieces ? (
        <p className="z-note">{t('assembly.fillFirst', { name: say(step.name) })}</p>
      ) : null}
      {isOpen && step ? <OperationRun key={step.id} operation={step} order={order} /> : null}
      <Section
        title={t('assembly.slots')}
        flush
        actions={
          isOpen ? (
            <Button size="small" icon="box" onClick={() => setAsking('kit')}>
              {t('kit.title')}
            </Button>
          ) : null
        }
      >
        <SlotList
          slots={order.slots}
          onPick={(pos) => {
            setChosen(pos);
            setAsking(order.slots.find((s) => s.pos === pos)?.filled ? 'take' : 'slot');
          }}
        />
      </Section>
      <TaskKey
        icon="gear"
        title={t('operations.title')}
        note={t('assembly.traveller')}
        to={{ to: '/floor/operations', search: { order: order.id } }}
      />
      <Button icon="left" onClick={back}>
        {t('assembly.back')}
      </Button>
      <SlotDialog
        slot={asking === 'slot' ? slot : undefined}
        isBusy={fill.isBusy}
        onClose={() => setAsking(undefined)}
        onScan={() => setAsking(undefined)}
        onPut={async (body, into) => {
          setAsking(undefined);
          await put(body, into);
        }}
      />
      <KitDialog
        order={order}
        open={asking === 'kit'}
        onClose={() => setAsking(undefined)}
        put={put}
      />
      <Confirm
        open={asking === 'take' && slot !== undefined && isOpen}
        title={t('assembly.takeOut', { pos: slot?.pos ?? 0 })}
        confirm={t('assembly.takeOutNow')}
        isBusy={take.isBusy}
        danger
        onClose={() => {
          setAsking(undefined);
          setChosen(undefined);
        }}
        onConfirm={async () => {
          if (slot) await take.run({ params, body: { pos: slot.pos } });
          setAsking(undefined);
          setChosen(undefined);
          setAnswer(undefined);
        }}
      >
        {t('assembly.takeOutLead')}
      </Confirm>
    </FloorPage>
  );
}
