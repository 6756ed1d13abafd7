import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import {
  type Context,
  DISPUTED_RULES,
  type EpcisEvent,
  eventHash,
  isJsonObject,
  type JsonObject,
  parseJson,
  preHash,
  validateDocument,
} from '@zaizao/epcis';
import { parseEpcisXml } from '@zaizao/epcis/xml';
import {
  canonicalLinkOf,
  formatDigitalLink,
  parseDigitalLink,
  parseElementString,
} from '@zaizao/gs1';

async function readEpcis(file: string): Promise<JsonObject> {
  const content = await readFile(file, 'utf8');
  if (/^\s*</.test(content)) {
    const parsed = parseEpcisXml(content);
    if (!parsed.ok) throw new Error(`${parsed.error.code}: ${parsed.error.message}`);
    return parsed.value.content as unknown as JsonObject; // the XML reader returns JSON by construction
  }
  const json = parseJson(content);
  if (!isJsonObject(json)) throw new Error('不是 EPCIS 文档 / not an EPCIS document');
  return json;
}

/** The events of a document, or the bare event, in document order. */
function eventsOf(json: JsonObject): JsonObject[] {
  const body = isJsonObject(json.epcisBody) ? json.epcisBody : {};
  const results = isJsonObject(body.queryResults) ? body.queryResults : {};
  const inner = isJsonObject(results.resultsBody) ? results.resultsBody : {};
  const list = inner.eventList ?? body.eventList ?? (body.event ? [body.event] : [json]);
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

/** `epcis validate FILE` and `epcis hash FILE [--pre-hash]`. */
export async function epcisCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'pre-hash': { type: 'boolean', default: false } },
  });
  const [verb, file] = positionals;
  if (!file || (verb !== 'validate' && verb !== 'hash')) {
    console.error('用法 / usage: epcis validate FILE | epcis hash FILE [--pre-hash]');
    return 2;
  }
  const json = await readEpcis(file);
  if (verb === 'validate') {
    const checked = validateDocument(json, { tolerate: DISPUTED_RULES });
    if (checked.ok) return 0;
    console.log(
      JSON.stringify(
        { type: 'epcisException:ValidationException', errors: checked.errors },
        null,
        2,
      ),
    );
    return 1;
  }
  const context = json['@context'] as Context | undefined; // checked by the hash, which throws on an unknown prefix
  for (const e of eventsOf(json)) {
    const event = e as unknown as EpcisEvent; // any object may be hashed; unknown fields are extensions
    console.log(values['pre-hash'] ? preHash(event, context) : eventHash(event, context));
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
  if (/^https?:/.test(text)) {
    const parsed = parseDigitalLink(text);
    return parsed.ok
      ? formatDigitalLink([...parsed.value.path, ...parsed.value.attributes])
      : parsed;
  }
  const elements = parseElementString(text);
  return elements.ok ? formatDigitalLink(elements.value) : elements;
}
