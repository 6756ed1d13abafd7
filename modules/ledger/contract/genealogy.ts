import { endpoint } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { read } from './shared.ts';
import { epcParam, thing } from './thing.ts';

export const genealogyDirections = ['components-of', 'used-in'] as const;
export type GenealogyDirection = (typeof genealogyDirections)[number];

export const genealogyGraph = z.object({
  root: z.string(),
  direction: z.enum(genealogyDirections),
  nodes: z.array(z.object({ epc: z.string(), depth: z.number(), thing: thing.optional() })),
  /** Always in the direction of matter: `from` went into, or came apart into, `to`. */
  edges: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      kind: z.enum(['transformed', 'put-together', 'taken-apart']),
      eventId: z.string(),
      eventTime: z.string(),
      bizStep: z.string().optional(),
      /** When it was taken out again. */
      removedAt: z.string().optional(),
    }),
  ),
});
export type Genealogy = z.infer<typeof genealogyGraph>;

export const thingGenealogy = endpoint({
  id: 'ledger.thingGenealogy',
  method: 'GET',
  path: '/api/v1/ledger/things/:epc/genealogy',
  title: text('谱系', 'Genealogy of a thing'),
  access: read,
  params: epcParam,
  query: z.object({ direction: z.enum(genealogyDirections).default('components-of') }),
  response: genealogyGraph,
});

/** The life of a thing and of what it was made of and went into: lanes, stations, and the ways between. */
export const lifeLineView = z.object({
  root: z.string(),
  lanes: z.array(
    z.object({
      epc: z.string(),
      /** Below 0: it went into the root; above: the root went into it; 0: the root, or a sibling. */
      distance: z.number(),
      sibling: z.boolean(),
      thing: thing.optional(),
    }),
  ),
  stations: z.array(
    z.object({
      eventId: z.string(),
      eventTime: z.string(),
      type: z.string(),
      action: z.string().optional(),
      bizStep: z.string().optional(),
      /** What was done, where the business step is wider than it: cleaning and restoring are both `repairing`. */
      process: z.string().optional(),
      disposition: z.string().optional(),
      isErrorDeclaration: z.boolean(),
      logIndex: z.number().optional(),
      /** Another organisation recorded it and shows it. */
      shared: z.boolean().optional(),
      /** The lanes it stands on. */
      epcs: z.array(z.string()),
    }),
  ),
  edges: genealogyGraph.shape.edges,
  /** There is more than a picture can hold: the nearest are shown. */
  cut: z.boolean(),
});
export type LifeLine = z.infer<typeof lifeLineView>;

export const thingLifeLine = endpoint({
  id: 'ledger.thingLifeLine',
  method: 'GET',
  path: '/api/v1/ledger/things/:epc/life-line',
  title: text('生命线', 'Life line of a thing'),
  access: read,
  params: epcParam,
  response: lifeLineView,
});
