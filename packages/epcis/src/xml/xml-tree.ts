import { ok, type Result, refuse } from '@zaizao/gs1';
import { SaxesParser } from 'saxes';

/** The name of an element or attribute with its namespace resolved. */
export interface XmlName {
  readonly namespace: string;
  readonly prefix: string;
  readonly local: string;
}

export interface XmlAttribute extends XmlName {
  readonly value: string;
}

export interface XmlElement extends XmlName {
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** Character data directly inside, joined and trimmed. */
  readonly text: string;
}

export type XmlErrorCode =
  | 'XML_MALFORMED'
  | 'XML_DOCTYPE'
  | 'XML_TOO_DEEP'
  | 'XML_NOT_EPCIS'
  | 'XML_ORDER';

interface OpenElement {
  readonly name: XmlName;
  readonly attributes: readonly XmlAttribute[];
  readonly children: XmlElement[];
  text: string;
}

const MAX_DEPTH = 100;
const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** Raised inside the parser's callbacks and caught in {@link readXml}, the only way to stop it half-way. */
class Stop extends Error {
  readonly code: XmlErrorCode;

  constructor(code: XmlErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Reads well-formed XML with namespaces into a tree.
 *
 * Errors: `XML_DOCTYPE` (a document type that declares or refers to anything, and with it every entity of one's
 * own, is refused), `XML_TOO_DEEP` (nested
 * deeper than 100 elements), `XML_MALFORMED`.
 */
export function readXml(text: string): Result<XmlElement, XmlErrorCode> {
  const parser = new SaxesParser({ xmlns: true });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  parser.on('error', (error) => {
    throw new Stop('XML_MALFORMED', error.message);
  });
  parser.on('doctype', (doctype) => {
    // `<!DOCTYPE name>` declares nothing; anything more can define entities or fetch a file.
    if (/^\s*[\w.:-]+\s*$/.test(doctype)) return;
    throw new Stop('XML_DOCTYPE', 'a document type with declarations is not accepted');
  });
  parser.on('opentag', (tag) => {
    if (open.length >= MAX_DEPTH) throw new Stop('XML_TOO_DEEP', 'elements nested too deeply');
    open.push({
      name: { namespace: tag.uri, prefix: tag.prefix, local: tag.local },
      attributes: Object.values(tag.attributes)
        .filter((attribute) => attribute.uri !== XMLNS)
        .map(({ uri, prefix, local, value }) => ({ namespace: uri, prefix, local, value })),
      children: [],
      text: '',
    });
  });
  const addText = (characters: string): void => {
    const current = open.at(-1);
    if (current) current.text += characters;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const closed = open.pop();
    if (!closed) return;
    const element: XmlElement = {
      ...closed.name,
      attributes: closed.attributes,
      children: closed.children,
      text: closed.text.trim(),
    };
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
  });
  try {
    parser.write(text.replace(/^\uFEFF/, '')).close();
  } catch (error) {
    if (error instanceof Stop) return refuse(error.code, error.message);
    throw error;
  }
  return root ? ok(root) : refuse('XML_MALFORMED', 'no root element');
}

/** The first child with that local name, whatever its namespace. */
export function child(element: XmlElement | undefined, local: string): XmlElement | undefined {
  return element?.children.find((candidate) => candidate.local === local);
}

/** Every element and attribute below, the element itself included. */
export function* walkNames(element: XmlElement): Generator<XmlName & { readonly text: string }> {
  yield element;
  for (const attribute of element.attributes) yield { ...attribute, text: attribute.value };
  for (const inner of element.children) yield* walkNames(inner);
}
