import { type EpcisEvent, type JsonValue, queryDocumentOf, stringifyJson } from '@zaizao/epcis';
import { writeEpcisXml } from '@zaizao/epcis/xml';
import type { App, Ctx } from '@zaizao/platform/http';
import { translated } from '../epcis/answer.ts';
import { EPC_FORMATS } from '../epcis/format.ts';
import { EpcisProblem, problemBody, problemXml } from '../epcis/problem.ts';
import type { Subscription } from '../repo/subscription.ts';
import type { Installment } from '../service/standing-query.ts';
import { openSecret, signatureOf } from './signature.ts';
import { post } from './target.ts';

/** One message to a webhook, ready to be sent. */
export interface Message {
  /** The same for every attempt: receivers know a repetition by it. */
  readonly id: string;
  readonly body: string;
  readonly type: string;
  readonly eventCount: number;
}

export type Outcome =
  | { readonly kind: 'taken' }
  /** The receiver asks for less at once. */
  | { readonly kind: 'too-large' }
  | { readonly kind: 'failed'; readonly problem: string };

type Style = Pick<Subscription, 'subscription_id' | 'query_name' | 'media' | 'epc_format'>;

/** The message that tells an installment; what cannot be told is told as a problem of the standard. */
export async function messageOf(
  ctx: Ctx,
  style: Style,
  installment: Installment,
  id: string,
): Promise<Message> {
  const format = EPC_FORMATS.find((f) => f === style.epc_format) ?? 'Always_GS1_Digital_Link';
  if (installment.kind !== 'events') {
    const isGone = installment.kind === 'no-query';
    return problem(style, id, isGone ? 'NoSuchNameException' : 'QueryTooComplexException');
  }
  try {
    const events = await translated(ctx, installment.events, format);
    return document(ctx, style, events, id);
  } catch (e) {
    if (!(e instanceof EpcisProblem)) throw e;
    return problem(style, id, 'ImplementationException', e.body.detail);
  }
}

function document(ctx: Ctx, style: Style, events: readonly EpcisEvent[], id: string): Message {
  const told = queryDocumentOf(events, {
    creationDate: ctx.now,
    queryName: style.query_name,
    subscriptionID: style.subscription_id,
  });
  const eventCount = events.length;
  if (style.media === 'xml') {
    const xml = writeEpcisXml(told);
    if (!xml.ok) return problem(style, id, 'ImplementationException', xml.error.message);
    return { id, body: xml.value, type: 'application/xml', eventCount };
  }
  // The document type only names what is JSON anyway.
  const body = stringifyJson(told as unknown as JsonValue);
  return { id, body, type: 'application/json', eventCount };
}

function problem(
  style: Style,
  id: string,
  exception: Parameters<typeof problemBody>[0],
  detail?: string,
): Message {
  const body = problemBody(exception, detail);
  return style.media === 'xml'
    ? { id, body: problemXml(body), type: 'application/problem+xml', eventCount: 0 }
    : { id, body: JSON.stringify(body), type: 'application/problem+json', eventCount: 0 };
}

/** Sends a message once, signed. Never throws: whatever goes wrong is an outcome. */
export async function send(app: App, to: Subscription, message: Message): Promise<Outcome> {
  const { body, id } = message;
  try {
    const { signature, sealed_secret: sealed, subscription_id: subscription } = to;
    const signed =
      signature === 'none' || sealed === null
        ? undefined
        : signatureOf(signature, openSecret(app.config.secret, subscription, sealed), body, {
            ...{ id, at: app.clock.now() },
          });
    const status = await post(to.dest, body, {
      'content-type': message.type,
      'idempotency-key': id,
      'user-agent': 'zaizao-ledger/1',
      'gs1-epcis-version': '2.0.0',
      'gs1-cbv-version': '2.0.0',
      'gs1-extensions': 'zz=https://ns.zaizao.dev/',
      ...(signed === undefined ? {} : { 'gs1-signature': signed }),
    });
    if (status >= 200 && status < 300) return { kind: 'taken' };
    if (status === 413) return { kind: 'too-large' };
    return { kind: 'failed', problem: `HTTP ${status}` };
  } catch (e) {
    const cause = e instanceof Error ? e : new Error(String(e));
    const code = 'code' in cause ? String(cause.code) : '';
    const told = cause.message.includes(code) ? cause.message : `${cause.message} (${code})`;
    return { kind: 'failed', problem: (told || code).slice(0, 300) };
  }
}
