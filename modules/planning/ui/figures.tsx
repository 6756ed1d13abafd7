import { Figure, formatDuration, Grid, useLang, useTexts } from '@zaizao/platform/ui';
import { type Plan, useShare } from './words.tsx';

/** What the plan comes to, and against what. */
export function FigureRow({ plan }: { plan: Plan }) {
  const t = useTexts('planning');
  const lang = useLang();
  const share = useShare();
  const f = plan.figures;
  if (!f) return null;
  const long = (s: number) => formatDuration(s, lang);
  const base = plan.baseline;
  return (
    <Grid min={150}>
      <Figure
        label={t('figure.late')}
        value={f.lateOrders}
        note={t('figure.lateOf', {
          n: f.orders,
          base: base ? base.lateOrders : '—',
        })}
        {...(f.lateOrders > 0 ? { tone: 'decide' as const } : {})}
      />
      <Figure
        label={t('figure.lateness')}
        value={long(f.weightedLateness)}
        note={t('figure.plain', {
          value: long(f.lateness),
          base: base ? long(base.weightedLateness) : '—',
        })}
      />
      <Figure
        label={t('figure.makespan')}
        value={long(f.makespan)}
        note={base ? t('figure.base', { value: long(base.makespan) }) : undefined}
      />
      <Figure label={t('figure.utilisation')} value={share(f.meanUtilisation)} />
      <Figure
        label={t('figure.moved')}
        value={f.moved}
        note={t('figure.shift', { value: long(f.meanShift) })}
      />
      <Figure
        label={t('figure.gap')}
        value={plan.gap === undefined || plan.ending === undefined ? '—' : share(plan.gap)}
        note={
          plan.iterationsDone === 0
            ? t('figure.byHand')
            : t(`ending.${plan.ending ?? 'budget'}`, {
                n: (plan.iterationsDone ?? 0).toLocaleString(lang === 'zh' ? 'zh-CN' : 'en'),
                s: (plan.seconds ?? 0).toFixed(1),
              })
        }
      />
    </Grid>
  );
}
