import { defineErrors, text } from '@zaizao/platform/kernel';

export const qualityErrors = defineErrors({
  TEST_NOT_FOUND: { status: 404, ...text('没有此试验单。', 'There is no such test.') },
  TEST_OPEN: {
    status: 409,
    ...text(
      '产品 {serial} 已有未完成的试验 {code}，请继续该试验。',
      'Unit {serial} has the open test {code} already: go on with that one.',
    ),
  },
  TEST_ENDED: {
    status: 409,
    ...text(
      '试验 {code} 已结束，不能再修改；需要时请重新试验。',
      'Test {code} has ended and cannot be changed: start another one if need be.',
    ),
  },
  TEST_PLAN_MISSING: {
    status: 422,
    ...text(
      '产品“{number}”没有试验项目，请先在目录中维护。',
      'Product "{number}" has no test plan: enter it in the catalogue first.',
    ),
  },
  TEST_CHARACTERISTIC_UNKNOWN: {
    status: 422,
    ...text('“{code}”不是此产品的试验项目。', '"{code}" is not in the test plan of this product.'),
  },
  TEST_UNIT_OF_MEASURE: {
    status: 422,
    ...text(
      '{name} 的单位应为 {expected}，收到的是 {given}。请换算后重新输入。',
      'The unit of {name} is {expected}, not {given}: convert the value and enter it again.',
    ),
  },
  TEST_VALUE_IMPLAUSIBLE: {
    status: 422,
    ...text(
      '{name} 的值 {value} {unit} 不可能，请检查小数点、单位和仪器。',
      '{name} cannot be {value} {unit}: check the decimal point, the unit and the instrument.',
    ),
  },
  TEST_INSTRUMENT_MISSING: {
    status: 422,
    ...text(
      '{name} 须用校准有效的“{kind}”测量，请先选择仪器。',
      '{name} is measured with a calibrated "{kind}": choose the instrument first.',
    ),
  },
  TEST_INSTRUMENT_KIND: {
    status: 422,
    ...text(
      '{name} 须用“{expected}”测量，{code} 是“{given}”。',
      '{name} is measured with a "{expected}"; {code} is a "{given}".',
    ),
  },
  TEST_INCOMPLETE: {
    status: 422,
    ...text('还不能判定，缺少：{names}。', 'Not ready for a verdict; missing: {names}.'),
  },
  CURVE_TIME: {
    status: 422,
    ...text(
      '曲线的时间必须逐点递增，请检查采集设备。',
      'The time of a curve must rise from point to point: check the recorder.',
    ),
  },
  CURVE_TOO_MANY: {
    status: 409,
    ...text('一次试验最多 {most} 条曲线。', 'A test has at most {most} curves.'),
  },
  NONCONFORMANCE_NOT_FOUND: {
    status: 404,
    ...text('没有此不合格记录。', 'There is no such nonconformance.'),
  },
  NONCONFORMANCE_STATE: {
    status: 409,
    ...text(
      '不合格 {code} 当前为“{state}”，不能执行此步骤。',
      'Nonconformance {code} is "{state}": this step is not possible now.',
    ),
  },
  NONCONFORMANCE_SUBJECT: {
    status: 422,
    ...text(
      '没有找到“{code}”，或它不是旧件、零部件、批次或产品。请重新扫码。',
      '"{code}" is unknown, or no core, component, lot or unit: scan it again.',
    ),
  },
  CONCESSION_NATIONAL: {
    status: 422,
    ...text(
      '国家标准未满足的项目（{names}）不能让步接收，请返工或报废。',
      'What fails a national limit ({names}) cannot be accepted by concession: rework or scrap it.',
    ),
  },
  CONCESSION_REFERENCE: {
    status: 422,
    ...text(
      '让步接收须填写批准人或客户同意的文件号。',
      'A concession names who approved it or the customer’s letter of consent.',
    ),
  },
  CERTIFICATE_NOT_FOUND: {
    status: 404,
    ...text('没有此合格证。', 'There is no such certificate.'),
  },
  CERTIFICATE_NO_TEST: {
    status: 422,
    ...text(
      '产品 {serial} 没有合格的试验，不能发证。请先试验。',
      'Unit {serial} has not passed its test: test it before certifying.',
    ),
  },
  CERTIFICATE_NONCONFORMANCE: {
    status: 422,
    ...text(
      '产品 {serial} 的不合格 {code} 尚未处置，不能发证。',
      'Nonconformance {code} of unit {serial} has no disposition yet: decide it before certifying.',
    ),
  },
  CERTIFICATE_PLAN_SHORT: {
    status: 422,
    ...text(
      '产品 {serial} 的试验未覆盖新品试验计划（{names}），不能发证。请补做试验，或由质量带理由放行。',
      'The test of unit {serial} does not cover the new product’s plan ({names}): test what is missing, or have quality release it with a reason.',
    ),
  },
  PLAN_COVERED: {
    status: 409,
    ...text(
      '试验计划已覆盖新品试验计划，无须放行。',
      'The test plan covers the new product’s already: there is nothing to release.',
    ),
  },
  PLAN_UNKNOWN: {
    status: 404,
    ...text(
      '产品没有登记新品试验计划，请先在目录中登记。',
      'No test plan of the new product is entered: enter it in the catalogue first.',
    ),
  },
  PLAN_RELEASE_PAST: {
    status: 422,
    ...text('放行的有效期不能早于今天。', 'A release cannot end before today.'),
  },
  CERTIFICATE_ISSUED: {
    status: 409,
    ...text('产品 {serial} 已有合格证 {code}。', 'Unit {serial} has certificate {code} already.'),
  },
  CERTIFICATE_NOT_READY: {
    status: 409,
    ...text(
      '合格证正在生成，请稍候再打开。',
      'The certificate is being made: open it in a moment.',
    ),
  },
  LABEL_THING_UNKNOWN: {
    status: 404,
    ...text('没有找到“{code}”，请重新扫码。', 'Nothing is known as "{code}": scan it again.'),
  },
  LABEL_KIND: {
    status: 422,
    ...text(
      '只能为旧件、零部件、批次和产品打印标签。',
      'Labels are for cores, components, lots and units.',
    ),
  },
  LABEL_SIZE_UNKNOWN: {
    status: 422,
    ...text(
      '打印机“{name}”的标签尺寸 {media} 没有对应的版面，请改为 60x40、50x30 或 25x15。',
      'There is no layout for the labels of printer "{name}" ({media}): set 60x40, 50x30 or 25x15.',
    ),
  },
  LABEL_MARK_MISSING: {
    status: 422,
    ...text(
      '产品标签须在显著位置标明“再制造”，此尺寸放不下，请选择更大的标签。',
      'A unit’s label must show the mark "再制造" conspicuously, and this size has no room for it: choose a larger label.',
    ),
  },
});
