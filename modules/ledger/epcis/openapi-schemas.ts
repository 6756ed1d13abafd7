/** JSON Schemas of the interface's bodies, by their name in the description. Events are described in outline: the
 * validator of `@zaizao/epcis` knows the rest. */

const time = { type: 'string', format: 'date-time' } as const;
const uri = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9+.-]*:.+$' } as const;
const context = { type: ['string', 'array', 'object'] } as const;

const Problem = {
  type: 'object',
  required: ['type', 'title', 'status'],
  properties: {
    type: { type: 'string', pattern: '^epcisException:[A-Za-z]+$' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string' },
  },
} as const;

const Event = {
  type: 'object',
  required: ['type', 'eventTime', 'eventTimeZoneOffset'],
  properties: {
    '@context': context,
    type: { type: 'string' },
    eventTime: time,
    recordTime: time,
    eventTimeZoneOffset: { type: 'string', pattern: '^[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00)$' },
    eventID: uri,
    action: { enum: ['ADD', 'OBSERVE', 'DELETE'] },
    epcList: { type: 'array', items: uri },
    readPoint: { type: 'object', required: ['id'], properties: { id: uri } },
    bizLocation: { type: 'object', required: ['id'], properties: { id: uri } },
    errorDeclaration: {
      type: 'object',
      required: ['declarationTime'],
      properties: { declarationTime: time, correctiveEventIDs: { type: 'array', items: uri } },
    },
    sensorElementList: {
      type: 'array',
      items: {
        type: 'object',
        required: ['sensorReport'],
        properties: { sensorReport: { type: 'array', minItems: 1 } },
      },
    },
  },
} as const;

const eventList = { type: 'array', items: { $ref: '#/components/schemas/Event' } } as const;

const QueryDocument = {
  type: 'object',
  required: ['@context', 'type', 'schemaVersion', 'creationDate', 'epcisBody'],
  properties: {
    '@context': context,
    type: { const: 'EPCISQueryDocument' },
    schemaVersion: { type: 'string', pattern: '^\\d+(?:\\.\\d+)*$' },
    creationDate: time,
    epcisBody: {
      type: 'object',
      required: ['queryResults'],
      properties: {
        queryResults: {
          type: 'object',
          required: ['queryName', 'resultsBody'],
          properties: {
            queryName: { type: 'string' },
            subscriptionID: { type: 'string' },
            resultsBody: { type: 'object', required: ['eventList'], properties: { eventList } },
          },
        },
      },
    },
  },
} as const;

const Document = {
  type: 'object',
  required: ['@context', 'type', 'epcisBody'],
  properties: {
    '@context': context,
    type: { enum: ['EPCISDocument', 'EPCISQueryDocument'] },
    schemaVersion: { type: 'string' },
    creationDate: time,
    epcisHeader: { type: 'object' },
    epcisBody: { type: 'object' },
  },
} as const;

const CaptureJob = {
  type: 'object',
  required: ['captureID', 'createdAt', 'running', 'success', 'captureErrorBehaviour', 'errors'],
  properties: {
    captureID: { type: 'string' },
    createdAt: time,
    finishedAt: time,
    running: { type: 'boolean' },
    success: { type: 'boolean' },
    captureErrorBehaviour: { enum: ['rollback', 'proceed'] },
    errors: { type: 'array', items: { $ref: '#/components/schemas/Problem' } },
  },
} as const;

const Collection = {
  type: 'object',
  required: ['@context', 'type', 'member'],
  properties: {
    '@context': context,
    type: { const: 'Collection' },
    member: { type: 'array', items: { type: 'string', minLength: 1 }, uniqueItems: true },
  },
} as const;

const NamedQuery = {
  type: 'object',
  required: ['name', 'query'],
  properties: { name: { type: 'string', minLength: 1 }, query: { type: 'object' } },
} as const;

const schedule = {
  type: 'object',
  minProperties: 1,
  additionalProperties: false,
  properties: Object.fromEntries(
    ['second', 'minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek'].map((name) => [
      name,
      { type: 'string', pattern: '^[0-9\\[\\]*,/ -]+$' },
    ]),
  ),
};

const either = { oneOf: [{ required: ['stream'] }, { required: ['schedule'] }] };

const NewSubscription = {
  type: 'object',
  required: ['dest'],
  ...either,
  properties: {
    dest: uri,
    signatureToken: { type: 'string', minLength: 8, maxLength: 512 },
    signatureType: { enum: ['hmac', 'jws'], default: 'hmac' },
    stream: { const: true },
    schedule,
    reportIfEmpty: { type: 'boolean', default: false },
    initialRecordTime: time,
    epcFormat: { type: 'string' },
    mediaType: { enum: ['application/json', 'application/xml'] },
  },
};

const Subscription = {
  type: 'object',
  required: ['subscriptionID', 'queryName', 'dest', 'createdAt', 'reportIfEmpty'],
  ...either,
  not: { required: ['signatureToken'] },
  properties: {
    subscriptionID: { type: 'string' },
    queryName: { type: 'string' },
    dest: uri,
    createdAt: time,
    lastNotifiedAt: time,
    stream: { const: true },
    schedule,
    reportIfEmpty: { type: 'boolean' },
    initialRecordTime: time,
    minRecordTime: time,
    epcFormat: { type: 'string' },
  },
};

export const SCHEMAS = {
  Problem,
  Event,
  QueryDocument,
  Document,
  CaptureJob,
  Collection,
  NamedQuery,
  NewSubscription,
  Subscription,
};
