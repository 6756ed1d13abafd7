import { BarChart, LineChart, PieChart, ScatterChart } from 'echarts/charts';
import {
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Theme } from '../theme.ts';
import { token } from '../theme.ts';

use([
  BarChart,
  LineChart,
  PieChart,
  ScatterChart,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  SVGRenderer,
]);

const usual = new Set(['bar', 'line', 'pie', 'scatter']);

/** Is there something in the option that the usual parts cannot draw? */
function needsMore(option: ChartOption): boolean {
  const series: unknown[] = Array.isArray(option.series) ? option.series : [option.series];
  const isRare = series.some(
    (s) => typeof s === 'object' && s !== null && 'type' in s && !usual.has(String(s.type)),
  );
  return (
    isRare ||
    ['dataset', 'visualMap', 'title', 'graphic', 'polar', 'radar'].some((k) => k in option)
  );
}

export type ChartOption = EChartsCoreOption;

export interface ChartThread {
  show(option: ChartOption): Promise<void>;
  stop(): void;
}

type Pick = (point: { seriesName?: string; dataIndex: number; name: string }) => void;

/** Draws into an element in our colours, follows its size, and stops when told. */
export function startChart(element: HTMLElement, _theme: Theme, onPick: Pick): ChartThread {
  const chart = init(element, houseTheme(), { renderer: 'svg' });
  const watcher = new ResizeObserver(() => chart.resize());
  watcher.observe(element);
  chart.on('click', (e) => {
    onPick({
      dataIndex: e.dataIndex ?? -1,
      name: String(e.name ?? ''),
      ...(e.seriesName ? { seriesName: e.seriesName } : {}),
    });
  });
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  let turn = 0;
  return {
    show: async (option) => {
      turn += 1;
      const mine = turn;
      if (needsMore(option)) await import('./chart-more.ts');
      if (mine !== turn || chart.isDisposed()) return; // a newer picture came while the parts loaded
      chart.setOption(
        {
          animation: !isStill,
          animationDuration: 300,
          aria: { enabled: false }, // our own summary is the label; ECharts' own would replace it
          grid: { left: 8, right: 16, top: 28, bottom: 8, containLabel: true },
          tooltip: { trigger: 'axis' },
          ...option,
          ...(option.legend && !Array.isArray(option.legend)
            ? { legend: { top: 0, left: 0, ...option.legend } }
            : {}),
        },
        { notMerge: true },
      );
    },
    stop: () => {
      watcher.disconnect();
      chart.dispose();
    },
  };
}

/** The tokens as they stand now (light or dark), in ECharts' own terms. */
function houseTheme(): object {
  const [text, faint, line, surface] = [
    token('text-2'),
    token('text-3'),
    token('line'),
    token('surface'),
  ];
  const axis = {
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
    axisLabel: { color: faint },
    splitLine: { lineStyle: { color: line } },
    nameTextStyle: { color: faint },
  };
  return {
    color: ['chart-1', 'chart-2', 'chart-3', 'chart-4', 'chart-5', 'chart-6'].map(token),
    backgroundColor: 'transparent',
    textStyle: { fontFamily: token('font'), color: text },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
    timeAxis: { ...axis, splitLine: { show: false } },
    logAxis: axis,
    legend: { textStyle: { color: text }, icon: 'roundRect', itemWidth: 10, itemHeight: 10 },
    tooltip: {
      backgroundColor: surface,
      borderColor: line,
      textStyle: { color: token('text'), fontSize: 13 },
    },
    line: { symbolSize: 5, lineStyle: { width: 2 } },
    bar: { itemStyle: { borderRadius: [2, 2, 0, 0] }, barMaxWidth: 36 },
  };
}
