import type { z } from 'zod';
import type { Endpoint } from '../../http/contract.ts';
import { newId } from '../../kernel/index.ts';
import { currentLang, kitText } from '../i18n/language.ts';
import { Problem, problemFrom } from './problem.ts';

type Empty = Record<string, never>;
type In<S extends z.ZodType> = z.input<S>;

/** A key is optional in a call when nothing in it is required. */
type Part<K extends string, V> = undefined extends V
  ? { readonly [P in K]?: V }
  : Empty extends V
    ? { readonly [P in K]?: V }
    : { readonly [P in K]: V };

/** What a read takes: path parameters and query. */
export type ReadInput<E extends Endpoint> = Part<'params', In<E['params']>> &
  Part<'query', In<E['query']>>;

/** What an act takes; `version` is the one seen, for endpoints with `ifMatch`. */
export type ActInput<E extends Endpoint> = ReadInput<E> &
  Part<'body', In<E['body']>> & {
    readonly version?: number;
    readonly file?: Blob;
    readonly fileName?: string;
  };

export type Output<E extends Endpoint> = z.output<E['response']>;

interface LooseInput {
  readonly params?: unknown;
  readonly query?: unknown;
}

/** The address of an endpoint with its parameters filled in; also for `<a href>` and `<img src>`. */
export function addressOf<E extends Endpoint>(endpoint: E, input: ReadInput<E>): string {
  const { params, query } = input as LooseInput; // both are plain records by contract; read loosely to print
  const fields = new Map(Object.entries((params ?? {}) as Record<string, unknown>));
  const path = endpoint.path.replace(/:(\w+)/g, (_mark, name: string) => {
    const value = fields.get(name);
    if (value === undefined) throw new Error(`${endpoint.id}: parameter ${name} is missing`);
    return encodeURIComponent(String(value));
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (value === undefined || value === null || value === '') continue;
    for (const v of Array.isArray(value) ? value : [value]) search.append(name, String(v));
  }
  const tail = search.toString();
  return tail ? `${path}?${tail}` : path;
}

/** A request as it will be sent, and sent again unchanged when the network drops. */
export interface Sending {
  readonly method: string;
  readonly address: string;
  readonly body?: unknown;
  readonly version?: number;
  readonly key?: string;
  readonly file?: Blob;
  readonly fileName?: string;
  readonly signal?: AbortSignal;
  /** Milliseconds until no answer counts as offline. */
  readonly patience?: number;
}

export function freshKey(): string {
  return newId('idem');
}

/** Sends a request and gives the JSON answer; every failure is a {@link Problem}. */
export async function send(request: Sending): Promise<unknown> {
  const headers = new Headers({ accept: 'application/json', 'accept-language': currentLang() });
  if (request.key) headers.set('idempotency-key', request.key);
  if (request.version !== undefined) headers.set('if-match', `"${request.version}"`);
  const body = bodyOf(request, headers);
  const late = AbortSignal.timeout(request.patience ?? 60_000);
  let response: Response;
  try {
    response = await fetch(request.address, {
      method: request.method,
      headers,
      credentials: 'same-origin',
      signal: request.signal ? AbortSignal.any([request.signal, late]) : late,
      ...(body === undefined ? {} : { body }),
    });
  } catch (cause) {
    if (request.signal?.aborted) throw cause; // the caller no longer wants it: not a problem
    throw new Problem(kitText('problem.offline'), { status: 0, code: 'OFFLINE' });
  }
  const answer = await readBody(response);
  if (response.ok) return answer;
  // a proxy that stands before a stopped server answers 502 to 504 with a page of its own
  if (response.status >= 502 && response.status <= 504 && typeof answer !== 'object') {
    throw new Problem(kitText('problem.offline'), { status: response.status, code: 'OFFLINE' });
  }
  throw problemFrom(
    response.status,
    answer,
    kitText('problem.status', { status: response.status }),
  );
}

function bodyOf(request: Sending, headers: Headers): BodyInit | undefined {
  if (request.file) {
    const form = new FormData();
    if (typeof request.body === 'object' && request.body !== null) {
      for (const [k, v] of Object.entries(request.body)) form.append(k, String(v));
    }
    form.append('file', request.file, request.fileName ?? 'file');
    return form;
  }
  if (request.body === undefined) return undefined;
  headers.set('content-type', 'application/json');
  return JSON.stringify(request.body);
}

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const type = response.headers.get('content-type') ?? '';
  if (!type.includes('json')) return response.text();
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

/** Reads by an endpoint. The server answers by the same contract, so its shape is taken as read. */
export async function read<E extends Endpoint>(
  endpoint: E,
  input: ReadInput<E>,
  signal?: AbortSignal,
): Promise<Output<E>> {
  const answer = await send({
    method: endpoint.method,
    address: addressOf(endpoint, input),
    ...(signal ? { signal } : {}),
  });
  return answer as Output<E>; // the server parses every response by this schema before sending it
}

/** As {@link read}, but what is not there is `undefined`: a code that names nothing is an answer. */
export async function lookUp<E extends Endpoint>(
  endpoint: E,
  input: ReadInput<E>,
): Promise<Output<E> | undefined> {
  try {
    return await read(endpoint, input);
  } catch (e) {
    if (e instanceof Problem && e.status === 404) return undefined;
    throw e;
  }
}

/** Acts by an endpoint, once, with the given key. */
export async function act<E extends Endpoint>(
  endpoint: E,
  input: ActInput<E>,
  key: string = freshKey(),
): Promise<Output<E>> {
  const answer = await send({ ...sendingOf(endpoint, input), key });
  return answer as Output<E>; // as in `read`
}

export function sendingOf<E extends Endpoint>(endpoint: E, input: ActInput<E>): Sending {
  const loose = input as { body?: unknown; version?: number; file?: Blob; fileName?: string }; // the optional half of ActInput
  return {
    method: endpoint.method,
    address: addressOf(endpoint, input),
    ...(loose.body === undefined ? {} : { body: loose.body }),
    ...(loose.version === undefined ? {} : { version: loose.version }),
    ...(loose.file ? { file: loose.file } : {}),
    ...(loose.fileName ? { fileName: loose.fileName } : {}),
  };
}
