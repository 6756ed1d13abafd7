import { canonicalDecimal, decimalOf } from '../decimal.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { expandValue, prefixesOf } from '../names.ts';
import { bareTerm, TERM_FIELDS, type TermField } from '../terms.ts';
import { isExtensionNamespace } from './prefixes.ts';
import { child, type XmlElement, type XmlName } from './xml-tree.ts';

const EVENT_TYPES: ReadonlySet<string> = new Set([
  'ObjectEvent',
  'AggregationEvent',
  'AssociationEvent',
  'TransactionEvent',
  'TransformationEvent',
]);

export function isEventElement(element: XmlElement): boolean {
  return EVENT_TYPES.has(element.local) && !isExtensionNamespace(element.namespace);
}

const DECIMALS: ReadonlySet<string> = new Set([
  'value',
  'minValue',
  'maxValue',
  'meanValue',
  'sDev',
  'percRank',
  'percValue',
  'quantity',
]);

const STANDARD = prefixesOf();

function isOfEpcis(element: XmlElement): boolean {
  return !isExtensionNamespace(element.namespace);
}

function isWrapper(element: XmlElement): boolean {
  return isOfEpcis(element) && ['extension', 'baseExtension'].includes(element.local);
}

/** The XML Schema begins every event with its time; other orders of fields are let pass. */
export function isOrdered(event: XmlElement): boolean {
  const names = event.children.map((field) => field.local);
  const action = names.indexOf('action');
  return action < 0 || names.indexOf('eventTime') < action;
}

/** EPCIS 1.x wraps what later versions added in `extension` and `baseExtension`; here those are opened up. */
export function unwrapped(element: XmlElement): readonly XmlElement[] {
  return element.children.flatMap((inner) => (isWrapper(inner) ? unwrapped(inner) : [inner]));
}

/** Turns the elements of events into EPCIS 2.0 JSON, under the prefixes chosen for the document. */
export class EventReader {
  readonly #prefixes: ReadonlyMap<string, string>;

  constructor(prefixes: ReadonlyMap<string, string>) {
    this.#prefixes = prefixes;
  }

  name(name: XmlName): string {
    const prefix = this.#prefixes.get(name.namespace);
    return prefix === undefined ? name.local : `${prefix}:${name.local}`;
  }

  /** Any element as JSON: text alone as a string, otherwise an object in which repeated names become arrays. */
  value(element: XmlElement): JsonValue {
    if (element.children.length === 0 && element.attributes.length === 0) return element.text;
    const entries: [string, JsonValue][] = element.attributes.map((attribute) => [
      this.name(attribute),
      attribute.value,
    ]);
    for (const inner of element.children) entries.push([this.name(inner), this.value(inner)]);
    if (element.text !== '') entries.push(['#text', element.text]);
    return gather(entries);
  }

  #term(text: string, field: TermField | undefined): string {
    const uri = expandValue(text, STANDARD);
    return field ? bareTerm(uri, field) : uri;
  }

  #terms(elements: readonly XmlElement[], field: TermField | undefined): string[] {
    return elements.map((element) => this.#term(element.text, field));
  }

  #extensions(elements: readonly XmlElement[]): [string, JsonValue][] {
    return elements
      .filter((element) => isExtensionNamespace(element.namespace))
      .map((element) => [this.name(element), this.value(element)]);
  }

  #place(element: XmlElement): JsonObject {
    const inner = unwrapped(element);
    const id = inner.find((candidate) => candidate.local === 'id')?.text ?? '';
    return gather([['id', id], ...this.#extensions(inner)]);
  }

  #typed(list: XmlElement, valueName: string, field: TermField | undefined): JsonObject[] {
    return list.children.map((item) => {
      const type = item.attributes.find((attribute) => attribute.local === 'type')?.value;
      const value = { [valueName]: item.text };
      return type === undefined ? value : { type: this.#term(type, field), ...value };
    });
  }

  #quantities(list: XmlElement): JsonObject[] {
    return list.children.map((element) =>
      gather(
        element.children.flatMap((field): [string, JsonValue][] => {
          // `<quantity xsi:nil="true"/>` says that there is none.
          if (field.text === '' && field.children.length === 0) return [];
          const value = field.local === 'quantity' ? decimalOrText(field.text) : field.text;
          return [[this.name(field), value]];
        }),
      ),
    );
  }

  /** Sensor metadata and reports carry their fields as attributes. */
  #sensorFields(element: XmlElement): JsonObject {
    const entries = element.attributes.map((attribute): [string, JsonValue] => {
      const { local, value } = attribute;
      if (isExtensionNamespace(attribute.namespace)) return [this.name(attribute), value];
      if (DECIMALS.has(local)) return [local, decimalOrText(value)];
      if (local === 'booleanValue') return [local, booleanOrText(value)];
      if (local === 'type') return [local, this.#term(value, TERM_FIELDS.measurementType)];
      if (local === 'exception') return [local, this.#term(value, TERM_FIELDS.sensorException)];
      if (local === 'component') return [local, this.#term(value, TERM_FIELDS.sensorComponent)];
      return [local, value];
    });
    return gather([...entries, ...this.#extensions(unwrapped(element))]);
  }

  #sensorElement(element: XmlElement): JsonObject {
    const inner = unwrapped(element);
    const metadata = inner.find((candidate) => candidate.local === 'sensorMetadata');
    const reports = inner.filter((candidate) => candidate.local === 'sensorReport');
    return {
      ...(metadata ? { sensorMetadata: this.#sensorFields(metadata) } : {}),
      sensorReport: reports.map((report) => this.#sensorFields(report)),
      ...gather(this.#extensions(inner)),
    };
  }

  #errorDeclaration(element: XmlElement): JsonObject {
    const inner = unwrapped(element);
    const entries: [string, JsonValue][] = [];
    for (const field of inner) {
      if (isExtensionNamespace(field.namespace)) continue;
      if (field.local === 'reason') {
        entries.push(['reason', this.#term(field.text, TERM_FIELDS.errorReason)]);
      } else if (field.local === 'correctiveEventIDs') {
        entries.push(['correctiveEventIDs', field.children.map((id) => id.text)]);
      } else entries.push([field.local, field.text]);
    }
    return gather([...entries, ...this.#extensions(inner)]);
  }

  #field(field: XmlElement): JsonValue {
    switch (field.local) {
      case 'epcList':
      case 'childEPCs':
      case 'inputEPCList':
      case 'outputEPCList':
        return field.children.map((epc) => epc.text);
      case 'quantityList':
      case 'childQuantityList':
      case 'inputQuantityList':
      case 'outputQuantityList':
        return this.#quantities(field);
      case 'bizStep':
        return this.#term(field.text, TERM_FIELDS.bizStep);
      case 'disposition':
        return this.#term(field.text, TERM_FIELDS.disposition);
      case 'persistentDisposition': {
        const of = (name: string): readonly XmlElement[] =>
          field.children.filter((candidate) => candidate.local === name);
        const set = this.#terms(of('set'), TERM_FIELDS.disposition);
        const unset = this.#terms(of('unset'), TERM_FIELDS.disposition);
        return { ...(set.length > 0 ? { set } : {}), ...(unset.length > 0 ? { unset } : {}) };
      }
      case 'readPoint':
      case 'bizLocation':
        return this.#place(field);
      case 'bizTransactionList':
        return this.#typed(field, 'bizTransaction', TERM_FIELDS.bizTransactionType);
      case 'sourceList':
        return this.#typed(field, 'source', TERM_FIELDS.sourceDestType);
      case 'destinationList':
        return this.#typed(field, 'destination', TERM_FIELDS.sourceDestType);
      case 'sensorElementList':
        return field.children.map((element) => this.#sensorElement(element));
      case 'errorDeclaration':
        return this.#errorDeclaration(field);
      case 'ilmd': {
        const fields = unwrapped(field);
        return gather(fields.map((inner) => [this.name(inner), this.value(inner)]));
      }
      default:
        return field.text;
    }
  }

  /** One event element as EPCIS 2.0 JSON without context. */
  event(element: XmlElement): JsonObject {
    if (element.local === 'QuantityEvent' && isOfEpcis(element))
      return this.#quantityEvent(element);
    const entries: [string, JsonValue][] = [['type', this.name(element)]];
    for (const field of unwrapped(element)) {
      if (isExtensionNamespace(field.namespace)) {
        entries.push([this.name(field), this.value(field)]);
      } else entries.push([field.local, this.#field(field)]);
    }
    return gather(entries);
  }

  /** EPCIS 1.x had a type of its own for what is an observed quantity since 1.1. */
  #quantityEvent(element: XmlElement): JsonObject {
    const inner = unwrapped(element);
    const own = ['epcClass', 'quantity'];
    const counted = inner.filter((field) => own.includes(field.local) && isOfEpcis(field));
    const others = { ...element, children: inner.filter((field) => !counted.includes(field)) };
    return {
      ...this.event({ ...others, local: 'ObjectEvent' }),
      action: 'OBSERVE',
      quantityList: this.#quantities({ ...element, children: [{ ...element, children: counted }] }),
    };
  }

  /** Master data of the header, in the shape of EPCIS 2.0 JSON. */
  masterData(vocabularyList: XmlElement): JsonObject[] {
    return vocabularyList.children.map((vocabulary) => ({
      type: vocabulary.attributes.find((attribute) => attribute.local === 'type')?.value ?? '',
      vocabularyElementList: (child(vocabulary, 'VocabularyElementList')?.children ?? []).map(
        (element) => this.#vocabularyElement(element),
      ),
    }));
  }

  #vocabularyElement(element: XmlElement): JsonObject {
    const idOf = (candidate: XmlElement): string =>
      candidate.attributes.find((attribute) => attribute.local === 'id')?.value ?? '';
    const attributes = element.children.filter((inner) => inner.local === 'attribute');
    const children = child(element, 'children')?.children ?? [];
    return {
      id: idOf(element),
      ...(attributes.length > 0
        ? { attributes: attributes.map((a) => ({ id: idOf(a), attribute: this.#content(a) })) }
        : {}),
      ...(children.length > 0 ? { children: children.map((id) => id.text) } : {}),
    };
  }

  #content(element: XmlElement): JsonValue {
    if (element.children.length === 0) return element.text;
    return gather(element.children.map((inner) => [this.name(inner), this.value(inner)]));
  }
}

function decimalOrText(text: string): JsonValue {
  return canonicalDecimal(text) === undefined ? text : decimalOf(text);
}

function booleanOrText(text: string): JsonValue {
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : text;
}

/** An object of these entries; a name that comes again becomes an array. */
export function gather(entries: readonly (readonly [string, JsonValue])[]): JsonObject {
  const groups = new Map<string, JsonValue[]>();
  for (const [name, value] of entries) {
    const group = groups.get(name);
    if (group) group.push(value);
    else groups.set(name, [value]);
  }
  return Object.fromEntries(
    [...groups].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
}
