import type { Report } from './issue.ts';
import { at } from './issue.ts';
import { isJsonObject } from './json.ts';
import {
  anyText,
  anything,
  boolean,
  decimal,
  extensionsOnly,
  list,
  object,
  oneOf,
  oneOrMore,
  pattern,
  type Shape,
  term,
  time,
  uri,
  uriOr,
} from './shape.ts';
import { TERM_FIELDS } from './terms.ts';

const step = term(TERM_FIELDS.bizStep);
const state = term(TERM_FIELDS.disposition);
const transactionType = term(TERM_FIELDS.bizTransactionType);
const partyType = term(TERM_FIELDS.sourceDestType);

const uom = pattern(/^[A-Z0-9]{2,3}$/, 'a UN/CEFACT unit code');

const quantities = list(
  object({ epcClass: uri, quantity: decimal, uom }, { required: ['epcClass'] }),
);
const place = object({ id: uri }, { required: ['id'], extensible: true });

const sharedSensorFields: Readonly<Record<string, Shape>> = {
  time,
  deviceID: uri,
  deviceMetadata: uri,
  rawData: uri,
  dataProcessingMethod: uri,
  bizRules: uri,
};

const sensorMetadata = object(
  { ...sharedSensorFields, startTime: time, endTime: time },
  { extensible: true },
);

const reportFields = object(
  {
    ...sharedSensorFields,
    type: term(TERM_FIELDS.measurementType),
    exception: term(TERM_FIELDS.sensorException),
    microorganism: uri,
    chemicalSubstance: uri,
    coordinateReferenceSystem: uri,
    value: decimal,
    component: term(TERM_FIELDS.sensorComponent),
    stringValue: anyText,
    booleanValue: boolean,
    hexBinaryValue: pattern(/^[0-9A-Fa-f]+$/, 'hexadecimal'),
    uriValue: uri,
    minValue: decimal,
    maxValue: decimal,
    meanValue: decimal,
    sDev: decimal,
    percRank: decimal,
    percValue: decimal,
    uom: anyText,
  },
  { extensible: true },
);

/** The JSON Schema always wants a type; the XML Schema and GS1's examples do without when there is an exception. */
const sensorReport: Shape = (value, path, report) => {
  reportFields(value, path, report);
  if (isJsonObject(value) && value.type === undefined && value.exception === undefined) {
    report(at(path, 'type'), 'FIELD_MISSING', '“type” is missing');
  }
};

const sensorElement = object(
  { sensorMetadata, sensorReport: list(sensorReport, { min: 1 }) },
  { required: ['sensorReport'], extensible: true },
);

const dispositions = list(state, { min: 1, unique: true });
const persistentFields = object({ set: dispositions, unset: dispositions });
const persistentDisposition: Shape = (value, path, report) => {
  persistentFields(value, path, report);
  if (isJsonObject(value) && value.set === undefined && value.unset === undefined) {
    report(path, 'FIELD_MISSING', '“set” or “unset” is missing');
  }
};

const errorDeclaration = object(
  {
    declarationTime: time,
    reason: term(TERM_FIELDS.errorReason),
    correctiveEventIDs: list(uri),
  },
  { required: ['declarationTime'], extensible: true },
);

const bizTransaction = object(
  { type: transactionType, bizTransaction: uri },
  { required: ['bizTransaction'] },
);

/** Fields of every event, extended events included. */
const core: Readonly<Record<string, Shape>> = {
  '@context': anything,
  type: anyText,
  eventTime: time,
  recordTime: time,
  eventTimeZoneOffset: pattern(
    /^[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)$/,
    'a zone offset such as +08:00',
  ),
  eventID: uri,
  certificationInfo: oneOrMore(uriOr('CERTIFICATION_NOT_URI')),
  errorDeclaration,
};

/**
 * Fields of the five standard types. `persistentDisposition` is among them: the XML Schema has it for all five, the JSON
 * Schema forgot it for three.
 */
const standard: Readonly<Record<string, Shape>> = {
  ...core,
  bizStep: step,
  disposition: state,
  readPoint: place,
  bizLocation: place,
  bizTransactionList: list(bizTransaction),
  sourceList: list(object({ type: partyType, source: uri }, { required: ['type', 'source'] })),
  destinationList: list(
    object({ type: partyType, destination: uri }, { required: ['type', 'destination'] }),
  ),
  sensorElementList: list(sensorElement),
  persistentDisposition,
};

const action = oneOf('ADD', 'OBSERVE', 'DELETE');
const times = ['eventTime', 'eventTimeZoneOffset'];
const withAction = [...times, 'action'];

const parentChild: Readonly<Record<string, Shape>> = {
  ...standard,
  action,
  parentID: uri,
  childEPCs: list(uri),
  childQuantityList: quantities,
};

/** A map, because a type comes from outside and an object would also answer to `constructor`. */
const SHAPES: ReadonlyMap<string, Shape> = new Map(
  Object.entries({
    ObjectEvent: object(
      {
        ...standard,
        action,
        epcList: list(uri, { unique: true }),
        quantityList: quantities,
        ilmd: extensionsOnly,
      },
      { required: withAction, extensible: true },
    ),
    AggregationEvent: object(parentChild, { required: withAction, extensible: true }),
    AssociationEvent: object(parentChild, {
      required: [...withAction, 'parentID'],
      extensible: true,
    }),
    TransactionEvent: object(
      {
        ...standard,
        action,
        parentID: uri,
        epcList: list(uri),
        quantityList: quantities,
        bizTransactionList: list(bizTransaction, { min: 1 }),
      },
      { required: [...withAction, 'bizTransactionList'], extensible: true },
    ),
    TransformationEvent: object(
      {
        ...standard,
        transformationID: uri,
        inputEPCList: list(uri, { unique: true }),
        inputQuantityList: quantities,
        outputEPCList: list(uri, { unique: true }),
        outputQuantityList: quantities,
        ilmd: extensionsOnly,
      },
      { required: times, extensible: true },
    ),
  }),
);

/** An event of someone else's type: its core is checked, the rest is theirs. */
function extendedEvent(event: Readonly<Record<string, unknown>>, path: string, report: Report) {
  uri(event.type, at(path, 'type'), report);
  for (const name of times) {
    if (event[name] === undefined) report(at(path, name), 'FIELD_MISSING', `“${name}” is missing`);
  }
  for (const [name, shape] of Object.entries(core)) {
    if (event[name] !== undefined) shape(event[name], at(path, name), report);
  }
}

/** Structure of one event: which fields, of which form. What fields mean together is in `event-rules.ts`. */
export const eventShape: Shape = (value, path, report) => {
  if (!isJsonObject(value)) return report(path, 'WRONG_TYPE', 'an event is an object');
  if (value.type === undefined) {
    return report(at(path, 'type'), 'FIELD_MISSING', 'the type of the event is missing');
  }
  const shape = typeof value.type === 'string' ? SHAPES.get(value.type) : undefined;
  if (shape) shape(value, path, report);
  else extendedEvent(value, path, report);
};
