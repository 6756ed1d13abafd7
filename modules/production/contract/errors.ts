/** What production refuses, and what to do then. */
import { defineErrors, text } from '@zaizao/platform/kernel';

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
    ...text(
      '还有 {n} 个位置未装：{positions}。请先装入合格的零部件或新件；缺件时暂停工序，或取消工单。',
      '{n} positions are still empty: {positions}. Put accepted components or new parts in first; while a part is missing, pause the operation or cancel the order.',
    ),
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
