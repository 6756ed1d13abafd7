/** A core at the door: collected, received, identified, graded, paid for, put away. */
import { decimal, endpoint, id, line } from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { CoreView, coreId, photos, Supply } from './core.ts';
import { corePermissions } from './permissions.ts';

export const collectCore = endpoint({
  id: 'cores.collectCore',
  method: 'POST',
  path: '/api/v1/cores/:coreId/collection',
  title: text('取件', 'Collect a core'),
  access: corePermissions('cores.core:collect'),
  params: coreId,
  body: z.object({ photos }),
  response: CoreView,
});

export const receiveCore = endpoint({
  id: 'cores.receiveCore',
  method: 'POST',
  path: '/api/v1/cores/:coreId/receipt',
  title: text('收货（已报价的旧件）', 'Receive a quoted core'),
  access: corePermissions('cores.core:receive'),
  params: coreId,
  body: z.object({ massG: z.number().int().min(1).max(600_000_000).optional(), photos }),
  response: CoreView,
});

export const receiveWalkIn = endpoint({
  id: 'cores.receiveWalkIn',
  method: 'POST',
  path: '/api/v1/cores/receipts',
  title: text('直接收货', 'Receive a core without a quote'),
  access: corePermissions('cores.core:receive'),
  body: z.object({
    number: line(60),
    partId: id('part').optional(),
    supplierId: id('partner'),
    massG: z.number().int().min(1).max(600_000_000).optional(),
    photos,
    ...Supply,
  }),
  response: CoreView,
  status: 201,
});

export const identifyCore = endpoint({
  id: 'cores.identifyCore',
  method: 'POST',
  path: '/api/v1/cores/:coreId/identification',
  title: text('确认旧件型号', 'Confirm which part a core is'),
  access: corePermissions('cores.core:receive'),
  params: coreId,
  body: z.object({ partId: id('part'), numberSeen: line(60).optional() }),
  response: CoreView,
});

export const gradeCore = endpoint({
  id: 'cores.gradeCore',
  method: 'POST',
  path: '/api/v1/cores/:coreId/grading',
  title: text('定级', 'Grade a core'),
  access: corePermissions('cores.core:grade'),
  params: coreId,
  body: z.object({
    /** For each criterion of the programme: is it met? */
    answers: z.array(z.object({ criterion: z.string().max(40), met: z.boolean() })).max(60),
    photos: z.object({ front: sha256, side: sha256, nameplate: sha256 }).partial(),
    note: line(500, 0).optional(),
  }),
  response: CoreView,
});

export const giveCredit = endpoint({
  id: 'cores.giveCredit',
  method: 'POST',
  path: '/api/v1/cores/:coreId/credit',
  title: text('支付返款', 'Give the credit'),
  access: corePermissions('cores.credit:give'),
  params: coreId,
  response: CoreView,
});

export const moveCoreTo = endpoint({
  id: 'cores.moveCore',
  method: 'POST',
  path: '/api/v1/cores/:coreId/move',
  title: text('入库、分配、退回或报废', 'Stock, allocate, return or scrap a core'),
  access: corePermissions('cores.core:move'),
  params: coreId,
  body: z.object({
    to: z.enum(['stock', 'allocate', 'release', 'return', 'scrap']),
    place: line(40).optional(),
    reason: line(300).optional(),
    /** Mass sent to recycling, kg, when scrapped. */
    massKg: decimal.optional(),
  }),
  response: CoreView,
});
