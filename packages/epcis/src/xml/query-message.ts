import { ok, type Result, refuse } from '@zaizao/gs1';
import type { JsonObject, JsonValue } from '../json.ts';
import { queryParameterFault } from '../query-parameter.ts';
import { child, readXml, type XmlElement, type XmlErrorCode } from './xml-tree.ts';

/** A request to the query interface of EPCIS 1.x and 2.0, as it stands in a SOAP body or a query document. */
export type QueryMessage =
  | { readonly kind: 'GetQueryNames' | 'GetStandardVersion' | 'GetVendorVersion' }
  | { readonly kind: 'GetSubscriptionIDs'; readonly queryName: string }
  | { readonly kind: 'Poll'; readonly queryName: string; readonly params: JsonObject }
  | {
      readonly kind: 'Subscribe';
      readonly queryName: string;
      readonly params: JsonObject;
      readonly dest: string;
      readonly subscriptionID: string;
      readonly controls: JsonObject;
    }
  | { readonly kind: 'Unsubscribe'; readonly subscriptionID: string };

type Code = XmlErrorCode | 'QUERY_MALFORMED' | 'QUERY_PARAMETER';

class Fault extends Error {
  readonly code: Code;

  constructor(code: Code, message: string) {
    super(message);
    this.code = code;
  }
}

function textOf(element: XmlElement, name: string): string {
  const value = child(element, name)?.text;
  if (value === undefined || value === '') {
    throw new Fault('QUERY_MALFORMED', `${element.local} needs a ${name}`);
  }
  return value;
}

/** A list, a text, or nothing (`VoidHolder`, which asks for mere presence). */
function parameterValue(value: XmlElement): JsonValue {
  if (value.children.length > 0) return value.children.map((item) => item.text);
  const type = value.attributes.find((attribute) => attribute.local === 'type')?.value ?? '';
  if (type.endsWith('VoidHolder')) return null;
  return type.endsWith('ArrayOfString') ? [] : value.text;
}

function paramsOf(element: XmlElement): JsonObject {
  const params = child(element, 'params');
  if (!params) throw new Fault('QUERY_MALFORMED', `${element.local} needs params`);
  const entries = params.children.map((param): [string, JsonValue] => {
    const name = textOf(param, 'name');
    const value = child(param, 'value');
    if (!value) throw new Fault('QUERY_PARAMETER', `parameter ${name} has no value`);
    return [name, parameterValue(value)];
  });
  const names = new Set(entries.map(([name]) => name));
  if (names.size < entries.length) throw new Fault('QUERY_PARAMETER', 'a parameter comes twice');
  for (const [name, value] of entries) {
    const texts = Array.isArray(value) ? value.map(String) : [value === null ? '' : String(value)];
    const fault = queryParameterFault(name, texts);
    if (fault !== undefined) throw new Fault('QUERY_PARAMETER', fault);
  }
  return Object.fromEntries(entries);
}

function controlsOf(element: XmlElement): JsonObject {
  const controls = child(element, 'controls');
  const schedule = child(controls, 'schedule');
  const fields = (holder: XmlElement | undefined): [string, JsonValue][] =>
    (holder?.children ?? [])
      .filter((field) => field.local !== 'schedule')
      .map((field) => [field.local, field.text]);
  return Object.fromEntries([
    ...fields(controls),
    ...(schedule ? [['schedule', Object.fromEntries(fields(schedule))] as const] : []),
  ]);
}

function messageOf(element: XmlElement): QueryMessage {
  const kind = element.local;
  switch (kind) {
    case 'GetQueryNames':
    case 'GetStandardVersion':
    case 'GetVendorVersion':
      return { kind };
    case 'GetSubscriptionIDs':
      return { kind, queryName: textOf(element, 'queryName') };
    case 'Poll':
      return { kind, queryName: textOf(element, 'queryName'), params: paramsOf(element) };
    case 'Subscribe':
      return {
        kind,
        queryName: textOf(element, 'queryName'),
        params: paramsOf(element),
        dest: textOf(element, 'dest'),
        subscriptionID: textOf(element, 'subscriptionID'),
        controls: controlsOf(element),
      };
    case 'Unsubscribe':
      return { kind, subscriptionID: textOf(element, 'subscriptionID') };
    default:
      throw new Fault('XML_NOT_EPCIS', `<${kind}> is no message of the query interface`);
  }
}

/**
 * Reads a message of the query interface from a SOAP envelope, an EPCISQueryDocument, or alone.
 *
 * Errors: those of XML, `QUERY_MALFORMED` (a part is missing), `QUERY_PARAMETER` (a parameter is unknown or its value
 * is not one of its kind).
 *
 * @see EPCIS 1.2 and 2.0 section 8.2.5 and 11.2
 */
export function parseQueryMessage(text: string): Result<QueryMessage, Code> {
  const tree = readXml(text);
  if (!tree.ok) return tree;
  const root = tree.value;
  const body = child(root, 'Body') ?? child(root, 'EPCISBody');
  const message = body ? body.children[0] : root;
  if (!message) return refuse('XML_NOT_EPCIS', 'the body is empty');
  try {
    return ok(messageOf(message));
  } catch (error) {
    if (error instanceof Fault) return refuse(error.code, error.message);
    throw error;
  }
}
