import { LosslessNumber } from './decimal.ts';
import { at, type Issue, type Validation } from './issue.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { isDateTimeStamp } from './time.ts';

/** What a parameter of SimpleEventQuery takes. */
type Kind =
  | 'texts'
  | 'eventTypes'
  | 'actions'
  | 'uris'
  | 'time'
  | 'number'
  | 'numbers'
  | 'count'
  | 'boolean'
  | 'presence'
  | 'direction'
  | 'field'
  | 'comparable'
  | 'text';

function named(kind: Kind, names: string): [string, Kind][] {
  return names.split(/\s+/).map((name) => [name, kind]);
}

/**
 * Parameters with fixed names. Where the OpenAPI document, the query schema and the conformance requirements spell one
 * differently, all spellings are here.
 */
const FIXED: ReadonlyMap<string, Kind> = new Map([
  ...named('eventTypes', 'eventType'),
  ...named('actions', 'EQ_action'),
  ...named(
    'texts',
    `EQ_bizStep EQ_disposition EQ_persistentDisposition_set EQ_persistentDisposition_unset EQ_errorReason EQ_type
    EQ_transformationID EQ_eventID EQ_stringValue EQ_hexBinaryValue`,
  ),
  ...named(
    'uris',
    `EQ_readPoint WD_readPoint EQ_bizLocation WD_bizLocation EQ_correctiveEventID EQ_deviceID EQ_deviceMetadata
    EQ_rawData EQ_dataProcessingMethod EQ_microorganism EQ_chemicalSubstance EQ_bizRules EQ_uriValue MATCH_epc
    MATCH_parentID MATCH_inputEPC MATCH_outputEPC MATCH_anyEPC MATCH_epcClass MATCH_inputEPCClass MATCH_outputEPCClass
    MATCH_anyEPCClass`,
  ),
  ...named(
    'time',
    `GE_eventTime LT_eventTime GE_recordTime LT_recordTime GE_errorDeclarationTime LT_errorDeclarationTime
    GE_errorDeclaration_Time LT_errorDeclaration_Time GE_time LT_time GE_startTime LT_startTime GE_endTime LT_endTime
    EQ_time`,
  ),
  ...named('presence', 'EXISTS_errorDeclaration EXISTS_sensorElementList EXISTS_sensorElement'),
  ...named('numbers', 'EQ_quantity EQ_percRank'),
  ...named('number', 'GT_quantity GE_quantity LT_quantity LE_quantity'),
  ...named('number', 'GT_percRank GE_percRank LT_percRank LE_percRank'),
  ...named('boolean', 'EQ_booleanValue'),
  ...named('count', 'eventCountLimit maxEventCount'),
  ...named('direction', 'orderDirection'),
  ...named('text', 'orderBy'),
]);

const SCOPE =
  '(?:INNER_)?(?:ILMD_|ERROR_DECLARATION_|SENSORELEMENT_|SENSORMETADATA_|SENSORREPORT_|readPoint_|bizLocation_)?';
const FIELD = '[A-Za-z][\\w.+-]*:\\S+';
const MEASURED = '(?:quantity|value|minValue|maxValue|meanValue|sDev|percValue)';

/** Parameters whose names hold a type, a unit or a field of others. */
const PATTERNED: readonly (readonly [RegExp, Kind])[] = [
  [/^EQ_(?:bizTransaction|source|destination)_\S+$/, 'uris'],
  [new RegExp(`^EQ_${MEASURED}_[A-Z0-9]{2,4}$`), 'numbers'],
  [new RegExp(`^(?:GT|GE|LT|LE)_${MEASURED}_[A-Z0-9]{2,4}$`), 'number'],
  [/^HASATTR_\S+$/, 'texts'],
  [/^EQ_ATTR_[^_\s]+_\S+$/, 'texts'],
  [new RegExp(`^EQ_${SCOPE}${FIELD}$`), 'field'],
  [new RegExp(`^(?:GT|GE|LT|LE)_${SCOPE}${FIELD}$`), 'comparable'],
  [new RegExp(`^EXISTS_${SCOPE}${FIELD}$`), 'presence'],
];

function kindOf(name: string): Kind | undefined {
  return FIXED.get(name) ?? PATTERNED.find(([pattern]) => pattern.test(name))?.[1];
}

const LISTS: ReadonlySet<Kind> = new Set([
  ...(['texts', 'eventTypes', 'actions', 'uris', 'numbers', 'field'] as const),
]);

const TYPES =
  /^(?:epcis:|https:\/\/ref\.gs1\.org\/epcis\/)?(?:Object|Aggregation|Association|Transaction|Transformation)Event$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const URI = /^[A-Za-z][\w+.-]*:\S+$/;

function isOfKind(kind: Kind, value: string): boolean {
  switch (kind) {
    case 'eventTypes':
      return TYPES.test(value) || URI.test(value);
    case 'actions':
      return value === 'ADD' || value === 'OBSERVE' || value === 'DELETE';
    case 'uris':
      return URI.test(value);
    case 'time':
      return isDateTimeStamp(value);
    case 'number':
    case 'numbers':
      return NUMBER.test(value);
    case 'count':
      return /^\d{1,9}$/.test(value);
    case 'boolean':
      return value === 'true' || value === 'false';
    case 'presence':
      return ['', 'true', 'false', '0', '1', 'null'].includes(value);
    case 'direction':
      return value === 'ASC' || value === 'DESC';
    case 'comparable':
      return NUMBER.test(value) || isDateTimeStamp(value);
    case 'field':
      return true;
    case 'text':
    case 'texts':
      return value !== '';
  }
}

/**
 * What is wrong with a parameter of SimpleEventQuery, as a sentence; undefined when nothing is. Values are given as texts,
 * lists taken apart.
 *
 * @see EPCIS 2.0 (ISO/IEC 19987) section 8.2.7.1
 */
export function queryParameterFault(name: string, values: readonly string[]): string | undefined {
  const kind = kindOf(name);
  if (kind === undefined) return `unknown parameter ${name}`;
  if (values.length === 0) return `${name} has no value`;
  if (values.length > 1 && !LISTS.has(kind)) return `${name} takes one value`;
  const wrong = values.find((value) => !isOfKind(kind, value));
  return wrong === undefined ? undefined : `${name} cannot be “${wrong.slice(0, 100)}”`;
}

/** The parameters that have fixed names, and the patterns of those that hold a type, a unit or a field. */
export function queryParameters(): {
  readonly fixed: readonly {
    readonly name: string;
    readonly isList: boolean;
    readonly kind: string;
  }[];
  readonly patterned: readonly { readonly pattern: string; readonly kind: string }[];
} {
  return {
    fixed: [...FIXED].map(([name, kind]) => ({ name, kind, isList: LISTS.has(kind) })),
    patterned: PATTERNED.map(([pattern, kind]) => ({ pattern: pattern.source, kind })),
  };
}

function textOf(value: JsonValue | undefined): string | undefined {
  if (value === null) return '';
  if (value instanceof LosslessNumber) return value.text;
  return typeof value === 'object' || value === undefined ? undefined : String(value);
}

/** Whether an object is a query written as JSON rather than an event or document. */
export function looksLikeQuery(json: JsonObject): boolean {
  const names = Object.keys(json).filter((name) => name !== '@context');
  return (
    json.type === undefined &&
    names.some((name) => kindOf(name) !== undefined || /^(?:EQ|GE|GT|LE|LT|MATCH)_/.test(name))
  );
}

/** Validates the parameters of a query given as a JSON object; every fault by its JSON Pointer. */
export function validateQuery(json: JsonObject): Validation<JsonObject> {
  const errors: Issue[] = [];
  for (const [name, value] of Object.entries(json)) {
    if (name === '@context') continue;
    const texts = (Array.isArray(value) ? value : [value]).map(textOf);
    const message = texts.includes(undefined)
      ? `${name} takes texts, numbers or lists of them`
      : queryParameterFault(
          name,
          texts.filter((text) => text !== undefined),
        );
    const isUnknown = message?.startsWith('unknown') === true;
    if (message !== undefined) {
      errors.push({
        path: at('', name),
        code: isUnknown ? 'FIELD_UNKNOWN' : 'BAD_FORMAT',
        message,
      });
    }
  }
  if (json.eventCountLimit !== undefined && json.maxEventCount !== undefined) {
    const message = 'eventCountLimit and maxEventCount exclude each other';
    errors.push({ path: '/maxEventCount', code: 'BAD_FORMAT', message });
  }
  if (json.eventCountLimit !== undefined && json.orderBy === undefined) {
    const message = 'eventCountLimit needs orderBy';
    errors.push({ path: '/eventCountLimit', code: 'BAD_FORMAT', message });
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value: json, warnings: [] };
}
