import type { Access } from '@zaizao/platform/contract';
import type { Caller, RawRoute } from '@zaizao/platform/http';
import type { Text } from '@zaizao/platform/kernel';
import { EPC_FORMATS, type EpcFormat } from './format.ts';
import { EpcisProblem, sendProblem } from './problem.ts';

/** Limits that the capture interface announces. */
export const CAPTURE_LIMIT = 10_000;
export const CAPTURE_BYTES = 16 * 1024 * 1024;
const MAX_URL = 8_000;

const VERSION = '2.0.0';

export const versionHeaders = {
  'gs1-epcis-version': VERSION,
  'gs1-cbv-version': VERSION,
  'gs1-extensions': 'zz=https://ns.zaizao.dev/',
} as const;

const discovery = {
  ...versionHeaders,
  'gs1-epcis-min': VERSION,
  'gs1-epcis-max': VERSION,
  'gs1-cbv-min': VERSION,
  'gs1-cbv-max': VERSION,
  'gs1-cbv-xml-format': 'No_Preference',
  'gs1-epc-format': 'Always_GS1_Digital_Link',
  'gs1-vendor-version': 'zaizao/1',
} as const;

const captureDiscovery = {
  'gs1-epcis-capture-limit': String(CAPTURE_LIMIT),
  'gs1-epcis-capture-file-size-limit': String(CAPTURE_BYTES),
  'gs1-capture-error-behaviour': 'all',
} as const;

export const captureLimits = {
  'gs1-epcis-capture-limit': captureDiscovery['gs1-epcis-capture-limit'],
  'gs1-epcis-capture-file-size-limit': captureDiscovery['gs1-epcis-capture-file-size-limit'],
} as const;

export type Request = Parameters<RawRoute['handle']>[0];
export type Reply = Parameters<RawRoute['handle']>[1];

type Handle = (request: Request, reply: Reply, caller: Caller) => Promise<unknown>;

interface Spec {
  readonly id: string;
  readonly url: string;
  readonly title: Text;
  readonly get?: Handle;
  readonly post?: Handle;
  readonly remove?: Handle;
  readonly read: Access;
  readonly write?: Access;
  readonly bodyLimit?: number;
  readonly capture?: boolean;
}

/** A resource of the binding: its methods, the discovery by OPTIONS, and the standard's errors. */
export function resource(spec: Spec): RawRoute[] {
  const { id, url, title, get, post, remove, read, write = read } = spec;
  const allow = [
    'OPTIONS',
    ...(get ? ['GET'] : []),
    ...(post ? ['POST'] : []),
    ...(remove ? ['DELETE'] : []),
  ].join(', ');
  const headers = { ...discovery, ...(spec.capture ? captureDiscovery : {}), allow };
  const one = (method: 'GET' | 'POST' | 'DELETE', access: Access, handle: Handle): RawRoute => ({
    ...{ id: `${id}.${method.toLowerCase()}`, method, url, title, access },
    ...(method === 'POST' ? { rawBody: true, bodyLimit: spec.bodyLimit ?? 1024 * 1024 } : {}),
    handle: guarded(handle),
  });
  return [
    {
      ...{ id: `${id}.options`, method: 'OPTIONS', url, title, access: 'public' },
      handle: guarded(async (_request, reply) => reply.status(204).headers(headers).send()),
    },
    ...(get ? [one('GET', read, get)] : []),
    ...(post ? [one('POST', write, post)] : []),
    ...(remove ? [one('DELETE', write, remove)] : []),
  ];
}

function guarded(handle: Handle): Handle {
  return async (request, reply, caller) => {
    try {
      if (request.url.length > MAX_URL) throw new EpcisProblem('URITooLongException');
      negotiate(request);
      reply.headers({ ...versionHeaders, 'cache-control': 'no-store' });
      return await handle(request, reply, caller);
    } catch (e) {
      if (e instanceof EpcisProblem) return sendProblem(reply, e);
      throw e;
    }
  };
}

/** Refuses answers that we cannot give: another version, another media type. */
function negotiate(request: Request): void {
  const accept = header(request, 'accept');
  if (accept !== undefined && !acceptsJson(accept)) {
    throw new EpcisProblem('NotAcceptableException', 'application/json can be had');
  }
  for (const name of ['gs1-epcis', 'gs1-cbv']) {
    const low = header(request, `${name}-min`);
    const high = header(request, `${name}-max`);
    if (
      (low && compareVersions(low, VERSION) > 0) ||
      (high && compareVersions(high, VERSION) < 0)
    ) {
      throw new EpcisProblem('NotAcceptableException', `version ${VERSION} can be had`);
    }
  }
}

function acceptsJson(accept: string): boolean {
  return accept
    .split(',')
    .map((part) => part.split(';')[0]?.trim().toLowerCase() ?? '')
    .some((type) =>
      ['*/*', 'application/*', 'application/json', 'application/ld+json'].includes(type),
    );
}

function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function header(request: Request, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

/** The body as text, of a type that can be captured. */
export function textBody(request: Request): { text: string; isXml: boolean } {
  const type = (header(request, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  const isXml = type === 'application/xml' || type === 'text/xml';
  if (!isXml && type !== 'application/json' && type !== 'application/ld+json') {
    const known = 'send application/json or application/xml';
    throw new EpcisProblem('UnsupportedMediaTypeException', known);
  }
  const body = request.body;
  if (!(body instanceof Uint8Array) || body.length === 0) {
    throw new EpcisProblem('ValidationException', 'the body is empty');
  }
  try {
    return { isXml, text: new TextDecoder('utf-8', { fatal: true }).decode(body) };
  } catch {
    throw new EpcisProblem('ValidationException', 'the body is not UTF-8');
  }
}

export function epcFormat(request: Request): EpcFormat {
  const wanted = header(request, 'gs1-epc-format') ?? 'Always_GS1_Digital_Link';
  const format = EPC_FORMATS.find((f) => f === wanted);
  if (!format)
    throw new EpcisProblem('NotAcceptableException', `GS1-EPC-Format: ${EPC_FORMATS.join(', ')}`);
  return format;
}

/** `Link: <…>; rel="next"`: the same address with another token. */
export function nextLink(request: Request, caller: Caller, token: string, now: Date) {
  const url = new URL(request.url, caller.app.config.publicUrl);
  url.searchParams.set('nextPageToken', token);
  return {
    link: `<${url.toString()}>; rel="next"`,
    // A token holds the place itself; it is promised for a day and in fact never ends.
    'gs1-next-page-token-expires': new Date(now.getTime() + 86_400_000).toISOString(),
  };
}
