import { type Dirent, existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { eventHash, type HashVersion } from './event-hash.ts';
import { eventsIn } from './events-in.ts';
import { JSON_ONLY_RULES } from './issue.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from './json.ts';
import { looksLikeQuery, validateQuery } from './query-parameter.ts';
import { validateEvent } from './validate.ts';
import { validateCapture } from './validate-capture.ts';
import { parseEpcisXml, parseQueryMessage } from './xml/index.ts';

/** What a conformance run found; `failures` are sentences. */
export interface ConformanceReport {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly failures: string[];
}

export type ConformanceSuite = 'event-hash' | 'event-hash-equality' | 'epcis-documents';

function reportOf(name: string, total: number, failures: string[]): ConformanceReport {
  return { name, passed: total - failures.length, failed: failures.length, failures };
}

async function filesIn(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries: Dirent[] = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The text of a file, without the byte order mark that some tools write. */
async function readText(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
}

/** Reads a JSON or XML file into EPCIS 2.0 JSON; undefined when it does not parse. */
async function readEpcis(file: string): Promise<JsonObject | undefined> {
  const text = await readText(file);
  if (!file.endsWith('.xml')) {
    const json = parseJson(text);
    return isJsonObject(json) ? json : undefined;
  }
  const parsed = parseEpcisXml(text);
  // What the XML reader returns is JSON by construction.
  return parsed.ok ? (parsed.value.content as unknown as JsonObject) : undefined;
}

/** The hashes of a document's events; one that cannot be read or hashed has none. */
async function hashesOf(file: string, version: HashVersion): Promise<string[]> {
  try {
    const document = await readEpcis(file);
    if (!document) return [];
    const { events, context, omit } = eventsIn(document);
    return events.map((event) => eventHash(event, context, { omit, version }));
  } catch {
    return [];
  }
}

async function eventHashSuite(dataDir: string): Promise<ConformanceReport> {
  const files = await filesIn(join(dataDir, 'epcis'));
  const known = new Set(files);
  const failures: string[] = [];
  let total = 0;
  for (const file of files.filter((name) => name.endsWith('.hashes'))) {
    const expected = (await readText(file)).split(/\r?\n/).flatMap((line) => line.trim() || []);
    const stem = file.slice(0, -'.hashes'.length);
    const endings = ['.jsonld', '.json', '.xml'];
    const beside = endings.map((ending) => stem + ending).filter((name) => known.has(name));
    // Where expected hashes lie apart from their documents, the name tells which they are of.
    const elsewhere = files.filter((name) =>
      endings.some((ending) => basename(name) === basename(stem) + ending),
    );
    const sources = beside.length > 0 ? beside : elsewhere;
    const version = expected[0]?.endsWith('?ver=CBV2.1') ? '2.1' : '2.0';
    const computed = await Promise.all(sources.map((source) => hashesOf(source, version)));
    for (const [source, name] of sources.entries()) {
      const found = computed[source]?.length ?? 0;
      if (found <= expected.length) continue;
      total++;
      failures.push(`${basename(name)}: ${found} events, ${expected.length} expected hashes`);
    }
    expected.forEach((hash, index) => {
      total++;
      const wrong = sources.filter((_, source) => computed[source]?.[index] !== hash);
      if (sources.length === 0) failures.push(`${basename(stem)} ${index}: no document`);
      if (wrong.length > 0) {
        failures.push(`${wrong.map((name) => basename(name)).join(', ')} ${index}: not ${hash}`);
      }
    });
  }
  return reportOf('event-hash', total, failures);
}

async function equalitySuite(dataDir: string): Promise<ConformanceReport> {
  const all = await filesIn(join(dataDir, 'epcis'));
  const files = all.filter((file) => /[\\/]expected_equal[\\/]/.test(file));
  const failures: string[] = [];
  for (const file of files) {
    const different = new Set(await hashesOf(file, '2.0')).size;
    if (different !== 1) failures.push(`${basename(file)}: ${different} different hashes`);
  }
  return reportOf('event-hash-equality', files.length, failures);
}

/** What a file holds, as far as EPCIS is concerned. */
type Content =
  | { readonly kind: 'json'; readonly json: JsonObject; readonly isXml: boolean }
  | { readonly kind: 'message' }
  | { readonly kind: 'unreadable'; readonly why: string }
  | { readonly kind: 'other' };

function isEpcis(json: JsonValue): json is JsonObject {
  if (!isJsonObject(json)) return false;
  const type = typeof json.type === 'string' ? json.type : '';
  return /^EPCIS(?:Query)?Document$|Event$/.test(type) || looksLikeQuery(json);
}

/** Reads what is a document, query document, master data, event or query; anything else is `other`. */
async function contentOf(file: string): Promise<Content> {
  const text = await readText(file);
  if (!file.endsWith('.xml')) {
    try {
      const json = parseJson(text);
      return isEpcis(json) ? { kind: 'json', json, isXml: false } : { kind: 'other' };
    } catch (error) {
      const isMeant = /"(?:EPCIS\w*Document|\w+Event)"/.test(text);
      return isMeant ? { kind: 'unreadable', why: String(error) } : { kind: 'other' };
    }
  }
  if (!/<(?:[\w.-]+:)?(?:EPCIS\w*Document|\w+Event|Envelope)\b/.test(text))
    return { kind: 'other' };
  const parsed = parseEpcisXml(text);
  // What the XML reader returns is JSON by construction.
  if (parsed.ok) {
    return { kind: 'json', json: parsed.value.content as unknown as JsonObject, isXml: true };
  }
  const message = parseQueryMessage(text);
  if (message.ok) return { kind: 'message' };
  const isOther = parsed.error.code === 'XML_NOT_EPCIS';
  if (isOther && message.error.code === 'XML_NOT_EPCIS') return { kind: 'other' };
  const error = isOther ? message.error : parsed.error;
  return { kind: 'unreadable', why: `${error.code}: ${error.message}` };
}

function faultOf({ json, isXml }: { readonly json: JsonObject; readonly isXml: boolean }) {
  const result = looksLikeQuery(json)
    ? validateQuery(json)
    : String(json.type).endsWith('Document')
      ? validateCapture(json, { isXml })
      : validateEvent(json, undefined, isXml ? { tolerate: JSON_ONLY_RULES } : {});
  if (result.ok) return undefined;
  const [first] = result.errors;
  return `${first?.path} ${first?.code}: ${first?.message}`;
}

async function documentSuite(dataDir: string): Promise<ConformanceReport> {
  const root = join(dataDir, 'epcis');
  const files = (await filesIn(root))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.(json|jsonld|xml)$/.test(file));
  const failures: string[] = [];
  let total = 0;
  for (const file of files) {
    const content = await contentOf(file);
    const mustFail = /\/invalid\//i.test(file);
    if (content.kind === 'other' && !mustFail) continue;
    total++;
    const fault =
      content.kind === 'json'
        ? faultOf(content)
        : content.kind === 'unreadable'
          ? content.why
          : content.kind === 'other'
            ? 'neither document, event nor query'
            : undefined;
    const name = file.slice(root.length + 1);
    if (mustFail && fault === undefined) failures.push(`${name}: accepted, but it is not valid`);
    if (!mustFail && fault !== undefined) failures.push(`${name}: refused, ${fault}`);
  }
  return reportOf('epcis-documents', total, failures);
}

/**
 * Runs one suite of published test data:
 * - `event-hash`: each expected hash, from JSON and from XML where both are there;
 * - `event-hash-equality`: documents whose events are spellings of one event;
 * - `epcis-documents`: every document, event and query below `epcis/`, JSON or XML, accepted; what lies in a folder
 *   named `Invalid` refused.
 *
 * @param dataDir folder that holds `epcis/`
 */
export async function runConformance(
  dataDir: string,
  suite: ConformanceSuite = 'event-hash',
): Promise<ConformanceReport> {
  switch (suite) {
    case 'event-hash':
      return eventHashSuite(dataDir);
    case 'event-hash-equality':
      return equalitySuite(dataDir);
    case 'epcis-documents':
      return documentSuite(dataDir);
  }
}
