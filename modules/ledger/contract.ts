import {
  day,
  definePermissions,
  endpoint,
  id,
  instant,
  line,
  page,
  pageQuery,
} from '@zaizao/platform/contract';
import { defineErrors, text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { SHARE_LEVELS } from './domain/share-level.ts';

export const ledgerPermission = definePermissions({
  'ledger.event:read': text('查看账本事件', 'Read the ledger'),
  'ledger.event:capture': text('写入账本事件', 'Capture events'),
  'ledger.log:verify': text('验证账本', 'Verify the ledger'),
  'ledger.subscription:manage': text('管理事件订阅', 'Manage subscriptions to events'),
  'ledger.log:manage': text('管理日志密钥和见证方', 'Manage the log’s key and witnesses'),
  'ledger.sharing:read': text('查看共享设置', 'See what is shared'),
  'ledger.sharing:manage': text('设置向谁共享', 'Decide what is shared with whom'),
});

export const ledgerErrors = defineErrors({
  LEDGER_EVENT_INVALID: {
    status: 422,
    ...text(
      '事件不符合 EPCIS 2.0：{problem}。请改正后再提交。',
      'The event is not valid EPCIS 2.0: {problem}. Correct it and send it again.',
    ),
  },
  LEDGER_EVENT_IN_FUTURE: {
    status: 422,
    ...text(
      '事件时间 {time} 晚于现在，请检查设备时钟。',
      'The event time {time} is in the future: check the clock of the device.',
    ),
  },
  LEDGER_EVENT_ID_TAKEN: {
    status: 409,
    ...text(
      '事件编号 {id} 已用于另一内容；若要更正，请提交错误声明。',
      'The event id {id} belongs to another content: to correct it, send an error declaration.',
    ),
  },
  LEDGER_EVENT_NOT_FOUND: {
    status: 404,
    ...text(
      '账本中没有这个事件，请检查事件编号。',
      'The ledger has no such event: check the event id.',
    ),
  },
  LEDGER_THING_NOT_FOUND: {
    status: 404,
    ...text(
      '没有找到“{code}”：请再扫一次，或先收货登记。',
      'Nothing is known as "{code}": scan it again, or receive it first.',
    ),
  },
  LEDGER_THING_TAKEN: {
    status: 409,
    ...text(
      '标识 {epc} 已登记给另一件物品，请换一个编号。',
      'The identifier {epc} belongs to another thing: choose another code.',
    ),
  },
  LEDGER_NOT_LOGGED_YET: {
    status: 409,
    ...text(
      '该事件正在写入透明日志，请几秒后再试。',
      'The event is on its way into the log: try again in a few seconds.',
    ),
  },
  LEDGER_NOT_OPERATOR: {
    status: 403,
    ...text(
      '日志属于整个系统，只有建立本系统的组织可以设置，请联系它的管理员。',
      'The log is the installation’s: only the organisation that set it up may change it, ask its administrator.',
    ),
  },
  LEDGER_KEY_INVALID: {
    status: 422,
    ...text(
      '公钥不正确：应为“名称+编号+密钥”，日志用 Ed25519，见证方用 cosignature/v1；同一日志的公钥名称相同。',
      'The key is not right: it reads name+id+key, Ed25519 for a log, cosignature/v1 for a witness; keys of one log share its name.',
    ),
  },
  LEDGER_OWN_LOG: {
    status: 422,
    ...text(
      '不能为自己的日志作见证，请填写别的日志。',
      'A log cannot witness itself: name another log.',
    ),
  },
  LEDGER_QUORUM_TOO_HIGH: {
    status: 422,
    ...text(
      '见证方只有 {n} 个，请先添加见证方或降低要求的数量。',
      'There are {n} witnesses only: add witnesses first, or ask for fewer.',
    ),
  },
  LEDGER_PARTNER_UNKNOWN: {
    status: 404,
    ...text(
      '本系统中没有这个组织，请从往来单位中选择一个。',
      'This installation has no such organisation: choose one of your partners.',
    ),
  },
  LEDGER_TOO_MANY_LINKS: {
    status: 422,
    ...text(
      '谱系超过 {limit} 个事件，请从更下级的物品开始。',
      'The genealogy has more than {limit} events: start from a thing further down.',
    ),
  },
});

const bilingual = z.object({ zh: z.string(), en: z.string() });

export const thingKinds = [
  'core',
  'component',
  'lot',
  'unit',
  'work-order',
  'site',
  'station',
  'document',
] as const;

/** A thing of a module, as the ledger knows it. */
export const thing = z.object({
  kind: z.enum(thingKinds),
  ref: z.string(),
  epc: z.string(),
  code: z.string(),
  name: bilingual,
});
export type Thing = z.infer<typeof thing>;

/** One event of a story, readable; `event` is the EPCIS JSON. */
export const storyEvent = z.object({
  eventId: z.string(),
  seq: z.number(),
  type: z.string(),
  action: z.string().optional(),
  bizStep: z.string().optional(),
  disposition: z.string().optional(),
  eventTime: z.string(),
  eventTimeZoneOffset: z.string(),
  recordTime: z.string(),
  readPoint: z.string().optional(),
  bizLocation: z.string().optional(),
  /** Absent where a part of the event is withheld: it could be guessed against its hash. */
  hash: z.string().optional(),
  /** Who recorded it, when that is another organisation, and how much of it they show. */
  sharedBy: z
    .object({ id: z.string(), name: z.string(), level: z.enum(['summary', 'steps', 'full']) })
    .optional(),
  /** Place in the transparency log; absent for the seconds until it is there. */
  logIndex: z.number().optional(),
  /** Declared wrong by its own organisation. */
  isErrorDeclaration: z.boolean(),
  /** Of the things asked about: what part they played. */
  roles: z.array(z.string()),
  things: z.array(z.object({ epc: z.string(), role: z.string(), thing: thing.optional() })),
  event: z.record(z.string(), z.unknown()),
});
export type StoryEvent = z.infer<typeof storyEvent>;

export const genealogyDirections = ['components-of', 'used-in'] as const;
export type GenealogyDirection = (typeof genealogyDirections)[number];

export const genealogyGraph = z.object({
  root: z.string(),
  direction: z.enum(genealogyDirections),
  nodes: z.array(z.object({ epc: z.string(), depth: z.number(), thing: thing.optional() })),
  /** Always in the direction of matter: `from` went into, or came apart into, `to`. */
  edges: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      kind: z.enum(['transformed', 'put-together', 'taken-apart']),
      eventId: z.string(),
      eventTime: z.string(),
      bizStep: z.string().optional(),
      /** When it was taken out again. */
      removedAt: z.string().optional(),
    }),
  ),
});
export type Genealogy = z.infer<typeof genealogyGraph>;

const read = ledgerPermission('ledger.event:read');
const epcParam = z.object({ epc: z.string().min(1).max(500) });

export const scan = endpoint({
  id: 'ledger.scan',
  method: 'GET',
  path: '/api/v1/ledger/scan',
  title: text('扫码查物', 'Find the thing behind a scan'),
  access: read,
  query: z.object({ code: line(500) }),
  response: z.object({ thing }),
});

export const thingHistory = endpoint({
  id: 'ledger.thingHistory',
  method: 'GET',
  path: '/api/v1/ledger/things/:epc/history',
  title: text('物品履历', 'History of a thing'),
  access: read,
  params: epcParam,
  query: pageQuery.extend({ order: z.enum(['newest', 'oldest']).default('newest') }),
  response: page(storyEvent).extend({ thing: thing.optional() }),
});

export const thingGenealogy = endpoint({
  id: 'ledger.thingGenealogy',
  method: 'GET',
  path: '/api/v1/ledger/things/:epc/genealogy',
  title: text('谱系', 'Genealogy of a thing'),
  access: read,
  params: epcParam,
  query: z.object({ direction: z.enum(genealogyDirections).default('components-of') }),
  response: genealogyGraph,
});

/** The life of a thing and of what it was made of and went into: lanes, stations, and the ways between. */
export const lifeLineView = z.object({
  root: z.string(),
  lanes: z.array(
    z.object({
      epc: z.string(),
      /** Below 0: it went into the root; above: the root went into it; 0: the root, or a sibling. */
      distance: z.number(),
      sibling: z.boolean(),
      thing: thing.optional(),
    }),
  ),
  stations: z.array(
    z.object({
      eventId: z.string(),
      eventTime: z.string(),
      type: z.string(),
      action: z.string().optional(),
      bizStep: z.string().optional(),
      disposition: z.string().optional(),
      isErrorDeclaration: z.boolean(),
      logIndex: z.number().optional(),
      /** Another organisation recorded it and shows it. */
      shared: z.boolean().optional(),
      /** The lanes it stands on. */
      epcs: z.array(z.string()),
    }),
  ),
  edges: genealogyGraph.shape.edges,
  /** There is more than a picture can hold: the nearest are shown. */
  cut: z.boolean(),
});
export type LifeLine = z.infer<typeof lifeLineView>;

export const thingLifeLine = endpoint({
  id: 'ledger.thingLifeLine',
  method: 'GET',
  path: '/api/v1/ledger/things/:epc/life-line',
  title: text('生命线', 'Life line of a thing'),
  access: read,
  params: epcParam,
  response: lifeLineView,
});

export const listEvents = endpoint({
  id: 'ledger.listEvents',
  method: 'GET',
  path: '/api/v1/ledger/events',
  title: text('账本事件', 'Events of the ledger'),
  access: read,
  query: pageQuery.extend({
    type: line(40).optional(),
    bizStep: line(200).optional(),
    /** A day of the plant, or an instant; `to` includes the day it names. */
    from: z.union([day, instant]).optional(),
    to: z.union([day, instant]).optional(),
    thing: line(500).optional(),
  }),
  response: page(storyEvent),
});

export const eventProof = z.object({
  /** C2SP tlog-proof: index, inclusion path, checkpoint. Verifies without us. */
  tlogProof: z.string(),
  logIndex: z.number(),
  treeSize: z.number(),
  leafHash: z.string(),
  /** The leaf entry, base64, and what opens all of its commitments. */
  entry: z.string(),
  disclosure: z.unknown(),
  verifierKey: z.string(),
  /** Of the witnesses that cosigned the checkpoint. */
  witnessKeys: z.array(z.string()),
  /** Announcements by which earlier keys of the log lead to `verifierKey`, oldest first. */
  keyChanges: z.array(z.string()),
});
export type EventProof = z.infer<typeof eventProof>;

export const getEvent = endpoint({
  id: 'ledger.getEvent',
  method: 'GET',
  path: '/api/v1/ledger/events/:eventId',
  title: text('事件与证明', 'An event and its proof'),
  access: read,
  params: z.object({ eventId: z.string().min(1).max(500) }),
  response: z.object({
    event: storyEvent,
    declarations: z.array(storyEvent),
    proof: eventProof.optional(),
  }),
});

export const getProofFile = endpoint({
  id: 'ledger.getProofFile',
  method: 'GET',
  path: '/api/v1/ledger/events/:eventId/proof',
  title: text('下载事件证明', 'The proof of an event as a file'),
  access: read,
  params: z.object({ eventId: z.string().min(1).max(500) }),
  /** `file`: with the event and the keys, to be checked alone; `tlog`: the bare C2SP `.tlog-proof`. */
  query: z.object({ form: z.enum(['file', 'tlog']).default('file') }),
  binary: 'text/plain',
});

export const logState = z.object({
  origin: z.string(),
  verifierKey: z.string(),
  size: z.number(),
  root: z.string(),
  checkpoint: z.string(),
  signedAt: z.string().optional(),
  /** Events of this organisation, and how many of them wait for the log. */
  events: z.number(),
  waiting: z.number(),
  checkpoints: z.array(z.object({ size: z.number(), root: z.string(), signedAt: z.string() })),
});
export type LogState = z.infer<typeof logState>;

export const getLog = endpoint({
  id: 'ledger.getLog',
  method: 'GET',
  path: '/api/v1/ledger/log',
  title: text('透明日志状态', 'State of the transparency log'),
  access: read,
  response: logState,
});

export const finding = z.object({
  /** What is wrong: `event-changed`, `event-missing`, … (domain/finding.ts). */
  code: z.string(),
  eventId: z.string().optional(),
  seq: z.number().optional(),
  logIndex: z.number().optional(),
  message: bilingual,
});
export type Finding = z.infer<typeof finding>;

export const verification = z.object({
  ok: z.boolean(),
  deep: z.boolean(),
  events: z.number(),
  leaves: z.number(),
  size: z.number(),
  milliseconds: z.number(),
  findings: z.array(finding),
});
export type Verification = z.infer<typeof verification>;

export const verifyNow = endpoint({
  id: 'ledger.verifyNow',
  method: 'POST',
  path: '/api/v1/ledger/verify',
  title: text('立即验证', 'Verify now'),
  access: ledgerPermission('ledger.log:verify'),
  body: z.object({ deep: z.boolean().default(true) }),
  status: 202,
  /** A job whose result is a `verification`. */
  response: z.object({ jobId: z.string() }),
});

export const shareLevel = z.enum(SHARE_LEVELS);

const organisation = z.object({ id: z.string(), name: z.string() });

export const sharingView = z.object({
  /** What those see to whom a thing is handed over. */
  direct: shareLevel,
  /** What those see who hold it after them. */
  later: shareLevel,
  /** Organisations with a level, or with identifiers, of their own. */
  partners: z.array(
    z.object({ organisation, level: shareLevel.optional(), parties: z.array(z.string()) }),
  ),
});
export type SharingView = z.infer<typeof sharingView>;

const readSharing = ledgerPermission('ledger.sharing:read');
const manageSharing = ledgerPermission('ledger.sharing:manage');

export const getSharing = endpoint({
  id: 'ledger.getSharing',
  method: 'GET',
  path: '/api/v1/ledger/sharing',
  title: text('共享设置', 'What is shared with whom'),
  access: readSharing,
  response: sharingView,
});

export const setSharingDefaults = endpoint({
  id: 'ledger.setSharingDefaults',
  method: 'PUT',
  path: '/api/v1/ledger/sharing',
  title: text('修改默认共享', 'Change what is shared by default'),
  access: manageSharing,
  body: z.object({ direct: shareLevel, later: shareLevel }),
  response: sharingView,
});

export const setSharingPartner = endpoint({
  id: 'ledger.setSharingPartner',
  method: 'PUT',
  path: '/api/v1/ledger/sharing/:orgId',
  title: text('修改对某组织的共享', 'Change what one organisation sees'),
  access: manageSharing,
  params: z.object({ orgId: id('org') }),
  body: z.object({
    /** Without one, what everybody sees. */
    level: shareLevel.optional(),
    /** Identifiers (PGLN, GLN) that stand for it as a destination of our events. */
    parties: z.array(line(500)).max(100).default([]),
  }),
  response: sharingView,
});

export const custodyView = z.object({
  epc: z.string(),
  thing: thing.optional(),
  /** Who holds it, or whose records it opens. */
  organisation,
  since: z.string(),
  until: z.string().optional(),
  level: shareLevel,
  /** Handed over by the organisation whose records it opens, not by a holder after it. */
  isDirect: z.boolean(),
});
export type CustodyView = z.infer<typeof custodyView>;

export const listGiven = endpoint({
  id: 'ledger.listGiven',
  method: 'GET',
  path: '/api/v1/ledger/custody/given',
  title: text('谁持有我们的物品', 'Who holds what was ours'),
  access: readSharing,
  query: pageQuery,
  response: page(custodyView),
});

export const listHeld = endpoint({
  id: 'ledger.listHeld',
  method: 'GET',
  path: '/api/v1/ledger/custody/held',
  title: text('别人向我们共享的物品', 'What others share with us'),
  access: readSharing,
  query: pageQuery,
  response: page(custodyView),
});

const manageLog = ledgerPermission('ledger.log:manage');

export const witnessesView = z.object({
  /** The caller's organisation administers the installation. */
  mayManage: z.boolean(),
  /** Every key the log ever signed with, oldest first. */
  keys: z.array(
    z.object({
      verifierKey: z.string(),
      /** Sizes of the first and the last checkpoint it signs. */
      from: z.number(),
      until: z.number().optional(),
      since: z.string().optional(),
    }),
  ),
  /** Witnesses that a checkpoint needs before the world is shown it. */
  quorum: z.number(),
  /** Minutes after which it is shown without them; absent: never. */
  waitMinutes: z.number().optional(),
  /** Size of the newest signed checkpoint, and of the one that is shown. */
  signed: z.number(),
  shown: z.number(),
  shownWith: z.number().optional(),
  isQuorumMet: z.boolean().optional(),
  /** When the oldest checkpoint that is not shown yet was signed. */
  waitingSince: z.string().optional(),
  witnesses: z.array(
    z.object({
      name: z.string(),
      verifierKey: z.string(),
      url: z.string(),
      /** The last size it cosigned, as far as we know. */
      seen: z.number(),
      answeredAt: z.string().optional(),
      failedAt: z.string().optional(),
      failure: z.string().optional(),
      /** It says that our log contradicts what it saw. */
      isAlarm: z.boolean(),
    }),
  ),
  /** This installation as a witness of others. */
  own: z.object({
    verifierKey: z.string(),
    url: z.string(),
    logs: z.array(
      z.object({
        origin: z.string(),
        verifierKeys: z.array(z.string()),
        size: z.number(),
        cosignedAt: z.string().optional(),
      }),
    ),
  }),
});
export type WitnessesView = z.infer<typeof witnessesView>;

export const getWitnesses = endpoint({
  id: 'ledger.getWitnesses',
  method: 'GET',
  path: '/api/v1/ledger/witnesses',
  title: text('日志见证', 'Witnesses of the log'),
  access: read,
  response: witnessesView,
});

export const addWitness = endpoint({
  id: 'ledger.addWitness',
  method: 'POST',
  path: '/api/v1/ledger/witnesses',
  title: text('添加见证方', 'Add a witness'),
  access: manageLog,
  body: z.object({ verifierKey: line(300), url: z.url({ protocol: /^https?$/ }).max(500) }),
  response: witnessesView,
});

export const removeWitness = endpoint({
  id: 'ledger.removeWitness',
  method: 'DELETE',
  path: '/api/v1/ledger/witnesses/:name',
  title: text('移除见证方', 'Remove a witness'),
  access: manageLog,
  params: z.object({ name: line(300) }),
  response: witnessesView,
});

export const setLogPolicy = endpoint({
  id: 'ledger.setLogPolicy',
  method: 'PUT',
  path: '/api/v1/ledger/log/policy',
  title: text('设置见证要求', 'Set how many witnesses a checkpoint needs'),
  access: manageLog,
  body: z.object({
    quorum: z.number().int().min(0).max(50),
    waitMinutes: z.number().int().min(1).max(100_000).optional(),
  }),
  response: witnessesView,
});

export const watchLog = endpoint({
  id: 'ledger.watchLog',
  method: 'POST',
  path: '/api/v1/ledger/watched-logs',
  title: text('为别的日志作见证', 'Witness another log'),
  access: manageLog,
  body: z.object({ verifierKeys: z.array(line(300)).min(1).max(10) }),
  response: witnessesView,
});

export const unwatchLog = endpoint({
  id: 'ledger.unwatchLog',
  method: 'DELETE',
  path: '/api/v1/ledger/watched-logs/:origin',
  title: text('停止见证', 'Stop witnessing a log'),
  access: manageLog,
  params: z.object({ origin: line(300) }),
  response: witnessesView,
});

export const rotateLogKey = endpoint({
  id: 'ledger.rotateLogKey',
  method: 'POST',
  path: '/api/v1/ledger/log/key',
  title: text('更换日志密钥', 'Change the key of the log'),
  access: manageLog,
  status: 202,
  /** A job whose result has the new `verifierKey`. */
  response: z.object({ jobId: z.string() }),
});
