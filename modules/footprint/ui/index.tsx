import { text } from '@zaizao/platform/kernel';
import { definePages } from '@zaizao/platform/ui/pages';

const read = 'footprint.effect:read';

export default definePages({
  module: 'footprint',
  texts: { zh: () => import('./i18n/zh-CN.json'), en: () => import('./i18n/en.json') },
  pages: [
    {
      id: 'effect',
      path: '/office/effect',
      face: 'office',
      title: text('节能减排效果', 'What it saves'),
      nav: { group: 'insight', order: 30, icon: 'chart' },
      access: read,
      roles: ['owner'],
      load: () => import('./effect-page.tsx'),
    },
  ],
  panels: [
    {
      id: 'savings',
      slot: 'cockpit',
      order: 30,
      title: text('节能减排（按证据）', 'Savings by evidence'),
      access: read,
      load: () => import('./savings-panel.tsx'),
    },
  ],
});
