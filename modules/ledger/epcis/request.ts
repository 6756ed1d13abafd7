import { header, type Request } from './message.ts';
import { EpcisProblem } from './problem.ts';

const TYPES: Readonly<Record<string, 'json' | 'xml'>> = {
  'application/json': 'json',
  'application/ld+json': 'json',
  'application/xml': 'xml',
  'text/xml': 'xml',
};

/** The body as text, of a type that can be captured; UTF-8 only. */
export function textBody(request: Request): { text: string; isXml: boolean } {
  const [type = '', ...parameters] = (header(request, 'content-type') ?? '')
    .split(';')
    .map((part) => part.trim().toLowerCase());
  const kind = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (kind === undefined) {
    const known = 'send application/json or application/xml';
    throw new EpcisProblem('UnsupportedMediaTypeException', known);
  }
  const charset = parameters.find((p) => p.startsWith('charset='))?.slice('charset='.length);
  if (charset !== undefined && !['utf-8', '"utf-8"', 'utf8', '"utf8"'].includes(charset)) {
    throw new EpcisProblem('UnsupportedMediaTypeException', `charset ${charset}: send UTF-8`);
  }
  const encoding = header(request, 'content-encoding') ?? 'identity';
  if (encoding.trim().toLowerCase() !== 'identity') {
    throw new EpcisProblem('UnsupportedMediaTypeException', 'send the body uncompressed');
  }
  const body = request.body;
  if (!(body instanceof Uint8Array) || body.length === 0) {
    throw new EpcisProblem('ValidationException', 'the body is empty');
  }
  const text = decoded(body);
  const declared = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([^"']+)["']/.exec(text.slice(0, 200))?.[1];
  if (kind === 'xml' && declared !== undefined && declared.toLowerCase() !== 'utf-8') {
    throw new EpcisProblem('ValidationException', `the XML says it is ${declared}: send UTF-8`);
  }
  return { isXml: kind === 'xml', text };
}

function decoded(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new EpcisProblem('ValidationException', 'the body is not UTF-8');
  }
}
