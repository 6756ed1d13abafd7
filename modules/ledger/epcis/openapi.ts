import { EPCIS_CONTEXT, queryParameters } from '@zaizao/epcis';
import type { RawRoute } from '@zaizao/platform/http';
import { text } from '@zaizao/platform/kernel';
import { EPC_FORMATS } from './format.ts';
import { SCHEMAS } from './openapi-schemas.ts';
import { type EpcisException, problemBody } from './problem.ts';

type Json = Readonly<Record<string, unknown>>;

const JSON_TYPE = 'application/json';
const XML_TYPE = 'application/xml';

function ref(kind: string, name: string): Json {
  return { $ref: `#/components/${kind}/${name}` };
}

/** Headers of discovery and of every answer. */
const HEADERS: Readonly<Record<string, Json>> = {
  'GS1-EPCIS-Version': { type: 'string', examples: ['2.0.0'] },
  'GS1-EPCIS-Min': { type: 'string', examples: ['1.2.0'] },
  'GS1-EPCIS-Max': { type: 'string', examples: ['2.0.0'] },
  'GS1-CBV-Version': { type: 'string', examples: ['2.0.0'] },
  'GS1-CBV-Min': { type: 'string', examples: ['1.2.0'] },
  'GS1-CBV-Max': { type: 'string', examples: ['2.0.0'] },
  'GS1-EPC-Format': { type: 'string', enum: [...EPC_FORMATS] },
  'GS1-CBV-XML-Format': {
    type: 'string',
    enum: ['No_Preference', 'Always_Web_URI', 'Always_URN', 'Never_Translates'],
  },
  'GS1-Extensions': { type: 'string', examples: ['ex=https://example.org/'] },
  'GS1-Vendor-Version': { type: 'string' },
  'GS1-EPCIS-Capture-Limit': { type: 'integer', minimum: 1 },
  'GS1-EPCIS-Capture-File-Size-Limit': { type: 'integer', minimum: 1 },
  'GS1-Capture-Error-Behaviour': { type: 'string', enum: ['rollback', 'proceed', 'all'] },
  'GS1-Query-Min-Record-Time': { type: 'string', format: 'date-time' },
  'GS1-Next-Page-Token-Expires': { type: 'string', format: 'date-time' },
  Allow: { type: 'string' },
  Link: { type: 'string' },
  Location: { type: 'string' },
};

const VERSIONS = ['GS1-EPCIS-Version', 'GS1-CBV-Version', 'GS1-Extensions'];
const DISCOVERY = [
  ...['Allow', 'GS1-EPCIS-Version', 'GS1-EPCIS-Min', 'GS1-EPCIS-Max', 'GS1-CBV-Version'],
  ...['GS1-CBV-Min', 'GS1-CBV-Max', 'GS1-EPC-Format', 'GS1-CBV-XML-Format', 'GS1-Extensions'],
  'GS1-Vendor-Version',
];
const CAPTURE = [
  ...['GS1-EPCIS-Capture-Limit', 'GS1-EPCIS-Capture-File-Size-Limit'],
  'GS1-Capture-Error-Behaviour',
];
const PAGING = ['Link', 'GS1-Next-Page-Token-Expires'];

function headers(names: readonly string[]): Json {
  return Object.fromEntries(names.map((name) => [name, ref('headers', name)]));
}

/** A refusal: its status with the exceptions that it may name. */
function refusal(...exceptions: readonly EpcisException[]): Json {
  const body = {
    allOf: [
      ref('schemas', 'Problem'),
      { properties: { type: { enum: exceptions.map((e) => `epcisException:${e}`) } } },
    ],
  };
  return {
    description: exceptions.map((e) => problemBody(e).title).join('; '),
    content: {
      'application/problem+json': { schema: body },
      'application/problem+xml': { schema: { type: 'string' } },
    },
  };
}

/** Refusals by the name that operations list them under. */
const REFUSALS: Readonly<Record<string, readonly [status: number, Json]>> = {
  invalid: [400, refusal('ValidationException')],
  query: [
    400,
    refusal('QueryParameterException', 'QueryValidationException', 'ValidationException'),
  ],
  controls: [
    400,
    refusal('SubscriptionControlsException', 'QueryParameterException', 'ValidationException'),
  ],
  notFound: [404, refusal('NoSuchResourceException', 'NoSuchNameException')],
  exists: [409, refusal('ResourceAlreadyExistsException')],
  tooMuch: [413, refusal('CaptureLimitExceededException')],
  tooLarge: [413, refusal('QueryTooLargeException', 'QueryTooComplexException')],
  longAddress: [414, refusal('URITooLongException')],
  media: [415, refusal('UnsupportedMediaTypeException')],
};

/** What every operation may answer besides. */
const ALWAYS: readonly (readonly [number, Json])[] = [
  [401, refusal('SecurityException')],
  [403, refusal('SecurityException')],
  [406, refusal('NotAcceptableException')],
  [429, refusal('ImplementationException')],
  [500, refusal('ImplementationException')],
];

interface Answer {
  readonly status: number;
  readonly schema?: string;
  readonly isList?: boolean;
  readonly xml?: boolean;
  readonly headers?: readonly string[];
}

interface Operation {
  readonly summary: string;
  readonly answer: Answer;
  readonly refusals?: readonly (keyof typeof REFUSALS)[];
  readonly parameters?: readonly string[];
  readonly body?: { readonly schema: string; readonly xml?: boolean };
}

const FORMATS = ['GS1-EPC-Format', 'GS1-CBV-XML-Format'];
const RANGE = ['GS1-EPCIS-Min', 'GS1-EPCIS-Max', 'GS1-CBV-Min', 'GS1-CBV-Max'];
const PAGE = ['perPage', 'nextPageToken'];
const SCHEDULE = [
  ...['second', 'minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek', 'stream', 'reportIfEmpty'],
  'initialRecordTime',
];

function operation(path: string, method: string, o: Operation): Json {
  const { answer } = o;
  const refused = (o.refusals ?? []).map((name) => REFUSALS[name] ?? [500, {}]);
  const body = answer.schema === undefined ? undefined : ref('schemas', answer.schema);
  const told = answer.isList ? { type: 'array', items: body } : body;
  const types = [JSON_TYPE, ...(answer.xml ? [XML_TYPE] : [])];
  const content = told && {
    content: Object.fromEntries(
      types.map((t) => [t, { schema: t === JSON_TYPE ? told : { type: 'string' } }]),
    ),
  };
  return {
    operationId: `${method}${path.replace(/[^A-Za-z]+/g, '_')}`,
    summary: o.summary,
    ...(o.parameters ? { parameters: o.parameters.map((p) => ref('parameters', p)) } : {}),
    ...(o.body
      ? {
          requestBody: {
            required: true,
            content: {
              [JSON_TYPE]: { schema: ref('schemas', o.body.schema) },
              ...(o.body.xml ? { [XML_TYPE]: { schema: { type: 'string' } } } : {}),
            },
          },
        }
      : {}),
    responses: Object.fromEntries([
      [
        answer.status,
        { description: 'success', headers: headers(answer.headers ?? VERSIONS), ...content },
      ],
      ...refused,
      ...ALWAYS,
    ]),
  };
}

function options(more: readonly string[] = []): Operation {
  return {
    summary: 'Tells what the resource can do',
    answer: { status: 204, headers: [...DISCOVERY, ...more] },
    refusals: ['notFound', 'longAddress'],
  };
}

const QUERIES = [...queryParameters().fixed.map((p) => p.name), ...PAGE, ...FORMATS, ...RANGE];

const EVENTS: Operation = {
  summary: 'Events that match, a page at a time',
  answer: { status: 200, schema: 'QueryDocument', xml: true, headers: [...VERSIONS, ...PAGING] },
  refusals: ['query', 'notFound', 'tooLarge', 'longAddress'],
  parameters: QUERIES,
};

const COLLECTIONS: readonly (readonly [string, string, string])[] = [
  ['eventTypes', 'eventType', 'Types of events'],
  ['epcs', 'epc', 'Things that events name'],
  ['bizSteps', 'bizStep', 'Business steps'],
  ['bizLocations', 'bizLocation', 'Places where things are'],
  ['readPoints', 'readPoint', 'Places where things were seen'],
  ['dispositions', 'disposition', 'Dispositions'],
];

/** Every path with its operations. */
function operations(): Record<string, Record<string, Operation>> {
  const list = (summary: string): Operation => ({
    summary,
    answer: { status: 200, schema: 'Collection', headers: [...VERSIONS, ...PAGING] },
    refusals: ['query'],
    parameters: PAGE,
  });
  const subscriptions = '/queries/{queryName}/subscriptions';
  return {
    '/': {
      options: options(),
      get: {
        summary: 'The top-level resources',
        answer: { status: 200, schema: 'Collection', xml: true },
        refusals: ['query'],
      },
    },
    '/capture': {
      options: options(CAPTURE),
      post: {
        summary: 'Captures a document or query document, with master data in its header',
        answer: { status: 202, headers: [...VERSIONS, 'Location'] },
        refusals: ['invalid', 'tooMuch', 'media'],
        parameters: ['GS1-Capture-Error-Behaviour', 'GS1-EPCIS-Version', 'GS1-CBV-Version'],
        body: { schema: 'Document', xml: true },
      },
      get: {
        summary: 'Capture jobs, newest first',
        answer: {
          status: 200,
          schema: 'CaptureJob',
          isList: true,
          headers: [...VERSIONS, ...PAGING],
        },
        refusals: ['query'],
        parameters: PAGE,
      },
    },
    '/capture/{captureID}': {
      options: options(),
      get: {
        summary: 'A capture job with its errors',
        answer: { status: 200, schema: 'CaptureJob', xml: true },
        refusals: ['notFound'],
      },
    },
    '/events': {
      options: options(),
      get: EVENTS,
      post: {
        summary: 'Captures one event',
        answer: { status: 201, schema: 'Event', headers: [...VERSIONS, 'Location'] },
        refusals: ['invalid', 'exists', 'tooMuch', 'media'],
        body: { schema: 'Event', xml: true },
      },
    },
    '/events/{eventID}': {
      options: options(),
      get: {
        summary: 'The event of an id and its error declarations',
        answer: { status: 200, schema: 'QueryDocument', xml: true },
        refusals: ['query', 'notFound'],
        parameters: [...FORMATS, ...RANGE],
      },
    },
    ...Object.fromEntries(
      COLLECTIONS.flatMap(([name, member, summary]) => [
        [`/${name}`, { options: options(), get: list(summary) }],
        [
          `/${name}/{${member}}`,
          {
            options: options(),
            get: {
              summary: 'The resources below a member',
              answer: { status: 200, schema: 'Collection' },
              refusals: ['query', 'notFound'] as const,
            },
          },
        ],
        [`/${name}/{${member}}/events`, { options: options(), get: EVENTS }],
      ]),
    ),
    '/queries': {
      options: options(),
      get: {
        summary: 'Named queries',
        answer: {
          status: 200,
          schema: 'NamedQuery',
          isList: true,
          headers: [...VERSIONS, ...PAGING],
        },
        refusals: ['query'],
        parameters: PAGE,
      },
      post: {
        summary: 'Keeps a query under a name',
        answer: { status: 201, schema: 'NamedQuery', headers: [...VERSIONS, 'Location'] },
        refusals: ['query', 'exists', 'media'],
        body: { schema: 'NamedQuery' },
      },
    },
    '/queries/{queryName}': {
      options: options(),
      get: {
        summary: 'A named query',
        answer: { status: 200, schema: 'NamedQuery' },
        refusals: ['query', 'notFound', 'tooLarge'],
      },
      delete: {
        summary: 'Removes a named query, its subscriptions and websockets',
        answer: { status: 204 },
        refusals: ['notFound'],
      },
    },
    [subscriptions]: {
      options: options(),
      get: {
        summary: 'Webhooks of a named query',
        answer: {
          status: 200,
          schema: 'Subscription',
          isList: true,
          headers: [...VERSIONS, ...PAGING],
        },
        refusals: ['query', 'notFound'],
        parameters: PAGE,
      },
      post: {
        summary: 'Subscribes a webhook',
        answer: { status: 201, schema: 'Subscription', headers: [...VERSIONS, 'Location'] },
        refusals: ['controls', 'notFound', 'media'],
        parameters: FORMATS,
        body: { schema: 'NewSubscription' },
      },
    },
    [`${subscriptions}/{subscriptionID}`]: {
      options: options(['GS1-Query-Min-Record-Time']),
      get: {
        summary: 'A webhook',
        answer: { status: 200, schema: 'Subscription' },
        refusals: ['notFound'],
      },
      delete: { summary: 'Ends a webhook', answer: { status: 204 }, refusals: ['notFound'] },
    },
    '/queries/{queryName}/events': {
      options: options(),
      get: {
        summary: 'Events of a named query; with `Upgrade: websocket`, those to come',
        answer: EVENTS.answer,
        refusals: ['controls', 'notFound', 'tooLarge', 'longAddress'],
        parameters: [...PAGE, ...SCHEDULE, ...FORMATS, ...RANGE],
      },
    },
    '/nextPageToken/{token}': {
      delete: { summary: 'Gives a page token up', answer: { status: 204 }, refusals: ['notFound'] },
    },
  };
}

const KINDS: Readonly<Record<string, Json>> = {
  time: { type: 'string', format: 'date-time' },
  number: { type: 'number' },
  numbers: { type: 'number' },
  count: { type: 'integer', minimum: 0 },
  boolean: { type: 'boolean' },
  presence: { enum: ['', 'true', 'false', '0', '1', 'null'] },
  direction: { enum: ['ASC', 'DESC'] },
  actions: { enum: ['ADD', 'OBSERVE', 'DELETE'] },
};

function parameters(): Record<string, Json> {
  const query = (name: string, kind: string, isList: boolean): Json => {
    const one = KINDS[kind] ?? { type: 'string' };
    const shape = isList
      ? {
          style: 'pipeDelimited',
          explode: false,
          schema: { type: 'array', minItems: 1, items: one },
        }
      : { schema: one };
    return { name, in: 'query', required: false, ...shape };
  };
  const inHeader = [...FORMATS, ...RANGE, 'GS1-EPCIS-Version', 'GS1-CBV-Version'];
  return {
    ...Object.fromEntries(
      queryParameters().fixed.map((p) => [p.name, query(p.name, p.kind, p.isList)]),
    ),
    ...Object.fromEntries(SCHEDULE.map((name) => [name, query(name, 'text', false)])),
    perPage: {
      ...query('perPage', 'count', false),
      schema: { type: 'integer', minimum: 1, default: 30, description: 'cut at 1000' },
    },
    nextPageToken: query('nextPageToken', 'text', false),
    ...Object.fromEntries(
      [...inHeader, 'GS1-Capture-Error-Behaviour'].map((name) => [
        name,
        { name, in: 'header', required: false, schema: HEADERS[name] },
      ]),
    ),
  };
}

/** The description of our EPCIS interface: the standard's, with its faults mended. */
export function epcisOpenApi(publicUrl: string): Json {
  const paths = Object.entries(operations()).map(([path, methods]) => {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '');
    const inPath = names.map((name) => ({
      ...{ name, in: 'path', required: true, schema: { type: 'string' } },
    }));
    const described = Object.entries(methods).map(([m, o]) => [m, operation(path, m, o)]);
    return [
      path,
      { ...(inPath.length ? { parameters: inPath } : {}), ...Object.fromEntries(described) },
    ];
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'EPCIS 2.0 (ISO/IEC 19987) as Zaizao serves it',
      version: '2.0.0',
      description:
        'The REST binding of EPCIS 2.0. Where the published description contradicts the standard or itself, ' +
        'this one says what is served; the differences are listed with their reasons in ' +
        `docs/epcis-interface.md. Events carry the context ${EPCIS_CONTEXT}.`,
    },
    servers: [{ url: `${publicUrl}/epcis` }],
    paths: Object.fromEntries(paths),
    'x-patterned-query-parameters': queryParameters().patterned,
    components: {
      schemas: SCHEMAS,
      parameters: parameters(),
      headers: Object.fromEntries(
        Object.entries(HEADERS).map(([name, s]) => [name, { schema: s }]),
      ),
    },
  };
}

/** `/epcis/openapi.json`: for whoever wants to connect, before they have an account. */
export const openApiRoutes: readonly RawRoute[] = [
  {
    ...{ id: 'epcis.openapi', method: 'GET', url: '/epcis/openapi.json', access: 'public' },
    title: text('EPCIS 接口说明（OpenAPI）', 'Description of the EPCIS interface (OpenAPI)'),
    handle: async (_request, reply, caller) =>
      reply.type('application/json').send(epcisOpenApi(caller.app.config.publicUrl)),
  },
];
