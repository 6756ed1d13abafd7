import { useLang, useSay, useTexts } from '@zaizao/platform/ui';
import { useMemo } from 'react';
import { momentOf } from './moment.ts';
import { type Assignment, type Board, namesOf } from './words.tsx';

/** The plan as a list, for narrow screens and for reading aloud: a part a station or an order. */
export function PlanList(props: {
  board: Board;
  assignments: readonly Assignment[];
  by: 'station' | 'order';
  fates?: ReadonlyMap<string, string>;
}) {
  const t = useTexts('planning');
  const say = useSay();
  const lang = useLang();
  const { board, by } = props;
  const names = useMemo(() => namesOf(board), [board]);
  const origin = Date.parse(board.origin);
  const groups = (by === 'station' ? board.stations : board.orders).flatMap((g) => {
    const entries = props.assignments.filter(
      (a) => (by === 'station' ? a.machine : names.operation.get(a.operation)?.order) === g.id,
    );
    return entries.length > 0 ? [{ id: g.id, title: titleOf(g), entries }] : [];
  });
  return (
    <>
      {groups.map((g, n) => (
        <details key={g.id} className="z-plan-group" open={n === 0}>
          <summary>
            {g.title}{' '}
            <small className="z-note">{t('gantt.operations', { n: g.entries.length })}</small>
          </summary>
          <ol className="z-plan-list">
            {g.entries.map((a) => {
              const o = names.operation.get(a.operation);
              const order = names.order.get(o?.order ?? '');
              const isLate = order?.due !== undefined && a.end > order.due;
              const fate = props.fates?.get(a.operation);
              return (
                <li key={a.operation} className={isLate ? 'z-gantt-late' : ''}>
                  <time className="z-num">{momentOf(origin + a.start * 1000, lang)}</time>
                  <span>
                    {by === 'station' ? `${order?.code ?? ''} · ` : ''}
                    {o ? say(o.name) : ''}
                    <small>
                      {[
                        by === 'order' ? names.station.get(a.machine)?.name : order?.about,
                        a.operator ? names.person.get(a.operator) : undefined,
                        fate && fate !== 'waiting' ? t(`fate.${fate}`) : undefined,
                        isLate ? t('gantt.lateOrder') : undefined,
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    </small>
                  </span>
                </li>
              );
            })}
          </ol>
        </details>
      ))}
    </>
  );
}

const titleOf = (g: Board['stations'][number] | Board['orders'][number]) =>
  'name' in g ? g.name || g.kind : [g.code, g.about, g.customer].filter(Boolean).join(' · ');
