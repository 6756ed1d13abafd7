import type { FastifyRequest } from 'fastify';
import type { Config } from '../http/index.ts';
import { hasSessionCookie } from './sessions.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** `absent`: no browser of this decade sends a changing request without an Origin. */
function originOf(request: FastifyRequest, config: Config): 'same' | 'other' | 'absent' {
  const { origin } = request.headers;
  if (origin === undefined) return request.headers['sec-fetch-site'] ? 'other' : 'absent';
  if (!URL.canParse(origin)) return 'other'; // `null`, of sandboxed frames and data: pages
  const url = new URL(origin);
  if (url.origin === new URL(config.publicUrl).origin) return 'same';
  const downgraded = request.protocol === 'https' && url.protocol !== 'https:';
  return url.host === request.host && !downgraded ? 'same' : 'other';
}

/** May this request change something on the strength of its cookie? Guards against other sites' forms. */
export function mayChangeByCookie(request: FastifyRequest, config: Config): boolean {
  return READS.has(request.method) || originOf(request, config) === 'same';
}

/** A changing request that brings a cookie but does not come from our own pages. */
export function isForged(request: FastifyRequest, config: Config): boolean {
  if (READS.has(request.method) || request.headers.authorization !== undefined) return false;
  return hasSessionCookie(request.headers) && originOf(request, config) !== 'same';
}

/** Signing in needs the same care without a cookie, or another site could sign a person in as itself. */
export function isForeign(request: FastifyRequest, config: Config): boolean {
  return !READS.has(request.method) && originOf(request, config) === 'other';
}
