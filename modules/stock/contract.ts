/** Stocktakes: what stands in stock, counted by scanning; what differs is settled by a person. */
import {
  definePermissions,
  endpoint,
  fen,
  id,
  instant,
  line,
  page,
  pageQuery,
} from '@zaizao/platform/contract';
import { defineErrors, text } from '@zaizao/platform/kernel';
import { z } from 'zod';

export const stockErrors = defineErrors({
  STOCKTAKE_NOT_FOUND: {
    status: 404,
    ...text(
      '没有此盘点单。请从盘点列表中选择。',
      'There is no such stocktake: choose one from the list.',
    ),
  },
  STOCKTAKE_STATE: {
    status: 409,
    ...text(
      '盘点单 {code} 当前为“{state}”，不能执行此操作。要继续点数，请先“继续盘点”，或另开一张盘点单。',
      'Stocktake {code} is "{state}": this step is not possible now. To count on, resume it or start another one.',
    ),
  },
  STOCKTAKE_OPEN: {
    status: 409,
    ...text(
      '盘点单 {code} 正在盘点同样的实物，请加入该盘点，或先结束它。',
      'Stocktake {code} counts the same things already: join it, or end it first.',
    ),
  },
  STOCKTAKE_EMPTY: {
    status: 422,
    ...text(
      '账面没有可盘点的实物。旧件收货、零部件拆出或产品完工后再盘点。',
      'The books hold nothing of these kinds: receive, dismantle or finish something first.',
    ),
  },
  STOCKTAKE_PIECES: {
    status: 422,
    ...text(
      '{n} 个批次已扫描但未点件数（如 {code}）。请再扫一次并填件数。',
      '{n} lots were scanned without counting their pieces ({code} is one): scan them again and enter the pieces.',
    ),
  },
  STOCKTAKE_UNSETTLED: {
    status: 422,
    ...text(
      '还有 {n} 项差异没有说明（如 {code}）。请为每项差异选择处理方式和原因。',
      '{n} differences are not settled ({code} is one): choose what is done and why for each.',
    ),
  },
  STOCKTAKE_NOT_CORRECTABLE: {
    status: 422,
    ...text(
      '{code} 不在库存账上，盘点不能改账。请选择“保持账面”，再到相应业务中处理。',
      '{code} is not in the books of stock, so a count cannot correct it: keep the books, and deal with it where it belongs.',
    ),
  },
  STOCKTAKE_RECOUNT: {
    status: 409,
    ...text(
      '批次 {code} 点数后又被领用，更正后将不足一件。请继续盘点并重新点数。',
      'Lot {code} was used after it was counted and would be left with less than one piece: resume and count it again.',
    ),
  },
  STOCKTAKE_NOT_LOT: {
    status: 422,
    ...text(
      '{code} 是单件，不需要填件数。',
      '{code} is a single piece: leave the number of pieces out.',
    ),
  },
});

export const perm = definePermissions({
  'stock.stocktake:read': text('查看盘点', 'See stocktakes'),
  'stock.stocktake:count': text('盘点', 'Count stock'),
  'stock.stocktake:settle': text('处理盘点差异', 'Settle the differences of stocktakes'),
});

export const StockKind = z.enum(['core', 'component', 'unit']);
export const StocktakeState = z.enum(['counting', 'counted', 'closed', 'cancelled']);
export const DifferenceClass = z.enum([
  ...['missing', 'pieces', 'place', 'found', 'elsewhere', 'unknown', 'uncounted'],
] as const);
/** `correct`: the books follow the count (missing is recorded as missing). `keep`: the books stay. */
export const Decision = z.enum(['correct', 'keep']);
/** Why the books and the shelf differed. */
export const REASONS = {
  misplaced: text('放错库位', 'Put in the wrong place'),
  'not-booked': text('业务未及时登记', 'Business not yet recorded'),
  miscounted: text('以前点错或录错', 'Counted or entered wrongly before'),
  'in-use': text('借用或在工位上', 'Lent, or at a station'),
  damaged: text('损坏或丢弃', 'Damaged or thrown away'),
  stolen: text('被盗', 'Stolen'),
  'label-lost': text('标签丢失或无法识读', 'Label lost or unreadable'),
  foreign: text('不是本厂的物品', 'Not ours'),
  unexplained: text('原因不明', 'Not explained'),
} as const;
const REASON_CODES = Object.keys(REASONS) as (keyof typeof REASONS)[]; // keys of the table above
export const Reason = z.enum(REASON_CODES);

const bilingual = z.object({ zh: z.string(), en: z.string() });
const pieces = z.number().int().min(1).max(1_000_000);

/** How many things are in each class; `valueFen` is that of what is missing, as far as it is known. */
const CountFigures = z.object({
  match: z.number().int(),
  moved: z.number().int(),
  arrived: z.number().int(),
  missing: z.number().int(),
  pieces: z.number().int(),
  place: z.number().int(),
  found: z.number().int(),
  elsewhere: z.number().int(),
  unknown: z.number().int(),
  uncounted: z.number().int(),
  missingFen: fen,
});

export const StocktakeView = z.object({
  id: z.string(),
  code: z.string(),
  state: StocktakeState,
  site: z.object({ id: z.string(), name: z.string() }),
  place: z.string().optional(),
  kinds: z.array(StockKind),
  note: z.string(),
  /** Things in the books when it began, and how many of them were scanned. */
  expected: z.number().int(),
  counted: z.number().int(),
  startedBy: z.string(),
  startedAt: instant,
  countedAt: instant.optional(),
  closedBy: z.string().optional(),
  closedAt: instant.optional(),
  /** The result, once closed. */
  figures: CountFigures.optional(),
  version: z.number().int(),
});

const DifferenceView = z.object({
  /** Names the line: its EPC, or the code that nobody knows. */
  subject: z.string(),
  class: DifferenceClass,
  kind: StockKind.optional(),
  ref: z.string().optional(),
  code: z.string(),
  name: bilingual.optional(),
  /** What the books say of it. */
  state: z.string().optional(),
  bookedPlace: z.string().optional(),
  place: z.string().optional(),
  bookedQty: z.number().int().optional(),
  qty: z.number().int().optional(),
  /** Value of what is missing, found or counted otherwise: credit of a core, price of a new one for the others. */
  valueFen: fen.optional(),
  scannedBy: z.string().optional(),
  decision: Decision.optional(),
  reason: Reason.optional(),
  note: z.string().optional(),
});

const RemainingView = z.object({
  subject: z.string(),
  kind: StockKind,
  ref: z.string(),
  code: z.string(),
  name: bilingual,
  place: z.string().optional(),
  qty: z.number().int(),
  /** Scanned, its pieces not yet counted. */
  asksPieces: z.boolean(),
});

/** What a scan is told at once. */
export const ScanVerdict = z.enum([
  ...['expected', 'arrived', 'pieces', 'place', 'found', 'elsewhere', 'unknown', 'again', 'aside'],
] as const);

export const ScanAnswer = z.object({
  /** `pieces`: how many? `again`: counted before; `aside`: of a kind that is not counted here. */
  verdict: ScanVerdict,
  code: z.string(),
  kind: StockKind.optional(),
  name: bilingual.optional(),
  isLot: z.boolean(),
  state: z.string().optional(),
  bookedPlace: z.string().optional(),
  bookedQty: z.number().int().optional(),
  qty: z.number().int().optional(),
  /** Who counted it before, and when. */
  before: z.object({ by: z.string(), at: instant, qty: z.number().int().optional() }).optional(),
  expected: z.number().int(),
  counted: z.number().int(),
});

const stocktakeId = z.object({ stocktakeId: id('stk') });

export const startStocktake = endpoint({
  id: 'stock.startStocktake',
  method: 'POST',
  path: '/api/v1/stock/stocktakes',
  title: text('开始盘点', 'Start a stocktake'),
  access: perm('stock.stocktake:count'),
  body: z.object({
    kinds: z.array(StockKind).min(1).max(3),
    /** One place; the whole site without it. */
    place: line(40).optional(),
    note: line(200, 0).default(''),
  }),
  response: StocktakeView,
  status: 201,
});

export const listStocktakes = endpoint({
  id: 'stock.listStocktakes',
  method: 'GET',
  path: '/api/v1/stock/stocktakes',
  title: text('盘点记录', 'Stocktakes'),
  access: perm('stock.stocktake:read'),
  query: pageQuery.extend({
    state: StocktakeState.optional(),
    /** Counting, or counted and not yet settled. */
    open: z.enum(['yes']).optional(),
    q: line(60).optional(),
  }),
  response: page(StocktakeView),
});

export const getStocktake = endpoint({
  id: 'stock.getStocktake',
  method: 'GET',
  path: '/api/v1/stock/stocktakes/:stocktakeId',
  title: text('查看盘点', 'See a stocktake'),
  access: perm('stock.stocktake:read'),
  params: stocktakeId,
  response: StocktakeView,
});

export const scanStock = endpoint({
  id: 'stock.scanStock',
  method: 'POST',
  path: '/api/v1/stock/stocktakes/:stocktakeId/scans',
  title: text('盘点扫码', 'Scan a thing that is there'),
  access: perm('stock.stocktake:count'),
  params: stocktakeId,
  body: z.object({
    code: line(500),
    /** Pieces of a lot, when they are counted; a later number replaces an earlier one. */
    qty: pieces.optional(),
    /** Where it lies, where that is not the place being counted. */
    place: line(40).optional(),
  }),
  response: ScanAnswer,
});

export const listRemaining = endpoint({
  id: 'stock.listRemaining',
  method: 'GET',
  path: '/api/v1/stock/stocktakes/:stocktakeId/remaining',
  title: text('尚未点到的实物', 'Not yet counted'),
  access: perm('stock.stocktake:read'),
  params: stocktakeId,
  query: pageQuery,
  response: page(RemainingView),
});

export const listDifferences = endpoint({
  id: 'stock.listDifferences',
  method: 'GET',
  path: '/api/v1/stock/stocktakes/:stocktakeId/differences',
  title: text('盘点差异', 'Differences of a stocktake'),
  access: perm('stock.stocktake:read'),
  params: stocktakeId,
  query: pageQuery.extend({ class: DifferenceClass.optional() }),
  response: page(DifferenceView),
});

export const finishCounting = endpoint({
  id: 'stock.finishCounting',
  method: 'POST',
  path: '/api/v1/stock/stocktakes/:stocktakeId/finish',
  title: text('点完', 'Everything is counted'),
  access: perm('stock.stocktake:count'),
  params: stocktakeId,
  response: StocktakeView,
  ifMatch: true,
});

export const resumeCounting = endpoint({
  id: 'stock.resumeCounting',
  method: 'POST',
  path: '/api/v1/stock/stocktakes/:stocktakeId/resume',
  title: text('继续盘点', 'Count on'),
  access: perm('stock.stocktake:count'),
  params: stocktakeId,
  response: StocktakeView,
  ifMatch: true,
});

export const cancelStocktake = endpoint({
  id: 'stock.cancelStocktake',
  method: 'POST',
  path: '/api/v1/stock/stocktakes/:stocktakeId/cancel',
  title: text('作废盘点', 'Cancel a stocktake'),
  access: perm('stock.stocktake:count'),
  params: stocktakeId,
  response: StocktakeView,
  ifMatch: true,
});

export const closeStocktake = endpoint({
  id: 'stock.closeStocktake',
  method: 'POST',
  path: '/api/v1/stock/stocktakes/:stocktakeId/close',
  title: text('处理差异并结束盘点', 'Settle the differences and close'),
  access: perm('stock.stocktake:settle'),
  params: stocktakeId,
  body: z.object({
    /** One a difference (named by `subject`) or one for all others of a class. */
    settlements: z
      .array(
        z.object({
          class: DifferenceClass,
          subject: line(520).optional(),
          decision: Decision,
          reason: Reason,
          note: line(200, 0).default(''),
        }),
      )
      .max(2000),
  }),
  bodyLimit: 1_048_576,
  response: StocktakeView,
  ifMatch: true,
});

export const listMissing = endpoint({
  id: 'stock.listMissing',
  method: 'GET',
  path: '/api/v1/stock/missing',
  title: text('盘点缺失的实物', 'What counts have missed'),
  access: perm('stock.stocktake:read'),
  query: pageQuery.extend({
    /** Only what has not turned up since. */
    open: z.enum(['yes']).optional(),
  }),
  response: page(
    z.object({
      id: z.string(),
      kind: StockKind,
      ref: z.string(),
      code: z.string(),
      name: bilingual,
      place: z.string().optional(),
      qty: z.number().int(),
      valueFen: fen.optional(),
      reason: Reason,
      note: z.string(),
      stocktakeId: z.string(),
      stocktakeCode: z.string(),
      since: instant,
      /** `found` by a later count, or `moved` by ordinary business. */
      ended: z.enum(['found', 'moved']).optional(),
      endedAt: instant.optional(),
    }),
  ),
});
