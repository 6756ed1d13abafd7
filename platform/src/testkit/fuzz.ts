/**
 * Sends good, spoilt and nasty requests to every operation of the OpenAPI document. The laws: no
 * answer is a server fault; every refusal is a problem with a registered code (or the foreign
 * standard's own). The same seed sends the same requests to the same installation.
 */
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { cursors, goodValue, type Hint, nasty, rawBodies, spoilt } from './arbitraries.ts';
import { hostileJson, hostileText, hostileWords } from './hostile.ts';
import { addressOf, type OpenApi, type Operation, operationsOf } from './operations.ts';

interface FuzzRequest {
  readonly operation: Operation;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly payload: string | undefined;
}

export interface FuzzOptions {
  readonly requests: number;
  readonly seed: number;
  /** Real ids and values, so that requests come past the door. */
  readonly hint: Hint;
  /** Headers of the caller (cookie, origin); asked again when an answer says that they have ended. */
  readonly signIn: () => Promise<Readonly<Record<string, string>>>;
  /** Operations that never end, or that would end the fuzzer's own session. */
  readonly skip?: readonly string[];
  /** Good bodies of operations whose contract is a foreign standard, by the start of their path. */
  readonly bodies?: Readonly<Record<string, readonly unknown[]>>;
  /** Whether a refusal is in the form of a foreign standard. */
  readonly foreign?: (path: string, type: string, body: string) => boolean;
}

export interface FuzzReport {
  readonly operations: number;
  readonly requests: number;
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Operations that accepted at least one request. */
  readonly accepted: number;
  readonly faults: readonly string[];
}

const MIB = 1024 * 1024;

export async function fuzz(
  server: FastifyInstance,
  document: OpenApi,
  options: FuzzOptions,
): Promise<FuzzReport> {
  const operations = operationsOf(document).filter((o) => !options.skip?.includes(o.id));
  const each = Math.max(1, Math.ceil(options.requests / operations.length));
  const statuses: Record<string, number> = {};
  const accepted = new Set<string>();
  const faults: string[] = [];
  let caller = await options.signIn();
  let sent = 0;
  const plans = operations.map((operation, i) =>
    fc.sample(requestOf(operation, options), { numRuns: each, seed: options.seed + i }),
  );
  // Round by round over all operations, so that what one makes is there for the next.
  for (let n = 0; n < each; n++) {
    for (const plan of plans) {
      const request = plan[n];
      if (!request) continue;
      const { operation, url, headers, payload } = request;
      const reply = await server.inject({
        ...{ method: operation.method, url, headers: { ...caller, ...headers } },
        ...(payload === undefined ? {} : { payload }),
      });
      sent++;
      statuses[reply.statusCode] = (statuses[reply.statusCode] ?? 0) + 1;
      if (reply.statusCode < 300) accepted.add(operation.id);
      if (reply.statusCode === 401 && operation.access !== 'public') {
        caller = await options.signIn();
      }
      const type = String(reply.headers['content-type'] ?? '');
      const fault = faultOf(document, options, operation, reply.statusCode, type, reply.body);
      if (fault) {
        faults.push(
          `${operation.id} ${operation.method} ${url.slice(0, 300)} ` +
            `${(payload ?? '').slice(0, 600)} → ${reply.statusCode} ${fault}`,
        );
      }
    }
  }
  return {
    operations: operations.length,
    requests: sent,
    statuses,
    accepted: accepted.size,
    faults,
  };
}

function faultOf(
  document: OpenApi,
  options: FuzzOptions,
  operation: Operation,
  status: number,
  type: string,
  body: string,
): string | undefined {
  if (status >= 500) return `server fault ${body.slice(0, 300)}`;
  if (status < 400) return undefined;
  if (options.foreign?.(operation.path, type, body)) return undefined;
  if (!type.startsWith('application/problem+json')) return `not a problem but ${type}`;
  const problem = JSON.parse(body) as { code?: string; status?: number; title?: string };
  const spec = document['x-errors'][problem.code ?? ''];
  if (!spec) return `code ${problem.code} is not registered`;
  if (spec.status !== status || problem.status !== status) return `status is not the code's`;
  return problem.title ? undefined : 'without a sentence';
}

function requestOf(operation: Operation, options: FuzzOptions): fc.Arbitrary<FuzzRequest> {
  const text = (v: unknown) => (typeof v === 'string' ? v : hostileText(v));
  const short = fc.oneof(
    nasty.map((v) => text(v).slice(0, 1500)),
    hostileWords,
  );
  const field = (name: string, good: fc.Arbitrary<unknown>) =>
    name === 'cursor' || name === 'nextPageToken'
      ? fc.oneof(cursors, short)
      : fc.oneof({ weight: 6, arbitrary: good.map(text) }, { weight: 1, arbitrary: short });
  const path: Record<string, fc.Arbitrary<string>> = {};
  const query: Record<string, fc.Arbitrary<string>> = {};
  for (const p of operation.parameters) {
    if (p.in === 'header') continue;
    const into = p.in === 'path' ? path : query;
    into[p.name] = field(p.name, goodValue(p.schema, options.hint, p.name));
  }
  const required = operation.parameters.filter((p) => p.in === 'query' && p.required);
  const queries = fc.record(query, { requiredKeys: required.map((p) => p.name) });
  const more = fc.oneof(
    { weight: 8, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.constantFrom(['limit=0'], ['limit=201'], ['limit=x'], ['a[]=1']) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('limit', 'cursor', 'lang', ...Object.keys(query))
        .map((name) => [
          ...[`${name}=1`, `${name}=2`, '__proto__=x', 'constructor=x', '%00=%00', '=', '%', '%ff'],
        ]),
    },
  );
  const headers = fc.record(
    {
      'accept-language': fc.constantFrom('zh', 'en', '*', 'x'.repeat(300)),
      'x-simulated-time': fc.constantFrom(
        '',
        'x',
        '-271821-04-20T00:00:00Z',
        '0001-01-01',
        '2026-01-05T00:00:00Z',
      ),
      'idempotency-key': fc.constantFrom(
        '',
        'short',
        'x'.repeat(500),
        "'quote'quote",
        'a same key',
      ),
      'if-match': fc.constantFrom('', '*', '"x"', '"999999999"', '-1', 'W/"1"', '"1"'),
      accept: fc.constantFrom('*/*', 'text/html', 'nonsense', 'application/xml', ''),
    },
    { requiredKeys: [] },
  );
  const sometimes = fc.oneof(
    { weight: 15, arbitrary: fc.constant({}) },
    { weight: 3, arbitrary: headers },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Record<string, string>>(
        { authorization: 'Bearer __proto__' },
        { authorization: 'Basic %%%' },
        { 'content-encoding': 'gzip' },
      ),
    },
  );
  return fc
    .tuple(fc.record(path), queries, more, sometimes, payloadOf(operation, options), fc.uuid())
    .map(([params, q, extra, odd, body, uuid]) => {
      const pairs = Object.entries(q).map(([k, v]) => `${k}=${encodeURIComponent(wellFormed(v))}`);
      const search = [...pairs, ...extra].join('&');
      const good = Object.fromEntries(Object.entries(params).map(([k, v]) => [k, wellFormed(v)]));
      return {
        operation,
        url: addressOf(operation.path, good) + (search ? `?${search}` : ''),
        headers: {
          'accept-language': 'en',
          ...(operation.method === 'POST' ? { 'idempotency-key': uuid } : {}),
          'if-match': '"1"',
          ...(body.type === undefined ? {} : { 'content-type': body.type }),
          ...odd,
        },
        payload: body.payload,
      };
    });
}

/** `encodeURIComponent` throws at half a surrogate pair. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}

interface Payload {
  readonly type: string | undefined;
  readonly payload: string | undefined;
}

function payloadOf(operation: Operation, options: FuzzOptions): fc.Arbitrary<Payload> {
  const nothing = fc.constant<Payload>({ type: undefined, payload: undefined });
  if (operation.method === 'GET' || operation.method === 'OPTIONS') return nothing;
  const json = (value: unknown): Payload => ({
    type: 'application/json',
    payload: hostileText(value),
  });
  const bad = fc.oneof(nasty, hostileJson);
  const raw = rawBodies.map(({ type, body }) => ({ type, payload: body }));
  const known = Object.entries(options.bodies ?? {}).find(([p]) => operation.path.startsWith(p));
  const good = operation.body
    ? goodValue(operation.body, options.hint)
    : known
      ? fc.constantFrom(...known[1])
      : undefined;
  const huge = fc.constant(json({ a: 'x'.repeat(2 * MIB) }));
  if (operation.upload) return fc.oneof({ weight: 6, arbitrary: upload }, raw);
  if (!good) return fc.oneof({ weight: 3, arbitrary: nothing }, raw, bad.map(json));
  return fc.oneof(
    { weight: 8, arbitrary: good.map(json) },
    { weight: 8, arbitrary: spoilt(good, bad).map(json) },
    { weight: 2, arbitrary: bad.map(json) },
    { weight: 3, arbitrary: raw },
    { weight: 1, arbitrary: fc.oneof({ weight: 9, arbitrary: nothing }, huge) },
  );
}

const uploadNames = [
  ...['', ' ; filename="a.png"', ' ; filename=""', ' ; filename="../x"', ' ; filename="名.xlsx"'],
  ...[` ; filename="${'x'.repeat(5000)}"`, ` ; filename="a';--.pdf"`, ' ; filename="a\\".png"'],
  ...[' ; filename="a\0b.png"', ' ; filename="feed.json"', ' ; filename="feed.csv"'],
  ` ; filename="${'😀'.repeat(101)}.csv"`,
];

const upload: fc.Arbitrary<Payload> = fc
  .tuple(
    fc.constantFrom(...uploadNames),
    fc.oneof(
      fc.constantFrom(
        ...['', 'not a picture', '\u0089PNG\r\n\u001a\n', '%PDF-1.7', 'PK\u0003\u0004', 'GIF89a'],
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        `PK\u0003\u0004${'x'.repeat(5000)}`,
        'part,kind,number,__proto__\nconstructor,oe,toString,x\n',
      ),
      hostileJson.map((records) => hostileText({ source: records, records: [records] })),
    ),
    fc.constantFrom('file', 'other', '__proto__', ''),
  )
  .map(([name, bytes, field]) => ({
    type: 'multipart/form-data; boundary=bb',
    payload:
      `--bb\r\ncontent-disposition: form-data; name="${field}"${name}\r\n` +
      `content-type: application/octet-stream\r\n\r\n${bytes}\r\n--bb--\r\n`,
  }));
