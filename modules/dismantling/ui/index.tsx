import { text } from '@zaizao/platform/kernel';
import { definePages } from '@zaizao/platform/ui/pages';

const seeTeardowns = 'dismantling.teardown:read';
const seeComponents = 'dismantling.component:read';

export default definePages({
  module: 'dismantling',
  texts: { zh: () => import('./i18n/zh-CN.json'), en: () => import('./i18n/en.json') },
  pages: [
    {
      id: 'teardown',
      path: '/floor/teardown',
      face: 'floor',
      title: text('拆解', 'Teardown'),
      nav: { group: 'reverse', order: 20, icon: 'wrench' },
      access: 'dismantling.teardown:record',
      roles: ['dismantler', 'owner'],
      load: () => import('./teardown-page.tsx'),
    },
    {
      id: 'cleaning',
      path: '/floor/cleaning',
      face: 'floor',
      title: text('清洗', 'Cleaning'),
      nav: { group: 'reverse', order: 30, icon: 'drop' },
      access: 'dismantling.cleaning:record',
      roles: ['cleaner', 'owner'],
      load: () => import('./cleaning-page.tsx'),
    },
    {
      id: 'components',
      path: '/office/components',
      face: 'office',
      title: text('零部件库', 'Components'),
      nav: { group: 'reverse', order: 20, icon: 'layers' },
      access: seeComponents,
      load: () => import('./components-page.tsx'),
    },
    {
      id: 'component',
      path: '/office/components/$componentId',
      face: 'office',
      title: text('零部件', 'Component'),
      access: seeComponents,
      load: () => import('./component-page.tsx'),
    },
    {
      id: 'teardowns',
      path: '/office/teardowns',
      face: 'office',
      title: text('拆解单', 'Teardowns'),
      nav: { group: 'reverse', order: 22, icon: 'wrench' },
      access: seeTeardowns,
      load: () => import('./teardowns-page.tsx'),
    },
    {
      id: 'teardownRecord',
      path: '/office/teardowns/$teardownId',
      face: 'office',
      title: text('拆解单', 'Teardown'),
      access: seeTeardowns,
      load: () => import('./teardown-record-page.tsx'),
    },
    {
      id: 'batches',
      path: '/office/cleaning',
      face: 'office',
      title: text('清洗批次', 'Cleaning batches'),
      nav: { group: 'reverse', order: 24, icon: 'drop' },
      access: seeComponents,
      load: () => import('./batches-page.tsx'),
    },
    {
      id: 'batch',
      path: '/office/cleaning/$batchId',
      face: 'office',
      title: text('清洗批次', 'Cleaning batch'),
      access: seeComponents,
      load: () => import('./batch-page.tsx'),
    },
  ],
  home: [
    {
      id: 'waiting',
      roles: ['dismantler', 'cleaner'],
      face: 'floor',
      order: 20,
      access: seeComponents,
      load: () => import('./waiting-card.tsx'),
    },
  ],
  scans: [{ id: 'component', order: 20, load: () => import('./scan.ts') }],
  panels: [
    {
      id: 'teardown',
      slot: 'core',
      order: 20,
      title: text('拆解', 'Teardown'),
      access: seeTeardowns,
      load: () => import('./core-panel.tsx'),
    },
  ],
});
