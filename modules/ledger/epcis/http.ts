import type { Access } from '@zaizao/platform/contract';
import type { Caller, RawRoute } from '@zaizao/platform/http';
import type { Text } from '@zaizao/platform/kernel';
import type { Reply, Request } from './message.ts';
import { checkSentVersion, mediaOf, OLDEST, VERSION, versionOf } from './negotiate.ts';
import { EpcisProblem, refusedByServer, sendProblem } from './problem.ts';

/** Limits that the capture interface announces. */
export const CAPTURE_LIMIT = 10_000;
export const CAPTURE_BYTES = 16 * 1024 * 1024;
const MAX_URL = 8_000;

const versionHeaders = {
  'gs1-epcis-version': VERSION,
  'gs1-cbv-version': VERSION,
  'gs1-extensions': 'zz=https://ns.zaizao.dev/',
} as const;

const discovery = {
  ...versionHeaders,
  'gs1-epcis-min': OLDEST,
  'gs1-epcis-max': VERSION,
  'gs1-cbv-min': OLDEST,
  'gs1-cbv-max': VERSION,
  'gs1-cbv-xml-format': 'No_Preference',
  'gs1-epc-format': 'No_Preference',
  'gs1-vendor-version': 'zaizao/1',
} as const;

export const captureLimits = {
  'gs1-epcis-capture-limit': String(CAPTURE_LIMIT),
  'gs1-epcis-capture-file-size-limit': String(CAPTURE_BYTES),
} as const;

const captureDiscovery = { ...captureLimits, 'gs1-capture-error-behaviour': 'all' } as const;

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
  /** GET can answer in XML. */
  readonly xml?: boolean;
  /** Further headers of the discovery, which then needs the right to read. */
  readonly discover?: (
    request: Request,
    caller: Caller,
  ) => Promise<Readonly<Record<string, string>>>;
}

/** A resource of the binding: its methods, the discovery by OPTIONS, and the standard's errors. */
export function resource(spec: Spec): RawRoute[] {
  const { id, url, title, get, post, remove, read, write = read, discover } = spec;
  const allow = [
    'OPTIONS',
    ...(get ? ['GET'] : []),
    ...(post ? ['POST'] : []),
    ...(remove ? ['DELETE'] : []),
  ].join(', ');
  const headers = { ...discovery, ...(spec.capture ? captureDiscovery : {}), allow };
  const one = (method: 'GET' | 'POST' | 'DELETE', access: Access, handle: Handle): RawRoute => ({
    ...{ id: `${id}.${method.toLowerCase()}`, method, url, title, access, refuse: refusedByServer },
    ...(method === 'POST' ? { rawBody: true, bodyLimit: spec.bodyLimit ?? 1024 * 1024 } : {}),
    // Captures of several callers may share a transaction: each has its own row.
    ...(method === 'POST' && spec.capture ? { writesAudit: true } : {}),
    handle: guarded(handle, method === 'POST' || spec.xml === true, method === 'POST'),
  });
  return [
    {
      ...{ id: `${id}.options`, method: 'OPTIONS', url, title },
      ...{ access: discover ? read : 'public', refuse: refusedByServer },
      handle: guarded(async (request, reply, caller) => {
        const more = discover ? await discover(request, caller) : {};
        return reply.status(204).headers(headers).headers(more).send();
      }, true),
    },
    ...(get ? [one('GET', read, get)] : []),
    ...(post ? [one('POST', write, post)] : []),
    ...(remove ? [one('DELETE', write, remove)] : []),
  ];
}

/** Checks what every operation checks, and answers the standard's exceptions. */
export function guarded(handle: Handle, hasXml: boolean, takes = false): Handle {
  return async (request, reply, caller) => {
    try {
      if (request.url.length > MAX_URL) throw new EpcisProblem('URITooLongException');
      versionOf(request, mediaOf(request, hasXml));
      if (takes) checkSentVersion(request);
      reply.headers({ ...versionHeaders, 'cache-control': 'no-store', vary: 'accept' });
      return await handle(request, reply, caller);
    } catch (e) {
      if (e instanceof EpcisProblem) return sendProblem(request, reply, e);
      throw e;
    }
  };
}
