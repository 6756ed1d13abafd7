import type { RawRoute } from '@zaizao/platform/http';

export type Request = Parameters<RawRoute['handle']>[0];
export type Reply = Parameters<RawRoute['handle']>[1];

export function header(request: Request, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

export const JSON_TYPES = ['application/json', 'application/ld+json', 'application/problem+json'];
export const XML_TYPES = ['application/xml', 'text/xml', 'application/problem+xml'];

/** How much the caller wants one of these types, 0 to 1, by the most specific range that fits. */
export function wish(accept: string, types: readonly string[]): number {
  let best = 0;
  let precision = -1;
  for (const part of accept.split(',')) {
    const [range = '', ...parameters] = part.split(';').map((p) => p.trim().toLowerCase());
    const fits = types.some(
      (type) => range === type || range === '*/*' || range === `${type.split('/')[0]}/*`,
    );
    const detail = range === '*/*' ? 0 : range.endsWith('/*') ? 1 : 2;
    if (!fits || detail < precision) continue;
    const q = parameters.find((p) => p.startsWith('q='));
    const weight = q === undefined ? 1 : Number(q.slice(2));
    const value = Number.isFinite(weight) ? Math.min(Math.max(weight, 0), 1) : 0;
    best = detail === precision ? Math.max(best, value) : value;
    precision = detail;
  }
  return best;
}

/** Whether a refusal is better told in XML. */
export function prefersXml(request: Request): boolean {
  const accept = header(request, 'accept') ?? '*/*';
  return wish(accept, XML_TYPES) > wish(accept, JSON_TYPES);
}
