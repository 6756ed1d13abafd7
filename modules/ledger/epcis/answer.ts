import {
  type EpcisEvent,
  type EpcisQueryDocument,
  type JsonValue,
  stringifyJson,
} from '@zaizao/epcis';
import { writeEpcisXml } from '@zaizao/epcis/xml';
import type { Ctx } from '@zaizao/platform/http';
import { knownPrefixes } from '../repo/company-prefix.ts';
import { type EpcFormat, eventInFormat, Untranslatable } from './format.ts';
import type { Reply, Request } from './message.ts';
import { cbvFormat, mediaOf, OLDEST, versionOf } from './negotiate.ts';
import { EpcisProblem } from './problem.ts';

/** Events with their identifiers in the form asked for. */
export async function translated(
  ctx: Ctx,
  events: readonly EpcisEvent[],
  format: EpcFormat,
): Promise<EpcisEvent[]> {
  const needsPrefixes = format === 'Always_EPC_URN';
  const prefixes = needsPrefixes ? await knownPrefixes(ctx.tx, ctx.org.no) : new Set<string>();
  try {
    return events.map((event) => eventInFormat(event, format, prefixes));
  } catch (e) {
    if (e instanceof Untranslatable) throw new EpcisProblem('NotAcceptableException', e.message);
    throw e;
  }
}

export function sendJson(reply: Reply, body: object) {
  // The document types only name what is JSON anyway; the digits of large decimals are kept.
  return reply.type('application/json').send(stringifyJson(body as unknown as JsonValue));
}

/** A query document, in JSON or in XML 2.0 or 1.2, whichever the caller asked for. */
export function sendDocument(request: Request, reply: Reply, document: EpcisQueryDocument) {
  const media = mediaOf(request, true);
  if (media === 'json') return sendJson(reply, document);
  const version = versionOf(request, media);
  const written = writeEpcisXml(document, { version, cbv: cbvFormat(request) });
  if (!written.ok) {
    const detail = `these events cannot be written as XML: ${written.error.message}`;
    throw new EpcisProblem('NotAcceptableException', detail);
  }
  if (version === '1.2') reply.headers({ 'gs1-epcis-version': OLDEST, 'gs1-cbv-version': OLDEST });
  return reply.type('application/xml').send(written.value);
}
