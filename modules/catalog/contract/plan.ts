/** Bills of material, routes, characteristics with limits, programmes, defects, prices. */
import {
  day,
  decimal,
  endpoint,
  fen,
  id,
  instant,
  line,
  page,
  pageQuery,
} from '@zaizao/platform/contract';
import { type Text, text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { LEVELS, POLICIES, PRICE_KINDS, SEVERITIES, STATION_KINDS } from '../domain/code-lists.ts';
import { defectCodes, methodMaster } from '../domain/vocabulary.ts';
import { PartView, partParams } from './part.ts';
import { amount, bilingual, perm, version } from './permissions.ts';

// Object.keys loses the literal types; the tables are the only source of these lists.
const keys = <T extends string>(table: Record<T, Text>) =>
  z.enum(Object.keys(table) as [T, ...T[]]);
const codes = (list: readonly { code: string }[]) => {
  const [first, ...others] = list.map((x) => x.code);
  return z.enum([first ?? '', ...others]);
};

const position = z.number().int().min(1).max(99_999);
const share = z.number().min(0).max(100);
const code = line(80);
const basis = line(1000, 0);
const names = z.object({ zh: line(200), en: line(200) });
const versionQuery = z.object({ version: z.coerce.number().int().min(1).optional() });
/** The version that the writer saw, 0 for none: refused when somebody issued another since. */
const follows = z.number().int().min(0).optional();
const Revisions = z.array(z.object({ version, createdAt: instant, note: z.string() }));

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

const level = keys(LEVELS);
const limitFields = z.object({
  level,
  customer: line(80).optional(),
  min: decimal.optional(),
  max: decimal.optional(),
  validFrom: day,
  source: line(500),
});
const LimitView = limitFields.extend({ version });

/** What is said of a characteristic, whoever asks for it. */
export const CharacteristicFields = z.object({
  code,
  purpose: z.enum(['inspection', 'test', 'both']),
  seq: z.number().int().min(0).max(99_999),
  name: names,
  componentPos: position.optional(),
  /** `bool` is yes/no, valued 1 and 0. */
  unit: line(20),
  method: line(200, 0),
  instrumentKind: line(80).optional(),
  condition: line(200, 0),
  severity: keys(SEVERITIES),
  active: z.boolean(),
  basis,
});

const CharacteristicView = CharacteristicFields.extend({
  id: id('char'),
  partId: id('part'),
  componentId: id('part').optional(),
  /** Every version; those in force are named in `inForce`. */
  limits: z.array(LimitView),
  inForce: z.array(LimitView),
  version,
});

export const listCharacteristics = endpoint({
  id: 'catalog.listCharacteristics',
  method: 'GET',
  path: '/api/v1/catalog/parts/:partId/characteristics',
  title: text('检测特性与试验项目', 'Characteristics and tests'),
  access: perm('catalog.part:read'),
  params: partParams,
  query: z.object({ day: day.optional() }),
  response: z.object({ items: z.array(CharacteristicView) }),
});

export const addCharacteristic = endpoint({
  id: 'catalog.addCharacteristic',
  method: 'POST',
  path: '/api/v1/catalog/parts/:partId/characteristics',
  title: text('新建特性', 'Add a characteristic'),
  access: perm('catalog.part:edit'),
  params: partParams,
  body: CharacteristicFields.extend({ limits: z.array(limitFields).max(20) }),
  response: CharacteristicView,
  status: 201,
});

const characteristicParams = z.object({ characteristicId: id('char') });

export const editCharacteristic = endpoint({
  id: 'catalog.editCharacteristic',
  method: 'PUT',
  path: '/api/v1/catalog/characteristics/:characteristicId',
  title: text('修改特性', 'Edit a characteristic'),
  access: perm('catalog.part:edit'),
  ifMatch: true,
  params: characteristicParams,
  body: CharacteristicFields.omit({ code: true, purpose: true }),
  response: CharacteristicView,
});

export const addLimit = endpoint({
  id: 'catalog.addLimit',
  method: 'POST',
  path: '/api/v1/catalog/characteristics/:characteristicId/limits',
  title: text('发布限值新版本', 'Issue a new limit'),
  access: perm('catalog.part:edit'),
  params: characteristicParams,
  body: limitFields.extend({ follows }),
  response: CharacteristicView,
  status: 201,
});

export const judgeValue = endpoint({
  id: 'catalog.judgeValue',
  method: 'GET',
  path: '/api/v1/catalog/characteristics/:characteristicId/judgement',
  title: text('按限值判定数值', 'Judge a value by the limits'),
  access: perm('catalog.part:read'),
  params: characteristicParams,
  query: z.object({
    value: z.string().min(1).max(30),
    customer: z.string().max(80).optional(),
    day: day.optional(),
  }),
  response: z.object({
    verdict: z.enum(['pass', 'fail', 'unlimited']),
    levels: z.array(LimitView.extend({ pass: z.boolean() })),
    strictest: z.object({ min: z.string().optional(), max: z.string().optional() }),
  }),
});

const grade = z.enum(['A', 'B', 'C', 'R']);
const quota = z.object({
  fullPct: z.number().int().min(0).max(1000).optional(),
  halfPct: z.number().int().min(0).max(1000).optional(),
  months: z.number().int().min(1).max(60).optional(),
});
const startEvent = z.enum(['invoice', 'delivery', 'installation', 'month-end']);
/** One yes/no question of a programme. */
export const CriterionFields = z.object({
  code,
  text: z.object({ zh: line(500), en: line(500) }),
  failsTo: z.enum(['B', 'C', 'R']),
  basis,
});
const criteria = z.array(CriterionFields);
/** What one grade means, gives back and pays. */
export const GradeFields = z.object({
  grade,
  text: z.object({ zh: line(500), en: line(500) }),
  pct: z.number().int().min(0).max(100),
  creditFen: amount,
  basis,
});
const grades = z.array(GradeFields);

const programmeFields = z.object({
  code,
  validFrom: day,
  validTo: day.optional(),
  windowDays: z.number().int().min(1).max(3660),
  startEvent,
  quota,
  depositFen: amount,
  criteria,
  grades,
  basis,
});

const ProgrammeView = programmeFields.extend({
  id: id('prog'),
  partId: id('part'),
  version,
  inForce: z.boolean(),
});

export const listProgrammes = endpoint({
  id: 'catalog.listProgrammes',
  method: 'GET',
  path: '/api/v1/catalog/parts/:partId/programmes',
  title: text('回收规则', 'Programmes of a part'),
  access: perm('catalog.part:read'),
  params: partParams,
  response: z.object({ items: z.array(ProgrammeView) }),
});

export const publishProgramme = endpoint({
  id: 'catalog.publishProgramme',
  method: 'POST',
  path: '/api/v1/catalog/parts/:partId/programmes',
  title: text('发布回收规则新版本', 'Publish a new programme version'),
  access: perm('catalog.programme:edit'),
  params: partParams,
  body: programmeFields.extend({
    criteria: criteria.min(1).max(40),
    grades: grades.length(4),
    follows,
  }),
  response: ProgrammeView,
  status: 201,
});

/** What every supplier may read before bringing a core: whose rules, which part, what is paid. */
export const listNotices = endpoint({
  id: 'catalog.listNotices',
  method: 'GET',
  path: '/api/v1/catalog/notices',
  title: text('公开的回收规则', 'Published programmes'),
  access: 'public',
  bucket: 'public',
  query: pageQuery.extend({
    number: z.string().max(80).optional(),
    family: z.string().max(80).optional(),
  }),
  response: page(
    z.object({
      programmeId: id('prog'),
      organisation: z.string(),
      part: z.object({ number: z.string(), name: bilingual, family: z.string() }),
      validFrom: day,
      validTo: day.optional(),
      code: z.string(),
      version,
      windowDays: z.number().int(),
      startEvent,
      quota,
      depositFen: fen,
      criteria: criteria,
      grades: grades,
    }),
  ),
});

const defectFields = z.object({
  code,
  name: names,
  mode: codes(defectCodes()),
  componentPos: position.optional(),
  ratePct: share.optional(),
  per: z.enum(['core', 'unit', 'warranty']),
  basis,
});

export const listDefects = endpoint({
  id: 'catalog.listDefects',
  method: 'GET',
  path: '/api/v1/catalog/parts/:partId/defects',
  title: text('常见缺陷', 'Defects of a part'),
  access: perm('catalog.part:read'),
  params: partParams,
  response: z.object({ items: z.array(defectFields) }),
});

export const putDefect = endpoint({
  id: 'catalog.putDefect',
  method: 'POST',
  path: '/api/v1/catalog/parts/:partId/defects',
  title: text('登记或修改缺陷', 'Record or change a defect'),
  access: perm('catalog.part:edit'),
  params: partParams,
  body: defectFields,
  response: defectFields,
  status: 201,
});

const priceFields = z.object({ kind: keys(PRICE_KINDS), validFrom: day, fen: amount, basis });

export const listPrices = endpoint({
  id: 'catalog.listPrices',
  method: 'GET',
  path: '/api/v1/catalog/parts/:partId/prices',
  title: text('价格', 'Prices of a part'),
  access: perm('catalog.part:read'),
  params: partParams,
  response: z.object({ items: z.array(priceFields) }),
});

export const setPrice = endpoint({
  id: 'catalog.setPrice',
  method: 'POST',
  path: '/api/v1/catalog/parts/:partId/prices',
  title: text('登记价格', 'Set a price'),
  access: perm('catalog.part:edit'),
  params: partParams,
  body: priceFields,
  response: priceFields,
  status: 201,
});
