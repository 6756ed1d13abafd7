import { defineErrors, text } from '@zaizao/platform/kernel';

export const dismantlingErrors = defineErrors({
  TEARDOWN_NOT_FOUND: { status: 404, ...text('没有此拆解单。', 'There is no such teardown.') },
  TEARDOWN_ENDED: {
    status: 409,
    ...text(
      '拆解单 {code} 已完成，不能再修改。',
      'Teardown {code} is finished and cannot be changed.',
    ),
  },
  TEARDOWN_CORE_BUSY: {
    status: 409,
    ...text('旧件 {code} 已有拆解单。', 'Core {code} has a teardown already.'),
  },
  TEARDOWN_LINE_UNKNOWN: {
    status: 422,
    ...text(
      '位置 {pos} 不属于此旧件的物料清单，请核对，或按“清单外零件”登记。',
      'Position {pos} is not of this core’s bill of material: check it, or enter an extra part.',
    ),
  },
  TEARDOWN_QUANTITY: {
    status: 422,
    ...text(
      '位置 {pos} 应有 {qty} 件，登记数不符。',
      'Position {pos} holds {qty}: the count does not agree.',
    ),
  },
  TEARDOWN_LINES_OPEN: {
    status: 422,
    ...text('还有未登记的位置：{positions}。', 'These positions are still open: {positions}.'),
  },
  TEARDOWN_MASS_OPEN: {
    status: 422,
    ...text(
      '质量不平衡：旧件 {core} g，已登记 {accounted} g，相差 {pct} %（允许 {tolerance} %）。请复称或说明原因。',
      'The mass does not close: core {core} g, accounted {accounted} g, difference {pct} % (allowed {tolerance} %). Weigh again or give a reason.',
    ),
  },
  COMPONENT_NOT_FOUND: {
    status: 404,
    ...text('没有此零部件，请重新扫码。', 'There is no such component: scan again.'),
  },
  COMPONENT_STATE: {
    status: 409,
    ...text(
      '零部件 {code} 当前为“{state}”，不能{action}。',
      'Component {code} is "{state}": it cannot be {action} now.',
    ),
  },
  COMPONENT_LOT_SMALL: {
    status: 422,
    ...text('批 {code} 只有 {qty} 件。', 'Lot {code} holds {qty} only.'),
  },
  CLEANING_BATCH_NOT_FOUND: {
    status: 404,
    ...text('没有此清洗批次。', 'There is no such cleaning batch.'),
  },
  CLEANING_BATCH_ENDED: {
    status: 409,
    ...text('此清洗批次已结束。', 'This cleaning batch has ended.'),
  },
  CLEANING_COMPONENT_BUSY: {
    status: 409,
    ...text(
      '零部件 {code} 已在清洗批次 {batch} 中，请先结束该批次。',
      'Component {code} is in cleaning batch {batch}: finish that batch first.',
    ),
  },
  CLEANING_METHOD_UNKNOWN: {
    status: 422,
    ...text(
      '方法库中没有清洗方法“{method}”。',
      'There is no cleaning method "{method}" in the method master.',
    ),
  },
  PLAN_NO_JOINTS: {
    status: 422,
    ...text(
      '目录中没有 {number} 的拆解连接，无法计算计划；请先在目录的“拆解”页登记或导入。',
      'The catalogue has no joints for {number}, so no plan can be made: record or import them there first.',
    ),
  },
  PLAN_NOT_FOUND: { status: 404, ...text('没有此拆解计划。', 'There is no such teardown plan.') },
  PLAN_REPLACED: {
    status: 409,
    ...text(
      '此计划已被第 {no} 版取代，请看新计划。',
      'This plan was replaced by number {no}: look at the new one.',
    ),
  },
  PLAN_IMPOSSIBLE: {
    status: 422,
    ...text('无法得出拆解计划：{reason}', 'No teardown plan is possible: {reason}'),
  },
  PLAN_REASON_MISSING: {
    status: 422,
    ...text('不按计划执行时，请写明原因。', 'Say why the plan is not followed.'),
  },
  JOINT_UNKNOWN: {
    status: 422,
    ...text(
      '该产品没有连接 {joint}，请核对代码。',
      'This product has no joint {joint}: check the code.',
    ),
  },
  JOINT_DONE: {
    status: 409,
    ...text('连接 {joint} 已经拆开。', 'Joint {joint} is undone already.'),
  },
  JOINT_NO_TEARDOWN: {
    status: 422,
    ...text(
      '旧件 {core} 没有进行中的拆解单，请先开始拆解。',
      'Core {core} has no teardown under way: start one first.',
    ),
  },
  STUDY_NOT_FOUND: { status: 404, ...text('没有此方案。', 'There is no such study.') },
  STUDY_EMPTY: {
    status: 422,
    ...text(
      '没有可安排的连接，请先登记拆解连接。',
      'There is no joint to plan: record joints first.',
    ),
  },
  LINE_TASK_LONG: {
    status: 422,
    ...text(
      '连接 {joint} 需 {seconds} 秒，超过节拍 {takt} 秒；请放慢节拍、分开该连接或增加并行工位。',
      'Joint {joint} takes {seconds} s, the takt is {takt} s: slow the takt, split the joint or add parallel stations.',
    ),
  },
  CREW_SKILL_MISSING: {
    status: 422,
    ...text(
      '班组中没有足够的人会“{skill}”（连接 {joint} 需 {people} 人）。',
      'Too few of the crew know "{skill}" (joint {joint} takes {people}).',
    ),
  },
  VEHICLE_ANSWER_UNKNOWN: {
    status: 422,
    ...text('检查表没有项目“{item}”。', 'The form has no item "{item}".'),
  },
  VEHICLE_ANSWERS_OPEN: {
    status: 422,
    ...text('还有 {n} 项没有检查：{items}。', '{n} items are still open: {items}.'),
  },
  VEHICLE_PHOTO_MISSING: {
    status: 422,
    ...text('“{item}”须拍照。', '"{item}" needs a photo.'),
  },
  OUTFLOW_ASSEMBLIES: {
    status: 422,
    ...text(
      '五大总成只能交有资质的再制造企业，或作为废金属交冶炼企业，不能出售或进入自助拆件场。',
      'The main assemblies go to a licensed remanufacturer, or as scrap metal to a smelter: they are not sold otherwise.',
    ),
  },
  OUTFLOW_TOO_MUCH: {
    status: 422,
    ...text(
      '去向“{stream}”只剩 {left} kg，不能转出 {asked} kg。',
      'Stream "{stream}" holds {left} kg only: {asked} kg cannot leave.',
    ),
  },
  OUTFLOW_DOCUMENT: {
    status: 422,
    ...text(
      '{kind}须填写联单或证明编号。',
      '{kind} needs the number of its transfer note or certificate.',
    ),
  },
  TEARDOWN_OPEN: {
    status: 409,
    ...text('拆解单 {code} 尚未完成。', 'Teardown {code} is not finished yet.'),
  },
});
