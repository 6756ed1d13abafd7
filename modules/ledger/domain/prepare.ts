import {
  type Context,
  type EpcisDocument,
  type EpcisEvent,
  type EpcisQueryDocument,
  type Issue,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  stringifyJson,
  validateCapture,
} from '@zaizao/epcis';
import { parseEpcisXml } from '@zaizao/epcis/xml';
import { canonicalUri } from '@zaizao/gs1';
import { type AcceptedEvent, acceptEvent, hasNoCharacters, sentence } from './accept.ts';
import { attributeName } from './attribute-name.ts';

/** A document read and checked, before the database is asked. */
export interface PreparedCapture {
  readonly accepted: readonly AcceptedEvent[];
  /** Faults of single events, by their place in the document. */
  readonly faults: readonly EventFault[];
  readonly vocabulary: readonly VocabularyElement[];
  readonly namespaces: readonly { readonly prefix: string; readonly namespace: string }[];
  readonly count: number;
}

export interface EventFault {
  readonly index: number;
  readonly kind: 'invalid' | 'taken';
  readonly detail: string;
}

/** Master data as a document brings it. */
export interface VocabularyElement {
  readonly type: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly children: readonly string[];
}

/** The whole document is refused: nothing of it can be read. */
export class DocumentFault extends Error {}

/** An event that does not name itself is named by its content, so that sending it again is a repetition. */
const byContent = (ni: string) => ({ id: ni, named: true });

/**
 * Checks a document and makes its events ready. Faults outside single events throw DocumentFault.
 */
function prepareCapture(json: JsonValue, nowUs: number, isXml = false): PreparedCapture {
  const events = eventListOf(json);
  const checked = validateCapture(json, { isXml });
  const faults = checked.ok ? [] : checked.errors.map((issue) => faultOf(issue));
  const bad = new Set(faults.map((f) => f.index));
  // Everything outside the events passed, and every event whose place is not among the faults.
  const document = json as unknown as EpcisDocument | EpcisQueryDocument;
  const context = document['@context'] as Context | undefined;
  const accepted: AcceptedEvent[] = [];
  const late: EventFault[] = [];
  for (const [index, event] of events.entries()) {
    if (bad.has(index)) continue;
    const made = acceptEvent(event as unknown as EpcisEvent, context, nowUs, byContent);
    if ('reason' in made) late.push({ index, kind: 'invalid', detail: sentence(made) });
    else accepted.push(made);
  }
  const vocabulary = vocabularyOf(document);
  if (hasNoCharacters(stringifyJson(vocabulary as unknown as JsonValue))) {
    throw new DocumentFault('master data with characters that are none');
  }
  return {
    accepted,
    faults: [...onePerEvent(faults), ...late],
    vocabulary,
    namespaces: namespacesIn(context),
    count: events.length,
  };
}

/** The events of a document or query document, unchecked. */
function eventListOf(json: JsonValue): readonly JsonValue[] {
  const body = isJsonObject(json) ? json.epcisBody : undefined;
  const results = isJsonObject(body) ? body.queryResults : undefined;
  const holder = isJsonObject(results) ? results.resultsBody : body;
  const list = isJsonObject(holder) ? holder.eventList : undefined;
  return Array.isArray(list) ? list : [];
}

/** A fault inside an event belongs to that event; any other refuses the document. */
function faultOf({ path, message }: Issue): EventFault {
  const inEvent = /\/eventList\/(\d+)(.*)$/.exec(path);
  if (!inEvent) throw new DocumentFault(`${path} ${message}`);
  return { index: Number(inEvent[1]), kind: 'invalid', detail: `${inEvent[2]} ${message}`.trim() };
}

function onePerEvent(faults: readonly EventFault[]): EventFault[] {
  return [...new Map([...faults].reverse().map((f) => [f.index, f])).values()].reverse();
}

function vocabularyOf(document: EpcisDocument | EpcisQueryDocument): VocabularyElement[] {
  const master =
    document.type === 'EPCISDocument'
      ? document.epcisHeader?.epcisMasterData
      : (document.epcisBody.queryResults.resultsBody as unknown as JsonObject); // may be a query of master data
  const lists = isJsonObject(master) ? members(master.vocabularyList) : [];
  return lists.flatMap((vocabulary) =>
    members(vocabulary.vocabularyElementList).map((element) => ({
      type: String(vocabulary.type),
      id: canonicalUri(String(element.id)),
      attributes: Object.fromEntries(
        members(element.attributes).map((a) => [attributeName(String(a.id)), a.attribute ?? null]),
      ),
      children: list(element.children).map((child) => canonicalUri(String(child))),
    })),
  );
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function members(value: JsonValue | undefined): JsonObject[] {
  return list(value).filter(isJsonObject);
}

function namespacesIn(context: Context | undefined): { prefix: string; namespace: string }[] {
  return [context ?? []]
    .flat()
    .flatMap((part) =>
      typeof part === 'string'
        ? []
        : Object.entries(part).flatMap(([prefix, namespace]) =>
            typeof namespace === 'string' &&
            /^[A-Za-z][\w-]{0,60}$/.test(prefix) &&
            !namespace.includes('\0') &&
            namespace.isWellFormed()
              ? [{ prefix, namespace: namespace.slice(0, 500) }]
              : [],
          ),
    );
}

/** What reading a captured text comes to. */
export type Reading =
  | { readonly kind: 'prepared'; readonly prepared: PreparedCapture }
  /** Nothing of it can be read. */
  | { readonly kind: 'fault'; readonly detail: string }
  | { readonly kind: 'too-many' };

/** Parses a captured text. Throws DocumentFault for what is none. */
export function parseDocument(text: string, isXml: boolean): JsonValue {
  if (isXml) {
    const parsed = parseEpcisXml(text);
    if (!parsed.ok) throw new DocumentFault(parsed.error.message);
    return parsed.value.content as unknown as JsonValue; // the model is JSON with names
  }
  try {
    return parseJson(text);
  } catch (e) {
    if (e instanceof SyntaxError || e instanceof RangeError) {
      throw new DocumentFault(`the body is not JSON: ${e.message}`);
    }
    throw e;
  }
}

/** Reads and checks a captured text of at most `limit` events. */
export function readCapture(
  text: string,
  { isXml, nowUs, limit }: { isXml: boolean; nowUs: number; limit: number },
): Reading {
  try {
    const json = parseDocument(text, isXml);
    if (eventListOf(json).length > limit) return { kind: 'too-many' };
    return { kind: 'prepared', prepared: prepareCapture(json, nowUs, isXml) };
  } catch (e) {
    if (e instanceof DocumentFault) return { kind: 'fault', detail: e.message };
    throw e;
  }
}
