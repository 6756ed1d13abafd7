/**
 * Exports of passports against the published schemas: every model of Catena-X and every environment of
 * the Asset Administration Shell in the data folder, then what we export of a real unit, made by a test
 * plant through the API. Node only.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isArray, isObject, type JsonObject, type JsonValue } from '@zaizao/tlog';
import { Ajv } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { exportCatenaX, exportShell } from './contract.ts';
import { assembled, certifiedOf, startPassportPlant } from './testing-unit.ts';

interface Report {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly failures: string[];
}

/** What a document has against its schema, by path. */
type Check = (document: unknown) => string[];

/**
 * Samples that break their own published schema, by model and version, with the places where they do: a
 * sample of these passes when it breaks exactly there.
 */
const UPSTREAM_FAULTS: Readonly<Record<string, readonly string[]>> = {
  'certificate_of_dismantler/1.0.1': [
    '/auditorAddress/postCode/value',
    '/dismantlerAddress/postCode/value',
    '/governmentAddress/postCode/value',
  ],
  'decomissioning_certificate/1.0.0': ['/issueDate', '/revocationDate'],
  'decomissioning_certificate/2.0.0': ['/issueDate', '/revocationDate'],
  'market_place_offer/2.0.0': ['/date'],
  'return_request/1.1.1': ['/validityPeriod/0/endDate', '/validityPeriod/0/startDate'],
  'return_request/1.1.2': ['/validityPeriod/0/endDate', '/validityPeriod/0/startDate'],
  'return_request/2.0.0': ['/date'],
  'serial_part/3.0.0': ['/manufacturingInformation/date'],
  'transmission.transmission_pass/1.0.0': [
    '/sustainability/carbonFootprint/productOrSectorSpecificRules/0/ruleNames',
  ],
};

/** Files that say by their name or folder that they must be refused. */
const MUST_FAIL = /(?:^|[/._-])(?:fail|invalid|unexpected)(?:[/._-]|$)/i;

/** What lies beside models where they are published: their state, packages of tools, hidden folders. */
const BESIDE_MODELS = /(?:^|\/)(?:\.[^/]*\/.*|metadata\.json|package(?:-lock)?\.json)$/;

class Tally {
  passed = 0;
  readonly failures: string[] = [];

  check(problem: string | null, what: string): void {
    if (problem === null) this.passed++;
    else this.failures.push(`${what}: ${problem}`);
  }

  report(name: string): Report {
    return { name, passed: this.passed, failed: this.failures.length, failures: this.failures };
  }
}

/** Runs the suite `catena-x` or `aas` over `<dataDir>/epcis/<suite>` and over our own exports. */
export async function runConformance(dataDir: string, suite: 'catena-x' | 'aas'): Promise<Report> {
  const folder = join(dataDir, 'epcis', suite);
  const tally = new Tally();
  const files = (await readdir(folder, { recursive: true }).catch(() => []))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.json') && !BESIDE_MODELS.test(file))
    .sort();
  const run = suite === 'aas' ? shells : dataSpace;
  await run(tally, folder, files, await ownExports());
  return tally.report(suite);
}

interface OwnExports {
  readonly catenaX: JsonObject;
  readonly shell: JsonObject;
}

/** What we say of a unit that a test plant made of two cores. */
async function ownExports(): Promise<OwnExports> {
  const plant = await startPassportPlant();
  try {
    const { epc } = await certifiedOf(plant, await assembled(plant));
    const { anonymous } = plant.app;
    const query = { query: { epc } };
    const catenaX = await anonymous.call(exportCatenaX, query);
    const shell = await anonymous.call(exportShell, query);
    return { catenaX: parsed(catenaX.bytes), shell: parsed(shell.bytes) };
  } finally {
    await plant.app.stop();
  }
}

function parsed(bytes: Buffer): JsonObject {
  return JSON.parse(bytes.toString('utf8')) as JsonObject; // our own export
}

// ── Catena-X ────────────────────────────────────────────────────────────────

/** A model is a schema `X-schema.json` and documents beside it: `X.json`, `X-….json`, `X_….json`. */
async function dataSpace(
  tally: Tally,
  folder: string,
  files: readonly string[],
  own: OwnExports,
): Promise<void> {
  const schemas = files.filter((file) => file.endsWith('-schema.json'));
  const judged = new Set(schemas);
  for (const schemaFile of schemas) {
    const check = await checkOf(join(folder, schemaFile));
    if (typeof check === 'string') {
      tally.check(check, schemaFile);
      continue;
    }
    const stem = schemaFile.replace(/-schema\.json$/, '');
    for (const file of files.filter((f) => f !== schemaFile && isOfModel(f, stem))) {
      judged.add(file);
      const document = await readJson(join(folder, file));
      tally.check(verdictOn(file, document, check), file);
    }
    if (/remanufacturing_certificate\/3\.0\.0\//.test(schemaFile)) {
      tally.check(firstOf(check(own.catenaX)), 'our certificate of a real unit');
      tally.check(lossIn(own.catenaX), 'our certificate says what the passport says');
    }
  }
  for (const file of files.filter((f) => !judged.has(f))) tally.check('no schema for it', file);
  if (schemas.length === 0) tally.check('no schema found', folder);
}

function isOfModel(file: string, stem: string): boolean {
  const rest = file.startsWith(stem) ? file.slice(stem.length) : '';
  return /^(?:[-_.][^/]*)?\.json$/.test(rest) && !rest.endsWith('-schema.json');
}

function verdictOn(file: string, document: JsonValue | Error, check: Check): string | null {
  if (MUST_FAIL.test(file)) {
    const isRefused = document instanceof Error || check(document).length > 0;
    return isRefused ? null : 'is accepted';
  }
  if (document instanceof Error) return document.message;
  const problems = check(document);
  const fault = Object.entries(UPSTREAM_FAULTS).find(([model]) => file.includes(`${model}/`));
  if (!fault || /[-_][^/]*\.json$/.test(file.replace(/^.*\//, ''))) return firstOf(problems);
  const places = [...new Set(problems.map((p) => p.split(' ')[0] ?? ''))].sort();
  return places.join() === [...fault[1]].sort().join() ? null : firstOf(problems);
}

function lossIn({ certificate, partInstanceId }: JsonObject): string | null {
  if (!isObject(certificate ?? null) || !isArray(partInstanceId ?? null)) return 'no certificate';
  const { catenaXId, catenaXIdPreviousLife } = certificate as JsonObject;
  if (catenaXIdPreviousLife === undefined) return 'no life before';
  return catenaXId === catenaXIdPreviousLife ? 'the life before is this one' : null;
}

/** Draft 4 says exclusive limits and identifiers another way than the drafts that ajv reads. */
function fromDraft4(value: JsonValue): JsonValue {
  if (isArray(value)) return value.map(fromDraft4);
  if (!isObject(value)) return value;
  const { $schema: _, id, exclusiveMinimum, exclusiveMaximum, ...rest } = value;
  const made: Record<string, JsonValue> = {};
  for (const [name, part] of Object.entries(rest)) made[name] = fromDraft4(part);
  if (id !== undefined)
    made[typeof id === 'string' && id.includes(':') ? '$id' : 'id'] = fromDraft4(id);
  for (const [limit, plain, exclusive] of [
    ['exclusiveMinimum', 'minimum', exclusiveMinimum],
    ['exclusiveMaximum', 'maximum', exclusiveMaximum],
  ] as const) {
    if (exclusive === true && made[plain] !== undefined) {
      made[limit] = made[plain];
      delete made[plain];
    } else if (exclusive !== undefined && typeof exclusive !== 'boolean') {
      made[limit] = fromDraft4(exclusive);
    }
  }
  return made;
}

async function checkOf(path: string): Promise<Check | string> {
  const schema = await readJson(path);
  if (schema instanceof Error) return schema.message;
  if (!isObject(schema)) return 'is not a schema';
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const draft = String(schema.$schema ?? '');
  try {
    return compiled(ajv, /draft-04/.test(draft) ? fromDraft4(schema) : schema);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function compiled(ajv: Ajv, schema: JsonValue): Check {
  const validate = ajv.compile(schema as JsonObject);
  return (document) =>
    validate(document)
      ? []
      : (validate.errors ?? []).map((e) => `${e.instancePath || '/'} ${e.message}`);
}

// ── Asset Administration Shell ──────────────────────────────────────────────

/** Environments are valid against `aas.json`; ours also have what the submodel templates ask for. */
async function shells(
  tally: Tally,
  folder: string,
  files: readonly string[],
  own: OwnExports,
): Promise<void> {
  const schema = await readJson(join(folder, 'aas.json'));
  if (schema instanceof Error) return tally.check(schema.message, 'aas.json');
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const check = compiled(ajv, schema);
  const templates: JsonObject[] = [];
  for (const file of files.filter((f) => f !== 'aas.json' && !/schema\.json$/.test(f))) {
    const document = await readJson(join(folder, file));
    tally.check(verdictOn(file, document, check), file);
    if (isTemplate(file, document)) templates.push(...submodelsOf(document));
  }
  tally.check(firstOf(check(own.shell)), 'our shell of a real unit');
  const ours = submodelsOf(own.shell);
  for (const submodel of ours) {
    const template = templates.find(({ idShort }) => idShort === submodel.idShort);
    if (!template) continue;
    tally.check(
      lackOf(submodel, template),
      `our ${String(submodel.idShort)} has what its template asks`,
    );
  }
}

function isTemplate(file: string, document: JsonValue | Error): document is JsonObject {
  return !(document instanceof Error) && isObject(document) && /^IDTA-[^/]*\.json$/.test(file);
}

const submodelsOf = ({ submodels }: JsonObject) => objectsIn(submodels);

function objectsIn(value: JsonValue | undefined): JsonObject[] {
  return value !== undefined && isArray(value) ? value.filter(isObject) : [];
}

/**
 * What an element lacks of its template: children that must be there (`SMT/Cardinality`), their kinds,
 * value types and meanings. Elements that a template leaves open are not looked into.
 */
function lackOf(element: JsonObject, template: JsonObject): string | null {
  const children = (e: JsonObject) => objectsIn(e.submodelElements ?? e.value);
  if (meaningOf(element) !== meaningOf(template)) {
    return `${String(template.idShort)} means ${meaningOf(element)}, not ${meaningOf(template)}`;
  }
  for (const asked of children(template).filter(({ modelType }) => modelType !== undefined)) {
    const { idShort } = asked;
    const given = children(element).filter((c) => idShort === undefined || c.idShort === idShort);
    const cardinality = cardinalityOf(asked);
    if (given.length === 0 && /^One/.test(cardinality)) return `${String(idShort)} is missing`;
    if (given.length > 1 && !/Many$/.test(cardinality)) return `${String(idShort)} is there twice`;
    for (const child of given) {
      if (child.modelType !== asked.modelType) return `${String(idShort)} is a ${child.modelType}`;
      if (asked.valueType !== undefined && child.valueType !== asked.valueType) {
        return `${String(idShort)} is of ${String(child.valueType)}`;
      }
      const lack = lackOf(child, asked);
      if (lack) return lack;
    }
  }
  return null;
}

function meaningOf({ semanticId }: JsonObject): string {
  if (semanticId === undefined || !isObject(semanticId)) return '';
  return objectsIn(semanticId.keys)
    .map(({ value }) => String(value))
    .join(' ');
}

function cardinalityOf({ qualifiers }: JsonObject): string {
  const found = objectsIn(qualifiers).find(({ type }) => type === 'SMT/Cardinality');
  return String(found?.value ?? 'ZeroToMany');
}

// ── Shared ──────────────────────────────────────────────────────────────────

async function readJson(path: string): Promise<JsonValue | Error> {
  if (!existsSync(path)) return new Error('is missing');
  try {
    return JSON.parse(await readFile(path, 'utf8')) as JsonValue;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const firstOf = (problems: readonly string[]) =>
  problems[0] === undefined ? null : problems.slice(0, 3).join('; ');
