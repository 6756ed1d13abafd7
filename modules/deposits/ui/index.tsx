import { text } from '@zaizao/platform/kernel';
import { definePages } from '@zaizao/platform/ui/pages';

const see = 'deposits.deposit:read';
const BUYERS = ['shop', 'fleet', 'collector'];

export default definePages({
  module: 'deposits',
  texts: { zh: () => import('./i18n/zh-CN.json'), en: () => import('./i18n/en.json') },
  pages: [
    {
      id: 'deposits',
      path: '/office/deposits',
      face: 'office',
      title: text('旧件押金', 'Core deposits'),
      nav: { group: 'selling', order: 40, icon: 'coin' },
      access: see,
      roles: ['sales'],
      load: () => import('./deposits-page.tsx'),
    },
    {
      id: 'deposit',
      path: '/office/deposits/$depositId',
      face: 'office',
      title: text('押金', 'Deposit'),
      access: see,
      load: () => import('./deposit-page.tsx'),
    },
    {
      id: 'balance',
      path: '/office/deposit-balance',
      face: 'office',
      title: text('押金余额', 'Deposit balance'),
      nav: { group: 'selling', order: 42, icon: 'chart' },
      access: see,
      roles: ['sales'],
      load: () => import('./balance-page.tsx'),
    },
    {
      id: 'mine',
      path: '/floor/deposits',
      face: 'floor',
      title: text('我的押金', 'My deposits'),
      nav: { group: 'selling', order: 40, icon: 'coin' },
      access: see,
      roles: BUYERS,
      load: () => import('./my-deposits-page.tsx'),
    },
  ],
  home: [
    {
      id: 'outstanding',
      roles: ['sales'],
      face: 'office',
      order: 60,
      access: see,
      load: () => import('./outstanding-card.tsx'),
    },
  ],
});
