/** A core as everybody sees it: found, counted, in stock. */
import { day, endpoint, fen, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { corePermissions } from './permissions.ts';

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

export const bilingual = z.object({ zh: z.string(), en: z.string() });
export const PartRef = z.object({ id: z.string(), number: z.string(), name: bilingual });
export const coreId = z.object({ coreId: id('core') });
export const photos = z.array(sha256).max(12).default([]);

/** The vehicle or machine a core was taken from. */
export const Donor = z.object({
  vin: z.string().trim().max(20).optional(),
  machineSerial: line(60).optional(),
  mileageKm: z.number().int().min(0).max(5_000_000).optional(),
  modelYear: z.number().int().min(1950).max(2100).optional(),
  removedOn: z.iso.date().optional(),
  disposalCertificate: line(40).optional(),
});

export const Supply = {
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

export const CriterionView = z.object({ code: z.string(), text: bilingual });

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
    /** First and last day of receipt, in the organisation's zone. */
    from: day.optional(),
    to: day.optional(),
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
    /** The calendar day it is in the organisation's zone. */
    today: day,
    receivedToday: z.number().int(),
    gradedToday: z.array(z.object({ grade: Grade, count: z.number().int() })),
    unpaid: z.object({ count: z.number().int(), creditFen: fen }),
  }),
});

export const coresByWeek = endpoint({
  id: 'cores.coresByWeek',
  method: 'GET',
  path: '/api/v1/cores/by-week',
  title: text('每周收货（按等级）', 'Cores received by week and grade'),
  access: corePermissions('cores.core:read'),
  query: z.object({ weeks: z.coerce.number().int().min(1).max(53).default(8) }),
  response: z.object({
    /** Oldest first; a week begins on Monday. The grade is the one that holds today. */
    weeks: z.array(
      z.object({
        from: day,
        to: day,
        received: z.number().int(),
        grades: z.array(z.object({ grade: Grade, count: z.number().int() })),
      }),
    ),
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
    /** The questions of its programme, each with pictures of what is good and what is not. */
    criteria: z.array(
      CriterionView.extend({
        samples: z.array(z.object({ shows: z.enum(['good', 'bad']), sha256: z.string() })),
      }),
    ),
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
