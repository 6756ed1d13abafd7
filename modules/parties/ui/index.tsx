import { text } from '@zaizao/platform/kernel';
import { definePages } from '@zaizao/platform/ui/pages';

export default definePages({
  module: 'parties',
  texts: { zh: () => import('./i18n/zh-CN.json'), en: () => import('./i18n/en.json') },
  pages: [
    {
      id: 'company',
      path: '/office/settings/company',
      face: 'office',
      title: text('企业资料', 'Company'),
      nav: { group: 'settings', order: 20, icon: 'stamp' },
      access: 'parties.organisation:read',
      load: () => import('./company-page.tsx'),
    },
    {
      id: 'sites',
      path: '/office/settings/sites',
      face: 'office',
      title: text('场所', 'Sites'),
      nav: { group: 'settings', order: 21, icon: 'warehouse' },
      access: 'parties.site:read',
      load: () => import('./sites-page.tsx'),
    },
    {
      id: 'partners',
      path: '/office/partners',
      face: 'office',
      title: text('往来单位', 'Partners'),
      nav: { group: 'settings', order: 22, icon: 'people' },
      access: 'parties.partner:read',
      load: () => import('./partners-page.tsx'),
    },
    {
      id: 'partner',
      path: '/office/partners/$partnerId',
      face: 'office',
      title: text('往来单位', 'Partner'),
      access: 'parties.partner:read',
      load: () => import('./partner-page.tsx'),
    },
  ],
});
