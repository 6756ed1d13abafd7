import { text } from '@zaizao/platform/kernel';
import { definePages } from '@zaizao/platform/ui/pages';

const see = 'inspection.record:read';

export default definePages({
  module: 'inspection',
  texts: { zh: () => import('./i18n/zh-CN.json'), en: () => import('./i18n/en.json') },
  pages: [
    {
      id: 'inspect',
      path: '/floor/inspection',
      face: 'floor',
      title: text('检测', 'Inspection'),
      nav: { group: 'reverse', order: 40, icon: 'ruler' },
      access: 'inspection.record:measure',
      roles: ['inspector', 'owner'],
      load: () => import('./inspection-page.tsx'),
    },
    {
      id: 'inspections',
      path: '/office/inspections',
      face: 'office',
      title: text('检测单', 'Inspections'),
      nav: { group: 'reverse', order: 30, icon: 'ruler' },
      access: see,
      load: () => import('./inspections-page.tsx'),
    },
    {
      id: 'inspection',
      path: '/office/inspections/$inspectionId',
      face: 'office',
      title: text('检测单', 'Inspection'),
      access: see,
      load: () => import('./record-page.tsx'),
    },
    {
      id: 'disposition',
      path: '/office/disposition',
      face: 'office',
      title: text('处置统计', 'Dispositions'),
      nav: { group: 'reverse', order: 32, icon: 'recycle' },
      access: see,
      load: () => import('./figures-page.tsx'),
    },
  ],
  home: [
    {
      id: 'waiting',
      roles: ['inspector'],
      face: 'floor',
      order: 30,
      access: see,
      load: () => import('./waiting-card.tsx'),
    },
  ],
  scans: [{ id: 'component', order: 10, load: () => import('./scan.ts') }],
  panels: [
    {
      id: 'inspections',
      slot: 'component',
      order: 20,
      title: text('检测', 'Inspections'),
      access: see,
      load: () => import('./component-panel.tsx'),
    },
  ],
});
