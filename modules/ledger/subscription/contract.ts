import { endpoint, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { defineErrors, text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { ledgerPermission } from '../contract.ts';

export const subscriptionErrors = defineErrors({
  LEDGER_QUERY_NOT_FOUND: {
    status: 404,
    ...text(
      '没有这个查询，请先新建或另选一个。',
      'There is no such query: make it or choose another.',
    ),
  },
  LEDGER_QUERY_INVALID: {
    status: 422,
    ...text('查询条件不对：{problem}。请改正。', 'The query is not valid: {problem}. Correct it.'),
  },
  LEDGER_QUERY_NAME_TAKEN: {
    status: 409,
    ...text(
      '已有名为“{name}”的查询，请换一个名称。',
      'A query "{name}" exists: choose another name.',
    ),
  },
  LEDGER_SUBSCRIPTION_INVALID: {
    status: 422,
    ...text(
      '订阅不成立：{problem}。请改正。',
      'The subscription is not valid: {problem}. Correct it.',
    ),
  },
  LEDGER_SUBSCRIPTION_NOT_FOUND: {
    status: 404,
    ...text(
      '没有这个订阅，可能已被删除。',
      'There is no such subscription; it may have been removed.',
    ),
  },
  LEDGER_LETTER_NOT_FOUND: {
    status: 404,
    ...text('没有这条未送达记录。', 'There is no such undelivered message.'),
  },
});

/** Words of the query page: the parameters people ask for most; the rest goes through the EPCIS interface. */
const queryFields = z.object({
  eventTypes: z.array(z.string().max(100)).max(5).optional(),
  bizSteps: z.array(z.string().max(200)).max(50).optional(),
  dispositions: z.array(z.string().max(200)).max(50).optional(),
  things: z.array(z.string().max(500)).max(50).optional(),
  readPoints: z.array(z.string().max(500)).max(50).optional(),
});

const namedQuery = z.object({
  name: z.string(),
  /** The parameters of SimpleEventQuery, as EPCIS has them. */
  query: z.record(z.string(), z.unknown()),
});

const schedule = z.object({
  second: line(60).optional(),
  minute: line(60).optional(),
  hour: line(60).optional(),
  dayOfMonth: line(60).optional(),
  month: line(60).optional(),
  dayOfWeek: line(60).optional(),
});

/** Ours, or the id that a SOAP caller gave. */
const subscriptionId = z.string().min(1).max(100);

const subscription = z.object({
  id: subscriptionId,
  queryName: z.string(),
  dest: z.string(),
  schedule: schedule.optional(),
  signature: z.enum(['none', 'hmac', 'jws']),
  media: z.enum(['json', 'xml']),
  reportIfEmpty: z.boolean(),
  state: z.enum(['active', 'retrying', 'stopped']),
  attempts: z.number(),
  waitingLetters: z.number(),
  /** Events recorded that were not looked at yet. */
  behind: z.number(),
  problem: z.string().optional(),
  createdAt: instant,
  lastNotifiedAt: instant.optional(),
  nextAt: instant.optional(),
});

const letter = z.object({
  id: id('letter'),
  subscriptionId: z.string(),
  queryName: z.string(),
  dest: z.string(),
  deliveryId: z.string(),
  eventCount: z.number(),
  attempts: z.number(),
  problem: z.string(),
  state: z.enum(['waiting', 'sending', 'delivered', 'dismissed']),
  deadAt: instant,
  version: z.number(),
});

const read = ledgerPermission('ledger.event:read');
const manage = ledgerPermission('ledger.subscription:manage');

export const listNamedQueries = endpoint({
  ...{ id: 'ledger.listQueries', method: 'GET', path: '/api/v1/ledger/queries', access: read },
  title: text('命名查询', 'Named queries'),
  query: pageQuery,
  response: page(namedQuery),
});

export const createNamedQuery = endpoint({
  ...{ id: 'ledger.createQuery', method: 'POST', path: '/api/v1/ledger/queries', access: manage },
  title: text('新建命名查询', 'Make a named query'),
  body: queryFields.extend({ name: z.string().regex(/^[A-Za-z0-9][\w.~-]{0,99}$/) }),
  response: namedQuery,
  status: 201,
});

export const removeNamedQuery = endpoint({
  ...{ id: 'ledger.removeQuery', method: 'DELETE', access: manage },
  path: '/api/v1/ledger/queries/:queryName',
  title: text('删除命名查询及其订阅', 'Remove a named query and its subscriptions'),
  params: z.object({ queryName: z.string().max(100) }),
  response: z.object({ ok: z.literal(true) }),
});

export const listWebhooks = endpoint({
  ...{ id: 'ledger.listSubscriptions', method: 'GET', access: read },
  path: '/api/v1/ledger/subscriptions',
  title: text('事件订阅', 'Subscriptions'),
  query: pageQuery,
  response: page(subscription),
});

export const createWebhook = endpoint({
  ...{ id: 'ledger.createSubscription', method: 'POST', access: manage },
  path: '/api/v1/ledger/subscriptions',
  title: text('新建事件订阅', 'Make a subscription'),
  body: z.object({
    queryName: line(100),
    dest: line(2000),
    schedule: schedule.optional(),
    reportIfEmpty: z.boolean().optional(),
    signature: z.enum(['hmac', 'jws']),
    media: z.enum(['json', 'xml']),
  }),
  /** The secret that signs deliveries is told here and never again. */
  response: subscription.extend({ secret: z.string() }),
  status: 201,
});

const webhookParams = z.object({ subscriptionId });

export const removeWebhook = endpoint({
  ...{ id: 'ledger.removeSubscription', method: 'DELETE', access: manage, params: webhookParams },
  path: '/api/v1/ledger/subscriptions/:subscriptionId',
  title: text('删除事件订阅', 'Remove a subscription'),
  response: z.object({ ok: z.literal(true) }),
});

export const resumeWebhook = endpoint({
  ...{ id: 'ledger.resumeSubscription', method: 'POST', access: manage, params: webhookParams },
  path: '/api/v1/ledger/subscriptions/:subscriptionId/resume',
  title: text('立即继续投递', 'Deliver again now'),
  response: z.object({ ok: z.literal(true) }),
});

export const listDeadLetters = endpoint({
  ...{ id: 'ledger.listDeadLetters', method: 'GET', access: read },
  path: '/api/v1/ledger/dead-letters',
  title: text('未送达的消息', 'Undelivered messages'),
  query: pageQuery,
  response: page(letter),
});

const letterParams = z.object({ letterId: id('letter') });

export const resendLetter = endpoint({
  ...{ id: 'ledger.resendDeadLetter', method: 'POST', access: manage, params: letterParams },
  path: '/api/v1/ledger/dead-letters/:letterId/resend',
  title: text('重新投递', 'Send again'),
  ...{ ifMatch: true, response: z.object({ ok: z.literal(true) }) },
});

export const dismissLetter = endpoint({
  ...{ id: 'ledger.dismissDeadLetter', method: 'POST', access: manage, params: letterParams },
  path: '/api/v1/ledger/dead-letters/:letterId/dismiss',
  title: text('不再投递', 'Give up'),
  ...{ ifMatch: true, response: z.object({ ok: z.literal(true) }) },
});
