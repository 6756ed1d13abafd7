import { STANDARD_PREFIXES } from '../names.ts';
import { walkNames, type XmlElement } from './xml-tree.ts';

/** The namespaces of EPCIS itself; names in them are not extensions. */
const EPCIS_NAMESPACES = /^urn:epcglobal:(epcis|epcis-query|epcis-masterdata|xsd)(:xsd)?:\d/;
const BUSINESS_HEADER = 'http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader';

export function isExtensionNamespace(namespace: string): boolean {
  return namespace !== '' && namespace !== BUSINESS_HEADER && !EPCIS_NAMESPACES.test(namespace);
}

/**
 * Chooses one prefix for each extension namespace of a document, such that the names mean the same in JSON-LD: XML may
 * bind one prefix to several namespaces, JSON-LD protects the prefixes of the EPCIS context, and in JSON-LD (but not in
 * XML) a value such as `example:x` would be expanded when `example` is declared.
 *
 * @returns namespace → prefix
 */
export function choosePrefixes(root: XmlElement): ReadonlyMap<string, string> {
  const wanted = new Map<string, string>();
  const schemes = new Set<string>();
  for (const name of walkNames(root)) {
    if (isExtensionNamespace(name.namespace) && !wanted.has(name.namespace)) {
      wanted.set(name.namespace, name.prefix);
    }
    const scheme = /^([A-Za-z][\w.-]*):/.exec(name.text)?.[1];
    if (scheme !== undefined) schemes.add(scheme);
  }
  const chosen = new Map<string, string>();
  const taken = new Set<string>();
  for (const [namespace, prefix] of wanted) {
    const base = prefix === '' ? 'ns' : prefix;
    if (STANDARD_PREFIXES.get(base) === namespace) {
      chosen.set(namespace, base);
      continue;
    }
    let candidate = prefix === '' ? 'ns1' : prefix;
    for (let n = 1; ; n++) {
      const free =
        !taken.has(candidate) && !schemes.has(candidate) && !STANDARD_PREFIXES.has(candidate);
      if (free) break;
      candidate = `${base}${n}`;
    }
    taken.add(candidate);
    chosen.set(namespace, candidate);
  }
  return chosen;
}
