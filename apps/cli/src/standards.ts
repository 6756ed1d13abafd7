import { parseArgs } from 'node:util';
import {
  eventHash,
  eventsIn,
  isJsonObject,
  JSON_ONLY_RULES,
  type JsonObject,
  looksLikeQuery,
  parseJson,
  preHash,
  validateCapture,
  validateEvent,
  validateQuery,
} from '@zaizao/epcis';
import { parseEpcisXml, parseQueryMessage } from '@zaizao/epcis/xml';
import {
  canonicalLinkOf,
  formatDigitalLink,
  parseDigitalLink,
  parseElementString,
} from '@zaizao/gs1';
import { readText } from './read-text.ts';

/** What a file holds: a document or event as JSON, or a message of the query interface. */
type Epcis =
  | { readonly kind: 'json'; readonly json: JsonObject; readonly isXml: boolean }
  | { readonly kind: 'message' }
  | { readonly kind: 'unreadable'; readonly issue: { code: string; message: string } };

async function readEpcis(file: string): Promise<Epcis> {
  const content = (await readText(file)).replace(/^\uFEFF/, '');
  if (/^\s*</.test(content)) {
    const parsed = parseEpcisXml(content);
    if (parsed.ok) {
      // The XML reader returns JSON by construction.
      return { kind: 'json', json: parsed.value.content as unknown as JsonObject, isXml: true };
    }
    const message = parseQueryMessage(content);
    if (message.ok) return { kind: 'message' };
    const isOther = parsed.error.code === 'XML_NOT_EPCIS';
    return { kind: 'unreadable', issue: isOther ? message.error : parsed.error };
  }
  try {
    const json = parseJson(content);
    if (isJsonObject(json)) return { kind: 'json', json, isXml: false };
    const message = 'a document or an event is a JSON object';
    return { kind: 'unreadable', issue: { code: 'WRONG_TYPE', message } };
  } catch (e) {
    const message = e instanceof Error ? e.message : String(e);
    return { kind: 'unreadable', issue: { code: 'JSON_MALFORMED', message } };
  }
}

function checked(json: JsonObject, isXml: boolean) {
  if (looksLikeQuery(json)) return validateQuery(json);
  // What looks like a document is one; everything else is taken for an event and must be one.
  const isDocument = typeof json.type === 'string' && json.type.startsWith('EPCIS');
  return json.epcisBody !== undefined || isDocument
    ? validateCapture(json, { isXml })
    : validateEvent(json, undefined, isXml ? { tolerate: JSON_ONLY_RULES } : {});
}

/** RFC 7807, as the repository would answer. */
function printRefusal(errors: readonly { code: string; message: string }[]): number {
  const problem = {
    type: 'epcisException:ValidationException',
    title: 'The EPCIS data are not valid',
    status: 400,
    detail: errors[0]?.message,
    errors,
  };
  console.log(JSON.stringify(problem, null, 2));
  return 1;
}

/** `epcis validate FILE` and `epcis hash FILE [--pre-hash] [--cbv 2.1]`. */
export async function epcisCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'pre-hash': { type: 'boolean', default: false },
      cbv: { type: 'string', default: '2.0' },
    },
  });
  const [verb, file] = positionals;
  const { cbv: version } = values;
  const isKnown = version === '2.0' || version === '2.1';
  if (!file || (verb !== 'validate' && verb !== 'hash') || !isKnown) {
    console.error(
      '用法 / usage: epcis validate FILE | epcis hash FILE [--pre-hash] [--cbv 2.0|2.1]',
    );
    return 2;
  }
  const content = await readEpcis(file);
  if (content.kind === 'unreadable') return printRefusal([content.issue]);
  if (content.kind === 'message') return 0;
  if (verb === 'validate') {
    const result = checked(content.json, content.isXml);
    return result.ok ? 0 : printRefusal(result.errors);
  }
  const { events, context, omit } = eventsIn(content.json);
  for (const event of events) {
    console.log((values['pre-hash'] ? preHash : eventHash)(event, context, { omit, version }));
  }
  return 0;
}

/** `gs1 canonical URI` and `gs1 digital-link URI|ELEMENT-STRING`. */
export async function gs1Command(args: string[]): Promise<number> {
  const [verb, text] = args;
  if (!text || (verb !== 'canonical' && verb !== 'digital-link')) {
    console.error('用法 / usage: gs1 canonical URI | gs1 digital-link URI|ELEMENT-STRING');
    return 2;
  }
  const result = verb === 'canonical' ? canonicalLinkOf(text) : digitalLinkOf(text);
  if (result.ok) console.log(result.value);
  else console.error(`${result.error.code}: ${result.error.message}`);
  return result.ok ? 0 : 1;
}

function digitalLinkOf(text: string) {
  if (text.startsWith('urn:')) return canonicalLinkOf(text);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    const parsed = parseDigitalLink(text);
    return parsed.ok
      ? formatDigitalLink([...parsed.value.path, ...parsed.value.attributes])
      : parsed;
  }
  const elements = parseElementString(text);
  return elements.ok ? formatDigitalLink(elements.value) : elements;
}
