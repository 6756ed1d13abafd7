import { text } from '@zaizao/platform/kernel';
import { definePages } from '@zaizao/platform/ui/pages';

const title = text('产品护照', 'Product passport');

export default definePages({
  module: 'passport',
  texts: { zh: () => import('./i18n/zh-CN.json'), en: () => import('./i18n/en.json') },
  pages: [
    {
      id: 'unitPassport',
      path: '/passport/01/$gtin/21/$serial',
      face: 'public',
      title,
      access: 'public',
      load: () => import('./unit-passport-page.tsx'),
    },
    {
      id: 'assetPassport',
      path: '/passport/8004/$giai',
      face: 'public',
      title,
      access: 'public',
      load: () => import('./asset-passport-page.tsx'),
    },
    {
      id: 'findPassport',
      path: '/passport',
      face: 'public',
      title,
      access: 'public',
      load: () => import('./find-passport-page.tsx'),
    },
    {
      id: 'verify',
      path: '/verify',
      face: 'public',
      title: text('验证护照', 'Verify a passport'),
      access: 'public',
      load: () => import('./verify-page.tsx'),
    },
    {
      id: 'passports',
      path: '/office/passports',
      face: 'office',
      title: text('产品护照', 'Product passports'),
      nav: { group: 'quality', order: 60, icon: 'shield' },
      access: 'passport.passport:read',
      load: () => import('./passports-page.tsx'),
    },
    {
      id: 'signingKeys',
      path: '/office/settings/signing-keys',
      face: 'office',
      title: text('签名密钥与导出', 'Signing keys and exports'),
      nav: { group: 'settings', order: 24, icon: 'key' },
      access: 'passport.passport:read',
      load: () => import('./keys-page.tsx'),
    },
  ],
  home: [
    {
      id: 'check',
      roles: ['certifier', 'insurer', 'park-operator', 'viewer'],
      face: 'office',
      order: 10,
      load: () => import('./check-card.tsx'),
    },
  ],
  scans: [{ id: 'passport', order: 800, load: () => import('./scan.ts') }],
  panels: [
    {
      id: 'passport',
      slot: 'unit',
      order: 40,
      title,
      access: 'passport.passport:read',
      load: () => import('./unit-panel.tsx'),
    },
    {
      id: 'badge',
      slot: 'listing',
      order: 10,
      title: text('护照徽章', 'Passport badge'),
      access: 'public',
      load: () => import('./badge-panel.tsx'),
    },
  ],
});
