import { defineErrors, text } from '@zaizao/platform/kernel';

export const passportErrors = defineErrors({
  PASSPORT_NOT_FOUND: {
    status: 404,
    ...text(
      '没有这件产品的护照：请核对标签上的编号。',
      'There is no passport of this product: compare the number on its label.',
    ),
  },
  PASSPORT_NOT_CERTIFIED: {
    status: 409,
    ...text(
      '这件产品还没有签发合格证，护照尚未签名。',
      'This product is not certified yet, so its passport is not signed.',
    ),
  },
  PASSPORT_NOT_LOGGED_YET: {
    status: 409,
    ...text(
      '事件正在写入透明日志，请几秒后再试。',
      'The events are on their way into the log: try again in a few seconds.',
    ),
  },
  PASSPORT_EPC_TAKEN: {
    status: 409,
    ...text(
      '标识 {epc} 已由另一组织发布护照，请检查产品的 GTIN。',
      'Another organisation published a passport of {epc}: check the GTIN of the product.',
    ),
  },
  PASSPORT_CREDENTIAL_NOT_FOUND: {
    status: 404,
    ...text('没有这份凭证。', 'There is no such credential.'),
  },
  PASSPORT_CREDENTIAL_REVOKED: {
    status: 409,
    ...text('这份凭证已经吊销。', 'This credential is revoked already.'),
  },
  PASSPORT_FORM_UNAVAILABLE: {
    status: 409,
    ...text(
      '这份凭证没有这种签名形式：签名密钥由企业自己保管或已吊销，请取默认形式。',
      'This credential is not signed in that form: its key is kept by the organisation or revoked. Take the default form.',
    ),
  },
  PASSPORT_VIEW_CLOSED: {
    status: 403,
    ...text(
      '这一视图没有向您开放：请用制造商给的链接，或以获准的单位登录。',
      'This view is not open to you: use the link its maker gave you, or sign in as an organisation that may see it.',
    ),
  },
  PASSPORT_ACCESS_NOT_FOUND: {
    status: 404,
    ...text('没有这条授权。', 'There is no such grant.'),
  },
  PASSPORT_ACCESS_ENDED: {
    status: 409,
    ...text('这条授权已经收回。', 'This grant is withdrawn already.'),
  },
  PASSPORT_ACCESS_KIND_WRONG: {
    status: 422,
    ...text(
      '“{audience}”视图只能授予相应类型的单位，{name} 不是。',
      'The view “{audience}” is for organisations of that kind only, and {name} is not one.',
    ),
  },
  PASSPORT_ACCESS_TIME_WRONG: {
    status: 422,
    ...text(
      '到期时间须在今后两年之内。',
      'The end must be in the future, within two years from now.',
    ),
  },
  PASSPORT_KEY_NOT_HELD: {
    status: 422,
    ...text(
      '公钥与登记签名不符：请用命令行重新生成登记信息。',
      'The registration is not signed by this key: make it again with the command line.',
    ),
  },
  PASSPORT_KEY_KNOWN: {
    status: 409,
    ...text('这把公钥登记过。', 'This key was registered before.'),
  },
  PASSPORT_KEY_NOT_FOUND: {
    status: 404,
    ...text('没有这把密钥。', 'There is no such key.'),
  },
  PASSPORT_KEY_REVOKED: {
    status: 409,
    ...text('这把密钥已经吊销。', 'This key is revoked already.'),
  },
  PASSPORT_KEY_TIME_WRONG: {
    status: 422,
    ...text(
      '吊销起始时间须在密钥启用之后、现在之前。',
      'A key is revoked from a time after it was made and not after now.',
    ),
  },
  PASSPORT_UNSIGNED_NOT_FOUND: {
    status: 404,
    ...text(
      '没有等待签名的这份文件，可能已有更新的一份：请重新取待签清单。',
      'No such document waits for a signature; a newer one may have taken its place: fetch the list again.',
    ),
  },
  PASSPORT_SIGNATURE_WRONG: {
    status: 422,
    ...text(
      '签名不对或内容有改动：{reason}',
      'The signature is wrong or the content was changed: {reason}',
    ),
  },
  PASSPORT_BPN_MISSING: {
    status: 409,
    ...text(
      '导出到 Catena-X 需要企业的 BPN 编号：请在“签名密钥与导出”中填写。',
      'An export to Catena-X needs the business partner number of the maker: enter it under “Signing keys and exports”.',
    ),
  },
  PASSPORT_PICTURE_MISSING: {
    status: 404,
    ...text('这件产品没有照片。', 'There is no picture of this product.'),
  },
});
