/** Pick-ups: a plant asks a collector, whose driver confirms on a phone what was taken along. */
import { endpoint, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { corePermissions } from './permissions.ts';

const PickUpState = z.enum(['asked', 'done', 'cancelled']);

export const PickUpView = z.object({
  id: z.string(),
  code: z.string(),
  state: PickUpState,
  plant: z.string(),
  collector: z.string(),
  supplier: z.string(),
  address: z.string().optional(),
  cores: z.array(
    z.object({
      coreId: z.string(),
      code: z.string(),
      number: z.string(),
      name: z.object({ zh: z.string(), en: z.string() }).optional(),
      /** Whether it was there and taken along; absent until that is known. */
      taken: z.boolean().optional(),
    }),
  ),
  /** How many pieces the driver counted. */
  counted: z.number().int().optional(),
  photos: z.array(z.string()),
  note: z.string().optional(),
  askedAt: instant,
  doneAt: instant.optional(),
  doneBy: z.string().optional(),
});

const params = z.object({ pickUpId: id('pickup') });
const query = pageQuery.extend({ state: PickUpState.optional() });

export const askPickUp = endpoint({
  id: 'cores.askPickUp',
  method: 'POST',
  path: '/api/v1/cores/pick-ups',
  title: text('请回收商取件', 'Ask a collector to pick up cores'),
  access: corePermissions('cores.core:collect'),
  body: z.object({ collectorId: id('partner'), coreIds: z.array(id('core')).min(1).max(100) }),
  response: PickUpView,
  status: 201,
});

export const listPickUps = endpoint({
  id: 'cores.listPickUps',
  method: 'GET',
  path: '/api/v1/cores/pick-ups',
  title: text('取件任务', 'Pick-ups'),
  access: corePermissions('cores.core:read'),
  query,
  response: page(PickUpView),
});

export const cancelPickUp = endpoint({
  id: 'cores.cancelPickUp',
  method: 'POST',
  path: '/api/v1/cores/pick-ups/:pickUpId/cancellation',
  title: text('撤回取件任务', 'Call a pick-up off'),
  access: corePermissions('cores.core:collect'),
  params,
  response: PickUpView,
});

/** What other organisations ask this one to fetch. */
export const listMyPickUps = endpoint({
  id: 'cores.listMyPickUps',
  method: 'GET',
  path: '/api/v1/cores/my-pick-ups',
  title: text('请我取的旧件', 'What I am asked to fetch'),
  access: corePermissions('cores.core:collect'),
  query,
  response: page(PickUpView),
});

export const confirmPickUp = endpoint({
  id: 'cores.confirmPickUp',
  method: 'POST',
  path: '/api/v1/cores/my-pick-ups/:pickUpId/confirmation',
  title: text('确认已取件', 'Confirm what was taken along'),
  access: corePermissions('cores.core:collect'),
  params,
  body: z.object({
    /** The cores that were there; the others stay with the supplier. */
    taken: z.array(id('core')).max(100),
    counted: z.number().int().min(0).max(10_000),
    photos: z.array(sha256).max(12),
    note: line(300).optional(),
  }),
  response: PickUpView,
});
