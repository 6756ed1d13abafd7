import { text } from '@zaizao/platform/kernel';
import { definePages } from '@zaizao/platform/ui/pages';

const see = 'instruments.instrument:read';

export default definePages({
  module: 'instruments',
  texts: { zh: () => import('./i18n/zh-CN.json'), en: () => import('./i18n/en.json') },
  pages: [
    {
      id: 'instruments',
      path: '/office/instruments',
      face: 'office',
      title: text('仪器与校准', 'Instruments'),
      nav: { group: 'quality', order: 60, icon: 'ruler' },
      access: see,
      roles: ['quality'],
      load: () => import('./instruments-page.tsx'),
    },
    {
      id: 'instrument',
      path: '/office/instruments/$instrumentId',
      face: 'office',
      title: text('仪器', 'Instrument'),
      access: see,
      load: () => import('./instrument-page.tsx'),
    },
  ],
});
