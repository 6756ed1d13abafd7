import { canonicalDecimal, decimalOf, LosslessNumber } from './decimal.ts';

/** What JSON can hold, with numbers kept losslessly where needed. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | LosslessNumber
  | readonly JsonValue[]
  | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof LosslessNumber)
  );
}

/** Deep enough for any event; a guard against stack exhaustion by hostile input. */
const MAX_DEPTH = 200;

/** Strings, or numbers so long or so large that a JavaScript number might round them. */
const STRINGS_AND_LONG_NUMBERS = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]{14,}|\d[eE][+-]?\d{3}/g;

function mayLoseDigits(text: string): boolean {
  for (const [token] of text.matchAll(STRINGS_AND_LONG_NUMBERS)) {
    if (!token.startsWith('"')) return true;
  }
  return false;
}

/**
 * `JSON.parse` that keeps every digit: numbers that JavaScript would round become {@link LosslessNumber}.
 *
 * @throws SyntaxError as `JSON.parse` does, when nested deeper than 200 levels, and for exponents beyond 400
 */
export function parseJson(text: string): JsonValue {
  return mayLoseDigits(text) ? new Reader(text).read() : checkDepth(JSON.parse(text), 0);
}

function checkDepth(value: JsonValue, depth: number): JsonValue {
  if (depth > MAX_DEPTH) throw new SyntaxError('JSON nested too deeply');
  if (Array.isArray(value)) for (const item of value) checkDepth(item, depth + 1);
  else if (isJsonObject(value)) {
    for (const key of Object.keys(value)) checkDepth(value[key] ?? null, depth + 1);
  }
  return value;
}

/** Recursive descent over the text; strings and literals are left to `JSON.parse`. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): JsonValue {
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) this.#fail();
    return value;
  }

  #fail(): never {
    throw new SyntaxError(`unexpected JSON at position ${this.#at}`);
  }

  #space(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? '?')) this.#at++;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) this.#fail();
    this.#at += found.length;
    return found;
  }

  #next(character: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #string(): string {
    const parsed: unknown = JSON.parse(this.#match(/"(?:[^"\\]|\\.)*"/y));
    return typeof parsed === 'string' ? parsed : this.#fail();
  }

  #value(depth: number): JsonValue {
    if (depth > MAX_DEPTH) throw new SyntaxError('JSON nested too deeply');
    this.#space();
    const first = this.#text[this.#at];
    if (first === '{') return this.#object(depth);
    if (first === '[') return this.#array(depth);
    if (first === '"') return this.#string();
    if (first === 't' || first === 'f' || first === 'n') {
      const word = this.#match(/true|false|null/y);
      return word === 'null' ? null : word === 'true';
    }
    const digits = this.#match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (canonicalDecimal(digits) === undefined) this.#fail();
    return decimalOf(digits);
  }

  #array(depth: number): JsonValue[] {
    this.#at++;
    const items: JsonValue[] = [];
    if (this.#next(']')) return items;
    do items.push(this.#value(depth + 1));
    while (this.#next(','));
    if (!this.#next(']')) this.#fail();
    return items;
  }

  #object(depth: number): JsonObject {
    this.#at++;
    const entries: [string, JsonValue][] = [];
    if (this.#next('}')) return {};
    do {
      this.#space();
      const key = this.#string();
      if (!this.#next(':')) this.#fail();
      entries.push([key, this.#value(depth + 1)]);
    } while (this.#next(','));
    if (!this.#next('}')) this.#fail();
    // fromEntries defines properties, so a key "__proto__" stays a key.
    return Object.fromEntries(entries);
  }
}

/** `JSON.stringify` that writes {@link LosslessNumber} with all its digits. */
export function stringifyJson(value: JsonValue): string {
  // Hardly any text has such numbers, and the engine's own writer is three times as quick.
  return hasLossless(value) ? written(value) : JSON.stringify(value);
}

/** Whether a {@link LosslessNumber} is anywhere in it. */
export function hasLossless(value: JsonValue | undefined): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof LosslessNumber) return true;
  if (Array.isArray(value)) return value.some(hasLossless);
  const members = value as JsonObject; // neither of the other two kinds of object
  for (const key in members) if (hasLossless(members[key])) return true;
  return false;
}

function written(value: JsonValue): string {
  if (value instanceof LosslessNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members: string[] = [];
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${written(member)}`);
  }
  return `{${members.join(',')}}`;
}
