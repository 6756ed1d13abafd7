import { Chart, formatNumber, token, useLang, useTexts } from '@zaizao/platform/ui';
import type { TestView } from '../contract.ts';
import { type Row, useLimits } from './words.tsx';

type Curve = TestView['curves'][number];

/** The limits of a row as lines across a chart. */
export function useLimitLines(): (limits: Row['limits']) => object[] {
  const limitsOf = useLimits();
  return (limits) =>
    limitsOf(limits).flatMap((l) =>
      [l.low, l.high].flatMap((end) =>
        end === undefined
          ? []
          : {
              yAxis: Number(end),
              name: l.name,
              label: { formatter: `${l.name} ${end}`, position: 'insideEndTop' },
            },
      ),
    );
}

/** A curve of the bench with the limits of what it is about. */
export function CurvePicture({ curve, rows }: { curve: Curve; rows: readonly Row[] }) {
  const t = useTexts('quality');
  const lang = useLang();
  const linesOf = useLimitLines();
  const about = rows.find((r) => r.id === curve.characteristicId);
  const lines = about ? linesOf(about.limits) : [];
  const f = (n: number) => formatNumber(n, lang, 2);
  const figures = { max: f(curve.max), min: f(curve.min), mean: f(curve.mean), unit: curve.unit };
  const summary = t('curve.summary', { name: curve.name, ...figures });
  const option = {
    grid: { left: 8, right: 16, top: 28, bottom: 8, containLabel: true },
    xAxis: { type: 'value', name: 's', min: curve.points[0]?.[0] ?? 0 },
    yAxis: { type: 'value', name: curve.unit, scale: true },
    tooltip: { trigger: 'axis' },
    series: [
      {
        type: 'line',
        name: curve.name,
        data: curve.points,
        showSymbol: false,
        lineStyle: { width: 1.5 },
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: token('red'), type: 'dashed' },
          data: lines,
        },
      },
    ],
  };
  return (
    <div>
      <h3 className="z-quality-curve-name">{curve.name}</h3>
      <Chart
        option={option}
        summary={summary}
        height={220}
        table={{
          head: [t('curve.figure'), curve.unit],
          rows: [
            [t('curve.max'), figures.max],
            [t('curve.mean'), figures.mean],
            [t('curve.min'), figures.min],
            [t('curve.samples'), curve.samples],
          ],
        }}
      />
    </div>
  );
}
