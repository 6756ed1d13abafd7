import { coresByWeek } from '@zaizao/modules/cores/contract';
import { firstPassTrend } from '@zaizao/modules/quality/contract';
import {
  Chart,
  formatShare,
  Reading,
  useGo,
  useLang,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { useMemo } from 'react';
import { onTime } from '../contract.ts';
import { NothingYet } from './cockpit-bars.tsx';

const GRADES = ['A', 'B', 'C', 'R'] as const;
const monthDay = (day: string) => day.slice(5);

/** Cores received, one bar a week, made up of their grades; a part of a bar opens its cores. */
export function CoresByWeek() {
  const found = useRead(coresByWeek, {}, { live: ['cores'] });
  return <Reading of={found}>{({ weeks }) => <StackedWeeks weeks={weeks} />}</Reading>;
}

interface CoreWeek {
  readonly from: string;
  readonly to: string;
  readonly received: number;
  readonly grades: readonly { readonly grade: string; readonly count: number }[];
}

function StackedWeeks({ weeks }: { weeks: readonly CoreWeek[] }) {
  const t = useTexts('production');
  const go = useGo();
  const ungraded = t('cockpit.ungraded');
  const rows = useMemo(() => {
    const inGrade = (w: CoreWeek, g: string) => w.grades.find((x) => x.grade === g)?.count ?? 0;
    return weeks.map((w) => {
      const counts = GRADES.map((g) => inGrade(w, g));
      return [...counts, w.received - counts.reduce((n, c) => n + c, 0)];
    });
  }, [weeks]);
  const names = [...GRADES, ungraded];
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 24, top: 36, bottom: 28, containLabel: true },
      tooltip: { trigger: 'axis' as const },
      legend: { top: 'auto', bottom: 0 },
      xAxis: { type: 'category' as const, data: weeks.map((w) => monthDay(w.from)) },
      yAxis: {
        ...{ type: 'value' as const, name: t('cockpit.pieces'), minInterval: 1 },
        nameTextStyle: { align: 'left' as const },
      },
      series: [...GRADES, ungraded].map((name, i) => ({
        ...{ type: 'bar' as const, name, stack: 'cores', barMaxWidth: 36 },
        data: rows.map((r) => r[i] ?? 0),
      })),
    }),
    [weeks, rows, ungraded, t],
  );
  const sum = weeks.reduce((n, w) => n + w.received, 0);
  if (sum === 0) return <NothingYet />;
  return (
    <Chart
      option={option}
      height={240}
      summary={t('cockpit.coresOf', { n: sum, weeks: weeks.length })}
      table={{
        head: [t('cockpit.week'), ...names],
        rows: weeks.map((w, i) => [w.from, ...(rows[i] ?? [])]),
      }}
      onPick={({ dataIndex, seriesName }) => {
        const week = weeks[dataIndex];
        if (!week) return;
        const isGrade = GRADES.some((g) => g === seriesName);
        const grade = isGrade && seriesName ? { grade: seriesName } : {};
        go({ to: '/office/cores', search: { from: week.from, to: week.to, ...grade } });
      }}
    />
  );
}

/** Units that passed their first test, as a share, week by week; a point opens its tests. */
export function FirstPassByWeek() {
  const t = useTexts('production');
  const go = useGo();
  const found = useRead(firstPassTrend, {}, { live: ['quality'] });
  return (
    <Reading of={found}>
      {({ weeks }) => (
        <ShareByWeek
          what={t('cockpit.firstPass')}
          heads={[t('cockpit.passed'), t('cockpit.tested')]}
          weeks={weeks.map((w) => ({ ...w, part: w.passed, whole: w.tested }))}
          onPick={({ from, to }) => go({ to: '/office/tests', search: { first: 'yes', from, to } })}
        />
      )}
    </Reading>
  );
}

/** Orders finished by their due date, as a share, by the week in which they were due. */
export function OnTimeByWeek() {
  const t = useTexts('production');
  const go = useGo();
  const found = useRead(onTime, {}, { live: ['production'] });
  return (
    <Reading of={found}>
      {({ weeks }) => (
        <ShareByWeek
          what={t('cockpit.onTime')}
          heads={[t('cockpit.kept'), t('cockpit.due')]}
          weeks={weeks.map((w) => ({ ...w, part: w.kept, whole: w.due }))}
          onPick={({ from, to }) =>
            go({
              to: '/office/work-orders',
              search: { judged: 'due', dueFrom: from, dueTo: to },
            })
          }
        />
      )}
    </Reading>
  );
}

interface ShareWeek {
  readonly from: string;
  readonly to: string;
  readonly part: number;
  readonly whole: number;
}

/** A share by week; a week in which nothing was counted has no point. */
function ShareByWeek(props: {
  what: string;
  heads: readonly [part: string, whole: string];
  weeks: readonly ShareWeek[];
  onPick: (week: ShareWeek) => void;
}) {
  const t = useTexts('production');
  const lang = useLang();
  const { what, heads, weeks } = props;
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
      tooltip: { trigger: 'axis' as const },
      xAxis: { type: 'category' as const, data: weeks.map((w) => monthDay(w.from)) },
      yAxis: {
        ...{ type: 'value' as const, name: `${what} (%)`, min: 0, max: 100 },
        nameTextStyle: { align: 'left' as const },
      },
      series: [
        {
          ...{ type: 'line' as const, name: what, symbolSize: 10 },
          data: weeks.map((w) => (w.whole > 0 ? Math.round((1000 * w.part) / w.whole) / 10 : null)),
        },
      ],
    }),
    [weeks, what],
  );
  const part = weeks.reduce((n, w) => n + w.part, 0);
  const whole = weeks.reduce((n, w) => n + w.whole, 0);
  if (whole === 0) return <NothingYet />;
  const share = (w: { part: number; whole: number }) =>
    w.whole > 0 ? formatShare(w.part / w.whole, lang) : '—';
  return (
    <Chart
      option={option}
      height={240}
      summary={t('cockpit.shareOf', { what, share: share({ part, whole }), part, whole })}
      table={{
        head: [t('cockpit.week'), ...heads, what],
        rows: weeks.map((w) => [w.from, w.part, w.whole, share(w)]),
      }}
      onPick={({ dataIndex }) => {
        const week = weeks[dataIndex];
        if (week) props.onPick(week);
      }}
    />
  );
}
