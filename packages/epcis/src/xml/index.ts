import { ok, type Result, refuse } from '@zaizao/gs1';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Context, EpcisDocument, EpcisEvent, EpcisQueryDocument } from '../model.ts';
import { EPCIS_CONTEXT, STANDARD_PREFIXES } from '../names.ts';
import { choosePrefixes, isExtensionNamespace } from './prefixes.ts';
import { EventReader, gather, isEventElement, isOrdered, unwrapped } from './xml-event.ts';
import { child, readXml, type XmlElement, type XmlErrorCode } from './xml-tree.ts';

export { parseQueryMessage, type QueryMessage } from './query-message.ts';
export { writeEpcisXml, type XmlOptions } from './write.ts';
export { escapeXml, xmlElement, xmlTextElement } from './xml-text.ts';
export type { XmlErrorCode } from './xml-tree.ts';

/** What an EPCIS XML document holds, in the model of EPCIS 2.0 JSON. */
export interface ParsedXml {
  /** Version that the document itself declares: `1.0` to `2.0`. */
  readonly sourceVersion: string;
  /** Not validated yet: pass it to `validateDocument` or `validateEvent`. */
  readonly content: EpcisDocument | EpcisQueryDocument | EpcisEvent;
}

function attribute(element: XmlElement, local: string): string | undefined {
  return element.attributes.find((candidate) => candidate.local === local)?.value;
}

function contextOf(prefixes: ReadonlyMap<string, string>): Context {
  const own = [...prefixes].filter(([, prefix]) => !STANDARD_PREFIXES.has(prefix));
  if (own.length === 0) return [EPCIS_CONTEXT];
  return [EPCIS_CONTEXT, Object.fromEntries(own.map(([namespace, prefix]) => [prefix, namespace]))];
}

function eventList(reader: EventReader, list: XmlElement | undefined): JsonObject[] {
  return list ? unwrapped(list).map((event) => reader.event(event)) : [];
}

function businessHeader(header: XmlElement | undefined): JsonObject {
  const envelope = child(header, 'StandardBusinessDocumentHeader');
  const party = (name: string): string | undefined =>
    child(child(envelope, name), 'Identifier')?.text;
  const instance = child(child(envelope, 'DocumentIdentification'), 'InstanceIdentifier')?.text;
  const sender = party('Sender');
  const receiver = party('Receiver');
  return {
    ...(sender ? { sender } : {}),
    ...(receiver ? { receiver } : {}),
    ...(instance ? { instanceIdentifier: instance } : {}),
  };
}

function masterData(reader: EventReader, holder: XmlElement | undefined): JsonObject {
  const list = child(holder, 'VocabularyList');
  if (!list) return {};
  return { epcisHeader: { epcisMasterData: { vocabularyList: reader.masterData(list) } } };
}

function documentHead(root: XmlElement, reader: EventReader, context: Context): JsonObject {
  const extensions = unwrapped(root)
    .filter((element) => isExtensionNamespace(element.namespace))
    .map((element): [string, JsonValue] => [reader.name(element), reader.value(element)]);
  const creationDate = attribute(root, 'creationDate');
  return {
    '@context': context,
    type: root.local,
    schemaVersion: '2.0',
    ...(creationDate === undefined ? {} : { creationDate }),
    ...gather(extensions),
  };
}

function captureDocument(root: XmlElement, reader: EventReader, context: Context): JsonObject {
  const header = child(root, 'EPCISHeader');
  const holder = header
    ? unwrapped(header).find((element) => element.local === 'EPCISMasterData')
    : undefined;
  return {
    ...documentHead(root, reader, context),
    ...businessHeader(header),
    ...masterData(reader, holder),
    epcisBody: { eventList: eventList(reader, child(child(root, 'EPCISBody'), 'EventList')) },
  };
}

/** A master data document as a document without events, the form that EPCIS 2.0 JSON has for it. */
function masterDataDocument(root: XmlElement, reader: EventReader, context: Context): JsonObject {
  return {
    ...documentHead(root, reader, context),
    type: 'EPCISDocument',
    ...businessHeader(child(root, 'EPCISHeader')),
    ...masterData(reader, child(root, 'EPCISBody')),
    epcisBody: { eventList: [] },
  };
}

function queryDocument(root: XmlElement, reader: EventReader, context: Context): JsonObject {
  const body = child(root, 'EPCISBody') ?? root;
  const results = child(body, 'QueryResults') ?? body;
  const subscriptionID = child(results, 'subscriptionID')?.text;
  const inner = child(results, 'resultsBody');
  const vocabularies = child(inner, 'VocabularyList');
  return {
    ...documentHead(root, reader, context),
    epcisBody: {
      queryResults: {
        queryName: child(results, 'queryName')?.text ?? '',
        ...(subscriptionID === undefined ? {} : { subscriptionID }),
        resultsBody: {
          eventList: eventList(reader, child(inner, 'EventList')),
          ...(vocabularies ? { vocabularyList: reader.masterData(vocabularies) } : {}),
        },
      },
    },
  };
}

/** The parts of a query document that hold results; other bodies are messages of the query interface. */
function isMessage(root: XmlElement): boolean {
  const body = child(root, 'EPCISBody');
  const [first] = body?.children ?? [];
  return (
    root.local === 'EPCISQueryDocument' && first !== undefined && first.local !== 'QueryResults'
  );
}

function disordered(element: XmlElement): boolean {
  return isEventElement(element) ? !isOrdered(element) : element.children.some(disordered);
}

function contentOf(
  root: XmlElement,
  reader: EventReader,
  context: Context,
): JsonObject | undefined {
  switch (root.local) {
    case 'EPCISDocument':
      return captureDocument(root, reader, context);
    case 'EPCISQueryDocument':
      return queryDocument(root, reader, context);
    case 'EPCISMasterDataDocument':
      return masterDataDocument(root, reader, context);
    default:
      return isEventElement(root) ? { '@context': context, ...reader.event(root) } : undefined;
  }
}

/**
 * Parses an EPCIS 1.x or 2.0 XML document, query document, master data document or single event into the model of EPCIS 2.0 JSON: wrappers
 * of version 1 opened, vocabulary URNs as bare words, attributes of sensor reports as fields, extension names under the
 * document's prefixes. The event hash of the result equals that of the XML.
 *
 * Errors: `XML_MALFORMED`, `XML_DOCTYPE`, `XML_TOO_DEEP`, `XML_NOT_EPCIS`, `XML_ORDER` (an event's action before its
 * time).
 *
 * @see EPCIS 2.0 (ISO/IEC 19987) section 9, XML bindings
 */
export function parseEpcisXml(text: string): Result<ParsedXml, XmlErrorCode> {
  const tree = readXml(text);
  if (!tree.ok) return tree;
  const root = tree.value;
  const prefixes = choosePrefixes(root);
  const reader = new EventReader(prefixes);
  const context = contextOf(prefixes);
  const sourceVersion = attribute(root, 'schemaVersion') ?? '2.0';
  const content = contentOf(root, reader, context);
  if (!content || isMessage(root)) {
    return refuse('XML_NOT_EPCIS', `<${root.local}> is no EPCIS document or event`);
  }
  // Documents of version 1 in circulation have their fields in any order.
  if (sourceVersion.startsWith('2') && disordered(root))
    return refuse('XML_ORDER', 'eventTime comes first in an event');
  // The reader writes the fields of the model; whether they are complete and right, validation tells.
  return ok({ sourceVersion, content: content as unknown as ParsedXml['content'] });
}
