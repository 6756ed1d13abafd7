import { isJsonObject, type JsonObject, queryDocumentOf } from '@zaizao/epcis';
import {
  parseQueryMessage,
  type QueryMessage,
  writeEpcisXml,
  xmlElement,
  xmlTextElement,
} from '@zaizao/epcis/xml';
import type { Caller, RawRoute } from '@zaizao/platform/http';
import { ok, text } from '@zaizao/platform/kernel';
import { ledgerPermission } from '../contract.ts';
import { ParameterFault } from '../domain/query/parse.ts';
import { namespacesOf } from '../repo/capture.ts';
import { deleteQuery, findQuery, insertQuery, listQueries } from '../repo/named-query.ts';
import type { Position } from '../repo/query.ts';
import { deleteSubscription, findSubscription, listSubscriptions } from '../repo/subscription.ts';
import { knownNamespaces, parseNamed } from '../service/named-query.ts';
import { runOrdered } from '../service/ordered-query.ts';
import { SubscriptionFault, scheduleOf, subscribe } from '../service/subscription.ts';
import { translated } from './answer.ts';
import { header, type Reply, type Request } from './message.ts';
import { cbvFormat, epcFormat } from './negotiate.ts';
import { EpcisProblem } from './problem.ts';
import { textBody } from './request.ts';
import { wsdl } from './wsdl.ts';

const read = ledgerPermission('ledger.event:read');
const manage = ledgerPermission('ledger.subscription:manage');

/** A poll answers everything at once; more than this is too large. */
const MOST_EVENTS = 10_000;
/** Queries that a SOAP caller subscribes to without naming them. */
const OWN = 'soap-';

/** `/epcis/soap`: the query interface of EPCIS 1.2, for systems that speak no REST. */
export const soapRoutes: readonly RawRoute[] = [
  {
    ...{ id: 'epcis.soap.post', method: 'POST', url: '/epcis/soap', access: read, rawBody: true },
    title: text('EPCIS 1.2 查询（SOAP）', 'Query interface of EPCIS 1.2 (SOAP)'),
    refuse: (problem, _request, reply) =>
      sendFault(reply, new SoapFault('SecurityException', problem.title), problem.status),
    handle: answer,
  },
  {
    ...{ id: 'epcis.soap.get', method: 'GET', url: '/epcis/soap', access: 'public' },
    title: text('SOAP 接口的 WSDL', 'WSDL of the SOAP interface'),
    handle: async (_request, reply, caller) =>
      reply.type('text/xml').send(wsdl(`${caller.app.config.publicUrl}/epcis/soap`)),
  },
];

/** An exception of the query interface. */
class SoapFault extends Error {
  readonly exception: string;

  constructor(exception: string, reason: string) {
    super(reason);
    this.exception = exception;
  }
}

const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';

/** The namespace that the caller speaks: `:1` for EPCIS 1.x. */
function versionOf(body: string): '1' | '2' {
  return body.includes('urn:epcglobal:epcis-query:xsd:2') ? '2' : '1';
}

function envelope(content: string, version: '1' | '2'): string {
  const attributes = {
    'xmlns:soapenv': ENVELOPE,
    'xmlns:epcisq': `urn:epcglobal:epcis-query:xsd:${version}`,
  };
  const body = xmlElement('soapenv:Body', content);
  return `<?xml version="1.0" encoding="UTF-8"?>${xmlElement('soapenv:Envelope', body, attributes)}`;
}

function sendFault(reply: Reply, fault: SoapFault, status = 500, version: '1' | '2' = '1') {
  const reason = fault.message.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/g, '?');
  const detail = xmlElement(`epcisq:${fault.exception}`, xmlTextElement('reason', reason));
  const isOurs = fault.exception === 'ImplementationException';
  const content =
    xmlTextElement('faultcode', isOurs ? 'soapenv:Server' : 'soapenv:Client') +
    xmlTextElement('faultstring', reason) +
    xmlElement('detail', detail);
  return reply
    .status(status)
    .type('text/xml')
    .send(envelope(xmlElement('soapenv:Fault', content), version));
}

async function answer(request: Request, reply: Reply, caller: Caller) {
  let version: '1' | '2' = '1';
  try {
    const body = textBody(request);
    if (!body.isXml) throw new EpcisProblem('UnsupportedMediaTypeException', 'send text/xml');
    version = versionOf(body.text);
    const message = parseQueryMessage(body.text);
    if (!message.ok) {
      const { code, message: reason } = message.error;
      // What is no message at all is answered as HTTP does; SOAP 1.1 wants 500 for every fault of a message.
      if (code.startsWith('XML_')) throw new EpcisProblem('ValidationException', reason);
      const isParameter = code === 'QUERY_PARAMETER';
      throw new SoapFault(isParameter ? 'QueryParameterException' : 'ValidationException', reason);
    }
    const content = await perform(message.value, request, caller, version);
    return await reply.type('text/xml').send(envelope(content, version));
  } catch (e) {
    return sendFault(reply, faultOf(e), e instanceof EpcisProblem ? e.body.status : 500, version);
  }
}

function faultOf(e: unknown): SoapFault {
  if (e instanceof SoapFault) return e;
  if (e instanceof ParameterFault) return new SoapFault('QueryParameterException', e.message);
  if (e instanceof SubscriptionFault) {
    const exception = {
      'no-query': 'NoSuchNameException',
      controls: 'SubscriptionControlsException',
      dest: 'InvalidURIException',
      'not-permitted': 'SubscribeNotPermittedException',
      taken: 'DuplicateSubscriptionException',
    } as const;
    return new SoapFault(exception[e.kind], e.message);
  }
  if (e instanceof EpcisProblem) {
    return new SoapFault('ValidationException', e.body.detail ?? e.body.title);
  }
  throw e;
}

function strings(name: string, values: readonly string[]): string {
  return xmlElement(name, values.map((v) => xmlTextElement('string', v)).join(''));
}

async function perform(
  message: QueryMessage,
  request: Request,
  caller: Caller,
  version: '1' | '2',
): Promise<string> {
  switch (message.kind) {
    case 'GetQueryNames': {
      const found = await caller.inOrg(async (ctx) =>
        ok(await listQueries(ctx.tx, ctx.org.no, '', 1_000)),
      );
      const names = (found.ok ? found.value : []).map((q) => q.name);
      const shown = names.filter((name) => !name.startsWith(OWN));
      return strings('epcisq:GetQueryNamesResult', ['SimpleEventQuery', ...shown]);
    }
    case 'GetStandardVersion':
      return xmlTextElement('epcisq:GetStandardVersionResult', version === '2' ? '2.0' : '1.2');
    case 'GetVendorVersion':
      return xmlTextElement('epcisq:GetVendorVersionResult', 'zaizao/1');
    case 'GetSubscriptionIDs':
      return subscriptionIds(message.queryName, caller);
    case 'Poll':
      return poll(message, request, caller, version);
    case 'Subscribe':
      return makeSubscription(message, request, caller);
    case 'Unsubscribe':
      return endSubscription(message.subscriptionID, caller);
  }
}

async function subscriptionIds(queryName: string, caller: Caller): Promise<string> {
  const found = await caller.inOrg(async (ctx) => {
    const isStandard = queryName === 'SimpleEventQuery';
    if (!isStandard && !(await findQuery(ctx.tx, ctx.org.no, queryName))) {
      throw new SoapFault('NoSuchNameException', queryName);
    }
    const wanted = isStandard ? undefined : queryName;
    const all = await listSubscriptions(ctx.tx, ctx.org.no, wanted, '', 1_000);
    return ok(isStandard ? all.filter((s) => s.query_name.startsWith(OWN)) : all);
  });
  const ids = (found.ok ? found.value : []).map((s) => s.subscription_id);
  return strings('epcisq:GetSubscriptionIDsResult', ids);
}

async function poll(
  message: Extract<QueryMessage, { kind: 'Poll' }>,
  request: Request,
  caller: Caller,
  version: '1' | '2',
): Promise<string> {
  const format =
    header(request, 'gs1-epc-format') === undefined ? 'No_Preference' : epcFormat(request);
  const { queryName, params } = message;
  const polled = await caller.inOrg(async (ctx) => {
    const named =
      queryName === 'SimpleEventQuery'
        ? { query: {} }
        : await findQuery(ctx.tx, ctx.org.no, queryName);
    if (!named) throw new SoapFault('NoSuchNameException', queryName);
    const prefixes = knownNamespaces(await namespacesOf(ctx.tx, ctx.org.no));
    const query = parseNamed({ ...named.query, ...params }, prefixes);
    const all = [];
    let after: Position | undefined;
    do {
      const place = { after, taken: all.length, shared: true };
      const page = await runOrdered(ctx, query, { perPage: 1_000, ...place });
      if (page.kind === 'too-large') throw new SoapFault('QueryTooLargeException', 'maxEventCount');
      if (page.kind === 'too-complex') {
        throw new SoapFault('QueryTooComplexException', 'narrow it by time, thing or step');
      }
      all.push(...page.events);
      if (all.length > MOST_EVENTS) {
        throw new SoapFault('QueryTooLargeException', `more than ${MOST_EVENTS} events`);
      }
      after = page.next;
    } while (after);
    return ok(await translated(ctx, all, format));
  });
  if (!polled.ok) throw new Error(polled.error.code);
  const document = queryDocumentOf(polled.value, {
    creationDate: caller.app.clock.now(),
    queryName,
  });
  const style = version === '1' ? ({ version: '1.2' } as const) : { cbv: cbvFormat(request) };
  const written = writeEpcisXml(document, style);
  if (!written.ok) throw new SoapFault('ImplementationException', written.error.message);
  // The results are the body of the document; its namespaces move to them.
  const [, attributes = ''] = /<epcisq:EPCISQueryDocument([^>]*)>/.exec(written.value) ?? [];
  const namespaces = attributes.match(/ xmlns:[^=]+="[^"]*"/g) ?? [];
  const from = written.value.indexOf('<epcisq:QueryResults');
  const results = written.value.slice(from, written.value.lastIndexOf('</EPCISBody>'));
  return results.replace('<epcisq:QueryResults', `<epcisq:QueryResults${namespaces.join('')}`);
}

function mayManage(caller: Caller): void {
  if (caller.app.may(caller.principal, manage)) return;
  throw new SoapFault('SecurityException', 'you may not manage subscriptions');
}

async function makeSubscription(
  message: Extract<QueryMessage, { kind: 'Subscribe' }>,
  request: Request,
  caller: Caller,
): Promise<string> {
  mayManage(caller);
  const { dest, subscriptionID: id, controls, params } = message;
  if (controls.trigger !== undefined) {
    throw new SoapFault(
      'SubscriptionControlsException',
      'triggers are not known; leave out the schedule',
    );
  }
  if (!/^[\w.:~-]{1,100}$/.test(id)) throw new SoapFault('ValidationException', 'subscriptionID');
  const isStandard = message.queryName === 'SimpleEventQuery';
  if (!isStandard && Object.keys(params).length > 0) {
    throw new SoapFault('QueryParameterException', 'a named query has its parameters already');
  }
  const queryName = isStandard ? `${OWN}${id}` : message.queryName;
  const epcFormatAsked = header(request, 'gs1-epc-format');
  await caller.inOrg(async (ctx) => {
    if (isStandard) {
      parseNamed(params, knownNamespaces(await namespacesOf(ctx.tx, ctx.org.no)));
      const row = { name: queryName, query: params };
      if (!(await insertQuery(ctx.tx, ctx.org.no, row, ctx.now.getTime() * 1000))) {
        throw new SubscriptionFault('taken', id);
      }
    }
    const schedule = isJsonObject(controls.schedule) ? scheduleOf(controls.schedule) : undefined;
    const made = await subscribe(ctx, queryName, {
      ...{ dest, id, schedule, stream: schedule === undefined, secret: undefined },
      reportIfEmpty: controls.reportIfEmpty === 'true' || controls.reportIfEmpty === '1',
      initialRecordTime: textIn(controls, 'initialRecordTime'),
      ...{ signature: 'hmac', media: 'xml' },
      epcFormat: epcFormatAsked === undefined ? 'No_Preference' : epcFormat(request),
    });
    return ok(made);
  });
  return xmlElement('epcisq:SubscribeResult', '');
}

function textIn(controls: JsonObject, name: string): string | undefined {
  const value = controls[name];
  return typeof value === 'string' ? value : undefined;
}

async function endSubscription(id: string, caller: Caller): Promise<string> {
  mayManage(caller);
  await caller.inOrg(async (ctx) => {
    const found = await findSubscription(ctx.tx, ctx.org.no, id);
    if (!found) throw new SoapFault('NoSuchSubscriptionException', id);
    await deleteSubscription(ctx.tx, ctx.org.no, id);
    if (found.query_name.startsWith(OWN)) await deleteQuery(ctx.tx, ctx.org.no, found.query_name);
    return ok();
  });
  return xmlElement('epcisq:UnsubscribeResult', '');
}
