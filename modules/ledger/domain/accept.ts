import {
  type Context,
  type EpcisEvent,
  eventHash,
  type JsonObject,
  stringifyJson,
  ZAIZAO_CONTEXT,
} from '@zaizao/epcis';
import { canonicalUri } from '@zaizao/gs1';
import { digestOf } from './event-digest.ts';
import { LINK_KIND, linksOf } from './link.ts';
import { microsOf } from './micros.ts';
import { bareWord } from './term.ts';
import { ROLE_NUMBER, type TouchedThing, touchedBy } from './thing-role.ts';

/** An event ready to be stored: everything that can be computed without the database. */
export interface AcceptedEvent {
  readonly event: EpcisEvent;
  readonly eventId: string;
  /** The sender named the event, or its content does: capturing it again is a repetition. */
  readonly named: boolean;
  /** 64 hex digits of the CBV event hash. */
  readonly hash: string;
  readonly eventUs: number;
  /** 0, or the time of the error declaration. */
  readonly declaredUs: number;
  readonly things: readonly TouchedThing[];
  /** The event's JSON as stored, digits kept. */
  readonly json: string;
  /** JSON of the context in force, or undefined for Zaizao's own. */
  readonly contextJson: string | undefined;
}

export type Refused =
  | { readonly reason: 'invalid'; readonly problem: string }
  | { readonly reason: 'in-future'; readonly time: string };

/** Clocks of devices may run ahead of ours by this much. */
const CLOCK_TOLERANCE_US = 10 * 60 * 1_000_000;

/** Identifiers are index keys, and PostgreSQL's index rows end at 2,704 bytes. */
const MAX_IDENTIFIER_BYTES = 1_000;

/** The log entry has 65,535 bytes for names and commitments of all extension fields. */
const MAX_EXTENSION_BYTES = 48_000;

const OWN_CONTEXT = JSON.stringify(ZAIZAO_CONTEXT);

/**
 * Makes an event that passed validation ready to be stored.
 *
 * @param context of the document it came in; the event's own is added to it
 * @param nameless the id of an event that brings none, from its `ni:` hash
 */
export function acceptEvent(
  event: EpcisEvent,
  context: Context | undefined,
  nowUs: number,
  nameless: (hash: string) => { readonly id: string; readonly named: boolean },
): AcceptedEvent | Refused {
  const eventUs = microsOf(event.eventTime);
  if (eventUs === undefined) return invalid(`eventTime “${event.eventTime}”`);
  if (eventUs > nowUs + CLOCK_TOLERANCE_US) return { reason: 'in-future', time: event.eventTime };
  const declaration = event.errorDeclaration?.declarationTime;
  const declaredUs = declaration === undefined ? 0 : microsOf(declaration);
  if (declaredUs === undefined) return invalid(`declarationTime “${declaration}”`);
  const ni = eventHash(event, context);
  const { id, named } =
    event.eventID === undefined ? nameless(ni) : { id: event.eventID, named: true };
  // What validation passed is JSON; the event types only name its fields.
  const { '@context': own, recordTime: _, ...rest } = event;
  const json = stringifyJson({ ...rest, eventID: id } as unknown as JsonObject);
  const things = touchedBy(event);
  const fault = unstorable(json, event, id, things);
  if (fault !== undefined) return invalid(fault);
  const contextJson = contextText(context, own);
  return {
    event,
    eventId: id,
    named,
    hash: digestOf(ni),
    eventUs,
    declaredUs,
    things,
    json,
    contextJson: contextJson === OWN_CONTEXT ? undefined : contextJson,
  };
}

function invalid(problem: string): Refused {
  return { reason: 'invalid', problem };
}

/** The context in force for an event: the document's, then its own. */
function contextText(document: Context | undefined, own: Context | undefined): string {
  if (document === undefined) return stringifyJson(own ?? ZAIZAO_CONTEXT);
  if (own === undefined) return stringifyJson(document);
  return stringifyJson([document, own].flat());
}

/** What no schema forbids and neither the database nor the log can hold. */
function unstorable(
  json: string,
  event: EpcisEvent,
  id: string,
  things: readonly TouchedThing[],
): string | undefined {
  // Only what is no character is written as such an escape by JSON.stringify.
  if (json.includes('\\u') && /\\u(?:0000|d[89a-f])/i.test(json.replaceAll('\\\\', ''))) {
    return 'characters that are none';
  }
  const identifiers = [
    id,
    event.bizStep,
    event.disposition,
    event.readPoint?.id,
    event.bizLocation?.id,
    ...things.map((t) => t.thing),
  ];
  const long = identifiers.find((i) => i !== undefined && bytes(i) > MAX_IDENTIFIER_BYTES);
  if (long !== undefined) return `identifier over ${MAX_IDENTIFIER_BYTES} bytes`;
  let extensions = 0;
  for (const name of Object.keys(event)) extensions += name.includes(':') ? bytes(name) + 40 : 0;
  return extensions > MAX_EXTENSION_BYTES ? 'too many extension fields' : undefined;
}

function bytes(text: string): number {
  return text.length > MAX_IDENTIFIER_BYTES ? text.length : Buffer.byteLength(text);
}

/** The rows of accepted events, each kind as one JSON array for the database. */
export function rowsOf(
  accepted: readonly AcceptedEvent[],
  first: { readonly firstSeq: number; readonly firstUs: number },
  secrets: readonly string[],
): { events: string; things: string; links: string | undefined } {
  const events: string[] = [];
  const things: object[] = [];
  const links: object[] = [];
  accepted.forEach((a, i) => {
    const seq = first.firstSeq + i;
    const { event, eventUs: event_us } = a;
    const fields = JSON.stringify({
      seq,
      record_us: first.firstUs + i,
      event_id: a.eventId,
      declared_us: a.declaredUs,
      type: event.type,
      action: 'action' in event ? event.action : undefined,
      biz_step: event.bizStep && bareWord(event.bizStep),
      disposition: event.disposition && bareWord(event.disposition),
      read_point: event.readPoint && canonicalUri(event.readPoint.id),
      biz_location: event.bizLocation && canonicalUri(event.bizLocation.id),
      event_us,
      hash: a.hash,
      secret: secrets[i],
    });
    const context = a.contextJson === undefined ? '' : `,"context":${a.contextJson}`;
    events.push(`${fields.slice(0, -1)},"event":${a.json}${context}}`);
    for (const { thing, role } of a.things) {
      things.push({ thing, event_us, seq, role: ROLE_NUMBER[role] });
    }
    for (const link of linksOf(event, a.things, seq)) {
      links.push({ ...link, kind: LINK_KIND[link.kind], event_us, seq });
    }
  });
  return {
    events: `[${events.join(',')}]`,
    things: JSON.stringify(things),
    links: links.length === 0 ? undefined : JSON.stringify(links),
  };
}
