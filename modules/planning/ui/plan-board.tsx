import {
  Button,
  CheckField,
  ChoiceField,
  Dialog,
  Facts,
  FormFrame,
  formatDuration,
  Row,
  Section,
  TextField,
  useAddress,
  useForm,
  useGo,
  useLang,
  useMay,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { check } from '@zaizao/scheduling/check';
import { useEffect, useMemo, useState } from 'react';
import { editPlan } from '../contract.ts';
import { propagate } from '../domain/propagate.ts';
import { ZOOMS, type Zoom } from './axis.ts';
import { Gantt } from './gantt.tsx';
import { LockedSolve } from './make-plan.tsx';
import { momentOf } from './moment.ts';
import { PlanList } from './plan-list.tsx';
import {
  type Assignment,
  type Board,
  engineView,
  namesOf,
  type Plan,
  problemOf,
  useOperationName,
} from './words.tsx';

function useNarrow(): boolean {
  const query = '(max-width: 720px)';
  const [isNarrow, setNarrow] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const on = () => setNarrow(list.matches);
    list.addEventListener('change', on);
    return () => list.removeEventListener('change', on);
  }, []);
  return isNarrow;
}

/** The board of one plan: look by station or by order, move, lock, and see at once what clashes. */
export function PlanBoard(props: {
  plan: Plan;
  board: Board;
  now: number;
  fates?: ReadonlyMap<string, string>;
}) {
  const { plan, board, now, fates } = props;
  const t = useTexts('planning');
  const may = useMay();
  const isNarrow = useNarrow();
  const [search, change] = useAddress();
  const by = search.by === 'order' ? 'order' : 'station';
  const zoom = ZOOMS.find((z) => z === search.zoom) ?? fittingZoom(plan.assignments);
  const folds = search.closed !== 'shown';
  const [draft, setDraft] = useState<readonly Assignment[]>(plan.assignments);
  const [locked, setLocked] = useState<ReadonlySet<string>>(new Set());
  const [selected, setSelected] = useState<string>();
  const mayChange =
    may('planning.plan:make') && (plan.state === 'proposed' || plan.state === 'published');
  const changed = useMemo(() => {
    const before = new Map(plan.assignments.map((a) => [a.operation, a]));
    return new Set(
      draft
        .filter((a) => {
          const b = before.get(a.operation);
          return b?.start !== a.start || b.machine !== a.machine;
        })
        .map((a) => a.operation),
    );
  }, [draft, plan.assignments]);
  const violations = useMemo(
    () => (changed.size > 0 ? check(problemOf(plan), engineView(draft)) : []),
    [changed, draft, plan],
  );
  const clashing = useMemo(() => new Set(violations.flatMap((v) => v.subjects)), [violations]);
  const move = (operation: string, machine: string, start: number) => {
    const time = timeOf(plan, operation, machine);
    setDraft((all) =>
      all.map((a) =>
        a.operation === operation
          ? { ...a, machine, start, end: start + (time ?? a.end - a.start) }
          : a,
      ),
    );
    setSelected(operation);
  };
  const push = () => {
    let all = engineView(draft);
    for (const operation of changed) {
      const a = all.find((x) => x.operation === operation);
      if (a)
        all = propagate(problemOf(plan), all, { operation, machine: a.machine, start: a.start });
    }
    setDraft(all);
  };
  return (
    <Section>
      <div className="z-plan-bar">
        <ChoiceField
          label={t('gantt.view')}
          value={by}
          onChange={(v) => change({ by: v })}
          choices={(['station', 'order'] as const).map((value) => ({
            value,
            label: t(`gantt.by.${value}`),
          }))}
        />
        {isNarrow ? null : (
          <>
            <ChoiceField
              label={t('gantt.zoom')}
              value={zoom}
              onChange={(v) => change({ zoom: v })}
              choices={ZOOMS.map((value) => ({ value, label: t(`gantt.zooms.${value}`) }))}
            />
            <CheckField
              label={t('gantt.fold')}
              value={folds}
              onChange={(v) => change({ closed: v ? undefined : 'shown' })}
            />
          </>
        )}
      </div>
      {changed.size > 0 ? (
        <Changes
          plan={plan}
          board={board}
          draft={draft}
          changed={changed}
          violations={violations}
          onPush={push}
          onUndo={() => setDraft(plan.assignments)}
        />
      ) : null}
      {locked.size > 0 ? (
        <LockedSolve
          plan={plan}
          board={board}
          draft={draft}
          locked={locked}
          onClear={() => setLocked(new Set())}
        />
      ) : null}
      {isNarrow ? (
        <PlanList board={board} assignments={draft} by={by} {...(fates ? { fates } : {})} />
      ) : (
        <>
          <Gantt
            {...{ plan, board, by, zoom, now, changed, clashing, locked, selected }}
            assignments={draft}
            foldsClosed={folds}
            onSelect={setSelected}
            {...(fates ? { fates } : {})}
            {...(mayChange
              ? {
                  onMove: move,
                  onLock: (id: string) => setLocked((all) => toggled(all, id)),
                }
              : {})}
          />
          <Legend />
        </>
      )}
      {selected ? (
        <Details
          plan={plan}
          board={board}
          draft={draft}
          operation={selected}
          {...(mayChange
            ? {
                isLocked: locked.has(selected),
                onLock: () => setLocked((all) => toggled(all, selected)),
              }
            : {})}
        />
      ) : null}
    </Section>
  );
}

/** The widest view in which most bars can still be read and caught. */
function fittingZoom(assignments: readonly Assignment[]): Zoom {
  const lengths = assignments.map((a) => a.end - a.start).sort((a, b) => a - b);
  const usual = lengths[Math.floor(lengths.length / 2)] ?? 0;
  if (usual >= 4 * 3600) return 'day';
  return usual >= 1800 ? 'shift' : usual >= 480 ? 'hour' : 'minute';
}

const toggled = (all: ReadonlySet<string>, id: string) => {
  const next = new Set(all);
  if (!next.delete(id)) next.add(id);
  return next;
};

function timeOf(plan: Plan, operation: string, machine: string): number | undefined {
  return problemOf(plan)
    .jobs.flatMap((j) => j.operations)
    .find((o) => o.id === operation)
    ?.modes.find((m) => m.machine === machine)?.time;
}

function Legend() {
  const t = useTexts('planning');
  const items = [
    ['late', { background: 'var(--z-amber-soft)', borderColor: 'var(--z-amber)' }],
    ['critical', { borderBottom: '3px solid var(--z-text-2)' }],
    ['closed', { background: 'var(--z-surface-3)' }],
    [
      'setup',
      {
        background:
          'repeating-linear-gradient(45deg, var(--z-line-strong) 0 2px, transparent 2px 5px)',
      },
    ],
    ['way', { height: 3, background: 'var(--z-line-strong)', border: 0, verticalAlign: 3 }],
    ['now', { width: 3, background: 'var(--z-steel)', border: 0 }],
  ] as const;
  return (
    <ul className="z-plan-legend">
      {items.map(([id, style]) => (
        <li key={id}>
          <i style={style} />
          {t(`gantt.legend.${id}`)}
        </li>
      ))}
      <li>{t('gantt.keys')}</li>
    </ul>
  );
}

/** What was moved, what that breaks and why, and what to do about it. */
function Changes(props: {
  plan: Plan;
  board: Board;
  draft: readonly Assignment[];
  changed: ReadonlySet<string>;
  violations: ReturnType<typeof check>;
  onPush: () => void;
  onUndo: () => void;
}) {
  const t = useTexts('planning');
  const names = useMemo(() => namesOf(props.board), [props.board]);
  const nameOf = useOperationName(names);
  const [isSaving, setSaving] = useState(false);
  const { violations } = props;
  return (
    <div className="z-plan-edit" role="status" aria-live="polite">
      <strong>
        {t(violations.length > 0 ? 'edit.clashes' : 'edit.holds', {
          n: props.changed.size,
          m: violations.length,
        })}
      </strong>
      {violations.length > 0 ? (
        <ul className="z-plan-causes">
          {violations.slice(0, 6).map((v) => (
            <li key={v.message}>
              {t(`rule.${v.rule}`, {
                a: nameOf(v.subjects.find((id) => names.operation.has(id)) ?? ''),
                b: nameOf(v.subjects.filter((id) => names.operation.has(id))[1] ?? ''),
              })}
            </li>
          ))}
          {violations.length > 6 ? <li>{t('edit.more', { n: violations.length - 6 })}</li> : null}
        </ul>
      ) : null}
      <Row>
        {violations.length > 0 ? (
          <Button kind="primary" icon="right" onClick={props.onPush}>
            {t('edit.push')}
          </Button>
        ) : (
          <Button kind="primary" icon="check" onClick={() => setSaving(true)}>
            {t('edit.save')}
          </Button>
        )}
        <Button icon="undo" onClick={props.onUndo}>
          {t('edit.undo')}
        </Button>
      </Row>
      <Dialog open={isSaving} title={t('edit.save')} onClose={() => setSaving(false)}>
        <SaveForm {...props} />
      </Dialog>
    </div>
  );
}

function SaveForm(props: {
  plan: Plan;
  draft: readonly Assignment[];
  changed: ReadonlySet<string>;
}) {
  const t = useTexts('planning');
  const go = useGo();
  const moves = props.draft.filter((a) => props.changed.has(a.operation));
  const form = useForm(editPlan, {
    initial: { moves: [...moves], reason: '' },
    rest: { params: { planId: props.plan.id } },
    onDone: (p) => go({ to: '/office/plan', search: { plan: p.id } }),
  });
  return (
    <FormFrame form={form} submit={t('edit.save')}>
      <p>{t('edit.lead', { n: moves.length })}</p>
      <TextField label={t('reason')} lines={2} {...form.field('reason')} />
    </FormFrame>
  );
}

/** All about one operation. */
function Details(props: {
  plan: Plan;
  board: Board;
  draft: readonly Assignment[];
  operation: string;
  isLocked?: boolean;
  onLock?: () => void;
}) {
  const t = useTexts('planning');
  const say = useSay();
  const lang = useLang();
  const names = useMemo(() => namesOf(props.board), [props.board]);
  const a = props.draft.find((x) => x.operation === props.operation);
  const o = names.operation.get(props.operation);
  const order = names.order.get(o?.order ?? '');
  if (!a || !o || !order) return null;
  const origin = Date.parse(props.board.origin);
  const step = props.plan.explanation?.criticalPath.find((s) => s.operation === a.operation);
  return (
    <Section
      title={`${order.code} ${say(o.name)}`}
      actions={
        props.onLock ? (
          <Button icon="key" pressed={props.isLocked ?? false} onClick={props.onLock}>
            {t(props.isLocked ? 'gantt.unlock' : 'gantt.lock')}
          </Button>
        ) : undefined
      }
    >
      <Facts
        rows={[
          [t('details.what'), [order.about, order.customer].filter(Boolean).join(' · ')],
          [t('details.station'), names.station.get(a.machine)?.name],
          [t('details.person'), a.operator ? names.person.get(a.operator) : undefined],
          [
            t('details.when'),
            `${momentOf(origin + a.start * 1000, lang)} – ${momentOf(origin + a.end * 1000, lang)}`,
          ],
          [t('details.time'), `${formatDuration(o.seconds, lang)} (${t(`basis.${o.basis}`)})`],
          [
            t('details.due'),
            order.due === undefined ? undefined : momentOf(origin + order.due * 1000, lang),
          ],
          [t('details.stands'), o.stands ? t(`stands.${o.stands}`) : undefined],
          [t('details.critical'), step ? t(`cause.${step.cause}`) : undefined],
        ]}
      />
    </Section>
  );
}
