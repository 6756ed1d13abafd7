import {
  decimal,
  endpoint,
  fen,
  id,
  instant,
  line,
  page,
  pageQuery,
} from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { corePermissions } from './contract/permissions.ts';

export { coreErrors } from './contract/errors.ts';
export * from './contract/pick-up.ts';
export * from './contract/recognition.ts';
export { corePermissions };

export const CoreState = z.enum([
  'quoted',
  'accepted',
  'in-transit',
  'received',
  'graded',
  'disputed',
  'stocked',
  'allocated',
  'torn-down',
  'returned',
  'scrapped',
  'declined',
]);
export const Grade = z.enum(['A', 'B', 'C', 'R']);
export const Channel = z.enum([
  'collector',
  'repair-shop',
  'service-network',
  'dismantler',
  'customer-return',
  'direct',
]);

const bilingual = z.object({ zh: z.string(), en: z.string() });
const PartRef = z.object({ id: z.string(), number: z.string(), name: bilingual });
const coreId = z.object({ coreId: id('core') });
const photos = z.array(sha256).max(12).default([]);

/** The vehicle or machine a core was taken from. */
export const Donor = z.object({
  vin: z.string().trim().max(20).optional(),
  machineSerial: line(60).optional(),
  mileageKm: z.number().int().min(0).max(5_000_000).optional(),
  modelYear: z.number().int().min(1950).max(2100).optional(),
  removedOn: z.iso.date().optional(),
  disposalCertificate: line(40).optional(),
});

const Supply = {
  channel: Channel,
  donor: Donor.optional(),
  imported: z.boolean().default(false),
  bonded: z.boolean().default(false),
};

export const CoreView = z.object({
  id: z.string(),
  code: z.string(),
  epc: z.string(),
  state: CoreState,
  life: z.number().int(),
  part: PartRef.optional(),
  numberSeen: z.string(),
  identifiedBy: z.enum(['number', 'interchange', 'photo', 'person', 'unit']).optional(),
  supplier: z.object({ id: z.string(), name: z.string() }).optional(),
  channel: Channel,
  donor: Donor.optional(),
  imported: z.boolean(),
  bonded: z.boolean(),
  /** One of the five assemblies, or a kind that may not be imported used. */
  regulated: z.boolean(),
  grade: Grade.optional(),
  gradeReasons: z.array(bilingual),
  quotedFen: fen.optional(),
  creditFen: fen.optional(),
  credited: z.boolean(),
  /** It came back for a core deposit, which is where its worth is credited. */
  byDeposit: z.boolean(),
  photos: z.array(z.string()),
  massG: z.number().int().optional(),
  place: z.string().optional(),
  pickUpAddress: z.string().optional(),
  previousUnitId: z.string().optional(),
  receivedAt: instant.optional(),
  gradedAt: instant.optional(),
  createdAt: instant,
  version: z.number().int(),
});

const Candidate = z.object({
  part: PartRef,
  photo: sha256.optional(),
  via: z.string(),
  offers: z.array(z.object({ grade: Grade, creditFen: fen, text: bilingual })),
  programmeId: z.string(),
});

export const CriterionView = z.object({ code: z.string(), text: bilingual });

export const previewQuote = endpoint({
  id: 'cores.previewQuote',
  method: 'GET',
  path: '/api/v1/cores/quote-preview',
  title: text('按号码查询收购价', 'Look up what a core is worth by its number'),
  access: corePermissions('cores.quote:request'),
  query: z.object({ number: line(60), toOrgId: id('org').optional() }),
  response: z.object({
    candidates: z.array(Candidate.extend({ criteria: z.array(CriterionView) })),
  }),
});

const QuoteBody = z.object({
  number: line(60),
  partId: id('part').optional(),
  claimedGrade: Grade.optional(),
  photos,
  note: line(500, 0).optional(),
  ...Supply,
});

export const requestQuote = endpoint({
  id: 'cores.requestQuote',
  method: 'POST',
  path: '/api/v1/cores/quote-requests',
  title: text('向再制造厂询价', 'Ask a remanufacturer for a quote'),
  access: corePermissions('cores.quote:request'),
  body: QuoteBody.extend({ toOrgId: id('org') }),
  response: CoreView,
  status: 201,
});

export const quoteCore = endpoint({
  id: 'cores.quoteCore',
  method: 'POST',
  path: '/api/v1/cores/quotes',
  title: text('为供方的旧件报价', 'Quote for a supplier’s core'),
  access: corePermissions('cores.core:quote'),
  body: QuoteBody.extend({ supplierId: id('partner') }),
  response: CoreView,
  status: 201,
});

export const listOffers = endpoint({
  id: 'cores.listOffers',
  method: 'GET',
  path: '/api/v1/cores/my-offers',
  title: text('我卖的旧件', 'The cores that I sell'),
  access: corePermissions('cores.quote:request'),
  query: pageQuery.extend({ state: CoreState.optional() }),
  response: page(CoreView.extend({ buyer: z.string() })),
});

export const acceptQuote = endpoint({
  id: 'cores.acceptQuote',
  method: 'POST',
  path: '/api/v1/cores/my-offers/:coreId/acceptance',
  title: text('接受报价', 'Accept a quote'),
  access: corePermissions('cores.quote:request'),
  params: coreId,
  body: z.object({ accept: z.boolean(), pickUpAddress: line(200).optional() }),
  response: CoreView,
});

export const disputeGrade = endpoint({
  id: 'cores.disputeGrade',
  method: 'POST',
  path: '/api/v1/cores/my-offers/:coreId/dispute',
  title: text('对定级提出异议', 'Dispute a grade'),
  access: corePermissions('cores.quote:request'),
  params: coreId,
  body: z.object({ reason: line(500) }),
  response: CoreView,
});

/** A supplier hands its core to the carrier or collector: it is on its way. */
export const handOver = endpoint({
  id: 'cores.handOver',
  method: 'POST',
  path: '/api/v1/cores/my-offers/:coreId/hand-over',
  title: text('交货起运', 'Hand a core over for transport'),
  access: corePermissions('cores.quote:request'),
  params: coreId,
  body: z.object({ photos }),
  response: CoreView,
});

export const listCores = endpoint({
  id: 'cores.listCores',
  method: 'GET',
  path: '/api/v1/cores',
  title: text('旧件列表', 'List cores'),
  access: corePermissions('cores.core:read'),
  query: pageQuery.extend({
    state: CoreState.optional(),
    grade: Grade.optional(),
    partId: id('part').optional(),
    supplierId: id('partner').optional(),
    /** Graded, stocked or allocated: what the stock figures count. */
    inStock: z.enum(['yes']).optional(),
    /** Announced, received or in dispute: what the receiving station has to do. */
    atDoor: z.enum(['yes']).optional(),
    /** Received more than 30 days ago. */
    aged: z.enum(['yes']).optional(),
    /** Ever disputed. */
    disputed: z.enum(['yes']).optional(),
    /** Graded, and its credit not given yet. */
    unpaid: z.enum(['yes']).optional(),
    q: line(60).optional(),
  }),
  response: page(CoreView),
});

export const coreFigures = endpoint({
  id: 'cores.coreFigures',
  method: 'GET',
  path: '/api/v1/cores/figures',
  title: text(
    '旧件概况：各状态件数、今日收货、待付返款',
    'Cores by state, received today, credit to pay',
  ),
  access: corePermissions('cores.core:read'),
  response: z.object({
    states: z.array(z.object({ state: CoreState, count: z.number().int() })),
    receivedToday: z.number().int(),
    gradedToday: z.array(z.object({ grade: Grade, count: z.number().int() })),
    unpaid: z.object({ count: z.number().int(), creditFen: fen }),
  }),
});

/** One grading of the core, with the rules that judged it. */
const GradingView = z.object({
  id: z.string(),
  grade: Grade,
  creditFen: fen,
  programme: z.object({ id: z.string(), code: z.string(), version: z.number().int() }),
  answers: z.array(z.object({ criterion: z.string(), text: bilingual, met: z.boolean() })),
  photos: z.object({ front: z.string(), side: z.string(), nameplate: z.string() }).partial(),
  note: z.string().optional(),
  by: z.string(),
  at: instant,
});

export const getCoreView = endpoint({
  id: 'cores.getCore',
  method: 'GET',
  path: '/api/v1/cores/:coreId',
  title: text('查看旧件', 'See a core'),
  access: corePermissions('cores.core:read'),
  params: coreId,
  response: CoreView.extend({
    valuation: z
      .object({
        expectedSalesFen: fen,
        expectedMaterialFen: fen,
        expectedConversionFen: fen,
        expectedScrapFen: fen,
        creditFen: fen,
        marginFen: fen,
      })
      .optional(),
    criteria: z.array(CriterionView),
    programmeId: z.string().optional(),
    gradings: z.array(GradingView),
    dispute: z.object({ reason: z.string(), at: instant }).optional(),
  }),
});

export const coreStock = endpoint({
  id: 'cores.coreStock',
  method: 'GET',
  path: '/api/v1/cores/stock',
  title: text('旧件库存：按型号、等级与库龄', 'Stock of cores by part, grade and age'),
  access: corePermissions('cores.core:read'),
  response: z.object({
    rows: z.array(
      z.object({
        part: PartRef,
        family: z.object({ code: z.string(), name: bilingual }),
        grade: Grade,
        count: z.number().int(),
        creditFen: fen,
        over30Days: z.number().int(),
        oldestDays: z.number().int(),
      }),
    ),
  }),
});

export const supplierQuality = endpoint({
  id: 'cores.supplierQuality',
  method: 'GET',
  path: '/api/v1/cores/suppliers',
  title: text('供方旧件质量', 'Quality of suppliers’ cores'),
  access: corePermissions('cores.core:read'),
  response: z.object({
    rows: z.array(
      z.object({
        supplier: z.object({ id: z.string(), name: z.string() }),
        A: z.number().int(),
        B: z.number().int(),
        C: z.number().int(),
        R: z.number().int(),
        disputed: z.number().int(),
        creditFen: fen,
      }),
    ),
  }),
});

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
