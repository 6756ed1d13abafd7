import { Damaged } from './zip.ts';

/** One element as it was found: what stands in its tag, what between its tags, where it ends. */
export interface Element {
  readonly attributes: string;
  readonly body: string;
  readonly start: number;
  readonly end: number;
}

const LONGEST_TAG = 4000;

/**
 * The elements of a name in a piece of XML, in order, without nesting; stops before one that is not
 * complete. Forward search only, so that no input makes it slow. `prefix` is `''` or like `x:`.
 */
export function* elements(xml: string, name: string, prefix: string, from = 0): Generator<Element> {
  const open = `<${prefix}${name}`;
  const close = `</${prefix}${name}>`;
  for (let at = xml.indexOf(open, from); at >= 0; at = xml.indexOf(open, at + 1)) {
    const inTag = at + open.length;
    if (!' />\t\r\n'.includes(xml.charAt(inTag)) || xml.length === inTag) continue; // a longer name
    const tagEnd = xml.indexOf('>', inTag);
    if (tagEnd < 0) return;
    if (tagEnd - inTag > LONGEST_TAG) throw new Damaged();
    const isEmpty = xml.charAt(tagEnd - 1) === '/';
    const attributes = xml.slice(inTag, isEmpty ? tagEnd - 1 : tagEnd);
    const bodyEnd = isEmpty ? tagEnd + 1 : xml.indexOf(close, tagEnd + 1);
    if (bodyEnd < 0) return;
    const end = isEmpty ? bodyEnd : bodyEnd + close.length;
    const body = isEmpty ? '' : xml.slice(tagEnd + 1, bodyEnd);
    yield { attributes, body, start: at, end };
    at = end - 1;
  }
}

/** The prefix of a document’s own element: `x:` of `<x:worksheet`, or none. */
export function prefixOf(xml: string, root: string): string {
  return new RegExp(`<([A-Za-z]\\w{0,20}:)?${root}[\\s>]`).exec(xml.slice(0, 4000))?.[1] ?? '';
}

/** The attributes of a tag by name. */
export function attributesOf(tag: string): Record<string, string> {
  const out: Record<string, string> = {};
  for (const m of tag.matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    out[m[1] ?? ''] = decode(m[2] ?? m[3] ?? '');
  }
  return out;
}

const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }),
);

/** Text with its entities and Excel’s own escapes resolved; no entity of a document type is known. */
export function decode(xml: string): string {
  return xml
    .replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w{2,8}));/g, (whole, hex, dec, name) => {
      if (name) return ENTITIES.get(name) ?? whole;
      const code = hex ? Number.parseInt(hex, 16) : Number(dec);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    })
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll('\0', '');
}
