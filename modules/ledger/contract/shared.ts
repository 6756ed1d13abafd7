import { definePermissions } from '@zaizao/platform/contract';
import { defineErrors, text } from '@zaizao/platform/kernel';
import { z } from 'zod';

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

export const read = ledgerPermission('ledger.event:read');

export const bilingual = z.object({ zh: z.string(), en: z.string() });
