import { text } from '@zaizao/platform/kernel';
import { definePages } from '@zaizao/platform/ui/pages';

const BUYERS = ['shop', 'fleet', 'collector'];
const purchases = 'market.purchase:read';

export default definePages({
  module: 'market',
  texts: { zh: () => import('./i18n/zh-CN.json'), en: () => import('./i18n/en.json') },
  pages: [
    {
      id: 'storefront',
      path: '/market',
      face: 'public',
      title: text('再制造商城', 'Storefront'),
      access: 'public',
      load: () => import('./storefront-page.tsx'),
    },
    {
      id: 'listing',
      path: '/market/$listingId',
      face: 'public',
      title: text('商品', 'Listing'),
      access: 'public',
      load: () => import('./listing-page.tsx'),
    },
    {
      id: 'purchases',
      path: '/floor/purchases',
      face: 'floor',
      title: text('我的采购', 'My purchases'),
      nav: { group: 'selling', order: 20, icon: 'cart' },
      access: purchases,
      roles: BUYERS,
      load: () => import('./purchases-page.tsx'),
    },
    {
      id: 'warehouse',
      path: '/floor/warehouse',
      face: 'floor',
      title: text('仓库', 'Warehouse'),
      nav: { group: 'selling', order: 10, icon: 'warehouse' },
      access: 'market.delivery:record',
      roles: ['warehouse', 'owner'],
      load: () => import('./warehouse-page.tsx'),
    },
    {
      id: 'listings',
      path: '/office/listings',
      face: 'office',
      title: text('上架商品', 'Listings'),
      nav: { group: 'selling', order: 10, icon: 'star' },
      access: 'market.listing:read',
      roles: ['sales'],
      load: () => import('./listings-page.tsx'),
    },
    {
      id: 'sales',
      path: '/office/sales',
      face: 'office',
      title: text('销售订单', 'Sales orders'),
      nav: { group: 'selling', order: 20, icon: 'cart' },
      access: 'market.order:read',
      roles: ['sales'],
      load: () => import('./sales-page.tsx'),
    },
    {
      id: 'sale',
      path: '/office/sales/$orderId',
      face: 'office',
      title: text('销售订单', 'Sales order'),
      access: 'market.order:read',
      load: () => import('./sale-page.tsx'),
    },
  ],
  home: [
    {
      id: 'selling',
      roles: ['sales', 'owner'],
      face: 'office',
      order: 30,
      access: 'market.order:read',
      load: () => import('./sales-card.tsx'),
    },
    {
      id: 'warehouse',
      roles: ['warehouse'],
      face: 'floor',
      order: 12,
      access: 'market.delivery:record',
      load: () => import('./warehouse-card.tsx'),
    },
    {
      id: 'buying',
      roles: BUYERS,
      face: 'floor',
      order: 20,
      access: purchases,
      load: () => import('./buying-card.tsx'),
    },
  ],
});
