import { day, endpoint, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { read } from './shared.ts';
import { epcParam, thing } from './thing.ts';

/** One event of a story, readable; `event` is the EPCIS JSON. */
export const storyEvent = z.object({
  eventId: z.string(),
  seq: z.number(),
  type: z.string(),
  action: z.string().optional(),
  bizStep: z.string().optional(),
  /** What was done, where the business step is wider than it: cleaning and restoring are both `repairing`. */
  process: z.string().optional(),
  disposition: z.string().optional(),
  eventTime: z.string(),
  eventTimeZoneOffset: z.string(),
  recordTime: z.string(),
  readPoint: z.string().optional(),
  bizLocation: z.string().optional(),
  /** Absent where a part of the event is withheld: it could be guessed against its hash. */
  hash: z.string().optional(),
  /** Who recorded it, when that is another organisation, and how much of it they show. */
  sharedBy: z
    .object({ id: z.string(), name: z.string(), level: z.enum(['summary', 'steps', 'full']) })
    .optional(),
  /** Place in the transparency log; absent for the seconds until it is there. */
  logIndex: z.number().optional(),
  /** Declared wrong by its own organisation. */
  isErrorDeclaration: z.boolean(),
  /** Of the things asked about: what part they played. */
  roles: z.array(z.string()),
  things: z.array(z.object({ epc: z.string(), role: z.string(), thing: thing.optional() })),
  event: z.record(z.string(), z.unknown()),
});
export type StoryEvent = z.infer<typeof storyEvent>;

export const thingHistory = endpoint({
  id: 'ledger.thingHistory',
  method: 'GET',
  path: '/api/v1/ledger/things/:epc/history',
  title: text('物品履历', 'History of a thing'),
  access: read,
  params: epcParam,
  query: pageQuery.extend({ order: z.enum(['newest', 'oldest']).default('newest') }),
  response: page(storyEvent).extend({ thing: thing.optional() }),
});

export const listEvents = endpoint({
  id: 'ledger.listEvents',
  method: 'GET',
  path: '/api/v1/ledger/events',
  title: text('账本事件', 'Events of the ledger'),
  access: read,
  query: pageQuery.extend({
    type: line(40).optional(),
    bizStep: line(200).optional(),
    /** A day of the plant, or an instant; `to` includes the day it names. */
    from: z.union([day, instant]).optional(),
    to: z.union([day, instant]).optional(),
    thing: line(500).optional(),
  }),
  response: page(storyEvent),
});

export const eventProof = z.object({
  /** C2SP tlog-proof: index, inclusion path, checkpoint. Verifies without us. */
  tlogProof: z.string(),
  logIndex: z.number(),
  treeSize: z.number(),
  leafHash: z.string(),
  /** The leaf entry, base64, and what opens all of its commitments. */
  entry: z.string(),
  disclosure: z.unknown(),
  verifierKey: z.string(),
  /** Of the witnesses that cosigned the checkpoint. */
  witnessKeys: z.array(z.string()),
  /** Announcements by which earlier keys of the log lead to `verifierKey`, oldest first. */
  keyChanges: z.array(z.string()),
});
export type EventProof = z.infer<typeof eventProof>;

export const getEvent = endpoint({
  id: 'ledger.getEvent',
  method: 'GET',
  path: '/api/v1/ledger/events/:eventId',
  title: text('事件与证明', 'An event and its proof'),
  access: read,
  params: z.object({ eventId: z.string().min(1).max(500) }),
  response: z.object({
    event: storyEvent,
    declarations: z.array(storyEvent),
    proof: eventProof.optional(),
  }),
});

export const getProofFile = endpoint({
  id: 'ledger.getProofFile',
  method: 'GET',
  path: '/api/v1/ledger/events/:eventId/proof',
  title: text('下载事件证明', 'The proof of an event as a file'),
  access: read,
  params: z.object({ eventId: z.string().min(1).max(500) }),
  /** `file`: with the event and the keys, to be checked alone; `tlog`: the bare C2SP `.tlog-proof`. */
  query: z.object({ form: z.enum(['file', 'tlog']).default('file') }),
  binary: 'text/plain',
});
