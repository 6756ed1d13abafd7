/** What members of an organisation do with its passports, keys and views. */
import {
  definePermissions,
  endpoint,
  id,
  instant,
  line,
  page,
  pageQuery,
} from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import {
  credentialId,
  credentialState,
  grantedAudience,
  passportFacts,
  passportStatus,
} from './public.ts';

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
