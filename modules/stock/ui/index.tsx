import { text } from '@zaizao/platform/kernel';
import { definePages } from '@zaizao/platform/ui/pages';

const see = 'stock.stocktake:read';

export default definePages({
  module: 'stock',
  texts: { zh: () => import('./i18n/zh-CN.json'), en: () => import('./i18n/en.json') },
  pages: [
    {
      id: 'stocktakes',
      path: '/office/stocktakes',
      face: 'office',
      title: text('盘点', 'Stocktakes'),
      nav: { group: 'selling', order: 30, icon: 'warehouse' },
      access: see,
      roles: ['planner'],
      load: () => import('./stocktakes-page.tsx'),
    },
    {
      id: 'stocktake',
      path: '/office/stocktakes/$stocktakeId',
      face: 'office',
      title: text('盘点单', 'Stocktake'),
      access: see,
      load: () => import('./stocktake-page.tsx'),
    },
  ],
  home: [
    {
      id: 'to-settle',
      roles: ['planner'],
      face: 'office',
      order: 60,
      access: 'stock.stocktake:settle',
      load: () => import('./settle-card.tsx'),
    },
  ],
  panels: [
    {
      id: 'counting',
      slot: 'warehouse-count',
      order: 10,
      title: text('盘点', 'Stocktake'),
      access: 'stock.stocktake:count',
      load: () => import('./counting-task.tsx'),
    },
  ],
});
