import { LosslessNumber } from '../decimal.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { expandValue, type Prefixes } from '../names.ts';
import { bareTerm, TERM_FIELDS, type TermField, termUri } from '../terms.ts';
import type { XmlNames } from './xml-names.ts';
import { escapeXml, XmlUnwritable, xmlElement, xmlTextElement } from './xml-text.ts';

/** How an event is written: for which version of the XML Schema, and with which spelling of CBV terms. */
export interface EventStyle {
  readonly version: '2.0' | '1.2';
  readonly cbv: 'web' | 'urn';
}

/** Fields of every event, in the order of the XML Schema. */
const BASE = ['eventTime', 'recordTime', 'eventTimeZoneOffset'];
const IDENTITY = ['eventID', 'errorDeclaration'];
const WHERE = ['bizStep', 'disposition', 'readPoint', 'bizLocation'];
const PARTIES = ['sourceList', 'destinationList'];
const SINCE_2 = ['sensorElementList', 'persistentDisposition'];

/** The own fields of a type: those of EPCIS 1.0, those that 1.1 put into `extension`, those new in 2.0. */
interface Order {
  readonly first: readonly string[];
  readonly extended: readonly string[];
}

const FAMILY: Order = {
  first: ['parentID', 'childEPCs', 'action', ...WHERE, 'bizTransactionList'],
  extended: ['childQuantityList', ...PARTIES],
};

const ORDERS: Readonly<Record<string, Order>> = {
  ObjectEvent: {
    first: ['epcList', 'action', ...WHERE, 'bizTransactionList'],
    extended: ['quantityList', ...PARTIES],
  },
  AggregationEvent: FAMILY,
  AssociationEvent: FAMILY,
  TransactionEvent: {
    first: ['bizTransactionList', 'parentID', 'epcList', 'action', ...WHERE],
    extended: ['quantityList', ...PARTIES],
  },
  TransformationEvent: {
    first: [
      'inputEPCList',
      'inputQuantityList',
      'outputEPCList',
      'outputQuantityList',
      'transformationID',
      ...WHERE,
      'bizTransactionList',
      ...PARTIES,
    ],
    extended: [],
  },
};

const METADATA = [
  ...['time', 'startTime', 'endTime', 'deviceID', 'deviceMetadata', 'rawData'],
  ...['dataProcessingMethod', 'bizRules'],
];
const REPORT: Readonly<Record<string, TermField>> = {
  type: TERM_FIELDS.measurementType,
  exception: TERM_FIELDS.sensorException,
  component: TERM_FIELDS.sensorComponent,
};

function list(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function objects(value: JsonValue | undefined): JsonObject[] {
  return list(value).filter(isJsonObject);
}

/** Writes events, all of one document, under the prefixes of that document. */
export class EventWriter {
  readonly #names: XmlNames;
  readonly #style: EventStyle;
  readonly #prefixes: Prefixes;

  /** @param prefixes those that hold for the event, from its context */
  constructor(names: XmlNames, style: EventStyle, prefixes: Prefixes) {
    this.#names = names;
    this.#style = style;
    this.#prefixes = prefixes;
  }

  #text(value: JsonValue): string {
    if (value === null) return '';
    if (value instanceof LosslessNumber) return value.text;
    return typeof value === 'string' ? expandValue(value, this.#prefixes) : String(value);
  }

  #term(value: JsonValue, field: TermField): string {
    const text = this.#text(value);
    const uri = termUri(text, field);
    if (this.#style.cbv === 'web' || field.urn === undefined) return uri;
    const word = bareTerm(uri, field);
    return field.words.has(word) ? field.urn + word : uri;
  }

  /** A field of others: arrays repeat it, objects nest, `#text` is what stands beside the members. */
  extension(name: string, value: JsonValue | undefined): string {
    const tag = this.#names.name(name, this.#prefixes);
    return list(value)
      .map((member) => {
        if (Array.isArray(member)) {
          return xmlElement(tag, member.map((item) => this.extension(name, item)).join(''));
        }
        if (!isJsonObject(member)) return xmlTextElement(tag, this.#text(member));
        const { '#text': text, ...fields } = member;
        if (typeof text === 'object' && text !== null && !(text instanceof LosslessNumber)) {
          throw new XmlUnwritable('text with members of its own');
        }
        const inner = Object.entries(fields).map(([field, item]) => this.extension(field, item));
        return xmlElement(tag, escapeXml(this.#text(text ?? null)) + inner.join(''));
      })
      .join('');
  }

  #extensions(fields: JsonObject, known: readonly string[] = []): string {
    return Object.entries(fields)
      .filter(([name]) => !known.includes(name) && name !== '@context')
      .map(([name, value]) => this.extension(name, value))
      .join('');
  }

  #items(name: string, item: string, value: JsonValue | undefined): string {
    const items = list(value).map((entry) => xmlTextElement(item, this.#text(entry)));
    return xmlElement(name, items.join(''));
  }

  #quantities(name: string, value: JsonValue | undefined): string {
    const elements = objects(value).map((quantity) => {
      const fields = ['epcClass', 'quantity', 'uom'].flatMap((field) => {
        const member = quantity[field];
        return member === undefined ? [] : [xmlTextElement(field, this.#text(member))];
      });
      return xmlElement('quantityElement', fields.join(''));
    });
    return xmlElement(name, elements.join(''));
  }

  #typed(name: string, item: string, field: TermField, value: JsonValue | undefined): string {
    const elements = objects(value).map((entry) =>
      xmlElement(item, escapeXml(this.#text(entry[item] ?? '')), {
        type: entry.type === undefined ? undefined : this.#term(entry.type, field),
      }),
    );
    return xmlElement(name, elements.join(''));
  }

  #place(name: string, value: JsonValue | undefined): string {
    const place = isJsonObject(value) ? value : {};
    const id = xmlTextElement('id', this.#text(place.id ?? ''));
    return xmlElement(name, id + this.#extensions(place, ['id']));
  }

  /** The fields of sensor metadata and reports are attributes, those of others too where they are plain. */
  #measured(name: string, fields: JsonObject, terms: Readonly<Record<string, TermField>>): string {
    const attributes: Record<string, string> = {};
    let inner = '';
    for (const [field, value] of Object.entries(fields)) {
      if (value === undefined || value === null || field === '@context') continue;
      const term = terms[field];
      if (term) attributes[field] = this.#term(value, term);
      else if (typeof value === 'object' && !(value instanceof LosslessNumber)) {
        inner += this.extension(field, value);
      } else if (field.includes(':')) {
        attributes[this.#names.name(field, this.#prefixes)] = this.#text(value);
      } else attributes[field] = this.#text(value);
    }
    return xmlElement(name, inner, attributes);
  }

  #sensors(value: JsonValue | undefined): string {
    const elements = objects(value).map((element) => {
      const metadata = isJsonObject(element.sensorMetadata)
        ? this.#measured('sensorMetadata', orderedBy(METADATA, element.sensorMetadata), {})
        : '';
      const reports = objects(element.sensorReport).map((report) =>
        this.#measured('sensorReport', report, REPORT),
      );
      const others = this.#extensions(element, ['sensorMetadata', 'sensorReport']);
      return xmlElement('sensorElement', metadata + reports.join('') + others);
    });
    return xmlElement('sensorElementList', elements.join(''));
  }

  #declaration(value: JsonValue | undefined): string {
    const declaration = isJsonObject(value) ? value : {};
    const { declarationTime, reason, correctiveEventIDs, ...others } = declaration;
    const parts = [
      declarationTime === undefined
        ? ''
        : xmlTextElement('declarationTime', this.#text(declarationTime)),
      reason === undefined
        ? ''
        : xmlTextElement('reason', this.#term(reason, TERM_FIELDS.errorReason)),
      correctiveEventIDs === undefined
        ? ''
        : this.#items('correctiveEventIDs', 'correctiveEventID', correctiveEventIDs),
    ];
    return xmlElement('errorDeclaration', parts.join('') + this.#extensions(others));
  }

  #persistent(value: JsonValue | undefined): string {
    const state = isJsonObject(value) ? value : {};
    const terms = ['unset', 'set'].flatMap((side) =>
      list(state[side]).map((term) =>
        xmlTextElement(side, this.#term(term, TERM_FIELDS.disposition)),
      ),
    );
    return xmlElement('persistentDisposition', terms.join(''));
  }

  #field(name: string, value: JsonValue): string {
    switch (name) {
      case 'epcList':
      case 'childEPCs':
      case 'inputEPCList':
      case 'outputEPCList':
        return this.#items(name, 'epc', value);
      case 'quantityList':
      case 'childQuantityList':
      case 'inputQuantityList':
      case 'outputQuantityList':
        return this.#quantities(name, value);
      case 'bizStep':
      case 'disposition':
        return xmlTextElement(name, this.#term(value, TERM_FIELDS[name]));
      case 'readPoint':
      case 'bizLocation':
        return this.#place(name, value);
      case 'bizTransactionList':
        return this.#typed(name, 'bizTransaction', TERM_FIELDS.bizTransactionType, value);
      case 'sourceList':
        return this.#typed(name, 'source', TERM_FIELDS.sourceDestType, value);
      case 'destinationList':
        return this.#typed(name, 'destination', TERM_FIELDS.sourceDestType, value);
      case 'sensorElementList':
        return this.#sensors(value);
      case 'persistentDisposition':
        return this.#persistent(value);
      case 'errorDeclaration':
        return this.#declaration(value);
      case 'ilmd':
        return xmlElement(name, isJsonObject(value) ? this.#extensions(value) : '');
      case 'certificationInfo':
        return list(value)
          .map((one) => xmlTextElement(name, this.#text(one)))
          .join('');
      default:
        return xmlTextElement(name, this.#text(value));
    }
  }

  #fields(event: JsonObject, names: readonly string[]): string {
    return names
      .map((name) => {
        const value = event[name];
        const none = value === undefined || value === null;
        const empty = Array.isArray(value) && value.length === 0;
        return none || (empty && name !== 'epcList') ? '' : this.#field(name, value);
      })
      .join('');
  }

  /** One event as an element. Types of others are written with their own fields after the common ones. */
  event(event: JsonObject): string {
    const type = String(event.type);
    const order = ORDERS[type] ?? { first: [], extended: [] };
    const common = [...BASE, ...IDENTITY, 'certificationInfo'];
    const late = [...order.extended, ...SINCE_2, 'ilmd'];
    const known = ['type', ...common, ...order.first, ...late];
    const tag = ORDERS[type] ? type : this.#names.name(type, this.#prefixes);
    const others = this.#extensions(event, known);
    if (this.#style.version === '2.0') {
      const body = this.#fields(event, [...common, ...order.first, ...late]);
      return xmlElement(tag, body + others);
    }
    const identity = this.#fields(event, [...IDENTITY, 'certificationInfo']);
    const inner = wrap('extension', this.#fields(event, SINCE_2));
    const ilmd = this.#fields(event, ['ilmd']);
    const isObject = type === 'ObjectEvent';
    const extension = this.#fields(event, order.extended) + (isObject ? ilmd : '') + inner;
    const body =
      this.#fields(event, BASE) +
      wrap('baseExtension', identity) +
      this.#fields(event, order.first) +
      (isObject ? '' : ilmd) +
      wrap('extension', extension);
    return xmlElement(tag, body + others);
  }
}

function wrap(name: string, content: string): string {
  return content === '' ? '' : xmlElement(name, content);
}

function orderedBy(names: readonly string[], fields: JsonObject): JsonObject {
  const known = names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]]));
  const others = Object.entries(fields).filter(([name]) => !names.includes(name));
  return Object.fromEntries([...known, ...others]);
}
