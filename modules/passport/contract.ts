/** Product passports: the public face of a remanufactured unit, its credential and its proof. */
import {
  definePermissions,
  endpoint,
  fen,
  id,
  instant,
  line,
  page,
  pageQuery,
} from '@zaizao/platform/contract';
import { defineErrors, text } from '@zaizao/platform/kernel';
import { z } from 'zod';

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

export const perm = definePermissions({
  'passport.passport:read': text('查看产品护照', 'See product passports'),
  'passport.passport:publish': text('发布产品护照', 'Publish product passports'),
  'passport.credential:revoke': text('吊销护照凭证', 'Revoke passport credentials'),
  'passport.key:rotate': text('更换签名密钥', 'Rotate the signing key'),
  'passport.key:revoke': text('吊销签名密钥', 'Revoke signing keys'),
  'passport.credential:sign': text('提交外部签名', 'Hand in signatures made outside'),
  'passport.access:read': text('查看护照授权', 'See who may see passports'),
  'passport.access:grant': text('授权与收回护照视图', 'Open passports to others and withdraw it'),
  'passport.setting:edit': text('修改护照导出设置', 'Change how passports are exported'),
});

/** Who reads a passport. What each may see: `domain/audience.ts`. */
export const AUDIENCES = ['public', 'buyer', 'service', 'certifier', 'regulator'] as const;
export type Audience = (typeof AUDIENCES)[number];
export type GrantedAudience = Exclude<Audience, 'public'>;
const audience = z.enum(AUDIENCES);
const grantedAudience = z.enum(['buyer', 'service', 'certifier', 'regulator']);

/** How a credential is signed: an embedded proof of either suite, or enveloped as `vc+jwt`. */
export const CREDENTIAL_FORMS = ['jcs', 'rdfc', 'jwt'] as const;
export type CredentialForm = (typeof CREDENTIAL_FORMS)[number];
const form = z.enum(CREDENTIAL_FORMS).optional();

const bilingual = z.object({ zh: z.string(), en: z.string() });
const origin = z.enum(['reused', 'restored', 'new']);

/** How good the evidence of a figure is. A rule of thumb is never shown as a measurement. */
const evidence = z.enum(['measured', 'rule-of-thumb']);

const saving = z.object({
  kind: z.enum(['mass', 'energy', 'carbon', 'cost', 'material']),
  /** Decimal text in `unit`. */
  value: z.string(),
  unit: z.enum(['g', 'kWh', 'kgCO2e', '%']),
  evidence,
  /** Where the figure comes from. */
  basis: bilingual,
});
export type Saving = z.infer<typeof saving>;

const testLimit = z.object({
  level: z.enum(['national', 'enterprise', 'customer']),
  min: z.string().optional(),
  max: z.string().optional(),
  version: z.number().int(),
  source: z.string(),
  pass: z.boolean(),
});

const testResult = z.object({
  code: z.string(),
  name: bilingual,
  /** `bool` is yes (1) or no (0). */
  unit: z.string(),
  value: z.string(),
  verdict: z.enum(['pass', 'fail', 'unlimited']),
  limits: z.array(testLimit),
});

/** What the passport says: signed. Changes only when the product does. */
export const passportFacts = z.object({
  epc: z.string(),
  serial: z.string(),
  product: z.object({
    number: z.string(),
    name: bilingual,
    family: z.string(),
    gtin: z.string().optional(),
  }),
  maker: z.object({ id: z.string(), name: z.string() }),
  /** Number of this life: 2 is the first after remanufacture. */
  life: z.number().int(),
  bornAt: instant,
  /** The cores it was made of, and theirs before, newest first. */
  lives: z.array(
    z.object({
      life: z.number().int(),
      epc: z.string(),
      code: z.string(),
      receivedAt: instant.optional(),
      grade: z.enum(['A', 'B', 'C', 'R']).optional(),
      mileageKm: z.number().int().optional(),
      modelYear: z.number().int().optional(),
      /** It was a remanufactured product before. */
      wasUnit: z.boolean(),
    }),
  ),
  made: z.object({
    massG: z.number(),
    keptG: z.number(),
    counts: z.object({ reused: z.number(), restored: z.number(), new: z.number() }),
    parts: z.array(
      z.object({
        pos: z.number().int(),
        number: z.string(),
        name: bilingual,
        origin,
        qty: z.number().int(),
        massG: z.number(),
      }),
    ),
  }),
  /** What was done to the restored components. */
  work: z.array(
    z.object({ name: bilingual, code: z.string(), at: instant, operations: z.array(z.string()) }),
  ),
  test: z
    .object({
      code: z.string(),
      passed: z.boolean(),
      /** Accepted although a limit of the plant or a customer was not met. */
      concession: z.boolean(),
      decidedAt: instant.optional(),
      results: z.array(testResult),
    })
    .optional(),
  certificate: z
    .object({ code: z.string(), issuedAt: instant, url: z.string(), sha256: z.string() })
    .optional(),
  warranty: z
    .object({
      months: z.number().int(),
      /** First day; absent until the product is put in service. */
      from: z.iso.date().optional(),
      until: z.iso.date().optional(),
    })
    .optional(),
  savings: z.array(saving),
  simulated: z.boolean(),
});
export type PassportFacts = z.infer<typeof passportFacts>;

/** What changes while the product lives: not signed, but every step is proved by the bundle. */
export const passportStatus = z.object({
  /** `making` until the certificate is there. */
  stage: z.enum(['making', 'ready', 'in-use', 'returned', 'scrapped']),
  hasPicture: z.boolean(),
  steps: z.array(
    z.object({
      eventId: z.string(),
      at: instant,
      step: z.string(),
      about: z.enum(['unit', 'core']),
      code: z.string(),
    }),
  ),
  giveBack: z
    .object({
      depositFen: fen,
      windowDays: z.number().int(),
      startEvent: z.string(),
      grades: z.array(
        z.object({ grade: z.enum(['A', 'B', 'C', 'R']), text: bilingual, pct: z.number() }),
      ),
    })
    .optional(),
});
export type PassportStatus = z.infer<typeof passportStatus>;

const credentialState = z.object({
  id: z.string(),
  version: z.number().int(),
  issuedAt: instant,
  revokedAt: instant.optional(),
  revokedFor: z.string().optional(),
});

export const passportView = z.object({
  facts: passportFacts,
  status: passportStatus,
  /** The newest credential; absent before the certificate. */
  credential: credentialState.optional(),
  /** The newest conformity credential. */
  conformity: credentialState.optional(),
  issuer: z.string().optional(),
  updatedAt: instant,
  version: z.number().int(),
});
export type PassportView = z.infer<typeof passportView>;

/** Any spelling of an identifier: Digital Link of any host, EPC URN. */
const epcQuery = z.object({ epc: line(500) });

/** Which view of it; without `view` the widest that is open to the caller. `share` is of a share link. */
const viewQuery = epcQuery.extend({
  view: audience.optional(),
  share: line(80).optional(),
});

export const getPassport = endpoint({
  id: 'passport.getPassport',
  method: 'GET',
  path: '/api/v1/passport',
  title: text('查看产品护照（公开）', 'See a product passport (public)'),
  access: 'public',
  bucket: 'public',
  query: epcQuery,
  response: passportView,
});

export const getBundle = endpoint({
  id: 'passport.getBundle',
  method: 'GET',
  path: '/api/v1/passport/bundle',
  title: text(
    '下载可离线验证的护照文件（公开）',
    'Download a passport that verifies offline (public)',
  ),
  access: 'public',
  bucket: 'public',
  query: viewQuery.extend({ form }),
  binary: 'application/json',
});

const shownEvent = z.object({
  eventId: z.string(),
  recordTime: z.string(),
  at: z.string().optional(),
  step: z.string(),
  about: z.enum(['unit', 'core', 'component']),
  code: z.string(),
  /** What is shown, group by group. */
  shown: z.array(z.object({ group: z.string(), value: z.unknown() })),
  /** What is kept back, and whom it is open to. */
  withheld: z.array(z.object({ group: z.string(), openTo: z.array(audience) })),
});

export const passportAudienceView = z.object({
  view: audience,
  /** Why it is open to this reader. */
  by: z.enum(['anyone', 'maker', 'buyer', 'kind', 'grant', 'share']),
  /** Every view that is open to this reader. */
  open: z.array(audience),
  /** End of the share link or the grant. */
  until: instant.optional(),
  events: z.array(shownEvent),
});

export const getAudienceView = endpoint({
  id: 'passport.getAudienceView',
  method: 'GET',
  path: '/api/v1/passport/view',
  title: text('按读者查看护照事件', 'See the events of a passport as a given reader may'),
  access: 'public',
  bucket: 'public',
  query: viewQuery,
  response: passportAudienceView,
});

export const getTraceability = endpoint({
  id: 'passport.getTraceability',
  method: 'GET',
  path: '/api/v1/passport/events',
  title: text('追溯事件凭证 DTE（公开）', 'Traceability events as a credential (public)'),
  access: 'public',
  bucket: 'public',
  query: epcQuery.extend({ form }),
  binary: 'application/vc',
});

export const getConformity = endpoint({
  id: 'passport.getConformity',
  method: 'GET',
  path: '/api/v1/passport/conformity',
  title: text('合格凭证 DCC（公开）', 'Conformity credential (public)'),
  access: 'public',
  bucket: 'public',
  query: epcQuery.extend({ form }),
  binary: 'application/vc',
});

export const exportCatenaX = endpoint({
  id: 'passport.exportCatenaX',
  method: 'GET',
  path: '/api/v1/passport/catena-x',
  title: text(
    '导出 Catena-X 再制造证书（公开）',
    'Export as a Catena-X remanufacturing certificate (public)',
  ),
  access: 'public',
  bucket: 'public',
  query: epcQuery,
  binary: 'application/json',
});

export const exportShell = endpoint({
  id: 'passport.exportShell',
  method: 'GET',
  path: '/api/v1/passport/aas',
  title: text('导出资产管理壳 AAS（公开）', 'Export as an Asset Administration Shell (public)'),
  access: 'public',
  bucket: 'public',
  query: epcQuery,
  binary: 'application/json',
});

export const getContext = endpoint({
  id: 'passport.getContext',
  method: 'GET',
  path: '/api/v1/passport/context',
  title: text('凭证的 JSON-LD 词汇（公开）', 'JSON-LD context of the credentials (public)'),
  access: 'public',
  bucket: 'public',
  binary: 'application/ld+json',
});

export const getBadge = endpoint({
  id: 'passport.getBadge',
  method: 'GET',
  path: '/api/v1/passport/badge',
  title: text('护照徽章（公开）', 'Badge of a passport (public)'),
  access: 'public',
  bucket: 'public',
  query: epcQuery.extend({ lang: z.enum(['zh', 'en']).optional() }),
  binary: 'image/svg+xml',
});

export const badgeState = z.object({
  /** `verified`: its newest credential verifies now, is not revoked, and its key is good. */
  state: z.enum(['verified', 'unsigned', 'revoked', 'broken']),
  issuer: z.string().optional(),
  issuerName: z.string().optional(),
  pagePath: z.string(),
  /** Says what failed, for people who look into it. */
  reason: z.string().optional(),
});

export const getBadgeState = endpoint({
  id: 'passport.getBadgeState',
  method: 'GET',
  path: '/api/v1/passport/verified',
  title: text('护照是否可验证（公开）', 'Whether a passport verifies now (public)'),
  access: 'public',
  bucket: 'public',
  query: epcQuery,
  response: badgeState,
});

export const getPicture = endpoint({
  id: 'passport.getPicture',
  method: 'GET',
  path: '/api/v1/passport/picture',
  title: text('护照上的照片（公开）', 'Picture on a passport (public)'),
  access: 'public',
  bucket: 'public',
  query: epcQuery,
  binary: 'image/*',
});

const credentialId = z.object({ credentialId: id('vc') });

export const getStatusList = endpoint({
  id: 'passport.getStatusList',
  method: 'GET',
  path: '/api/v1/passport/status/:orgId/:list',
  title: text('凭证状态列表（公开）', 'Status list of credentials (public)'),
  access: 'public',
  bucket: 'public',
  params: z.object({ orgId: line(60), list: z.coerce.number().int().min(1).max(1_000_000) }),
  binary: 'application/vc',
});

const unitParam = z.object({ unitId: id('unit') });

export const passportOfUnit = z.object({
  epc: z.string(),
  /** Path of the public page. */
  pagePath: z.string(),
  /** What the label carries. */
  link: z.string(),
  stage: passportStatus.shape.stage,
  updatedAt: instant,
  credentials: z.array(credentialState),
});

export const getPassportOfUnit = endpoint({
  id: 'passport.getPassportOfUnit',
  method: 'GET',
  path: '/api/v1/passport/units/:unitId',
  title: text('产品的护照状态', 'Passport of a unit'),
  access: perm('passport.passport:read'),
  params: unitParam,
  response: passportOfUnit,
});

export const publishPassport = endpoint({
  id: 'passport.publishPassport',
  method: 'POST',
  path: '/api/v1/passport/units/:unitId/publication',
  title: text('重新发布护照', 'Publish the passport of a unit again'),
  access: perm('passport.passport:publish'),
  params: unitParam,
  response: passportOfUnit,
});

export const listPassports = endpoint({
  id: 'passport.listPassports',
  method: 'GET',
  path: '/api/v1/passport/published',
  title: text('护照列表', 'List passports'),
  access: perm('passport.passport:read'),
  query: pageQuery.extend({ q: line(60).optional() }),
  response: page(
    z.object({
      epc: z.string(),
      unitId: z.string(),
      serial: z.string(),
      product: passportFacts.shape.product,
      stage: passportStatus.shape.stage,
      credential: credentialState.optional(),
      updatedAt: instant,
    }),
  ),
});

export const revokeCredential = endpoint({
  id: 'passport.revokeCredential',
  method: 'POST',
  path: '/api/v1/passport/credentials/:credentialId/revocation',
  title: text('吊销凭证', 'Revoke a credential'),
  access: perm('passport.credential:revoke'),
  params: credentialId,
  body: z.object({ reason: line(200) }),
  response: credentialState,
});

const issuerKey = z.object({
  /** Verification method: `did:web:…#k…`. */
  id: z.string(),
  fragment: z.string(),
  publicKey: z.string(),
  /** Kept by the installation, or by the organisation itself. */
  custody: z.enum(['server', 'own']),
  name: z.string().optional(),
  madeAt: instant,
  retiredAt: instant.optional(),
  revokedAt: instant.optional(),
  /** What it signed counts only where the log has it from before. */
  revokedFrom: instant.optional(),
  revokedFor: z.string().optional(),
  /** Credentials that it signed, and since when. */
  signed: z.number().int(),
  usedSince: instant.optional(),
});

const issuerView = z.object({
  did: z.string(),
  /** Where others find the keys. */
  documentUrl: z.string(),
  keys: z.array(issuerKey),
  /** Documents that wait for a signature made outside. */
  unsigned: z.number().int(),
  /** Business partner number for Catena-X. */
  bpn: z.string().optional(),
  /** The number is an example, of an organisation of the demonstration. */
  bpnExample: z.boolean(),
  settingVersion: z.number().int(),
});

export const getIssuer = endpoint({
  id: 'passport.getIssuer',
  method: 'GET',
  path: '/api/v1/passport/issuer',
  title: text('签名身份与密钥', 'Signing identity and keys'),
  access: perm('passport.passport:read'),
  response: issuerView,
});

export const rotateKey = endpoint({
  id: 'passport.rotateKey',
  method: 'POST',
  path: '/api/v1/passport/issuer/keys',
  title: text('更换签名密钥', 'Rotate the signing key'),
  access: perm('passport.key:rotate'),
  response: issuerView,
  status: 201,
});

export const registerKey = endpoint({
  id: 'passport.registerKey',
  method: 'POST',
  path: '/api/v1/passport/issuer/own-keys',
  title: text('登记自有密钥', 'Register a key of our own'),
  access: perm('passport.key:rotate'),
  body: z.object({
    name: line(80),
    /** Ed25519 Multikey, `z6Mk…`. */
    publicKey: line(80),
    /** Base64; over `zaizao key registration`, the DID and the key, a line each. */
    signature: line(120),
  }),
  response: issuerView,
  status: 201,
});

export const revokeKey = endpoint({
  id: 'passport.revokeKey',
  method: 'POST',
  path: '/api/v1/passport/issuer/keys/:fragment/revocation',
  title: text('吊销签名密钥', 'Revoke a signing key'),
  access: perm('passport.key:revoke'),
  params: z.object({ fragment: line(40) }),
  body: z.object({
    reason: line(200),
    /** Since when the key may have been in other hands; now when not said. */
    from: instant.optional(),
  }),
  response: issuerView,
});

export const editSetting = endpoint({
  id: 'passport.editSetting',
  method: 'PUT',
  path: '/api/v1/passport/setting',
  title: text('修改导出设置', 'Change the settings of exports'),
  access: perm('passport.setting:edit'),
  ifMatch: true,
  body: z.object({
    bpn: z
      .string()
      .regex(/^BPNL[A-Za-z0-9]{12}$/)
      .optional(),
  }),
  response: issuerView,
});

const unsignedDocument = z.object({
  id: z.string(),
  kind: z.enum(['passport', 'conformity', 'status-list']),
  /** The product, or the number of the list. */
  subject: z.string(),
  /** Verification method that has to sign. */
  method: z.string(),
  /** The document without proof. */
  document: z.record(z.string(), z.unknown()),
  madeAt: instant,
});

export const listUnsigned = endpoint({
  id: 'passport.listUnsigned',
  method: 'GET',
  path: '/api/v1/passport/unsigned',
  title: text('待签名文件', 'Documents waiting for a signature'),
  access: perm('passport.credential:sign'),
  query: pageQuery,
  response: page(unsignedDocument),
});

export const handInSignature = endpoint({
  id: 'passport.handInSignature',
  method: 'POST',
  path: '/api/v1/passport/unsigned/:documentId/signature',
  title: text('提交外部签名', 'Hand in a signature made outside'),
  access: perm('passport.credential:sign'),
  params: z.object({ documentId: id('doc') }),
  bodyLimit: 4 * 1024 * 1024,
  body: z.object({
    /** The document with an `eddsa-jcs-2022` proof. */
    signed: z.record(z.string(), z.unknown()),
    /** The same with an `eddsa-rdfc-2022` proof. */
    rdfc: z.record(z.string(), z.unknown()).optional(),
    /** The same as a `vc+jwt`. */
    jwt: z.string().max(2_000_000).optional(),
  }),
  response: z.object({ kind: unsignedDocument.shape.kind, subject: z.string() }),
});

const accessView = z.object({
  id: z.string(),
  audience: grantedAudience,
  /** One product; all of them when absent. */
  epc: z.string().optional(),
  kind: z.enum(['organisation', 'link']),
  partner: z.string().optional(),
  note: z.string().optional(),
  madeBy: z.string(),
  madeAt: instant,
  expiresAt: instant,
  withdrawnAt: instant.optional(),
  state: z.enum(['open', 'expired', 'withdrawn']),
  uses: z.number().int(),
  lastUsedAt: instant.optional(),
});

export const listAccess = endpoint({
  id: 'passport.listAccess',
  method: 'GET',
  path: '/api/v1/passport/access',
  title: text('护照对谁开放', 'Who may see passports'),
  access: perm('passport.access:read'),
  query: pageQuery.extend({ epc: line(500).optional() }),
  response: page(accessView),
});

export const grantAccess = endpoint({
  id: 'passport.grantAccess',
  method: 'POST',
  path: '/api/v1/passport/access',
  title: text('开放护照视图', 'Open a view of passports'),
  access: perm('passport.access:grant'),
  body: z.object({
    audience: grantedAudience,
    epc: line(500).optional(),
    /** An organisation of this installation; without it a link is made. */
    orgId: line(60).optional(),
    note: line(200).optional(),
    expiresAt: instant,
  }),
  /** `link` is told once: only its hash is kept. */
  response: accessView.extend({ link: z.string().optional() }),
  status: 201,
});

export const withdrawAccess = endpoint({
  id: 'passport.withdrawAccess',
  method: 'POST',
  path: '/api/v1/passport/access/:accessId/withdrawal',
  title: text('收回护照视图', 'Withdraw a view of passports'),
  access: perm('passport.access:grant'),
  params: z.object({ accessId: id('acc') }),
  response: accessView,
});
