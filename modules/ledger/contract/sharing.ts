import { endpoint, id, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { SHARE_LEVELS } from '../domain/share-level.ts';
import { ledgerPermission } from './shared.ts';
import { thing } from './thing.ts';

export const shareLevel = z.enum(SHARE_LEVELS);

const organisation = z.object({ id: z.string(), name: z.string() });

export const sharingView = z.object({
  /** What those see to whom a thing is handed over. */
  direct: shareLevel,
  /** What those see who hold it after them. */
  later: shareLevel,
  /** Organisations with a level, or with identifiers, of their own. */
  partners: z.array(
    z.object({ organisation, level: shareLevel.optional(), parties: z.array(z.string()) }),
  ),
});
export type SharingView = z.infer<typeof sharingView>;

const readSharing = ledgerPermission('ledger.sharing:read');
const manageSharing = ledgerPermission('ledger.sharing:manage');

export const getSharing = endpoint({
  id: 'ledger.getSharing',
  method: 'GET',
  path: '/api/v1/ledger/sharing',
  title: text('共享设置', 'What is shared with whom'),
  access: readSharing,
  response: sharingView,
});

export const setSharingDefaults = endpoint({
  id: 'ledger.setSharingDefaults',
  method: 'PUT',
  path: '/api/v1/ledger/sharing',
  title: text('修改默认共享', 'Change what is shared by default'),
  access: manageSharing,
  body: z.object({ direct: shareLevel, later: shareLevel }),
  response: sharingView,
});

export const setSharingPartner = endpoint({
  id: 'ledger.setSharingPartner',
  method: 'PUT',
  path: '/api/v1/ledger/sharing/:orgId',
  title: text('修改对某组织的共享', 'Change what one organisation sees'),
  access: manageSharing,
  params: z.object({ orgId: id('org') }),
  body: z.object({
    /** Without one, what everybody sees. */
    level: shareLevel.optional(),
    /** Identifiers (PGLN, GLN) that stand for it as a destination of our events. */
    parties: z.array(line(500)).max(100).default([]),
  }),
  response: sharingView,
});

export const custodyView = z.object({
  epc: z.string(),
  thing: thing.optional(),
  /** Who holds it, or whose records it opens. */
  organisation,
  since: z.string(),
  until: z.string().optional(),
  level: shareLevel,
  /** Handed over by the organisation whose records it opens, not by a holder after it. */
  isDirect: z.boolean(),
});
export type CustodyView = z.infer<typeof custodyView>;

export const listGiven = endpoint({
  id: 'ledger.listGiven',
  method: 'GET',
  path: '/api/v1/ledger/custody/given',
  title: text('谁持有我们的物品', 'Who holds what was ours'),
  access: readSharing,
  query: pageQuery,
  response: page(custodyView),
});

export const listHeld = endpoint({
  id: 'ledger.listHeld',
  method: 'GET',
  path: '/api/v1/ledger/custody/held',
  title: text('别人向我们共享的物品', 'What others share with us'),
  access: readSharing,
  query: pageQuery,
  response: page(custodyView),
});
