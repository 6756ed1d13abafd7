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
});

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
  issuer: z.string().optional(),
  updatedAt: instant,
  version: z.number().int(),
});
export type PassportView = z.infer<typeof passportView>;

/** Any spelling of an identifier: Digital Link of any host, EPC URN. */
const epcQuery = z.object({ epc: line(500) });

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
  query: epcQuery,
  binary: 'application/json',
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

export const getCredential = endpoint({
  id: 'passport.getCredential',
  method: 'GET',
  path: '/api/v1/passport/credentials/:credentialId',
  title: text('护照凭证（公开）', 'Credential of a passport (public)'),
  access: 'public',
  bucket: 'public',
  params: credentialId,
  binary: 'application/vc',
});

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

const issuerView = z.object({
  did: z.string(),
  keys: z.array(
    z.object({
      id: z.string(),
      publicKey: z.string(),
      madeAt: instant,
      retiredAt: instant.optional(),
    }),
  ),
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
