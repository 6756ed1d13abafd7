/** Parts, the numbers they are known by, and the vocabularies. */
import { day, decimal, endpoint, id, line, page, pageQuery } from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { productFamilies } from '../domain/vocabulary.ts';
import { amount, bilingual, perm, version } from './permissions.ts';

const [first, ...others] = productFamilies().map((f) => f.code);
const family = z.enum([first ?? '', ...others]);
const kind = z.enum(['product', 'component', 'consumable']);
const number = line(60);

const partFields = z.object({
  number,
  kind,
  family,
  name: z.object({ zh: line(200), en: line(200) }),
  gtin: z
    .string()
    .regex(/^(\d{8}|\d{12,14})$/)
    .optional(),
  /** Grams of one piece. */
  massG: decimal.optional(),
  newPriceFen: amount.optional(),
  needsCoding: z.boolean(),
  vinBound: z.boolean(),
  restricted: z.boolean(),
  basis: line(1000, 0),
});

export const PartView = partFields.extend({
  id: id('part'),
  photo: sha256.optional(),
  active: z.boolean(),
  version,
});

export const partParams = z.object({ partId: id('part') });

export const listParts = endpoint({
  id: 'catalog.listParts',
  method: 'GET',
  path: '/api/v1/catalog/parts',
  title: text('零件列表', 'List parts'),
  access: perm('catalog.part:read'),
  query: pageQuery.extend({
    q: z.string().max(80).optional(),
    kind: kind.optional(),
    family: family.optional(),
    active: z.enum(['yes', 'no']).optional(),
  }),
  response: page(PartView),
});

export const addPart = endpoint({
  id: 'catalog.addPart',
  method: 'POST',
  path: '/api/v1/catalog/parts',
  title: text('新建零件', 'Add a part'),
  access: perm('catalog.part:edit'),
  body: partFields,
  response: PartView,
  status: 201,
});

export const readPart = endpoint({
  id: 'catalog.getPart',
  method: 'GET',
  path: '/api/v1/catalog/parts/:partId',
  title: text('查看零件', 'See a part'),
  access: perm('catalog.part:read'),
  params: partParams,
  response: PartView,
});

export const editPart = endpoint({
  id: 'catalog.editPart',
  method: 'PUT',
  path: '/api/v1/catalog/parts/:partId',
  title: text('修改零件', 'Edit a part'),
  access: perm('catalog.part:edit'),
  ifMatch: true,
  params: partParams,
  body: partFields.extend({ photo: sha256.optional(), active: z.boolean() }),
  response: PartView,
});

const numberKind = z.enum(['oe', 'aftermarket', 'reman', 'internal']);
/** A number under which others know a part. */
export const KnownNumber = z.object({
  kind: numberKind,
  number,
  maker: line(80, 0),
  basis: line(1000, 0),
});
const relation = z.enum(['supersession', 'interchange']);
/** What replaces, or may be used for, what. */
const Link = z.object({
  from: number,
  to: number,
  relation,
  needsCoding: z.boolean(),
  vinBound: z.boolean(),
  validFrom: day.optional(),
  basis: line(1000, 0),
});

/** Everything that a part’s number touches: the graph that the part page draws. */
export const getInterchange = endpoint({
  id: 'catalog.getInterchange',
  method: 'GET',
  path: '/api/v1/catalog/parts/:partId/interchange',
  title: text('查看号码与互换', 'See numbers and interchange'),
  access: perm('catalog.part:read'),
  params: partParams,
  response: z.object({
    numbers: z.array(KnownNumber),
    links: z.array(Link),
    /** Other parts of the catalogue reached by the same numbers. */
    alsoFits: z.array(z.object({ partId: id('part'), number: z.string(), name: bilingual })),
    version,
  }),
});

export const setNumbers = endpoint({
  id: 'catalog.setNumbers',
  method: 'PUT',
  path: '/api/v1/catalog/parts/:partId/numbers',
  title: text('修改对照号码', 'Edit the numbers others use'),
  access: perm('catalog.part:edit'),
  ifMatch: true,
  params: partParams,
  body: z.object({ numbers: z.array(KnownNumber).max(200) }),
  response: PartView,
});

export const putLink = endpoint({
  id: 'catalog.putLink',
  method: 'POST',
  path: '/api/v1/catalog/links',
  title: text('登记替代或互换', 'Record a supersession or interchange'),
  access: perm('catalog.part:edit'),
  body: Link,
  response: Link,
  status: 201,
});

export const removeLink = endpoint({
  id: 'catalog.removeLink',
  method: 'POST',
  path: '/api/v1/catalog/links/remove',
  title: text('删除替代或互换', 'Remove a supersession or interchange'),
  access: perm('catalog.part:edit'),
  body: z.object({ from: number, to: number, relation }),
  response: z.object({ removed: z.boolean() }),
});

export const findCandidates = endpoint({
  id: 'catalog.findCandidates',
  method: 'GET',
  path: '/api/v1/catalog/candidates',
  title: text('按号码查找零件', 'Find parts by number'),
  access: perm('catalog.part:read'),
  query: z.object({ number: z.string().min(1).max(80) }),
  response: z.object({
    items: z.array(
      z.object({
        part: PartView,
        via: z.enum([
          'number',
          'gtin',
          'oe',
          'aftermarket',
          'reman',
          'supersession',
          'interchange',
        ]),
        number: z.string(),
        needsCoding: z.boolean(),
        vinBound: z.boolean(),
      }),
    ),
  }),
});

const entry = z.object({ code: z.string(), name: bilingual, basis: z.string() });
const labels = z.record(z.string(), bilingual);

export const getVocabulary = endpoint({
  id: 'catalog.getVocabulary',
  method: 'GET',
  path: '/api/v1/catalog/vocabulary',
  title: text('产品族、方法与代码表', 'Families, methods and code lists'),
  access: perm('catalog.part:read'),
  response: z.object({
    families: z.array(entry.extend({ sector: z.string(), assembly: z.boolean() })),
    methods: z.array(
      entry.extend({
        kind: z.string(),
        item: z.string(),
        parameters: z.array(z.object({ key: z.string(), name: bilingual, unit: z.string() })),
      }),
    ),
    damageModes: z.array(entry),
    goodsClasses: labels,
    partSources: labels,
    fourR: labels,
  }),
});

export const listFacts = endpoint({
  id: 'catalog.listFacts',
  method: 'GET',
  path: '/api/v1/catalog/facts',
  title: text('工厂数据与来源', 'Plant figures and their sources'),
  access: perm('catalog.part:read'),
  query: pageQuery,
  response: page(
    z.object({
      key: z.string(),
      name: bilingual,
      value: z.string(),
      unit: z.string(),
      basis: z.string(),
    }),
  ),
});

export const listSources = endpoint({
  id: 'catalog.listSources',
  method: 'GET',
  path: '/api/v1/catalog/sources',
  title: text('数据来源', 'Sources of figures'),
  access: perm('catalog.part:read'),
  query: pageQuery,
  response: page(z.object({ key: z.string(), reference: z.string() })),
});

export const gradeByMileage = endpoint({
  id: 'catalog.gradeByMileage',
  method: 'GET',
  path: '/api/v1/catalog/mileage-grade',
  title: text('拆车机械件里程定级', 'Grade a mechanical part by mileage'),
  access: perm('catalog.part:read'),
  query: z.object({
    miles: z.coerce.number().min(0).max(5_000_000),
    years: z.coerce.number().min(0).max(200).optional(),
  }),
  response: z.object({ grade: z.enum(['A', 'B', 'C']), rule: bilingual }),
});

export const getDrillBitGauge = endpoint({
  id: 'catalog.getDrillBitGauge',
  method: 'GET',
  path: '/api/v1/catalog/drill-bit-gauge',
  title: text(
    '固定齿钻头外径公差与水眼面积',
    'Gauge tolerance and flow area of a fixed-cutter bit',
  ),
  access: perm('catalog.part:read'),
  query: z.object({
    /** Nominal size in inches. */
    size: z.coerce.number().min(1).max(60),
    /** Nozzle sizes in 32nds of an inch, separated by commas. */
    nozzles: z
      .string()
      .regex(/^\d{1,2}(,\d{1,2}){0,19}$/)
      .optional(),
  }),
  response: z.object({
    min: z.string(),
    max: z.string(),
    unit: z.literal('in'),
    source: z.string(),
    flowAreaIn2: z.number().optional(),
  }),
});
