import { TlogError } from './error.ts';

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

export type JsonObject = { readonly [key: string]: JsonValue };

/**
 * RFC 8785 (JCS): keys in UTF-16 order, ECMAScript numbers, no white space. Throws on what JSON
 * cannot carry: NaN, infinities, undefined, lone surrogates, nesting beyond 500.
 */
export function canonicalJson(value: JsonValue, depth = 0): string {
  if (depth > 500) throw new TlogError('BAD_ENCODING', 'JSON is nested too deeply');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TlogError('BAD_ENCODING', `JSON has no ${value}`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TlogError('BAD_ENCODING', 'lone surrogate in a string');
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') {
    throw new TlogError('BAD_ENCODING', `JSON has no ${typeof value}`);
  }
  if (isArray(value)) {
    return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`;
  }
  let text = '{';
  for (const key of sortedKeys(value)) {
    const item = value[key];
    if (item === undefined) throw new TlogError('BAD_ENCODING', `"${key}" is undefined`);
    if (text.length > 1) text += ',';
    text += `${canonicalJson(key)}:${canonicalJson(item, depth + 1)}`;
  }
  return `${text}}`;
}

function sortedKeys(value: JsonObject): string[] {
  const keys = Object.keys(value);
  return keys.length > 1 ? keys.sort() : keys;
}

/** `Array.isArray` does not narrow a readonly array out of a union. */
export function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isArray(value);
}
