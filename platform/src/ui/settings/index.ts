import { text } from '../../kernel/index.ts';
import { definePages } from '../page-list.ts';

/** The pages of identity: organisation, people, keys, audit, one's own account. */
export default definePages({
  module: 'identity',
  texts: { zh: () => import('./i18n/zh-CN.json'), en: () => import('./i18n/en.json') },
  pages: [
    {
      id: 'organisation',
      path: '/office/settings/organisation',
      face: 'office',
      title: text('组织资料', 'Organisation'),
      nav: { group: 'settings', order: 10, icon: 'factory' },
      access: 'identity.organisation:read',
      load: () => import('./organisation-page.tsx'),
    },
    {
      id: 'people',
      path: '/office/settings/people',
      face: 'office',
      title: text('人员与角色', 'People and roles'),
      nav: { group: 'settings', order: 20, icon: 'people' },
      access: 'identity.member:read',
      roles: ['admin'],
      load: () => import('./people-page.tsx'),
    },
    {
      id: 'keys',
      path: '/office/settings/keys',
      face: 'office',
      title: text('接口密钥', 'API keys'),
      nav: { group: 'settings', order: 80, icon: 'key' },
      access: 'identity.key:manage',
      load: () => import('./keys-page.tsx'),
    },
    {
      id: 'printers',
      path: '/office/settings/printers',
      face: 'office',
      title: text('打印机', 'Printers'),
      nav: { group: 'settings', order: 70, icon: 'print' },
      access: 'platform.printer:use',
      load: () => import('./printers-page.tsx'),
    },
    {
      id: 'system',
      path: '/office/settings/system',
      face: 'office',
      title: text('系统', 'System'),
      nav: { group: 'settings', order: 85, icon: 'gear' },
      access: 'platform.system:inspect',
      roles: ['admin'],
      load: () => import('./system-page.tsx'),
    },
    {
      id: 'audit',
      path: '/office/settings/audit',
      face: 'office',
      title: text('操作日志', 'Audit log'),
      nav: { group: 'settings', order: 90, icon: 'document' },
      access: 'identity.audit:inspect',
      load: () => import('./audit-page.tsx'),
    },
    {
      id: 'account',
      path: '/office/account',
      face: 'office',
      title: text('我的账户', 'My account'),
      load: () => import('./account-page.tsx'),
    },
  ],
  home: [
    {
      id: 'admin',
      roles: ['admin'],
      face: 'office',
      order: 10,
      access: 'platform.system:inspect',
      load: () => import('./admin-card.tsx'),
    },
  ],
});
