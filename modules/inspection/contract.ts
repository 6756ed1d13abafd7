import {
  decimal,
  definePermissions,
  endpoint,
  id,
  instant,
  line,
  page,
  pageQuery,
} from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { defineErrors, text } from '@zaizao/platform/kernel';
import { z } from 'zod';

export const inspectionErrors = defineErrors({
  INSPECTION_NOT_FOUND: { status: 404, ...text('没有此检测单。', 'There is no such inspection.') },
  INSPECTION_NOT_CLEAN: {
    status: 409,
    ...text(
      '零部件 {code} 尚未清洗合格，不能检测。请先清洗。',
      'Component {code} has not passed cleaning: clean it before inspecting.',
    ),
  },
  INSPECTION_OPEN: {
    status: 409,
    ...text(
      '零部件 {code} 已有未完成的检测单。',
      'Component {code} has an open inspection already.',
    ),
  },
  INSPECTION_DECIDED: {
    status: 409,
    ...text('此检测单已判定，不能再修改。', 'This inspection is decided and cannot be changed.'),
  },
  INSPECTION_CHARACTERISTIC_UNKNOWN: {
    status: 422,
    ...text('特性 {code} 不属于此零部件。', 'Characteristic {code} is not of this component.'),
  },
  INSPECTION_UNIT: {
    status: 422,
    ...text(
      '{name} 的单位应为 {expected}，输入的是 {given}。',
      'The unit of {name} is {expected}, not {given}.',
    ),
  },
  INSPECTION_YES_NO: {
    status: 422,
    ...text('{name} 只能填 1（是）或 0（否）。', '{name} takes 1 (yes) or 0 (no) only.'),
  },
  INSPECTION_INSTRUMENT_MISSING: {
    status: 422,
    ...text(
      '{name} 须用校准有效的“{kind}”测量，请选择仪器。',
      '{name} is measured with a calibrated "{kind}": choose the instrument.',
    ),
  },
  INSPECTION_INSTRUMENT_KIND: {
    status: 422,
    ...text(
      '{name} 须用“{kind}”测量，仪器 {code} 是“{given}”。',
      '{name} is measured with a "{kind}"; instrument {code} is a "{given}".',
    ),
  },
  INSPECTION_INCOMPLETE: {
    status: 422,
    ...text('还有未测的特性：{names}。', 'These characteristics are not measured yet: {names}.'),
  },
  INSPECTION_OVERRIDE_REASON: {
    status: 422,
    ...text(
      '判定与建议不同，请填写理由。',
      'The decision differs from the proposal: give the reason.',
    ),
  },
  INSPECTION_REUSE_REFUSED: {
    status: 422,
    ...text(
      '检出裂纹或必换件不允许直接利用。',
      'A cracked part, or one that is always replaced, may not be reused.',
    ),
  },
});

export const perm = definePermissions({
  'inspection.record:read': text('查看检测', 'See inspections'),
  'inspection.record:measure': text('检测记录', 'Record inspections'),
  'inspection.disposition:decide': text('处置判定', 'Decide dispositions'),
});

export const Disposition = z.enum(['reuse', 'remanufacture', 'recycle']);
export const NdtMethod = z.enum(['MT', 'PT', 'UT', 'ET', 'RT', 'VT', 'MMM', 'AE', 'IR']);
const bilingual = z.object({ zh: z.string(), en: z.string() });
const inspectionId = z.object({ inspectionId: id('insp') });

const LimitView = z.object({
  level: z.enum(['national', 'enterprise', 'customer']),
  customer: z.string().optional(),
  min: z.string().optional(),
  max: z.string().optional(),
  version: z.number().int(),
  source: z.string(),
  pass: z.boolean().optional(),
});

export const CharacteristicRow = z.object({
  id: z.string(),
  code: z.string(),
  name: bilingual,
  unit: z.string(),
  method: z.string(),
  instrumentKind: z.string().optional(),
  condition: z.string(),
  severity: z.string(),
  basis: z.string(),
  limits: z.array(LimitView),
  value: z.string().optional(),
  verdict: z.enum(['pass', 'fail', 'unlimited']).optional(),
  instrumentId: z.string().optional(),
  measuredAt: instant.optional(),
  measuredBy: z.string().optional(),
});

const NdtView = z.object({
  method: NdtMethod,
  indication: z.boolean(),
  kind: z.string().optional(),
  place: z.string().optional(),
  sizeMm: z.string().optional(),
  photo: z.string().optional(),
  instrumentId: z.string().optional(),
  note: z.string().optional(),
  at: instant,
  by: z.string(),
});

export const InspectionView = z.object({
  id: z.string(),
  code: z.string(),
  state: z.enum(['open', 'decided']),
  round: z.number().int(),
  component: z.object({
    id: z.string(),
    code: z.string(),
    epc: z.string(),
    part: z.object({ id: z.string(), number: z.string(), name: bilingual }),
    qty: z.number().int(),
    /** Mass of all pieces, grams. */
    massG: z.number().optional(),
    coreId: z.string(),
    coreCode: z.string(),
  }),
  policy: z.string(),
  rows: z.array(CharacteristicRow),
  ndt: z.array(NdtView),
  visualGood: z.boolean(),
  visualNote: z.string().optional(),
  proposal: z.object({ disposition: Disposition, rule: z.string(), reason: bilingual }),
  decision: z
    .object({
      disposition: Disposition,
      rule: z.string(),
      reason: bilingual,
      overrideReason: z.string().optional(),
      by: z.string(),
      at: instant,
    })
    .optional(),
  eventId: z.string().optional(),
  startedAt: instant,
});

export const startInspection = endpoint({
  id: 'inspection.startInspection',
  method: 'POST',
  path: '/api/v1/inspection/inspections',
  title: text('开始检测', 'Start an inspection'),
  access: perm('inspection.record:measure'),
  body: z.object({ componentId: id('comp') }),
  response: InspectionView,
  status: 201,
});

export const getInspection = endpoint({
  id: 'inspection.getInspection',
  method: 'GET',
  path: '/api/v1/inspection/inspections/:inspectionId',
  title: text('查看检测单', 'See an inspection'),
  access: perm('inspection.record:read'),
  params: inspectionId,
  response: InspectionView,
});

export const listInspections = endpoint({
  id: 'inspection.listInspections',
  method: 'GET',
  path: '/api/v1/inspection/inspections',
  title: text('检测单列表', 'List inspections'),
  access: perm('inspection.record:read'),
  query: pageQuery.extend({
    state: z.enum(['open', 'decided']).optional(),
    componentId: id('comp').optional(),
    disposition: Disposition.optional(),
    partId: id('part').optional(),
    q: line(60).optional(),
  }),
  response: page(
    z.object({
      id: z.string(),
      code: z.string(),
      state: z.enum(['open', 'decided']),
      round: z.number().int(),
      componentId: z.string(),
      componentCode: z.string(),
      part: z.object({ id: z.string(), number: z.string(), name: bilingual }),
      disposition: Disposition.optional(),
      rule: z.string().optional(),
      startedAt: instant,
    }),
  ),
});

export const recordMeasurements = endpoint({
  id: 'inspection.recordMeasurements',
  method: 'POST',
  path: '/api/v1/inspection/inspections/:inspectionId/measurements',
  title: text('记录测量值', 'Record measured values'),
  access: perm('inspection.record:measure'),
  params: inspectionId,
  body: z.object({
    values: z
      .array(
        z.object({
          characteristicId: z.string().max(60),
          value: decimal,
          unit: z.string().max(20),
          instrumentId: id('inst').optional(),
        }),
      )
      .min(1)
      .max(100),
  }),
  response: InspectionView,
});

export const recordNdt = endpoint({
  id: 'inspection.recordNdt',
  method: 'POST',
  path: '/api/v1/inspection/inspections/:inspectionId/ndt',
  title: text('记录无损检测', 'Record a non-destructive test'),
  access: perm('inspection.record:measure'),
  params: inspectionId,
  body: z.object({
    method: NdtMethod,
    indication: z.boolean(),
    kind: z.enum(['crack', 'porosity', 'corrosion', 'wear', 'delamination', 'other']).optional(),
    place: line(80).optional(),
    sizeMm: decimal.optional(),
    photo: sha256.optional(),
    instrumentId: id('inst').optional(),
    note: line(300).optional(),
  }),
  response: InspectionView,
});

export const recordVisual = endpoint({
  id: 'inspection.recordVisual',
  method: 'POST',
  path: '/api/v1/inspection/inspections/:inspectionId/visual',
  title: text('记录外观检查', 'Record the visual check'),
  access: perm('inspection.record:measure'),
  params: inspectionId,
  body: z.object({ good: z.boolean(), note: line(300).optional() }),
  response: InspectionView,
});

export const decideDisposition = endpoint({
  id: 'inspection.decideDisposition',
  method: 'POST',
  path: '/api/v1/inspection/inspections/:inspectionId/disposition',
  title: text('处置判定', 'Decide the disposition'),
  access: perm('inspection.disposition:decide'),
  params: inspectionId,
  body: z.object({ disposition: Disposition, overrideReason: line(300).optional() }),
  response: InspectionView,
});

export const dispositionFigures = endpoint({
  id: 'inspection.dispositionFigures',
  method: 'GET',
  path: '/api/v1/inspection/figures',
  title: text('处置统计：可用、修复、报废的件数与占比', 'Dispositions: reused, restored, recycled'),
  access: perm('inspection.record:read'),
  response: z.object({
    rows: z.array(
      z.object({
        part: z.object({ id: z.string(), number: z.string(), name: bilingual }),
        reuse: z.number().int(),
        remanufacture: z.number().int(),
        recycle: z.number().int(),
        /** Grams, for the rates by mass. */
        reuseG: z.number(),
        remanufactureG: z.number(),
        recycleG: z.number(),
      }),
    ),
  }),
});
