import { text } from '@zaizao/platform/kernel';
import { definePages } from '@zaizao/platform/ui/pages';

const read = 'ledger.event:read';

export default definePages({
  module: 'ledger',
  texts: { zh: () => import('./i18n/zh-CN.json'), en: () => import('./i18n/en.json') },
  pages: [
    {
      id: 'ledger',
      path: '/office/ledger',
      face: 'office',
      title: text('账本', 'Ledger'),
      nav: { group: 'insight', order: 40, icon: 'book' },
      access: read,
      load: () => import('./ledger-page.tsx'),
    },
    {
      id: 'sharing',
      path: '/office/sharing',
      face: 'office',
      title: text('共享', 'Sharing'),
      nav: { group: 'insight', order: 42, icon: 'truck' },
      access: 'ledger.sharing:read',
      load: () => import('./sharing-page.tsx'),
    },
    {
      id: 'subscriptions',
      path: '/office/subscriptions',
      face: 'office',
      title: text('事件订阅', 'Subscriptions'),
      nav: { group: 'insight', order: 43, icon: 'bell' },
      access: read,
      load: () => import('./subscriptions-page.tsx'),
    },
    {
      id: 'event',
      path: '/office/ledger/events/$eventId',
      face: 'office',
      title: text('事件', 'Event'),
      access: read,
      load: () => import('./event-page.tsx'),
    },
    {
      id: 'lifeLine',
      path: '/office/things/$epc',
      face: 'office',
      title: text('生命线', 'Life line'),
      access: read,
      load: () => import('./life-line-page.tsx'),
    },
    {
      id: 'genealogySearch',
      path: '/office/genealogy',
      face: 'office',
      title: text('谱系', 'Genealogy'),
      nav: { group: 'insight', order: 41, icon: 'tree' },
      access: read,
      load: () => import('./genealogy-search-page.tsx'),
    },
    {
      id: 'genealogy',
      path: '/office/genealogy/$epc',
      face: 'office',
      title: text('谱系', 'Genealogy'),
      access: read,
      load: () => import('./genealogy-page.tsx'),
    },
  ],
  // Asked last: the module whose thing it is has a better page.
  scans: [{ id: 'lifeLine', order: 900, load: () => import('./scan.ts') }],
  panels: [
    {
      id: 'lifeLine',
      slot: 'thing',
      order: 90,
      title: text('生命线', 'Life line'),
      access: read,
      load: () => import('./life-line-panel.tsx'),
    },
    {
      id: 'log',
      slot: 'system',
      order: 10,
      title: text('账本', 'Ledger'),
      access: read,
      load: () => import('./system-panel.tsx'),
    },
  ],
});
