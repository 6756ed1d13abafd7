/** JSON that is legal and still trips programs: names that mean something to JavaScript, halves of characters, numbers that no double holds, nests. */
import fc from 'fast-check';

/** Names that every object answers to, or that a program asks an unknown object for. */
export const trickyNames: readonly string[] = [
  ...['toString', 'valueOf', 'constructor', '__proto__', 'prototype', 'hasOwnProperty', 'toJSON'],
  ...['length', 'then', 'map', 'next', 'message', 'name', 'type', 'id', 'value', 'part', 'number'],
  ...['@context', '#text', '@value', '0', '-1', ''],
];

const trickyTexts: readonly string[] = [
  ...['', ' ', '\0', 'a\0b', '\ud800', '\udc00x', 'x\udbff', '\ufeff', '\u2028', '\u202e'],
  ...['0x10', '0b1', '1e5', '1e400', '-0', ' 1 ', '+1', '.5', '5.', 'Infinity', 'NaN', '１２'],
  ...['Jan 1 2026', '2026', '2026-02-30', '2026-01-01T24:00:00Z', '2026-01-01T00:00', '1/1/2026'],
];

/** Stands for a number that JavaScript cannot write; see {@link hostileText}. */
const rawNumber = fc
  .constantFrom('1e400', '-1e400', '1e-400', '-0', '1E5', '9'.repeat(400), '0.1234567890123456789')
  .map((digits) => `raw number ${digits}`);

function nest(levels: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < levels; i++) value = i % 2 ? [value] : { a: value };
  return value;
}

/** Any JSON with {@link trickyNames} among its keys and values; write it with {@link hostileText}. */
export const hostileJson: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(...trickyTexts, ...trickyNames),
    fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      -0,
      1,
      -1,
      0.1,
      2 ** 53,
      -(2 ** 63),
      1e308,
      5e-324,
    ),
    rawNumber,
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
    { weight: 1, arbitrary: fc.constantFrom(90, 250, 2000).map(nest) },
  ),
  // entries rather than a dictionary, so that `__proto__` becomes a field as it does in JSON.parse
  object: fc
    .array(fc.tuple(fc.constantFrom(...trickyNames), tie('value')), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries)),
})).value;

/** The text of a value with hostile parts, its raw numbers written as numbers. */
export function hostileText(value: unknown): string {
  return (JSON.stringify(value) ?? 'null').replace(/"raw number ([-\d.eE]+)"/g, '$1');
}

/** Texts for paths and queries: hostile words, and hostile values as somebody would glue them in. */
export const hostileWords: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...trickyTexts, ...trickyNames),
  hostileJson.map((value) => hostileText(value).slice(0, 1500)),
);
