import { type Dirent, existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { eventHash } from './event-hash.ts';
import { DISPUTED_RULES, JSON_ONLY_RULES } from './issue.ts';
import { isJsonObject, type JsonObject, parseJson } from './json.ts';
import type { Context, EpcisEvent } from './model.ts';
import { expandName, prefixesOf } from './names.ts';
import { validateDocument, validateEvent } from './validate.ts';
import { parseEpcisXml } from './xml/index.ts';

/** What a conformance run found; `failures` are sentences. */
export interface ConformanceReport {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly failures: string[];
}

export type ConformanceSuite = 'event-hash' | 'event-hash-equality' | 'epcis-documents';

/**
 * Files in the folders of valid documents that do not keep the standard, with what is wrong in them. They must be
 * refused, for that reason.
 */
const NOT_VALID: Readonly<Record<string, string>> = {
  'JSON/TransactionEvent_with_userExtensions.json': 'measurement type EffectiveDoseRate unknown',
  'JSON/SensorData_with_combined_events.json': 'measurement type Molar_concentration unknown',
  'WithEventHashID/event_with_identical_hash_id_7.json': 'CBV URNs in JSON',
  'XML/TransformationEvent_with_error_declaration.xml': 'declaration time without seconds',
  'XML/ObjectEventWithAllPossibleFields.xml': 'declaration time without seconds',
  '1.2/TransactionEvent_all_possible_fields.xml': 'declaration time without seconds',
  '1.2/ObjectEvent_all_possible_fields.xml': 'certification without URI, ILMD in OBSERVE',
};

/** Files that are no documents of events or master data: capture jobs and queries. */
const OTHER = /CaptureJob|\/Queries\//;

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

/** Reads a JSON or XML file into EPCIS 2.0 JSON; undefined when it does not parse. */
async function readEpcis(file: string): Promise<JsonObject | undefined> {
  const text = await readFile(file, 'utf8');
  if (!file.endsWith('.xml')) {
    const json = parseJson(text);
    return isJsonObject(json) ? json : undefined;
  }
  const parsed = parseEpcisXml(text);
  // What the XML reader returns is JSON by construction.
  return parsed.ok ? (parsed.value.content as unknown as JsonObject) : undefined;
}

interface Events {
  readonly events: readonly EpcisEvent[];
  readonly context: Context | undefined;
  /** Fields that the test documents ask to leave out, by an extension of their own. */
  readonly omit: readonly string[];
}

function eventsOf(document: JsonObject): Events {
  const body = isJsonObject(document.epcisBody) ? document.epcisBody : {};
  const results = isJsonObject(body.queryResults) ? body.queryResults : undefined;
  const holder = results && isJsonObject(results.resultsBody) ? results.resultsBody : body;
  // The documents are validated by their own suite; here they are taken as they are.
  const context = document['@context'] as Context | undefined;
  const events = (holder.eventList ?? [body.event ?? document]) as unknown as EpcisEvent[];
  const prefixes = prefixesOf(context);
  const omit = [document, results ?? {}].flatMap((part) =>
    Object.entries(part).flatMap(([name, value]) => {
      if (!name.endsWith(':ignoreFields') || typeof value !== 'object' || !value) return [];
      const names = Array.isArray(value) ? value.map(String) : Object.keys(value);
      return names.map((field) => expandName(field, prefixes));
    }),
  );
  return { events, context, omit };
}

async function hashesOf(file: string): Promise<string[]> {
  const document = await readEpcis(file);
  if (!document) return [];
  const { events, context, omit } = eventsOf(document);
  return events.map((event) => eventHash(event, context, { omit }));
}

async function eventHashSuite(dataDir: string): Promise<ConformanceReport> {
  const folder = join(dataDir, 'epcis', 'event-hash', 'examples');
  const files = await filesIn(folder);
  const failures: string[] = [];
  let total = 0;
  for (const file of files.filter((name) => name.endsWith('.hashes'))) {
    const expected = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
    const stem = file.slice(0, -'.hashes'.length);
    const sources = [`${stem}.jsonld`, `${stem}.xml`].filter((name) => files.includes(name));
    const computed = await Promise.all(sources.map(hashesOf));
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
  const files = await filesIn(join(dataDir, 'epcis', 'event-hash', 'expected_equal'));
  const failures: string[] = [];
  for (const file of files) {
    const different = new Set(await hashesOf(file)).size;
    if (different !== 1) failures.push(`${basename(file)}: ${different} different hashes`);
  }
  return reportOf('event-hash-equality', files.length, failures);
}

function reasonNotValid(file: string): string | undefined {
  return Object.entries(NOT_VALID).find(([key]) => {
    const [part = '', name = ''] = key.split('/');
    const inPart = part === '1.2' ? file.includes('/1.2/') : !file.includes('/1.2/');
    return inPart && basename(file) === name && (part === '1.2' || file.includes(`/${part}/`));
  })?.[1];
}

async function verdict(file: string): Promise<string | undefined> {
  const document = await readEpcis(file);
  if (!document) return 'does not parse';
  const tolerate = file.endsWith('.xml') ? [...DISPUTED_RULES, ...JSON_ONLY_RULES] : DISPUTED_RULES;
  const result = String(document.type).endsWith('Document')
    ? validateDocument(document, { tolerate })
    : validateEvent(document, undefined, { tolerate });
  if (result.ok) return undefined;
  const [first] = result.errors;
  return `${first?.path} ${first?.code}: ${first?.message}`;
}

async function documentSuite(dataDir: string): Promise<ConformanceReport> {
  const root = join(dataDir, 'epcis');
  const folders = ['gs1/examples-json', 'gs1/examples-xml', 'openepcis-test-resources'];
  const files = (await Promise.all(folders.map((folder) => filesIn(join(root, folder)))))
    .flat()
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.(json|jsonld|xml)$/.test(file) && !OTHER.test(file));
  const failures: string[] = [];
  for (const file of files) {
    const fault = await verdict(file);
    const name = file.slice(root.length + 1);
    const mustFail = file.includes('/Invalid/') || reasonNotValid(file) !== undefined;
    if (mustFail && fault === undefined) failures.push(`${name}: accepted, but it is not valid`);
    if (!mustFail && fault !== undefined) failures.push(`${name}: refused, ${fault}`);
  }
  return reportOf('epcis-documents', files.length, failures);
}

/**
 * Runs one suite of published test data:
 * - `event-hash`: each expected hash, from JSON and from XML where both are there;
 * - `event-hash-equality`: documents whose events are spellings of one event;
 * - `epcis-documents`: example documents of GS1 and OpenEPCIS accepted, their invalid ones refused. Rules that GS1's
 *   own examples break (`DISPUTED_RULES`) are tolerated here.
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
