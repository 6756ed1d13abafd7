import { defineErrors, text } from '@zaizao/platform/kernel';

export const partiesErrors = defineErrors({
  ORGANISATION_NOT_FOUND: {
    status: 404,
    ...text(
      '没有找到该组织，请从目录中选择。',
      'There is no such organisation: choose one from the directory.',
    ),
  },
  GS1_PREFIX_TAKEN: {
    status: 409,
    ...text(
      'GS1 厂商识别代码 {prefix} 已被本系统的其他组织使用，请核对证书。',
      'The GS1 company prefix {prefix} is used by another organisation here: check your certificate.',
    ),
  },
  GS1_PREFIX_IN_USE: {
    status: 409,
    ...text(
      '已按原识别代码发出编码，不能再更改；如确需更换，请新建组织。',
      'Codes were issued under the present prefix, so it cannot change: start a new organisation instead.',
    ),
  },
  GS1_PREFIX_FULL: {
    status: 409,
    ...text(
      'GS1 厂商识别代码 {prefix} 的位置码已用完，请申请更短的识别代码。',
      'The GS1 prefix {prefix} has no location numbers left: ask GS1 for a shorter one.',
    ),
  },
  CREDIT_CODE_WRONG: {
    status: 422,
    ...text(
      '统一社会信用代码的校验位不正确，请对照营业执照重新输入。',
      'The check character of the social credit code is wrong: copy it again from the business licence.',
    ),
  },
  SITE_NOT_FOUND: {
    status: 404,
    ...text(
      '没有此场所，请在“设置”中选择或新建。',
      'There is no such site: choose or add one in Settings.',
    ),
  },
  SITE_CLOSED: {
    status: 409,
    ...text('场所 {code} 已停用，请选择其他场所。', 'Site {code} is closed: choose another.'),
  },
  SITE_IS_DEFAULT: {
    status: 409,
    ...text(
      '默认场所不能停用，请先把其他场所设为默认。',
      'The default site cannot be closed: make another site the default first.',
    ),
  },
  PARTNER_NOT_FOUND: {
    status: 404,
    ...text(
      '没有此往来单位，请先登记。',
      'There is no such partner: add it to your address book first.',
    ),
  },
  PARTNER_INACTIVE: {
    status: 409,
    ...text(
      '往来单位“{name}”已停用，不能再发生业务。',
      'Partner “{name}” is inactive: no new business with it.',
    ),
  },
  PARTNER_IS_ONESELF: {
    status: 422,
    ...text('不能把本组织登记为往来单位。', 'Your own organisation cannot be its partner.'),
  },
  LICENCE_NOT_FOUND: {
    status: 404,
    ...text('没有此资质记录。', 'There is no such licence.'),
  },
  LICENCE_PERIOD_WRONG: {
    status: 422,
    ...text('有效期止不能早于有效期起。', 'The licence ends before it begins: correct the dates.'),
  },
  LICENCE_REQUIRED: {
    status: 422,
    ...text(
      '“{name}”在 {day} 没有有效的{kind}，请先登记有效资质。',
      '“{name}” has no valid {kind} on {day}: record a valid licence first.',
    ),
  },
});
