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
import { type Link, linksOf } from './link.ts';
import { microsOf } from './micros.ts';
import { bareWord } from './term.ts';
import { type TouchedThing, touchedBy } from './thing-role.ts';

/** What queries select events by; canonical. */
interface EventColumns {
  readonly type: string;
  readonly action: string | undefined;
  readonly bizStep: string | undefined;
  readonly disposition: string | undefined;
  readonly readPoint: string | undefined;
  readonly bizLocation: string | undefined;
}

/**
 * An event ready to be stored: everything that can be computed without the database. Plain data, so
 * that it can be made in another thread.
 */
export interface AcceptedEvent {
  /** Of the event itself only what is looked at once it is stored; all of it is in `json`. */
  readonly event: Pick<EpcisEvent, 'bizStep' | 'destinationList' | 'errorDeclaration'>;
  readonly columns: EventColumns;
  readonly eventId: string;
  /** The sender named the event, or its content does: capturing it again is a repetition. */
  readonly named: boolean;
  /** 64 hex digits of the CBV event hash. */
  readonly hash: string;
  readonly eventUs: number;
  /** 0, or the time of the error declaration. */
  readonly declaredUs: number;
  readonly things: readonly TouchedThing[];
  /** Genealogy that it states; nodes of its own are `OWN_NODE`. */
  readonly links: readonly Link[];
  /** The event's JSON as stored, digits kept; one line. */
  readonly json: string;
  /** JSON of the context in force, or undefined for Zaizao's own. */
  readonly contextJson: string | undefined;
  /** Where its commitments were made already: what they are salted with, and the groups of its log entry. */
  readonly committed?: { readonly secret: Uint8Array; readonly groups: Uint8Array };
}

export type Refused =
  | { readonly reason: 'invalid'; readonly problem: string }
  | { readonly reason: 'in-future'; readonly time: string };

/** Why an event was refused, for people. */
export function sentence(refused: Refused): string {
  return refused.reason === 'in-future'
    ? `eventTime ${refused.time} is in the future`
    : refused.problem;
}

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
  const contextJson = contextText(context, own);
  const fault = unstorable(json + contextJson, event, id, things);
  if (fault !== undefined) return invalid(fault);
  return {
    event,
    columns: {
      type: event.type,
      action: 'action' in event ? event.action : undefined,
      bizStep: event.bizStep && bareWord(event.bizStep),
      disposition: event.disposition && bareWord(event.disposition),
      readPoint: event.readPoint && canonicalUri(event.readPoint.id),
      bizLocation: event.bizLocation && canonicalUri(event.bizLocation.id),
    },
    eventId: id,
    named,
    hash: digestOf(ni),
    eventUs,
    declaredUs,
    things,
    links: linksOf(event, things, 0),
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
  if (hasNoCharacters(json)) return 'characters that are none';
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

/** Only what is no character is written as such an escape by JSON.stringify. */
export function hasNoCharacters(json: string): boolean {
  return json.includes('\\u') && /\\u(?:0000|d[89a-f])/i.test(json.replaceAll('\\\\', ''));
}

function bytes(text: string): number {
  return text.length > MAX_IDENTIFIER_BYTES ? text.length : Buffer.byteLength(text);
}
