import {
  day,
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

export const productionErrors = defineErrors({
  WORK_ORDER_NOT_FOUND: { status: 404, ...text('没有此工单。', 'There is no such work order.') },
  WORK_ORDER_STATE: {
    status: 409,
    ...text(
      '工单 {code} 当前为“{state}”，不能执行此操作。',
      'Work order {code} is "{state}": this step is not possible now.',
    ),
  },
  WORK_ORDER_COMPONENT_STATE: {
    status: 409,
    ...text(
      '零部件 {code} 未判定为“可修复”，不能开修复工单。',
      'Component {code} is not to be restored: decide its disposition first.',
    ),
  },
  WORK_ORDER_COMPONENT_BUSY: {
    status: 409,
    ...text(
      '零部件 {code} 已有修复工单 {order}。',
      'Component {code} is on work order {order} already.',
    ),
  },
  WORK_ORDER_PRODUCT: {
    status: 422,
    ...text(
      '“{number}”不是再制造产品，不能开装配工单。',
      '"{number}" is not a product: it cannot be assembled.',
    ),
  },
  OPERATION_NOT_FOUND: { status: 404, ...text('没有此工序。', 'There is no such operation.') },
  OPERATION_STATE: {
    status: 409,
    ...text(
      '工序“{name}”当前为“{state}”，不能执行此操作。',
      'Operation "{name}" is "{state}": this step is not possible now.',
    ),
  },
  OPERATION_ORDER: {
    status: 409,
    ...text('请先完成前面的工序“{name}”。', 'Finish the earlier operation "{name}" first.'),
  },
  OPERATION_PAINT_BEFORE_TEST: {
    status: 409,
    ...text(
      '综合质检合格后才能涂装、标识和包装，请先完成试验。',
      'Paint, mark and pack only after the test is passed: test the unit first.',
    ),
  },
  STATION_NOT_FOUND: { status: 422, ...text('没有此工位。', 'There is no such station.') },
  ORDER_DATES: {
    status: 422,
    ...text('交期必须晚于最早开工时间。', 'The due date must be later than the earliest start.'),
  },
  NC_PROGRAMME_NOT_FOUND: {
    status: 404,
    ...text('没有此加工程序。', 'There is no such programme.'),
  },
  NC_PROGRAMME_NONE_FITS: {
    status: 422,
    ...text(
      '没有适合实测值 {value} {unit} 的程序版本：请新建版本，或改判该零部件。',
      'No version of the programme fits the measured {value} {unit}: add a version, or decide the component anew.',
    ),
  },
  NC_PROGRAMME_WINDOW: {
    status: 422,
    ...text('下限必须小于上限。', 'The lower limit must be below the upper one.'),
  },
  NC_PROGRAMME_STEP: {
    status: 422,
    ...text(
      '程序 {code} 用于工序 {step}，不能用于工序 {other}。',
      'Programme {code} is for step {step}, not for step {other}.',
    ),
  },
  SLOT_UNKNOWN: {
    status: 422,
    ...text(
      '位置 {pos} 不属于此产品的物料清单。',
      'Position {pos} is not of this product’s bill of material.',
    ),
  },
  SLOT_PART_WRONG: {
    status: 422,
    ...text(
      '位置 {pos} 需要“{expected}”，扫到的是“{given}”。',
      'Position {pos} takes "{expected}", you scanned "{given}".',
    ),
  },
  SLOT_FULL: { status: 409, ...text('位置 {pos} 已装满。', 'Position {pos} is full already.') },
  SLOT_NEW_REFUSED: {
    status: 422,
    ...text(
      '数量超出：位置 {pos} 还缺 {missing} 件。',
      'Too many: position {pos} lacks {missing}.',
    ),
  },
  SLOT_EMPTY: { status: 409, ...text('位置 {pos} 是空的。', 'Position {pos} is empty.') },
  SLOTS_OPEN: {
    status: 422,
    ...text('还有未装的位置：{positions}。', 'These positions are still empty: {positions}.'),
  },
  UNIT_WITHOUT_CORE: {
    status: 422,
    ...text(
      '全部是新件，不能称为再制造产品：请至少装入一件来自旧件的零部件。',
      'New parts alone make no remanufactured unit: put in at least one component that came out of a core.',
    ),
  },
  PACKING_NO_SPEC: {
    status: 422,
    ...text(
      '产品“{number}”没有包装规范，请先在目录中建立。',
      'Product "{number}" has no package specification: issue one in the catalogue first.',
    ),
  },
  PACKING_NOT_BEGUN: {
    status: 409,
    ...text(
      '请先开始产品 {serial} 的包装工序，再登记包装。',
      'Start the packing operation of unit {serial} first.',
    ),
  },
  PACKING_CHECK_MISSING: {
    status: 422,
    ...text('还有检查项未确认：{checks}。', 'These checks are not confirmed yet: {checks}.'),
  },
  PACKING_LIGHT: {
    status: 422,
    ...text(
      '毛重 {gross} g 小于产品与空箱之和 {least} g，请复称并检查是否漏装。',
      'The gross mass of {gross} g is below that of unit and empty package, {least} g: weigh again and look for what is missing.',
    ),
  },
  PACKING_NOT_RECORDED: {
    status: 422,
    ...text(
      '请先按包装规范逐项检查、拍照并登记毛重，再完成包装。',
      'Go through the package specification first: checks, photo and gross mass.',
    ),
  },
  PARCEL_NOT_FOUND: { status: 404, ...text('没有此包裹。', 'There is no such parcel.') },
  EXCHANGE_NOT_REWORK: {
    status: 409,
    ...text(
      '工单 {code} 不是进行中的返工工单，不能更换零件。',
      'Work order {code} is no rework under way: parts are exchanged during rework only.',
    ),
  },
  EXCHANGE_PIECE: {
    status: 422,
    ...text('位置 {pos} 上没有所选的零件。', 'The chosen piece is not at position {pos}.'),
  },
  UNIT_NOT_FOUND: { status: 404, ...text('没有此产品（序列号）。', 'There is no such unit.') },
  UNIT_STATE: {
    status: 409,
    ...text(
      '产品 {serial} 当前为“{state}”，不能执行此操作。',
      'Unit {serial} is "{state}": this step is not possible now.',
    ),
  },
});

export const perm = definePermissions({
  'production.order:read': text('查看工单', 'See work orders'),
  'production.order:release': text('下达工单', 'Release work orders'),
  'production.operation:record': text('工序报工', 'Record operations'),
  'production.assembly:record': text('装配登记', 'Record assembly'),
  'production.station:edit': text('维护工位', 'Edit stations'),
  'production.programme:read': text('查看加工程序', 'See machining programmes'),
  'production.programme:edit': text('维护加工程序', 'Edit machining programmes'),
  'production.unit:read': text('查看产品', 'See units'),
  'production.unit:move': text('产品入库放行', 'Release units to stock'),
});

const bilingual = z.object({ zh: z.string(), en: z.string() });
export const PartRef = z.object({ id: z.string(), number: z.string(), name: bilingual });

export const OrderState = z.enum(['released', 'started', 'done', 'failed', 'cancelled']);
export const OperationState = z.enum(['waiting', 'started', 'paused', 'done', 'failed']);
export const UnitState = z.enum([
  'assembled',
  'tested',
  'rework',
  'finished',
  'certified',
  'available',
  'reserved',
  'sold',
  'shipped',
  'installed',
  'in-service',
  'returned',
  'scrapped',
]);
export const Origin = z.enum(['reused', 'restored', 'new']);

const Recorded = z.object({
  name: z.string().min(1).max(60),
  value: z.string().max(60),
  unit: z.string().max(20).default(''),
  instrumentId: id('inst').optional(),
});

/** The version of a machining programme that an operation runs, chosen by what was measured before. */
const ChosenProgramme = z.object({
  programmeId: z.string(),
  code: z.string(),
  version: z.number().int(),
  dimension: z.string(),
  measured: z.string(),
  unit: z.string(),
  parameters: z.array(z.object({ name: z.string(), value: z.string(), unit: z.string() })),
  instrumentId: z.string().optional(),
  by: z.string(),
  at: instant,
});

export const OperationView = z.object({
  id: z.string(),
  orderId: z.string(),
  orderCode: z.string(),
  seq: z.number().int(),
  round: z.number().int(),
  code: z.string(),
  name: bilingual,
  stationKind: z.string(),
  station: z.string(),
  stdSeconds: z.number().int().optional(),
  method: z.string(),
  instruction: bilingual,
  records: z.string(),
  state: OperationState,
  by: z.string().optional(),
  startedAt: instant.optional(),
  finishedAt: instant.optional(),
  /** Seconds at work before `runningSince`, pauses not counted. */
  activeSeconds: z.number().int(),
  runningSince: instant.optional(),
  values: z.array(Recorded.extend({ unit: z.string() })),
  consumption: z.array(z.object({ name: z.string(), quantity: z.string(), unit: z.string() })),
  energyKwh: z.string().optional(),
  defect: z.string().optional(),
  note: z.string().optional(),
  /** What the published plan says; absent while nothing is planned. */
  planned: z
    .object({ planId: z.string(), start: instant, end: instant, station: z.string() })
    .optional(),
  programme: ChosenProgramme.optional(),
  /** What is worked on, for the traveller. */
  about: z.object({ code: z.string(), part: PartRef }),
});

const SlotView = z.object({
  pos: z.number().int(),
  part: PartRef,
  qty: z.number().int(),
  filled: z.number().int(),
  policy: z.string(),
  fills: z.array(
    z.object({
      origin: Origin,
      qty: z.number().int(),
      componentId: z.string().optional(),
      code: z.string().optional(),
      lot: z.string().optional(),
      massG: z.number(),
    }),
  ),
});

export const OrderView = z.object({
  id: z.string(),
  code: z.string(),
  kind: z.enum(['restore', 'assemble', 'rework']),
  state: OrderState,
  product: PartRef,
  component: z.object({ id: z.string(), code: z.string(), part: PartRef }).optional(),
  unitId: z.string().optional(),
  serial: z.string().optional(),
  operations: z.array(OperationView),
  slots: z.array(SlotView),
  dueAt: instant.optional(),
  /** The due date must be kept whatever it costs. */
  dueFirm: z.boolean(),
  notBefore: instant.optional(),
  priority: z.number().int(),
  customer: z.string(),
  createdAt: instant,
  finishedAt: instant.optional(),
});

export const UnitView = z.object({
  id: z.string(),
  serial: z.string(),
  epc: z.string(),
  state: UnitState,
  part: PartRef,
  life: z.number().int(),
  massG: z.number(),
  orderId: z.string(),
  asBuilt: z.array(
    z.object({
      pos: z.number().int(),
      part: PartRef,
      origin: Origin,
      qty: z.number().int(),
      massG: z.number(),
      componentId: z.string().optional(),
      componentCode: z.string().optional(),
      coreId: z.string().optional(),
      coreCode: z.string().optional(),
      lot: z.string().optional(),
    }),
  ),
  previousCores: z.array(z.object({ id: z.string(), code: z.string(), epc: z.string() })),
  counts: z.object({ reused: z.number(), restored: z.number(), new: z.number() }),
  rates: z.object({ byMass: z.number(), byCount: z.number() }),
  assembledAt: instant,
  version: z.number().int(),
});

const orderId = z.object({ orderId: id('wo') });
const operationId = z.object({ operationId: id('op') });
const unitId = z.object({ unitId: id('unit') });

export const listStations = endpoint({
  id: 'production.listStations',
  method: 'GET',
  path: '/api/v1/production/stations',
  title: text('工位列表', 'List stations'),
  access: perm('production.order:read'),
  query: pageQuery,
  response: page(
    z.object({
      id: z.string(),
      code: z.string(),
      name: z.string(),
      kind: z.string(),
      line: z.string(),
    }),
  ),
});

export const addStation = endpoint({
  id: 'production.addStation',
  method: 'POST',
  path: '/api/v1/production/stations',
  title: text('新增工位', 'Add a station'),
  access: perm('production.station:edit'),
  body: z.object({
    name: line(60),
    kind: z.string().regex(/^[a-z-]{3,20}$/),
    line: line(40, 0).default(''),
  }),
  response: z.object({
    id: z.string(),
    code: z.string(),
    name: z.string(),
    kind: z.string(),
    line: z.string(),
  }),
  status: 201,
});

/** When an order is wanted, when it may begin, how urgent it is (5 first), and for whom. */
const orderDates = z.object({
  dueAt: instant.optional(),
  dueFirm: z.boolean().default(false),
  /** Nothing of it starts earlier: the core or the parts are still on their way. */
  notBefore: instant.optional(),
  priority: z.number().int().min(1).max(5).default(2),
  customer: line(80, 0).default(''),
});

export const releaseRestore = endpoint({
  id: 'production.releaseRestore',
  method: 'POST',
  path: '/api/v1/production/restore-orders',
  title: text('下达修复工单', 'Release a restore order'),
  access: perm('production.order:release'),
  body: orderDates.extend({ componentId: id('comp') }),
  response: OrderView,
  status: 201,
});

export const releaseAssembly = endpoint({
  id: 'production.releaseAssembly',
  method: 'POST',
  path: '/api/v1/production/assembly-orders',
  title: text('下达装配工单', 'Release an assembly order'),
  access: perm('production.order:release'),
  body: orderDates.extend({
    partId: id('part'),
    /** What this customer wants beyond the route: own steps, after assembly and before packing. */
    extraSteps: z
      .array(
        z.object({
          name: line(60),
          stationKind: z.string().regex(/^[a-z-]{3,20}$/),
          stdSeconds: z.number().int().min(1).max(86_400),
          instruction: line(300, 0).default(''),
        }),
      )
      .max(10)
      .default([]),
  }),
  response: OrderView,
  status: 201,
});

export const releaseRework = endpoint({
  id: 'production.releaseRework',
  method: 'POST',
  path: '/api/v1/production/rework-orders',
  title: text('下达返工工单', 'Release a rework order'),
  access: perm('production.order:release'),
  body: orderDates.extend({ unitId: id('unit'), instruction: line(300) }),
  response: OrderView,
  status: 201,
});

export const dateOrder = endpoint({
  id: 'production.dateOrder',
  method: 'POST',
  path: '/api/v1/production/orders/:orderId/dates',
  title: text('设定交期与优先级', 'Set due date and priority of a work order'),
  access: perm('production.order:release'),
  params: orderId,
  body: orderDates,
  response: OrderView,
});

export const cancelOrder = endpoint({
  id: 'production.cancelOrder',
  method: 'POST',
  path: '/api/v1/production/orders/:orderId/cancellation',
  title: text('取消未开工的工单', 'Cancel a work order that nobody began'),
  access: perm('production.order:release'),
  params: orderId,
  response: OrderView,
});

export const getOrder = endpoint({
  id: 'production.getOrder',
  method: 'GET',
  path: '/api/v1/production/orders/:orderId',
  title: text('查看工单', 'See a work order'),
  access: perm('production.order:read'),
  params: orderId,
  response: OrderView,
});

export const listOrders = endpoint({
  id: 'production.listOrders',
  method: 'GET',
  path: '/api/v1/production/orders',
  title: text('工单列表', 'List work orders'),
  access: perm('production.order:read'),
  query: pageQuery.extend({
    state: OrderState.optional(),
    kind: z.enum(['restore', 'assemble', 'rework']).optional(),
    /** Released or started. */
    open: z.enum(['yes']).optional(),
    /** Order, product or component. */
    q: line(60).optional(),
  }),
  response: page(
    z.object({
      id: z.string(),
      code: z.string(),
      kind: z.enum(['restore', 'assemble', 'rework']),
      state: OrderState,
      product: PartRef,
      about: z.string(),
      dueAt: instant.optional(),
      priority: z.number().int(),
      createdAt: instant,
      finishedAt: instant.optional(),
    }),
  ),
});

export const operationQueue = endpoint({
  id: 'production.operationQueue',
  method: 'GET',
  path: '/api/v1/production/operations',
  title: text('待做工序', 'Operations to do'),
  access: perm('production.order:read'),
  query: pageQuery.extend({
    stationKind: z.string().max(30).optional(),
    state: OperationState.optional(),
    /** Only what can be begun now or is under way. */
    ready: z.enum(['yes']).optional(),
  }),
  response: page(OperationView),
});

export const startOperation = endpoint({
  id: 'production.startOperation',
  method: 'POST',
  path: '/api/v1/production/operations/:operationId/start',
  title: text('开工', 'Start an operation'),
  access: perm('production.operation:record'),
  params: operationId,
  body: z.object({ stationId: id('station').optional() }),
  response: OrderView,
});

const ProgrammeView = z.object({
  id: z.string(),
  code: z.string(),
  /** The step of a route it machines. */
  stepCode: z.string(),
  name: z.string(),
  /** What is measured before, and its unit. */
  dimension: z.string(),
  unit: z.string(),
  versions: z.array(
    z.object({
      no: z.number().int(),
      low: z.string(),
      high: z.string(),
      parameters: z.array(z.object({ name: z.string(), value: z.string(), unit: z.string() })),
      fileSha256: z.string().optional(),
      note: z.string(),
      madeAt: instant,
    }),
  ),
});

const programmeId = z.object({ programmeId: id('nc') });

export const listProgrammes = endpoint({
  id: 'production.listProgrammes',
  method: 'GET',
  path: '/api/v1/production/programmes',
  title: text('加工程序列表', 'List machining programmes'),
  access: perm('production.programme:read'),
  query: pageQuery.extend({ stepCode: line(30).optional() }),
  response: page(ProgrammeView),
});

export const addProgramme = endpoint({
  id: 'production.addProgramme',
  method: 'POST',
  path: '/api/v1/production/programmes',
  title: text('登记加工程序', 'Record a machining programme'),
  access: perm('production.programme:edit'),
  body: z.object({
    code: z.string().regex(/^[A-Za-z0-9][\w.-]{0,29}$/),
    stepCode: z.string().regex(/^[A-Za-z0-9][\w.-]{0,29}$/),
    name: line(60),
    dimension: line(40),
    unit: line(20),
  }),
  response: ProgrammeView,
  status: 201,
});

export const addProgrammeVersion = endpoint({
  id: 'production.addProgrammeVersion',
  method: 'POST',
  path: '/api/v1/production/programmes/:programmeId/versions',
  title: text('新增程序版本', 'Add a version of a programme'),
  access: perm('production.programme:edit'),
  params: programmeId,
  body: z.object({
    /** It is for pieces that measure at least `low` and less than `high`. */
    low: decimal,
    high: decimal,
    parameters: z
      .array(z.object({ name: line(40), value: line(40), unit: line(20, 0).default('') }))
      .max(30)
      .default([]),
    fileSha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
    note: line(200, 0).default(''),
  }),
  response: ProgrammeView,
  status: 201,
});

export const chooseProgramme = endpoint({
  id: 'production.chooseProgramme',
  method: 'POST',
  path: '/api/v1/production/operations/:operationId/programme',
  title: text('按实测值选用程序版本', 'Choose the programme version by what was measured'),
  access: perm('production.operation:record'),
  params: operationId,
  body: z.object({
    programmeId: id('nc'),
    measured: decimal,
    instrumentId: id('inst').optional(),
  }),
  response: OrderView,
});

export const pauseOperation = endpoint({
  id: 'production.pauseOperation',
  method: 'POST',
  path: '/api/v1/production/operations/:operationId/pause',
  title: text('暂停或继续', 'Pause or resume an operation'),
  access: perm('production.operation:record'),
  params: operationId,
  body: z.object({ paused: z.boolean() }),
  response: OrderView,
});

export const finishOperation = endpoint({
  id: 'production.finishOperation',
  method: 'POST',
  path: '/api/v1/production/operations/:operationId/finish',
  title: text('完工', 'Finish an operation'),
  access: perm('production.operation:record'),
  params: operationId,
  body: z.object({
    values: z.array(Recorded).max(60).default([]),
    consumption: z
      .array(z.object({ name: line(60), quantity: decimal, unit: z.string().max(20) }))
      .max(40)
      .default([]),
    energyKwh: decimal.optional(),
    note: line(500).optional(),
  }),
  response: OrderView,
});

export const failOperation = endpoint({
  id: 'production.failOperation',
  method: 'POST',
  path: '/api/v1/production/operations/:operationId/failure',
  title: text('报废或返工', 'Report a failure'),
  access: perm('production.operation:record'),
  params: operationId,
  body: z.object({ defect: line(60), note: line(500).optional() }),
  response: OrderView,
});

export const fillSlot = endpoint({
  id: 'production.fillSlot',
  method: 'POST',
  path: '/api/v1/production/orders/:orderId/slots',
  title: text('装入一个位置', 'Put a component or new part into its slot'),
  access: perm('production.assembly:record'),
  params: orderId,
  body: z
    .object({
      pos: z.number().int().min(1).max(99_999),
      /** A component or lot of our own; or a lot of new parts. */
      componentId: id('comp').optional(),
      newLot: line(60).optional(),
      qty: z.number().int().min(1).max(10_000).optional(),
    })
    .refine((b) => (b.componentId === undefined) !== (b.newLot === undefined), {
      path: ['newLot'],
      message: 'give a component or a lot of new parts, one of the two',
    }),
  response: OrderView,
});

export const emptySlot = endpoint({
  id: 'production.emptySlot',
  method: 'POST',
  path: '/api/v1/production/orders/:orderId/slots/removal',
  title: text('取出一个位置的零件', 'Take out what was put into a slot'),
  access: perm('production.assembly:record'),
  params: orderId,
  body: z.object({ pos: z.number().int().min(1).max(99_999) }),
  response: OrderView,
});

export const assembleUnit = endpoint({
  id: 'production.assembleUnit',
  method: 'POST',
  path: '/api/v1/production/orders/:orderId/unit',
  title: text('总装完成：产生新的身份', 'Assembly complete: the new identity is born'),
  access: perm('production.assembly:record'),
  params: orderId,
  body: z.object({ note: line(300).optional() }),
  response: UnitView,
  status: 201,
});

const PieceView = z.object({
  origin: Origin,
  qty: z.number().int(),
  massG: z.number(),
  componentId: z.string().optional(),
  code: z.string().optional(),
  lot: z.string().optional(),
});

const ExchangeView = z.object({
  id: z.string(),
  orderId: z.string(),
  pos: z.number().int(),
  part: PartRef,
  takenOut: z.array(PieceView),
  putIn: z.array(PieceView),
  reason: z.string(),
  by: z.string(),
  at: instant,
});

export const exchangePart = endpoint({
  id: 'production.exchangePart',
  method: 'POST',
  path: '/api/v1/production/orders/:orderId/exchanges',
  title: text('返工中更换零件', 'Exchange a part during rework'),
  access: perm('production.assembly:record'),
  params: orderId,
  body: z
    .object({
      pos: z.number().int().min(1).max(99_999),
      /** Which piece comes out, where a position holds several: a component, or a lot of new parts. */
      takeOut: line(60).optional(),
      componentId: id('comp').optional(),
      newLot: line(60).optional(),
      reason: line(300),
    })
    .refine((b) => (b.componentId === undefined) !== (b.newLot === undefined), {
      path: ['newLot'],
      message: 'give a component or a lot of new parts, one of the two',
    }),
  response: UnitView,
});

export const listExchanges = endpoint({
  id: 'production.listExchanges',
  method: 'GET',
  path: '/api/v1/production/units/:unitId/exchanges',
  title: text('更换记录', 'What was exchanged in a unit'),
  access: perm('production.unit:read'),
  params: unitId,
  response: z.object({ items: z.array(ExchangeView) }),
});

export const ParcelView = z.object({
  sscc: z.string(),
  epc: z.string(),
  unitId: z.string(),
  specVersion: z.number().int(),
  checks: z.array(z.string()),
  photo: z.string(),
  grossG: z.number(),
  packedBy: z.string(),
  packedAt: instant,
  openedAt: instant.optional(),
});

export const packUnit = endpoint({
  id: 'production.packUnit',
  method: 'POST',
  path: '/api/v1/production/units/:unitId/parcel',
  title: text('按包装规范包装并赋 SSCC', 'Pack a unit by its specification'),
  access: perm('production.operation:record'),
  params: unitId,
  body: z.object({
    /** Codes of the specification's checks that the packer confirms: all of them. */
    checks: z.array(z.string().max(80)).max(30),
    photo: sha256,
    /** Package and unit together, grams. */
    grossG: z.number().int().min(1).max(600_000_000),
  }),
  response: ParcelView,
  status: 201,
});

export const getParcel = endpoint({
  id: 'production.getParcel',
  method: 'GET',
  path: '/api/v1/production/units/:unitId/parcel',
  title: text('查看产品的包裹', 'See the parcel of a unit'),
  access: perm('production.unit:read'),
  params: unitId,
  response: z.object({ parcel: ParcelView.optional() }),
});

export const readParcel = endpoint({
  id: 'production.readParcel',
  method: 'GET',
  path: '/api/v1/production/parcels/:sscc',
  title: text('按 SSCC 查包裹', 'See a parcel by its SSCC'),
  access: perm('production.unit:read'),
  params: z.object({ sscc: z.string().regex(/^[0-9]{18}$/) }),
  response: ParcelView.extend({ serial: z.string() }),
});

const Share = z.object({
  massG: z.number(),
  pieces: z.number().int(),
  /** Of the mass that an all-new build of the same units would take; for recycling of all that came apart. */
  byMass: z.number(),
});

const FourR = z.object({
  /** New parts that an all-new build of the same units would have needed and this one did not. */
  reduce: Share.extend({
    /** The same at the catalogue's prices of new parts; of how much of the mass a price is known. */
    newPartsFen: z.string().regex(/^\d+$/),
    priced: z.number(),
  }),
  reuse: Share,
  remanufacture: Share,
  recycle: Share,
  /** What the units weigh together: the all-new build it is held against. */
  builtG: z.number(),
  newG: z.number(),
  units: z.number().int(),
});

export const fourR = endpoint({
  id: 'production.fourR',
  method: 'GET',
  path: '/api/v1/production/four-r',
  title: text(
    '4R 报表：减量化、再利用、再制造、再循环',
    'Four R: reduce, reuse, remanufacture, recycle',
  ),
  access: perm('production.order:read'),
  query: z.object({ from: day.optional(), to: day.optional() }),
  response: z.object({
    zone: z.string(),
    basis: bilingual,
    total: FourR,
    /** Recycling is not told by product or month: a scrapped part is of no unit. */
    byProduct: z.array(FourR.omit({ recycle: true }).extend({ part: PartRef })),
    byMonth: z.array(
      z.object({
        month: z.string(),
        reuseG: z.number(),
        remanufactureG: z.number(),
        newG: z.number(),
        reduce: z.number(),
      }),
    ),
    recycled: z.array(
      z.object({ stream: z.string(), massG: z.number(), pieces: z.number().int() }),
    ),
  }),
});

export const getUnitView = endpoint({
  id: 'production.getUnit',
  method: 'GET',
  path: '/api/v1/production/units/:unitId',
  title: text('查看产品', 'See a unit'),
  access: perm('production.unit:read'),
  params: unitId,
  response: UnitView,
});

export const listUnits = endpoint({
  id: 'production.listUnits',
  method: 'GET',
  path: '/api/v1/production/units',
  title: text('产品列表', 'List units'),
  access: perm('production.unit:read'),
  query: pageQuery.extend({
    state: UnitState.optional(),
    partId: id('part').optional(),
    /** First and last day of assembly, in the organisation's zone. */
    from: day.optional(),
    to: day.optional(),
    q: line(60).optional(),
  }),
  response: page(UnitView.omit({ asBuilt: true, previousCores: true, counts: true, rates: true })),
});

export const releaseUnit = endpoint({
  id: 'production.releaseUnit',
  method: 'POST',
  path: '/api/v1/production/units/:unitId/release',
  title: text('放行入库，可供销售', 'Release a certified unit for sale'),
  access: perm('production.unit:move'),
  params: unitId,
  body: z.object({ place: line(40).optional() }),
  response: UnitView,
});

export const workInProgress = endpoint({
  id: 'production.workInProgress',
  method: 'GET',
  path: '/api/v1/production/figures',
  title: text('在制与产出', 'Work in progress and output'),
  access: perm('production.order:read'),
  response: z.object({
    byStation: z.array(
      z.object({
        stationKind: z.string(),
        waiting: z.number().int(),
        /** Of those waiting, what can be begun now. */
        ready: z.number().int(),
        /** Started or paused. */
        running: z.number().int(),
      }),
    ),
    openOrders: z.number().int(),
    /** The calendar day it is in the organisation's zone. */
    today: day,
    units: z.array(z.object({ state: UnitState, count: z.number().int() })),
    assembledByDay: z.array(z.object({ day: z.string(), count: z.number().int() })),
  }),
});
