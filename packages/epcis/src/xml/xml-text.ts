/** What XML 1.0 cannot carry: control characters, lone surrogates, names that are no names. */
export class XmlUnwritable extends Error {}

const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
const NAME = /^[\p{L}_][\p{L}\p{N}_.\u00B7-]*$/u;

/** Whether a text may name an element or attribute, without a prefix. */
export function isXmlName(name: string): boolean {
  return NAME.test(name);
}

/** Text as it may stand in an element or in a quoted attribute. */
export function escapeXml(text: string): string {
  if (NOT_XML.test(text)) throw new XmlUnwritable('a character that XML does not have');
  return text.replace(/[&<>"\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}

/** One element; `content` is XML already, attributes without a value are left out. */
export function xmlElement(
  name: string,
  content: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${escapeXml(value)}"`))
    .join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** An element that holds text. */
export function xmlTextElement(name: string, text: string): string {
  return xmlElement(name, escapeXml(text));
}
