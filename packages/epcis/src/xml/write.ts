import { ok, type Result, refuse } from '@zaizao/gs1';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { Context, EpcisDocument, EpcisQueryDocument } from '../model.ts';
import { prefixesOf } from '../names.ts';
import { type EventStyle, EventWriter } from './write-event.ts';
import { XmlNames } from './xml-names.ts';
import { escapeXml, XmlUnwritable, xmlElement, xmlTextElement } from './xml-text.ts';

/** How a document is written. */
export interface XmlOptions {
  /** Of the XML Schema; default `2.0`. */
  readonly version?: EventStyle['version'];
  /** Web URIs (default) or the URNs of CBV 1.2; version 1.2 always has URNs. */
  readonly cbv?: EventStyle['cbv'];
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

function list(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function contextOf(object: JsonObject): Context | undefined {
  return object['@context'] as Context | undefined; // documents are validated before they are written
}

/** EPCIS 1.x knows two types of events only inside wrappers of its later extensions. */
const WRAPPERS_1_2: Readonly<Record<string, number>> = {
  ObjectEvent: 0,
  AggregationEvent: 0,
  TransactionEvent: 0,
  TransformationEvent: 1,
};

class DocumentWriter {
  readonly #names = new XmlNames();
  readonly #style: EventStyle;
  readonly #context: Context | undefined;

  constructor(style: EventStyle, context: Context | undefined) {
    this.#style = style;
    this.#context = context;
  }

  events(events: readonly JsonObject[]): string {
    const written = events.map((event) => {
      const prefixes = prefixesOf(this.#context, contextOf(event));
      const element = new EventWriter(this.#names, this.#style, prefixes).event(event);
      const isStandard = /^<[A-Z]\w*[ />]/.test(element);
      if (this.#style.version === '2.0') {
        return isStandard ? element : xmlElement('extension', element);
      }
      const depth = WRAPPERS_1_2[String(event.type)] ?? 2;
      return '<extension>'.repeat(depth) + element + '</extension>'.repeat(depth);
    });
    return xmlElement('EventList', written.join(''));
  }

  vocabularies(vocabularies: readonly JsonObject[]): string {
    const writer = new EventWriter(this.#names, this.#style, prefixesOf(this.#context));
    const written = vocabularies.map((vocabulary) => {
      const elements = list(vocabulary.vocabularyElementList).map((element) => {
        const attributes = list(element.attributes).map((attribute) => {
          const value = attribute.attribute;
          const id = String(attribute.id);
          if (Array.isArray(value) && value.some((item) => typeof item === 'object')) {
            throw new XmlUnwritable('a list of objects as one attribute');
          }
          if (!isJsonObject(value)) {
            const text = value === undefined || value === null ? '' : String(value);
            return xmlElement('attribute', escapeXml(text), { id });
          }
          const inner = Object.entries(value).map(([name, item]) => writer.extension(name, item));
          return xmlElement('attribute', inner.join(''), { id });
        });
        const ids = Array.isArray(element.children) ? element.children.map(String) : [];
        const children = ids.map((id) => xmlTextElement('id', id)).join('');
        const nested = children === '' ? '' : xmlElement('children', children);
        return xmlElement('VocabularyElement', attributes.join('') + nested, {
          id: String(element.id),
        });
      });
      const content =
        elements.length === 0 ? '' : xmlElement('VocabularyElementList', elements.join(''));
      return xmlElement('Vocabulary', content, { type: String(vocabulary.type) });
    });
    return xmlElement('VocabularyList', written.join(''));
  }

  /** Fields of others at the head of a document. */
  extensions(document: JsonObject): string {
    const writer = new EventWriter(this.#names, this.#style, prefixesOf(this.#context));
    return Object.entries(document)
      .filter(([name]) => name.includes(':'))
      .map(([name, value]) => writer.extension(name, value))
      .join('');
  }

  declarations(): Record<string, string> {
    return this.#names.declarations();
  }
}

function write(document: JsonObject, options: XmlOptions): string {
  const version = options.version ?? '2.0';
  const cbv = version === '1.2' ? 'urn' : (options.cbv ?? 'web');
  const schema = version === '1.2' ? '1' : '2';
  const writer = new DocumentWriter({ version, cbv }, contextOf(document));
  const body = isJsonObject(document.epcisBody) ? document.epcisBody : {};
  const attributes = (prefix: string, namespace: string) => ({
    [`xmlns:${prefix}`]: namespace,
    ...writer.declarations(),
    schemaVersion: version,
    creationDate: String(document.creationDate ?? new Date(0).toISOString()),
  });
  if (document.type === 'EPCISQueryDocument') {
    const results = isJsonObject(body.queryResults) ? body.queryResults : {};
    const inner = isJsonObject(results.resultsBody) ? results.resultsBody : {};
    const content =
      inner.vocabularyList === undefined
        ? writer.events(list(inner.eventList))
        : writer.vocabularies(list(inner.vocabularyList));
    const parts = [
      xmlTextElement('queryName', String(results.queryName ?? '')),
      results.subscriptionID === undefined
        ? ''
        : xmlTextElement('subscriptionID', String(results.subscriptionID)),
      xmlElement('resultsBody', content),
    ];
    const holder = xmlElement('epcisq:QueryResults', parts.join(''));
    const others = writer.extensions(document);
    const root = attributes('epcisq', `urn:epcglobal:epcis-query:xsd:${schema}`);
    return xmlElement('epcisq:EPCISQueryDocument', xmlElement('EPCISBody', holder) + others, root);
  }
  const header = isJsonObject(document.epcisHeader) ? document.epcisHeader : {};
  const master = isJsonObject(header.epcisMasterData) ? header.epcisMasterData : undefined;
  const vocabularies = master ? writer.vocabularies(list(master.vocabularyList)) : '';
  const masterData = vocabularies === '' ? '' : xmlElement('EPCISMasterData', vocabularies);
  const held =
    version === '1.2' && masterData !== '' ? xmlElement('extension', masterData) : masterData;
  const head = held === '' ? '' : xmlElement('EPCISHeader', held);
  const events = xmlElement('EPCISBody', writer.events(list(body.eventList)));
  const others = writer.extensions(document);
  const root = attributes('epcis', `urn:epcglobal:epcis:xsd:${schema}`);
  return xmlElement('epcis:EPCISDocument', head + events + others, root);
}

/**
 * Writes a document or query document as EPCIS XML, version 2.0 or 1.2: elements in the order of the XML Schema, terms
 * of CBV as Web URIs or URNs, fields of others under the prefixes of the context, compact URIs written out. Reading it
 * again gives events with the same hashes. `sender`, `receiver` and `instanceIdentifier` are not written.
 *
 * Errors: `XML_UNWRITABLE` (a name or a character that XML does not have).
 *
 * @see EPCIS 2.0 (ISO/IEC 19987) section 9, XML bindings
 */
export function writeEpcisXml(
  document: EpcisDocument | EpcisQueryDocument,
  options: XmlOptions = {},
): Result<string, 'XML_UNWRITABLE'> {
  try {
    // The document types only name what is JSON anyway.
    return ok(DECLARATION + write(document as unknown as JsonObject, options));
  } catch (error) {
    if (error instanceof XmlUnwritable) return refuse('XML_UNWRITABLE', error.message);
    throw error;
  }
}
