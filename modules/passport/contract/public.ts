/** What anyone may ask of a passport. The page of a passport loads this half only. */
import { endpoint, fen, id, instant, line } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';

/** Who reads a passport. What each may see: `domain/audience.ts`. */
export const AUDIENCES = ['public', 'buyer', 'service', 'certifier', 'regulator'] as const;
export type Audience = (typeof AUDIENCES)[number];
export type GrantedAudience = Exclude<Audience, 'public'>;
const audience = z.enum(AUDIENCES);
export const grantedAudience = z.enum(['buyer', 'service', 'certifier', 'regulator']);

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

export const credentialState = z.object({
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

export const credentialId = z.object({ credentialId: id('vc') });

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
