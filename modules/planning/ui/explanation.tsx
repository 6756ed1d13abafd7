import { formatDuration, Section, useLang, useSay, useTexts } from '@zaizao/platform/ui';
import { useMemo } from 'react';
import { momentOf } from './moment.ts';
import { type Board, namesOf, type Plan } from './words.tsx';

type Story = NonNullable<Plan['explanation']>;

/** Why it takes as long as it does: late orders with their chains, the critical path, what would help. */
export function Explanation({ plan, board }: { plan: Plan; board: Board }) {
  const t = useTexts('planning');
  const lang = useLang();
  const names = useMemo(() => namesOf(board), [board]);
  const story = plan.explanation;
  if (!story) return null;
  const late = story.lateJobs.filter((j) => names.order.get(j.job)?.due !== undefined);
  return (
    <Section title={t('why.title')} note={t('why.note')}>
      {late.slice(0, 8).map((j) => (
        <details key={j.job}>
          <summary>
            {t('why.late', {
              order: names.order.get(j.job)?.code ?? '',
              by: formatDuration(j.late, lang),
            })}
          </summary>
          <Remedies board={board} of={j.remedies} />
          <Chain board={board} of={j.chain} />
        </details>
      ))}
      {late.length === 0 ? <p>{t('why.none')}</p> : null}
      <details open={late.length === 0}>
        <summary>{t('why.path', { n: story.criticalPath.length })}</summary>
        <Remedies board={board} of={story.remedies} />
        <Chain board={board} of={story.criticalPath} />
      </details>
    </Section>
  );
}

function Chain({ board, of }: { board: Board; of: Story['criticalPath'] }) {
  const t = useTexts('planning');
  const say = useSay();
  const lang = useLang();
  const names = useMemo(() => namesOf(board), [board]);
  const origin = Date.parse(board.origin);
  return (
    <ol className="z-plan-list">
      {of.slice(-25).map((s) => {
        const o = names.operation.get(s.operation);
        return (
          <li key={s.operation}>
            <time className="z-num">{momentOf(origin + s.start * 1000, lang)}</time>
            <span>
              {names.order.get(s.job)?.code} {o ? say(o.name) : ''}
              <small>
                {names.station.get(s.machine)?.name} · {t(`cause.${s.cause}`)}
              </small>
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Remedies({ board, of }: { board: Board; of: Story['remedies'] }) {
  const t = useTexts('planning');
  const say = useSay();
  const lang = useLang();
  const names = useMemo(() => namesOf(board), [board]);
  if (of.length === 0) return null;
  return (
    <ul className="z-plan-causes">
      {of.slice(0, 4).map((r) => {
        const operation = names.operation.get(r.subject);
        return (
          <li key={`${r.kind} ${r.subject}`}>
            {t(`remedy.${r.kind}`, {
              subject:
                names.station.get(r.subject)?.name ??
                names.order.get(r.subject)?.code ??
                (operation ? say(operation.name) : ''),
              by: formatDuration(r.upTo, lang),
            })}
          </li>
        );
      })}
    </ul>
  );
}
