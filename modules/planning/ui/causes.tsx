import { Time, useSay, useTexts, Verdict } from '@zaizao/platform/ui';
import { type Plan, useKind } from './words.tsx';

/** Why there is no plan: the smallest set of wishes that cannot hold together, by name. */
export function Causes({ plan }: { plan: Plan }) {
  const t = useTexts('planning');
  const say = useSay();
  const kind = useKind();
  const { conflict } = plan;
  if (!conflict) return null;
  const known = ['INFEASIBLE', 'CONTRADICTORY_FREEZES', 'NO_STATION', 'FAULTS', 'EMPTY_PROBLEM'];
  const more = ['NO_SCHEDULE_FOUND', 'IMPOSSIBLE_CALENDAR', 'UNKNOWN_SKILL', 'CANCELLED'];
  const code = [...known, ...more].includes(conflict.code) ? conflict.code : 'OTHER';
  return (
    <Verdict tone="decide" title={t(`conflict.${code}`)}>
      {conflict.causes.length > 0 ? (
        <ul className="z-plan-causes">
          {conflict.causes.map((c, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: causes have no identity and never move
            <li key={n}>
              {c.kind === 'fault' && c.rule
                ? t(`rule.${c.rule}`, {
                    a: `${c.order ?? ''} ${c.operation ? say(c.operation) : ''}`,
                    b: '',
                  })
                : t(`wish.${c.kind}`, {
                    order: c.order ?? '',
                    operation: c.operation ? say(c.operation) : '',
                    station: c.kind === 'no-station' ? kind(c.station ?? '') : (c.station ?? ''),
                  })}{' '}
              {c.at ? <Time at={c.at} /> : null}
            </li>
          ))}
        </ul>
      ) : null}
      <p>{t(`conflictNext.${code}`)}</p>
    </Verdict>
  );
}
