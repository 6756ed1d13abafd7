/** Bills of material and routes, in versions. */
import { endpoint, fen, id, line } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { POLICIES, STATION_KINDS } from '../domain/code-lists.ts';
import { methodMaster } from '../domain/vocabulary.ts';
import {
  basis,
  code,
  codes,
  keys,
  names,
  position,
  Revisions,
  share,
  versionQuery,
} from './fields.ts';
import { PartView, partParams } from './part.ts';
import { perm, version } from './permissions.ts';

const bomFields = z.object({
  pos: position,
  qty: z.number().int().min(1).max(100_000),
  policy: keys(POLICIES),
  reusePct: share.optional(),
  restorePct: share.optional(),
  replacePct: share.optional(),
  critical: z.boolean(),
  serialised: z.boolean(),
  basis,
});

/** The three kinds of remanufacturing rate in percent: by mass, by new value, by count of pieces. */
const Rates = z.object({
  byMass: z.number().optional(),
  byValue: z.number().optional(),
  byCount: z.number().optional(),
  totalMassG: z.number().optional(),
  totalNewValueFen: fen.optional(),
  pieces: z.number().int(),
});

const BomView = z.object({
  partId: id('part'),
  version,
  items: z.array(bomFields.extend({ part: PartView })),
  rates: Rates,
  revisions: Revisions,
});

export const getBom = endpoint({
  id: 'catalog.getBom',
  method: 'GET',
  path: '/api/v1/catalog/parts/:partId/bom',
  title: text('查看物料清单', 'See the bill of material'),
  access: perm('catalog.part:read'),
  params: partParams,
  query: versionQuery,
  response: BomView,
});

/** One line of a bill of material as it is written: the component by its number. */
export const BomLine = bomFields.extend({ component: line(60) });

/** `If-Match` names the version it follows; 0 for the first. */
export const setBom = endpoint({
  id: 'catalog.setBom',
  method: 'PUT',
  path: '/api/v1/catalog/parts/:partId/bom',
  title: text('发布物料清单新版本', 'Issue a new bill of material'),
  access: perm('catalog.part:edit'),
  ifMatch: true,
  params: partParams,
  body: z.object({
    items: z.array(BomLine).min(1).max(2000),
    note: line(200, 0),
  }),
  response: BomView,
});

/** One operation of a route. */
export const RouteStepFields = z.object({
  seq: position,
  code,
  name: names,
  stationKind: keys(STATION_KINDS),
  station: line(80, 0),
  stdSeconds: z.number().int().min(0).max(10_000_000).optional(),
  /** `defect:…`, `out:…`, `restore:…`, `pos:…`, `grade:…` joined by `|`; empty: always. */
  when: line(200, 0),
  onFail: position.optional(),
  maxRework: z.number().int().min(1).max(9).optional(),
  method: codes(methodMaster()).or(z.literal('')),
  instruction: z.object({ zh: line(4000, 0), en: line(4000, 0) }),
  records: line(500, 0),
  basis,
});

const RouteView = z.object({
  partId: id('part'),
  version,
  steps: z.array(RouteStepFields),
  revisions: Revisions,
});

export const getRoute = endpoint({
  id: 'catalog.getRoute',
  method: 'GET',
  path: '/api/v1/catalog/parts/:partId/route',
  title: text('查看工艺路线', 'See the route'),
  access: perm('catalog.part:read'),
  params: partParams,
  query: versionQuery,
  response: RouteView,
});

export const setRoute = endpoint({
  id: 'catalog.setRoute',
  method: 'PUT',
  path: '/api/v1/catalog/parts/:partId/route',
  title: text('发布工艺路线新版本', 'Issue a new route'),
  access: perm('catalog.part:edit'),
  ifMatch: true,
  params: partParams,
  body: z.object({ steps: z.array(RouteStepFields).min(1).max(500), note: line(200, 0) }),
  response: RouteView,
});
