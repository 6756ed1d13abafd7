import { LosslessNumber } from './decimal.ts';
import { isJsonObject, type JsonObject, type JsonValue, stringifyJson } from './json.ts';
import { expandName, expandValue, type Prefixes } from './names.ts';
import { termFieldOf, termUri } from './terms.ts';

/**
 * An event as a tree of named values, the same whether it came as JSON or as XML: lists have named members, extension
 * names are written `{namespace}local`, vocabulary words and compact URIs are written out.
 */
export interface TreeNode {
  readonly name: string;
  readonly text: string;
  /** What the text is in canonical form, where that is known already. */
  readonly canonical?: string;
  readonly children: readonly TreeNode[];
  /** The children's order carries meaning (type, then value) and is not sorted. */
  readonly ordered?: true;
}

const EPC_LISTS: ReadonlySet<string> = new Set([
  'epcList',
  'childEPCs',
  'inputEPCList',
  'outputEPCList',
]);
const QUANTITY_LISTS: ReadonlySet<string> = new Set([
  'quantityList',
  'childQuantityList',
  'inputQuantityList',
  'outputQuantityList',
]);
const TYPED_LISTS: ReadonlyMap<string, string> = new Map([
  ['bizTransactionList', 'bizTransaction'],
  ['sourceList', 'source'],
  ['destinationList', 'destination'],
]);

/** Remarks for readers, no part of the event. */
const REMARKS: ReadonlySet<string> = new Set(['rdfs:comment', 'comment', '@context']);

/** Of a scalar; what stands where a text belongs, in an event that nobody validated, is told from all others too. */
function scalarText(value: JsonValue): string {
  if (value === null) return '';
  if (isJsonObject(value) || Array.isArray(value)) return stringifyJson(value);
  return value instanceof LosslessNumber ? value.text : String(value);
}

/** Whether a member is the text of a field that has members too; an object under that name is one of them. */
function isText(name: string, value: JsonValue | undefined): boolean {
  return name === '#text' && !Array.isArray(value) && !isJsonObject(value);
}

function members(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

class TreeBuilder {
  readonly #prefixes: Prefixes;

  constructor(prefixes: Prefixes) {
    this.#prefixes = prefixes;
  }

  #leaf(parent: string, name: string, value: JsonValue): TreeNode {
    const text = scalarText(value);
    const term = typeof value === 'string' ? termUri(text, termFieldOf(parent, name)) : text;
    return {
      name: expandName(name, this.#prefixes),
      text: typeof value === 'string' ? expandValue(term, this.#prefixes) : term,
      children: [],
    };
  }

  /** A field outside the standard lists: arrays repeat it, objects nest. */
  #field(parent: string, name: string, value: JsonValue | undefined): TreeNode[] {
    return members(value).map((member) => {
      if (!isJsonObject(member)) {
        return Array.isArray(member)
          ? this.#container(
              name,
              member.flatMap((item) => this.#field(name, '', item)),
            )
          : this.#leaf(parent, name, member);
      }
      const text = member['#text'];
      return {
        name: expandName(name, this.#prefixes),
        text: text !== undefined && isText('#text', text) ? scalarText(text) : '',
        children: this.#fields(name, member),
      };
    });
  }

  #fields(parent: string, object: JsonObject): TreeNode[] {
    return Object.entries(object).flatMap(([name, value]) =>
      REMARKS.has(name) || isText(name, value) ? [] : this.#field(parent, name, value),
    );
  }

  #container(name: string, children: readonly TreeNode[]): TreeNode {
    return { name: expandName(name, this.#prefixes), text: '', children };
  }

  #typed(list: string, item: JsonValue): TreeNode {
    const valueName = TYPED_LISTS.get(list) ?? '';
    const fields = isJsonObject(item) ? this.#fields(list, item) : [];
    const rank = (node: TreeNode): number =>
      node.name === 'type' ? 0 : node.name === valueName ? 1 : 2;
    return {
      name: '',
      text: '',
      children: fields.toSorted((a, b) => rank(a) - rank(b)),
      ordered: true,
    };
  }

  #sensorElement(item: JsonValue): TreeNode {
    const children = isJsonObject(item) ? this.#fields('sensorElement', item) : [];
    return this.#container('sensorElement', children);
  }

  event(event: JsonObject): TreeNode[] {
    return Object.entries(event).flatMap(([name, value]) => {
      if (REMARKS.has(name)) return [];
      if (EPC_LISTS.has(name)) {
        const epcs = members(value).map((epc) => this.#leaf(name, 'epc', epc));
        return [this.#container(name, epcs)];
      }
      if (QUANTITY_LISTS.has(name)) {
        const elements = members(value).flatMap((q) => this.#field(name, 'quantityElement', q));
        return [this.#container(name, elements)];
      }
      if (TYPED_LISTS.has(name)) {
        return [
          this.#container(
            name,
            members(value).map((item) => this.#typed(name, item)),
          ),
        ];
      }
      if (name === 'sensorElementList') {
        return [
          this.#container(
            name,
            members(value).map((item) => this.#sensorElement(item)),
          ),
        ];
      }
      return this.#field('', name, value);
    });
  }
}

/** The fields of an event as a tree. */
export function eventTree(event: JsonObject, prefixes: Prefixes): TreeNode[] {
  return new TreeBuilder(prefixes).event(event);
}
