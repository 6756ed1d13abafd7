/** Values for JSON Schemas: good ones, ones at the border, and ones that nobody should ever send. */
import fc from 'fast-check';
import { trickyNames } from './hostile.ts';
import { idPrefix, type Schema } from './operations.ts';

/** A known good value for a field: a real id for an id's pattern, or what a name usually holds. */
export type Hint = (name: string, schema: Schema) => fc.Arbitrary<unknown> | undefined;

const MOST_DEEP = 8;

/** Values that satisfy a schema, as far as JSON Schema can say it. */
export function goodValue(schema: Schema, hint: Hint, name = '', depth = 0): fc.Arbitrary<unknown> {
  const of = (s: unknown, n = name) => goodValue((s ?? {}) as Schema, hint, n, depth + 1); // schemas nest schemas
  const hinted = hint(name, schema);
  if (hinted) return hinted;
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  for (const key of ['anyOf', 'oneOf'] as const) {
    const some = schema[key];
    if (Array.isArray(some)) return fc.oneof(...some.map((s) => of(s)));
  }
  if (Array.isArray(schema.allOf)) {
    return fc
      .tuple(...schema.allOf.map((s) => of(s)))
      .map((parts) => (parts.every(isObject) ? Object.assign({}, ...parts) : parts.at(-1)));
  }
  if (depth > MOST_DEEP) return fc.constant(null);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      return numberOf(schema, type === 'integer');
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const least = count(schema.minItems, 0);
      const maxLength = Math.max(least, Math.min(count(schema.maxItems, 3), 3));
      if (Array.isArray(schema.prefixItems)) {
        return fc.tuple(...schema.prefixItems.map((s) => of(s)));
      }
      return fc.array(of(schema.items), { minLength: least, maxLength });
    }
    case 'object':
      return objectOf(schema, of);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objectOf(schema: Schema, of: (s: unknown, n?: string) => fc.Arbitrary<unknown>) {
  const properties = (schema.properties ?? {}) as Record<string, unknown>; // of an object schema
  const fields: Record<string, fc.Arbitrary<unknown>> = {};
  for (const [key, s] of Object.entries(properties)) fields[key] = of(s, key);
  const requiredKeys = Array.isArray(schema.required) ? schema.required.map(String) : [];
  const own = fc.record(fields, { requiredKeys: requiredKeys.filter((k) => k in fields) });
  const rest = schema.additionalProperties;
  if (Object.keys(fields).length > 0 || !isObject(rest)) return own;
  return fc.dictionary(fc.constantFrom('a', 'b', '甲'), of(rest), { maxKeys: 2 });
}

function count(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function textOf(schema: Schema): fc.Arbitrary<string> {
  switch (schema.format) {
    case 'date-time':
      return fc
        .date({ min: new Date('2000-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
        .map((d) => d.toISOString());
    case 'date':
      return fc
        .date({ min: new Date('2000-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
        .map((d) => d.toISOString().slice(0, 10));
    case 'email':
      return fc.nat(999).map((n) => `person${n}@example.com`);
    case 'uri':
      return fc.nat(999).map((n) => `https://example.com/${n}`);
  }
  if (typeof schema.pattern === 'string') {
    try {
      return fc.stringMatching(new RegExp(schema.pattern), { size: 'small' });
    } catch {
      // a pattern that cannot be turned round: any text will do
    }
  }
  const minLength = count(schema.minLength, 0);
  const maxLength = Math.min(count(schema.maxLength, 40), Math.max(40, minLength));
  return fc.oneof(
    fc.string({ minLength, maxLength, unit: 'grapheme' }),
    fc.constant('x'.repeat(count(schema.maxLength, 10))),
    fc.constant('起动机'.padEnd(minLength, '一')),
  );
}

function numberOf(schema: Schema, whole: boolean): fc.Arbitrary<number> {
  const least = count(schema.minimum, count(schema.exclusiveMinimum, -1000));
  const most = Math.max(least, count(schema.maximum, count(schema.exclusiveMaximum, least + 5000)));
  const borders = fc.constantFrom(least, most);
  if (whole) return fc.oneof(fc.integer({ min: Math.ceil(least), max: Math.floor(most) }), borders);
  const any = fc.double({ min: least, max: most, noNaN: true, noDefaultInfinity: true });
  return fc.oneof(any, borders);
}

/** What a field should never hold: wrong types, sizes, signs, encodings, and words of other languages. */
export const nasty: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  ...['', ' ', '\0', 'a\0b', '\u0001', '\ud800', '\u202e', '😀👩‍👩‍👧', 'x'.repeat(70_000)],
  ...["'", "'; drop table cores.core; --", '" or 1=1', '%', '_', '\\', '{{7*7}}', '$1', '<b>'],
  ...['__proto__', 'constructor', 'toString', '../../etc/passwd', '%00', '%', 'null', 'undefined'],
  ...['0', '-0', '-1', '1e400', '1e308', 'NaN', 'Infinity', '9'.repeat(15), '9'.repeat(30), '0x10'],
  ...['99999999999999.999999999', '2026-13-45', '2026-02-30', '0000-00-00', '9999-12-31'],
  ...['9999-12-31T23:59:59.999Z', '-271821-04-20T00:00:00Z', '+275760-09-13T00:00:00Z'],
  ...['2026-01-01T00:00:00+99:99', '0001-01-01T00:00:00Z', 'https://id.gs1.org/01/1/21/%2f%2f'],
  ...['urn:epc:id:sgtin:1', 'core_00000000-0000-0000-0000-000000000000', 'org_x', '*', '?', '#'],
  ...[null, true, false, 0, -1, 0.1, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 63, -(2 ** 31) - 1],
  ...[
    [],
    {},
    [[]],
    [null],
    ['a', 'a'],
    { a: { b: {} } },
    Array.from({ length: 3000 }, (_, i) => i),
  ],
  JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{}}}'),
  deep(200),
);

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < levels; i++) value = i % 2 ? [value] : { a: value };
  return value;
}

/** A good value spoilt in one place: a part replaced by a bad one, left out, or one too many. */
export function spoilt(
  good: fc.Arbitrary<unknown>,
  bad: fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const how = fc.constantFrom('replace', 'remove', 'add');
  return fc
    .tuple(good, fc.nat(), bad, how, fc.constantFrom(...trickyNames))
    .map(([value, n, bad, how, name]) => {
      const copy = structuredClone(value);
      const places = placesIn(copy);
      const place = places[n % Math.max(1, places.length)];
      if (!place || how === 'add') {
        if (!isObject(copy)) return bad;
        const inner = place && isObject(place.holder) && n % 2 === 0 ? place.holder : copy;
        Object.defineProperty(inner, typeof bad === 'string' ? bad.slice(0, 50) : name, {
          ...{ value: bad, enumerable: true, configurable: true, writable: true },
        });
        return copy;
      }
      if (how === 'remove' && !Array.isArray(place.holder)) delete place.holder[place.key];
      else Object.assign(place.holder, { [place.key]: bad });
      return copy;
    });
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

/** Every field and element of a JSON value, however deep. */
export function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>; // arrays are objects with number keys
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}

/** Bodies that are not what their content type says, or not of a type we take. */
export const rawBodies: fc.Arbitrary<{ type: string; body: string }> = fc.constantFrom(
  ...['{', '[]', '"text"', '1', 'null', 'true', '', '{"a":1}}', '\ufeff{}', '{"a":\u0000}'].map(
    (body) => ({ type: 'application/json', body }),
  ),
  { type: 'application/json', body: '['.repeat(20_000) },
  { type: 'application/json', body: '{"a":'.repeat(20_000) },
  { type: 'application/json', body: '['.repeat(20_000) + ']'.repeat(20_000) },
  { type: 'application/json', body: `{"a":`.repeat(20_000) + 1 + '}'.repeat(20_000) },
  { type: 'application/json', body: '{"__proto__":{"x":1}}' },
  { type: 'application/json; charset=utf-16', body: '{}' },
  { type: 'text/plain', body: 'hello' },
  { type: 'text/xml', body: '<a/>' },
  { type: 'application/x-www-form-urlencoded', body: 'a=1&a=2' },
  { type: 'multipart/form-data', body: '--x' },
  { type: 'multipart/form-data; boundary=x', body: '--x\r\n\r\n' },
  {
    type: 'multipart/form-data; boundary=x',
    body: '--x\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\nnot a picture\r\n--x--\r\n',
  },
  {
    type: 'multipart/form-data; boundary=x',
    body: '--x\r\ncontent-disposition: form-data; name="__proto__"\r\n\r\n1\r\n--x--\r\n',
  },
  { type: 'nonsense', body: '{}' },
);

/** Cursors that we did not make, or made for another list. */
export const cursors: fc.Arbitrary<string> = fc
  .constantFrom<unknown>(
    ...[
      [1],
      ['x'],
      [''],
      [-1],
      [1e308],
      [0.5],
      ['a', 'b'],
      ['2026-13-45', 'x'],
      ['x', 1],
      [1, 'x'],
    ],
    ...[['a\0'], [null], [{}], [], 'x', 1, null, [['x']], ['x'.repeat(200)], [1, 2, 3, 4, 5]],
    ['2026-01-01T00:00:00.000Z', 'core_00000000-0000-0000-0000-000000000000'],
    ['9999999999999999999', '99999999999999999999999'],
  )
  .map((key) => Buffer.from(JSON.stringify(key)).toString('base64url'));

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Hints from what exists: ids by their prefix, other fields by their name. */
export function hintsFrom(
  ids: ReadonlyMap<string, readonly string[]>,
  named: Readonly<Record<string, readonly unknown[]>> = {},
): Hint {
  return (name, schema) => {
    const prefix = idPrefix(schema);
    const known = prefix === undefined ? undefined : ids.get(prefix);
    if (known?.length) return fc.constantFrom(...known);
    if (schema.type !== 'string' && schema.type !== undefined) return undefined;
    const values = Object.hasOwn(named, name) ? named[name] : undefined;
    return values?.length ? fc.constantFrom(...values) : undefined;
  };
}
