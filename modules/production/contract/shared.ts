/** Permissions, names and keys that several parts of the contract use. */
import { definePermissions, id } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';

export const perm = definePermissions({
  'production.order:read': text('查看工单', 'See work orders'),
  'production.order:release': text('下达工单', 'Release work orders'),
  'production.operation:record': text('工序报工', 'Record operations'),
  'production.assembly:record': text('装配登记', 'Record assembly'),
  'production.station:edit': text('维护工位', 'Edit stations'),
  'production.programme:read': text('查看加工程序', 'See machining programmes'),
  'production.programme:edit': text('维护加工程序', 'Edit machining programmes'),
  'production.unit:read': text('查看产品', 'See units'),
  'production.unit:move': text('产品入库放行', 'Release units to stock'),
});

export const bilingual = z.object({ zh: z.string(), en: z.string() });
export const PartRef = z.object({ id: z.string(), number: z.string(), name: bilingual });
export const Origin = z.enum(['reused', 'restored', 'new']);

export const orderId = z.object({ orderId: id('wo') });
export const operationId = z.object({ operationId: id('op') });
export const unitId = z.object({ unitId: id('unit') });
