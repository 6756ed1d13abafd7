import type { FastifyRequest } from 'fastify';
import type { Config } from '../http/index.ts';
import { hasSessionCookie } from './sessions.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Where a changing request comes from. `absent` means no browser: for years all of them have sent an
 * Origin with every changing request, and a program cannot be tricked into bringing a person's cookie.
 */
function originOf(request: FastifyRequest, config: Config): 'same' | 'other' | 'absent' {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin === undefined) {
    return site === undefined ? 'absent' : site === 'same-origin' ? 'same' : 'other';
  }
  if (!URL.canParse(origin)) return 'other'; // `null`, of sandboxed frames and data: pages
  const url = new URL(origin);
  if (url.origin === new URL(config.publicUrl).origin) return 'same';
  const downgraded = request.protocol === 'https' && url.protocol !== 'https:';
  return url.host === request.host && !downgraded ? 'same' : 'other';
}

/** May this request change something on the strength of its cookie? Guards against other sites' forms. */
export function mayChangeByCookie(request: FastifyRequest, config: Config): boolean {
  return !isForeign(request, config);
}

/** A changing request that brings a cookie from another site's page. */
export function isForged(request: FastifyRequest, config: Config): boolean {
  if (request.headers.authorization !== undefined) return false;
  return hasSessionCookie(request.headers) && isForeign(request, config);
}

/** Signing in needs the same care without a cookie, or another site could sign a person in as itself. */
export function isForeign(request: FastifyRequest, config: Config): boolean {
  return !READS.has(request.method) && originOf(request, config) === 'other';
}
