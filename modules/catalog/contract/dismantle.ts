/** How a product comes apart: joints, and what is said of positions and groups. */
import { endpoint, fen, id, instant, line } from '@zaizao/platform/contract';
import { type Text, text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { DIRECTIONS, JOIN_KINDS, SKILLS, STREAMS } from '../domain/dismantle-lists.ts';
import { partParams } from './part.ts';
import { amount, perm, version } from './permissions.ts';

// Object.keys loses the literal types; the tables are the only source of these lists.
const keys = <T extends string>(table: Record<T, Text>) =>
  z.enum(Object.keys(table) as [T, ...T[]]);

const position = z.number().int().min(1).max(99_999);
const code = line(80);
const share = z.number().min(0).max(100);
const basis = line(1000, 0);
const zone = line(40, 0);

/** A joint: undoing it takes time, a tool, a direction, sometimes courage; it holds positions. */
export const JoinLine = z.object({
  code,
  name: z.object({ zh: line(200), en: line(200) }),
  kind: keys(JOIN_KINDS),
  /** Positions of the bill of material that it holds together. */
  parts: z.array(position).min(2).max(60),
  /** Codes of joints that are in the way. */
  after: z.array(code).max(60),
  seconds: z.number().int().min(0).max(10_000_000),
  tool: line(80, 0),
  direction: keys(DIRECTIONS).optional(),
  /** 0 harmless to 10. */
  hazard: z.number().int().min(0).max(10),
  hazardNote: z.object({ zh: line(200, 0), en: line(200, 0) }),
  /** Undoing it destroys it, or what it holds. */
  destructive: z.boolean(),
  /** How often it does not come loose as planned, percent. */
  seizedPct: share.optional(),
  /** What forcing it destroys. */
  forceFen: amount.optional(),
  crew: z.number().int().min(1).max(12),
  skill: keys(SKILLS).optional(),
  zone,
  basis,
});

export const RemovalLine = z.object({
  /** A position as digits, or the code of a group. */
  item: code,
  name: z.object({ zh: line(200, 0), en: line(200, 0) }),
  /** Positions of a group; empty for a position. */
  members: z.array(position).max(200),
  /** It may not stay in the rest: battery, airbag, refrigerant. */
  mustOut: z.boolean(),
  stream: keys(STREAMS).optional(),
  zone,
  /** What the group is worth unopened. */
  wholeFen: amount.optional(),
  /** How often the group is good as it is, percent. */
  goodPct: share.optional(),
  /** What looking at it on the bench costs. */
  lookFen: amount.optional(),
  basis,
});

const Revisions = z.array(z.object({ version, createdAt: instant, note: z.string() }));

const DismantleView = z.object({
  partId: id('part'),
  joins: z.array(JoinLine.extend({ forceFen: fen.optional() })),
  removal: z.array(RemovalLine.extend({ wholeFen: fen.optional(), lookFen: fen.optional() })),
  /** Versions of the two documents; 0 when there is none yet. */
  joinsVersion: version,
  removalVersion: version,
  revisions: z.object({ joins: Revisions, removal: Revisions }),
});

export const getDismantle = endpoint({
  id: 'catalog.getDismantle',
  method: 'GET',
  path: '/api/v1/catalog/parts/:partId/dismantle',
  title: text('查看拆解数据', 'See how a part comes apart'),
  access: perm('catalog.part:read'),
  params: partParams,
  response: DismantleView,
});

/** `If-Match` names the version it follows; 0 for the first. */
export const setJoins = endpoint({
  id: 'catalog.setJoins',
  method: 'PUT',
  path: '/api/v1/catalog/parts/:partId/joins',
  title: text('发布拆解连接新版本', 'Issue new joints'),
  access: perm('catalog.part:edit'),
  ifMatch: true,
  params: partParams,
  body: z.object({ joins: z.array(JoinLine).min(1).max(2000), note: line(200, 0) }),
  response: DismantleView,
});

/** `If-Match` names the version it follows; 0 for the first. */
export const setRemoval = endpoint({
  id: 'catalog.setRemoval',
  method: 'PUT',
  path: '/api/v1/catalog/parts/:partId/removal',
  title: text('发布拆解对象新版本', 'Issue what is taken out'),
  access: perm('catalog.part:edit'),
  ifMatch: true,
  params: partParams,
  body: z.object({ removal: z.array(RemovalLine).min(1).max(2000), note: line(200, 0) }),
  response: DismantleView,
});
