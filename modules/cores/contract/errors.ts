import { defineErrors, text } from '@zaizao/platform/kernel';

export const coreErrors = defineErrors({
  CORE_NOT_FOUND: {
    status: 404,
    ...text(
      '没有此旧件，请检查编号或重新扫码。',
      'There is no such core: check the code or scan again.',
    ),
  },
  CORE_STATE: {
    status: 409,
    ...text(
      '旧件 {code} 当前为“{state}”，不能执行此操作。',
      'Core {code} is "{state}": this step is not possible now.',
    ),
  },
  CORE_NUMBER_UNKNOWN: {
    status: 422,
    ...text(
      '目录中没有型号“{number}”及其互换号。请核对铭牌，或请目录管理员添加。',
      'The catalogue has no number "{number}" or interchange for it: check the nameplate, or have it added to the catalogue.',
    ),
  },
  CORE_NOT_IDENTIFIED: {
    status: 422,
    ...text('请先确认旧件型号，再定级。', 'Confirm which part this core is before grading it.'),
  },
  CORE_PROGRAMME_MISSING: {
    status: 422,
    ...text(
      '型号 {number} 没有生效的回收规则，请先在目录中建立。',
      'No programme is in force for {number}: add one to the catalogue first.',
    ),
  },
  CORE_PHOTO_MISSING: {
    status: 422,
    ...text('定级需要照片：请拍摄{missing}。', 'Grading needs photos: take {missing}.'),
  },
  CORE_CRITERION_UNKNOWN: {
    status: 422,
    ...text(
      '判定项“{criterion}”不属于该回收规则。',
      'The criterion "{criterion}" is not of this programme.',
    ),
  },
  CORE_CRITERION_UNANSWERED: {
    status: 422,
    ...text('请回答全部判定项，缺：{criteria}。', 'Answer every criterion; missing: {criteria}.'),
  },
  CORE_LICENCE_MISSING: {
    status: 422,
    ...text(
      '拆车旧件须来自持有有效拆解资质的企业，请登记供方资质编号。',
      'Cores taken from vehicles must come from a licensed dismantler: record the supplier’s licence.',
    ),
  },
  CORE_CERTIFICATE_MISSING: {
    status: 422,
    ...text(
      '五大总成须附报废机动车回收证明编号。',
      'The five main assemblies need the number of the vehicle’s disposal certificate.',
    ),
  },
  CORE_VEHICLE_VIN: {
    status: 422,
    ...text('收购整车须登记车辆识别代号（VIN）。', 'A whole vehicle needs its VIN.'),
  },
  CORE_VEHICLE_LICENCE: {
    status: 422,
    ...text(
      '回收报废机动车须本单位持有效的拆解资质，请先登记本单位资质。',
      'To take in end-of-life vehicles your organisation needs a valid dismantling licence: record it first.',
    ),
  },
  CORE_IMPORT_RESTRICTED: {
    status: 422,
    ...text(
      '该类旧件限制进口，只能作为保税旧件入库。',
      'Import of such cores is restricted: they may be received in bond only.',
    ),
  },
  CORE_VIN_INVALID: {
    status: 422,
    ...text('车辆识别代号（VIN）有误：{reason}。', 'The VIN is not valid: {reason}.'),
  },
  CORE_ALREADY_RECEIVED: {
    status: 409,
    ...text(
      '该旧件已收货（{code}），请勿重复扫码。',
      'This core was received already ({code}): do not scan it twice.',
    ),
  },
  CORE_CREDIT_GIVEN: {
    status: 409,
    ...text('该旧件的返款已经支付。', 'The credit of this core was given already.'),
  },
  CORE_CREDIT_BY_DEPOSIT: {
    status: 409,
    ...text(
      '旧件 {code} 用于抵扣押金，返还记在押金里，不再另付。',
      'Core {code} settles a deposit: its worth is given back there, not paid again.',
    ),
  },
  CORE_DISPUTE_LATE: {
    status: 409,
    ...text('申诉期（{days} 天）已过。', 'The time to dispute ({days} days) is over.'),
  },
  CORE_DONOR_TIME: {
    status: 422,
    ...text('日期不能在将来。', 'The date must not be in the future.'),
  },
  PICK_UP_NOT_FOUND: {
    status: 404,
    ...text('没有此取件任务。', 'There is no such pick-up.'),
  },
  PICK_UP_STATE: {
    status: 409,
    ...text(
      '取件任务 {code} 已经结束，不能再改。',
      'Pick-up {code} is over and cannot be changed.',
    ),
  },
  PICK_UP_ASKED: {
    status: 409,
    ...text(
      '旧件 {code} 已在取件任务 {pickUp} 中。',
      'Core {code} is on pick-up {pickUp} already.',
    ),
  },
  PICK_UP_ONE_PLACE: {
    status: 422,
    ...text(
      '一次取件只能是同一供方、同一地址的旧件，请分开派单。',
      'One pick-up is at one supplier and address: ask for them one by one.',
    ),
  },
  PICK_UP_COLLECTOR: {
    status: 422,
    ...text(
      '{name} 没有在本系统开户，不能在手机上确认；请自行取件后在“取件”中登记。',
      '{name} has no account on this installation and cannot confirm on a phone: collect it yourselves.',
    ),
  },
  PICK_UP_PHOTO: {
    status: 422,
    ...text(
      '请拍一张装车照片，作为取件的凭证。',
      'Take a photo of what is loaded: it is the proof.',
    ),
  },
  PICK_UP_COUNT: {
    status: 422,
    ...text(
      '清点 {counted} 件，勾选 {ticked} 件：请核对，或说明差异。',
      '{counted} counted, {ticked} ticked: check them, or say why they differ.',
    ),
  },
});
