import { isDateTimeStamp, queryParameterFault } from '@zaizao/epcis';
import { canonicalLinkOf, canonicalUri } from '@zaizao/gs1';
import { attributeName } from '../attribute-name.ts';
import { microsOf } from '../micros.ts';
import { bareWord } from '../term.ts';
import type { Role } from '../thing-role.ts';
import type { Comparison } from './compare.ts';
import { extensionTest, type Scope } from './extension.ts';
import * as field from './field-test.ts';
import type { Column, Lookup, Match, Query, Test, TimeColumn } from './query.ts';

/** Parameters by name, each with its values. */
export type Parameters = ReadonlyMap<string, readonly string[]>;

/** A parameter that is unknown, malformed or contradicts another. */
export class ParameterFault extends Error {}

const COLUMNS: Readonly<Record<string, { column: Column; canonical: (v: string) => string }>> = {
  eventType: { column: 'type', canonical: bareType },
  EQ_action: { column: 'action', canonical: (v) => v },
  EQ_bizStep: { column: 'biz_step', canonical: bareWord },
  EQ_disposition: { column: 'disposition', canonical: bareWord },
  EQ_readPoint: { column: 'read_point', canonical: canonicalUri },
  EQ_bizLocation: { column: 'biz_location', canonical: canonicalUri },
  EQ_eventID: { column: 'event_id', canonical: (v) => v },
};

const TIMES: Readonly<Record<string, TimeColumn>> = {
  eventTime: 'event_us',
  recordTime: 'record_us',
  errorDeclarationTime: 'declared_us',
  errorDeclaration_Time: 'declared_us', // the spelling of the query schema
};

const MATCHES: Readonly<Record<string, readonly Role[]>> = {
  MATCH_epc: ['epc', 'child'],
  MATCH_parentID: ['parent'],
  MATCH_inputEPC: ['input'],
  MATCH_outputEPC: ['output'],
  MATCH_anyEPC: ['epc', 'child', 'parent', 'input', 'output'],
  MATCH_epcClass: ['epc-class', 'child-class'],
  MATCH_inputEPCClass: ['input-class'],
  MATCH_outputEPCClass: ['output-class'],
  MATCH_anyEPCClass: ['epc-class', 'child-class', 'input-class', 'output-class'],
};

const SENSOR_FIELDS: ReadonlySet<string> = new Set([
  ...['type', 'deviceID', 'dataProcessingMethod', 'microorganism', 'chemicalSubstance', 'bizRules'],
  ...['stringValue', 'booleanValue', 'hexBinaryValue', 'uriValue'],
  ...['deviceMetadata', 'rawData'], // as test case 53 of the standard has them
]);

const SCOPES: readonly (readonly [string, Scope])[] = [
  ['ILMD_', 'ilmd'],
  ['ERROR_DECLARATION_', 'errorDeclaration'],
  ['SENSORELEMENT_', 'sensorElement'],
  ['SENSORMETADATA_', 'sensorMetadata'],
  ['SENSORREPORT_', 'sensorReport'],
  ['readPoint_', 'readPoint'],
  ['bizLocation_', 'bizLocation'],
];

function bareType(value: string): string {
  return value.replace(/^(?:epcis:|https:\/\/ref\.gs1\.org\/epcis\/)/, '');
}

interface Draft {
  readonly columns: { column: Column; values: string[] }[];
  readonly times: { column: TimeColumn; from?: number; before?: number }[];
  readonly matches: Match[];
  readonly fields: Set<string>;
  readonly places: { column: 'read_point' | 'biz_location'; lookup: string }[];
  readonly tests: Test[];
  readonly lookups: Lookup[];
}

/**
 * Reads the parameters of a SimpleEventQuery.
 *
 * @param prefixes namespaces of the prefixes in parameter names
 * @throws ParameterFault for what the standard calls a QueryParameterException
 */
export function parseQuery(parameters: Parameters, prefixes: ReadonlyMap<string, string>): Query {
  const draft: Draft = {
    ...{ columns: [], times: [], matches: [], fields: new Set<string>(), places: [], tests: [] },
    lookups: [],
  };
  let order: Query['order'] = { by: 'record_us', direction: 'asc' };
  let ordered = false;
  for (const [name, values] of parameters) {
    const fault = queryParameterFault(name, values);
    if (fault !== undefined) throw new ParameterFault(fault);
    if (name === 'orderBy') {
      ordered = true;
      order = { ...orderOf(one(name, values), prefixes), direction: order.direction };
    }
    readParameter(draft, name, values, prefixes);
  }
  const direction = parameters.get('orderDirection');
  if (direction !== undefined) {
    const value = one('orderDirection', direction);
    if (value !== 'ASC' && value !== 'DESC') throw new ParameterFault('orderDirection');
    order = { ...order, direction: value === 'ASC' ? 'asc' : 'desc' };
  } else if (ordered) order = { ...order, direction: 'desc' };
  const limit = count(parameters, 'eventCountLimit');
  const max = count(parameters, 'maxEventCount');
  if (limit !== undefined && max !== undefined) {
    throw new ParameterFault('eventCountLimit and maxEventCount exclude each other');
  }
  if (limit !== undefined && !ordered) {
    throw new ParameterFault('eventCountLimit needs orderBy');
  }
  const { tests, lookups, columns, times, matches, fields, places } = draft;
  const narrowing = { columns, times, matches, places, fields: [...fields] };
  return { narrowing, tests, lookups, order, limit, max };
}

function readParameter(
  draft: Draft,
  name: string,
  values: readonly string[],
  prefixes: ReadonlyMap<string, string>,
): void {
  if (['orderBy', 'orderDirection', 'eventCountLimit', 'maxEventCount'].includes(name)) return;
  const column = COLUMNS[name];
  if (column) {
    draft.columns.push({ column: column.column, values: values.map(column.canonical) });
    return;
  }
  const roles = MATCHES[name];
  if (roles) {
    draft.matches.push(matchOf(roles, values));
    return;
  }
  const time = /^(GE|LT)_(.+)$/.exec(name);
  const timeColumn = time?.[2] === undefined ? undefined : TIMES[time[2]];
  if (time && timeColumn) {
    const us = moment(name, one(name, values));
    draft.times.push(
      time[1] === 'GE' ? { column: timeColumn, from: us } : { column: timeColumn, before: us },
    );
    return;
  }
  const test =
    fixedTest(draft, name, values) ??
    sensorTest(draft, name, values) ??
    masterDataTest(draft, name, values, prefixes) ??
    fieldTest(draft, name, values, prefixes);
  if (!test) throw new ParameterFault(`unknown parameter ${name}`);
  draft.tests.push(test);
}

function fixedTest(draft: Draft, name: string, values: readonly string[]): Test | undefined {
  const typed = /^EQ_(bizTransaction|source|destination)_(.+)$/.exec(name);
  if (typed?.[1] !== undefined && typed[2] !== undefined) {
    if (typed[1] === 'bizTransaction') {
      draft.matches.push({ roles: ['document'], exact: values.map(canonicalUri), fronts: [] });
    } else draft.fields.add(`${typed[1]}List`);
    return field.typedEntry(typed[1], bareWord(typed[2]), values);
  }
  switch (name) {
    case 'EQ_persistentDisposition_set':
    case 'EQ_persistentDisposition_unset':
      draft.fields.add('persistentDisposition');
      return field.persistent(name.endsWith('unset') ? 'unset' : 'set', values.map(bareWord));
    case 'EQ_transformationID':
      draft.fields.add('transformationID');
      return ({ event }) =>
        event.type === 'TransformationEvent' && values.includes(event.transformationID ?? '');
    case 'EXISTS_errorDeclaration':
      return existence(name, values, ({ event }) => event.errorDeclaration !== undefined);
    case 'EQ_errorReason':
      draft.fields.add('errorDeclaration');
      return ({ event }) =>
        values.map(bareWord).includes(bareWord(event.errorDeclaration?.reason ?? ''));
    case 'EQ_correctiveEventID':
      draft.fields.add('errorDeclaration');
      return ({ event }) =>
        (event.errorDeclaration?.correctiveEventIDs ?? []).some((id) => values.includes(id));
    case 'EXISTS_sensorElementList':
    case 'EXISTS_sensorElement': // as test case 53 of the standard spells it
      return existence(name, values, ({ event }) => (event.sensorElementList ?? []).length > 0);
    default:
      return quantityTest(name, values);
  }
}

/** `EXISTS_…` asks for presence; with `false` it asks for nothing. */
function existence(name: string, values: readonly string[], there: Test): Test {
  const wanted = one(name, values);
  return wanted === 'false' || wanted === '0' ? () => true : there;
}

function quantityTest(name: string, values: readonly string[]): Test | undefined {
  const match = /^(EQ|GT|GE|LT|LE)_quantity(?:_([A-Z0-9]{2,4}))?$/.exec(name);
  if (!match) return undefined;
  return field.quantity(match[1] as Comparison, numbers(name, values), match[2]); // by the pattern
}

function sensorTest(draft: Draft, name: string, values: readonly string[]): Test | undefined {
  const measured =
    /^(EQ|GT|GE|LT|LE)_(value|minValue|maxValue|meanValue|sDev|percValue)_([A-Z0-9]{2,4})$/.exec(
      name,
    );
  const sensor = () => draft.fields.add('sensorElementList');
  if (measured?.[2] !== undefined && measured[3] !== undefined) {
    sensor();
    const comparison = measured[1] as Comparison; // by the pattern
    return field.measurement(measured[2], comparison, numbers(name, values), measured[3]);
  }
  const rank = /^(EQ|GT|GE|LT|LE)_percRank$/.exec(name);
  if (rank) {
    sensor();
    return field.measurement('percRank', rank[1] as Comparison, numbers(name, values), undefined); // by the pattern
  }
  const time = /^(GE|LT|EQ)_(time|startTime|endTime)$/.exec(name);
  if (time?.[2] !== undefined) {
    sensor();
    return field.sensorTime(time[2], time[1] as Comparison, moment(name, one(name, values))); // by the pattern
  }
  const plain = /^EQ_(\w+)$/.exec(name)?.[1];
  if (plain === undefined || !SENSOR_FIELDS.has(plain)) return undefined;
  sensor();
  return field.sensorField(plain, values);
}

/** A standard field, or one of others in full. */
function fieldName(name: string, prefixes: ReadonlyMap<string, string>): string {
  return expand(name, prefixes)?.[0] ?? name;
}

function masterDataTest(
  draft: Draft,
  name: string,
  values: readonly string[],
  prefixes: ReadonlyMap<string, string>,
): Test | undefined {
  const within = /^WD_(readPoint|bizLocation)$/.exec(name)?.[1];
  if (within !== undefined) {
    const key = `${draft.lookups.length}`;
    draft.lookups.push({ key, kind: 'with-descendants', ids: values.map(canonicalUri) });
    const column = within === 'readPoint' ? 'read_point' : 'biz_location';
    draft.places.push({ column, lookup: key });
    return () => true; // the database decides
  }
  const has = /^HASATTR_(.+)$/.exec(name)?.[1];
  if (has !== undefined) {
    const keys = values.map((name) => lookupAttribute(draft, attributeName(name), undefined));
    return field.masterData(fieldName(has, prefixes), keys);
  }
  const equal = /^EQ_ATTR_([^_]+)_(.+)$/.exec(name);
  if (equal?.[1] === undefined || equal[2] === undefined) return undefined;
  const attribute = attributeName(equal[2]);
  return field.masterData(fieldName(equal[1], prefixes), [
    lookupAttribute(draft, attribute, values),
  ]);
}

function lookupAttribute(draft: Draft, name: string, values: readonly string[] | undefined) {
  const key = `${draft.lookups.length}`;
  draft.lookups.push({ key, kind: 'attribute', name, values });
  return key;
}

/** Fields of others: `EQ_ns:field`, `GE_INNER_ILMD_ns:field`, `EXISTS_SENSORREPORT_ns:field`, … */
function fieldTest(
  draft: Draft,
  name: string,
  values: readonly string[],
  prefixes: ReadonlyMap<string, string>,
): Test | undefined {
  const match = /^(EQ|GT|GE|LT|LE|EXISTS)_(INNER_)?(.+)$/.exec(name);
  if (match?.[3] === undefined) return undefined;
  const inner = match[2] !== undefined;
  const scope = SCOPES.find(([mark]) => match[3]?.startsWith(mark));
  const path = scope ? match[3].slice(scope[0].length) : match[3];
  const names = expand(path, prefixes);
  if (names === undefined) return undefined;
  const asksNothing = match[1] === 'EXISTS' && ['false', '0'].includes(values[0] ?? '');
  if (scope && !asksNothing && !['readPoint', 'bizLocation'].includes(scope[1])) {
    draft.fields.add(scope[1].startsWith('sensor') ? 'sensorElementList' : scope[1]);
  }
  const comparison = match[1] as Comparison | 'EXISTS'; // by the pattern
  if (comparison === 'EXISTS') {
    const there = extensionTest(scope?.[1] ?? 'event', inner, names, undefined, []);
    return existence(name, values, there);
  }
  if (comparison !== 'EQ') one(name, values);
  return extensionTest(scope?.[1] ?? 'event', inner, names, comparison, values);
}

/** The full names that `prefix:local` may have; a prefix that nobody declared stands for itself. */
function expand(path: string, prefixes: ReadonlyMap<string, string>): string[] | undefined {
  const colon = path.indexOf(':');
  if (colon <= 0 || colon === path.length - 1) return undefined;
  const namespace = prefixes.get(path.slice(0, colon));
  const local = path.slice(colon + 1);
  if (namespace !== undefined) return [namespace + local];
  const hash = path.lastIndexOf('#'); // `namespace#field`, as the standard writes names in full
  return hash > 0 ? [path, path.slice(0, hash) + path.slice(hash + 1)] : [path];
}

/** Pure identities, classes and patterns such as `urn:epc:idpat:sgtin:4012345.012345.*`. */
function matchOf(roles: readonly Role[], values: readonly string[]): Match {
  const exact: string[] = [];
  const fronts: string[] = [];
  for (const value of values) {
    if (value.startsWith('urn:epc:idpat:')) {
      const pattern = canonicalLinkOf(value);
      if (!pattern.ok) throw new ParameterFault(`pattern ${value} is not supported`);
      exact.push(pattern.value);
      fronts.push(`${pattern.value}/`);
    } else if (value.endsWith('*')) fronts.push(canonicalUri(value.slice(0, -1)));
    else exact.push(canonicalUri(value));
  }
  return { roles, exact, fronts };
}

function one(name: string, values: readonly string[]): string {
  const [value] = values;
  if (value === undefined || values.length !== 1)
    throw new ParameterFault(`${name} takes one value`);
  return value;
}

function moment(name: string, value: string): number {
  const us = isDateTimeStamp(value) ? microsOf(value) : undefined;
  if (us === undefined) throw new ParameterFault(`${name} is no time with a zone: ${value}`);
  return us;
}

function numbers(name: string, values: readonly string[]): number[] {
  return values.map((value) => {
    const number = Number(value);
    if (value.trim() === '' || !Number.isFinite(number)) {
      throw new ParameterFault(`${name} is no number: ${value}`);
    }
    return number;
  });
}

function count(parameters: Parameters, name: string): number | undefined {
  const values = parameters.get(name);
  if (values === undefined) return undefined;
  const value = one(name, values);
  if (!/^\d{1,9}$/.test(value)) throw new ParameterFault(`${name} is no count: ${value}`);
  return Number(value);
}

function orderOf(
  value: string,
  prefixes: ReadonlyMap<string, string>,
): Pick<Query['order'], 'by' | 'field'> {
  if (value === 'eventTime') return { by: 'event_us' };
  if (value === 'recordTime') return { by: 'record_us' };
  const field = expand(value, prefixes);
  if (field) return { by: 'record_us', field };
  throw new ParameterFault(`orderBy ${value}: eventTime, recordTime or a field with its prefix`);
}
