import {
  BoxplotChart,
  CustomChart,
  GaugeChart,
  GraphChart,
  HeatmapChart,
  RadarChart,
  SankeyChart,
  TreeChart,
} from 'echarts/charts';
import {
  DatasetComponent,
  GraphicComponent,
  MarkPointComponent,
  PolarComponent,
  RadarComponent,
  TitleComponent,
  VisualMapComponent,
} from 'echarts/components';
import { use } from 'echarts/core';

// the rarer kinds of chart, loaded by the engine when an option asks for one
use([
  BoxplotChart,
  CustomChart,
  GaugeChart,
  GraphChart,
  HeatmapChart,
  RadarChart,
  SankeyChart,
  TreeChart,
  DatasetComponent,
  GraphicComponent,
  MarkPointComponent,
  PolarComponent,
  RadarComponent,
  TitleComponent,
  VisualMapComponent,
]);
