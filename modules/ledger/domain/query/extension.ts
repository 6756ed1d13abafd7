import { isJsonObject, type JsonObject, type JsonValue } from '@zaizao/epcis';
import { type Comparison, compareScalar, scalarsOf } from './compare.ts';
import type { Test } from './query.ts';

/** Where a field of others may stand. */
export type Scope =
  | 'event'
  | 'ilmd'
  | 'errorDeclaration'
  | 'readPoint'
  | 'bizLocation'
  | 'sensorElement'
  | 'sensorMetadata'
  | 'sensorReport';

/**
 * Tests a field of others. Not inner: it stands in the scope itself; inner: anywhere below one of the
 * scope's fields of others. Without a comparison its presence is enough.
 */
export function extensionTest(
  scope: Scope,
  inner: boolean,
  names: readonly string[],
  comparison: Comparison | undefined,
  wanted: readonly string[],
): Test {
  return ({ canonical }) =>
    holders(canonical, scope).some((holder) => {
      const found = inner ? below(holder, names) : names.map((name) => holder[name]);
      const there = found.filter((v) => v !== undefined);
      if (comparison === undefined) return there.length > 0;
      return there
        .flatMap(scalarsOf)
        .some((v) => wanted.some((w) => compareScalar(v, comparison, w)));
    });
}

function holders(event: JsonObject, scope: Scope): JsonObject[] {
  const elements = list(event.sensorElementList);
  switch (scope) {
    case 'event':
      return [event];
    case 'sensorElement':
      return elements;
    case 'sensorMetadata':
      return elements.flatMap((e) => list(e.sensorMetadata));
    case 'sensorReport':
      return elements.flatMap((e) => list(e.sensorReport));
    default:
      return list(event[scope]);
  }
}

function list(value: JsonValue | undefined): JsonObject[] {
  return (Array.isArray(value) ? value : [value]).filter(isJsonObject);
}

/** Values of the field at any depth below the holder's own fields of others. */
function below(holder: JsonObject, names: readonly string[]): JsonValue[] {
  const found: JsonValue[] = [];
  const search = (value: JsonValue | undefined): void => {
    if (Array.isArray(value)) for (const item of value) search(item);
    if (!isJsonObject(value)) return;
    for (const [name, member] of Object.entries(value)) {
      if (member === undefined) continue;
      if (names.includes(name)) found.push(member);
      search(member);
    }
  };
  for (const [name, value] of Object.entries(holder)) if (name.includes(':')) search(value);
  return found;
}
