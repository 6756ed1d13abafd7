import { definePermissions } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';

export const perm = definePermissions({
  'catalog.part:read': text('查看产品目录', 'See the catalogue'),
  'catalog.part:edit': text('修改产品目录', 'Edit the catalogue'),
  'catalog.programme:edit': text('发布回收规则', 'Publish programmes'),
  'catalog.import:run': text('导入产品目录', 'Import the catalogue'),
  'catalog.import:read': text('查看导入记录', 'See imports'),
});

export const bilingual = z.object({ zh: z.string(), en: z.string() });
export const version = z.number().int();

/** Whole fen that are never negative. */
export const amount = z.string().regex(/^\d{1,12}$/);
