import { text } from '@zaizao/platform/kernel';
import { definePages } from '@zaizao/platform/ui/pages';

const read = 'catalog.part:read';

export default definePages({
  module: 'catalog',
  texts: { zh: () => import('./i18n/zh-CN.json'), en: () => import('./i18n/en.json') },
  pages: [
    {
      id: 'parts',
      path: '/office/catalogue',
      face: 'office',
      title: text('目录', 'Catalogue'),
      nav: { group: 'making', order: 60, icon: 'layers' },
      access: read,
      load: () => import('./parts-page.tsx'),
    },
    {
      id: 'newPart',
      path: '/office/catalogue/new',
      face: 'office',
      title: text('新建零件', 'Add a part'),
      access: 'catalog.part:edit',
      load: () => import('./new-part-page.tsx'),
    },
    {
      id: 'part',
      path: '/office/catalogue/parts/$partId',
      face: 'office',
      title: text('零件', 'Part'),
      access: read,
      load: () => import('./part-page.tsx'),
    },
    {
      id: 'imports',
      path: '/office/catalogue/imports',
      face: 'office',
      title: text('Excel 导入导出', 'Excel in and out'),
      nav: { group: 'making', order: 61, icon: 'document' },
      access: 'catalog.import:read',
      load: () => import('./imports-page.tsx'),
    },
    {
      id: 'import',
      path: '/office/catalogue/imports/$importId',
      face: 'office',
      title: text('导入', 'Import'),
      access: 'catalog.import:read',
      load: () => import('./import-page.tsx'),
    },
    {
      id: 'methods',
      path: '/office/catalogue/methods',
      face: 'office',
      title: text('方法与代码', 'Methods and codes'),
      nav: { group: 'making', order: 62, icon: 'book' },
      access: read,
      load: () => import('./methods-page.tsx'),
    },
    {
      id: 'notices',
      path: '/buying',
      face: 'public',
      title: text('旧件回收规则', 'What cores are bought'),
      access: 'public',
      load: () => import('./notices-page.tsx'),
    },
  ],
  scans: [{ id: 'part', order: 500, load: () => import('./scan.ts') }],
  panels: [
    {
      id: 'new-plan',
      slot: 'part',
      order: 60,
      title: text('新品试验计划', 'Test plan of the new product'),
      access: read,
      load: () => import('./new-plan-panel.tsx'),
    },
    {
      id: 'package',
      slot: 'part',
      order: 70,
      title: text('包装规范', 'Package'),
      access: read,
      load: () => import('./package-panel.tsx'),
    },
  ],
});
