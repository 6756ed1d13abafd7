import { expandName, type Prefixes, STANDARD_PREFIXES } from '../names.ts';
import { isXmlName, XmlUnwritable } from './xml-text.ts';

/** Prefixes that the documents themselves use. */
const TAKEN: ReadonlySet<string> = new Set(['epcis', 'epcisq', 'xml', 'xmlns', 'xsi', 'sbdh']);

/** Gives each namespace of a document one XML prefix, the one of its JSON-LD context where it can. */
export class XmlNames {
  readonly #prefixes = new Map<string, string>();

  /** The qualified name of a field: `ex:lot` and `https://example.com/lot` alike. */
  name(field: string, prefixes: Prefixes): string {
    const expanded = /^\{(.*)\}(.*)$/s.exec(expandName(field, prefixes));
    if (!expanded) {
      if (!isXmlName(field)) throw new XmlUnwritable(`“${field}” cannot name an XML element`);
      return field;
    }
    const [, namespace = '', local = ''] = expanded;
    if (!isXmlName(local) || namespace === '') {
      throw new XmlUnwritable(`“${field}” cannot name an XML element`);
    }
    const own = field.slice(0, field.indexOf(':'));
    return `${this.#prefixOf(namespace, prefixes.get(own) === namespace ? own : 'ns')}:${local}`;
  }

  #prefixOf(namespace: string, wanted: string): string {
    const known = this.#prefixes.get(namespace);
    if (known !== undefined) return known;
    const taken = new Set([...TAKEN, ...this.#prefixes.values()]);
    const isFree = (prefix: string): boolean =>
      isXmlName(prefix) &&
      !taken.has(prefix) &&
      (STANDARD_PREFIXES.get(prefix) ?? namespace) === namespace;
    let prefix = wanted;
    for (let n = 1; !isFree(prefix); n++) prefix = `ns${n}`;
    this.#prefixes.set(namespace, prefix);
    return prefix;
  }

  /** `xmlns:…` of every namespace used so far. */
  declarations(): Record<string, string> {
    return Object.fromEntries([...this.#prefixes].map(([ns, prefix]) => [`xmlns:${prefix}`, ns]));
  }
}
