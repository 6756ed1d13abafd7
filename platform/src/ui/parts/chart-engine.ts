import {
  BarChart,
  BoxplotChart,
  CustomChart,
  GaugeChart,
  GraphChart,
  HeatmapChart,
  LineChart,
  PieChart,
  SankeyChart,
  ScatterChart,
  TreeChart,
} from 'echarts/charts';
import {
  AriaComponent,
  DatasetComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Theme } from '../theme.ts';
import { token } from '../theme.ts';

use([
  BarChart,
  BoxplotChart,
  CustomChart,
  GaugeChart,
  GraphChart,
  HeatmapChart,
  LineChart,
  PieChart,
  SankeyChart,
  ScatterChart,
  TreeChart,
  AriaComponent,
  DatasetComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
  SVGRenderer,
]);

export type ChartOption = EChartsCoreOption;

export interface ChartThread {
  show(option: ChartOption): void;
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
  return {
    show: (option) => {
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
