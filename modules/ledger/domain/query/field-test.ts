import type { JsonObject, QuantityElement, SensorElement } from '@zaizao/epcis';
import { microsOf } from '../micros.ts';
import { bareWord } from '../term.ts';
import { type Comparison, compareNumbers, sameText, scalarsOf } from './compare.ts';
import type { Candidate, Test } from './query.ts';
import { convert } from './unit.ts';

/** A business transaction, source or destination of this type with one of these values. */
export function typedEntry(
  kind: 'bizTransaction' | 'source' | 'destination' | (string & {}),
  type: string,
  values: readonly string[],
): Test {
  return ({ canonical }) =>
    entries(canonical[`${kind}List`]).some(
      (entry) =>
        (type === '' || entry.type === type) &&
        scalarsOf(entry[kind]).some((v) => values.some((w) => sameText(String(v), w))),
    );
}

function entries(list: JsonObject[string]): readonly JsonObject[] {
  return Array.isArray(list) ? (list as readonly JsonObject[]) : []; // validated: a list of objects
}

export function persistent(side: 'set' | 'unset', values: readonly string[]): Test {
  return ({ event }) => {
    const state = 'persistentDisposition' in event ? event.persistentDisposition : undefined;
    return (state?.[side] ?? []).some((d) => values.includes(bareWord(d)));
  };
}

function quantities({ event }: Candidate): readonly QuantityElement[] {
  switch (event.type) {
    case 'ObjectEvent':
    case 'TransactionEvent':
      return event.quantityList ?? [];
    case 'AggregationEvent':
    case 'AssociationEvent':
      return event.childQuantityList ?? [];
    case 'TransformationEvent':
      return [...(event.inputQuantityList ?? []), ...(event.outputQuantityList ?? [])];
  }
}

/** Some quantity that compares so with one of the values; units of one dimension are converted. */
export function quantity(
  comparison: Comparison,
  values: readonly number[],
  uom: string | undefined,
): Test {
  return (candidate) =>
    quantities(candidate).some((q) => {
      if (q.quantity === undefined) return false;
      const amount = inUnit(Number(q.quantity), q.uom, uom);
      return amount !== undefined && values.some((v) => compareNumbers(amount, comparison, v));
    });
}

function inUnit(value: number, from: string | undefined, to: string | undefined) {
  if (from === undefined || to === undefined) return from === to ? value : undefined;
  return convert(value, from, to);
}

function sensors({ event }: Candidate): readonly SensorElement[] {
  return event.sensorElementList ?? [];
}

/** Some report whose figure compares so; without a unit, as percentage ranks have none. */
export function measurement(
  name: string,
  comparison: Comparison,
  values: readonly number[],
  uom: string | undefined,
): Test {
  return (candidate) =>
    sensors(candidate).some((element) =>
      element.sensorReport.some((report) => {
        const figure = (report as JsonObject)[name]; // the names are those of a report's figures
        if (figure === undefined || figure === null) return false;
        const amount = uom === undefined ? Number(figure) : inUnit(Number(figure), report.uom, uom);
        return amount !== undefined && values.some((v) => compareNumbers(amount, comparison, v));
      }),
    );
}

/** Some sensor time (of the metadata or a report) that compares so. */
export function sensorTime(name: string, comparison: Comparison, us: number): Test {
  return (candidate) =>
    everyPart(candidate).some((part) => {
      const time = part[name];
      const found = typeof time === 'string' ? microsOf(time) : undefined;
      return found !== undefined && compareNumbers(found, comparison, us);
    });
}

/** Some metadata or report with one of these values in a standard field. */
export function sensorField(name: string, values: readonly string[]): Test {
  const wanted = values.map((v) => (name === 'type' ? measurementWord(v) : v));
  return (candidate) =>
    everyPart(candidate).some((part) =>
      scalarsOf(part[name]).some((v) => wanted.some((w) => sameText(String(v), w))),
    );
}

function measurementWord(type: string): string {
  return type.replace(/^(?:gs1:|https:\/\/(?:www\.)?gs1\.org\/voc\/)/, '');
}

function everyPart({ canonical }: Candidate): JsonObject[] {
  return entries(canonical.sensorElementList).flatMap((element) => [
    ...(element.sensorMetadata ? [element.sensorMetadata as JsonObject] : []), // validated: an object
    ...entries(element.sensorReport),
  ]);
}

/** A field of the event names something that one of the lookups found in the master data. */
export function masterData(name: string, lookups: readonly string[]): Test {
  return (candidate) => {
    const ids = namedBy(candidate, name);
    return lookups.some((key) => ids.some((id) => candidate.found.get(key)?.has(id)));
  };
}

/** Identifiers in a vocabulary field: `readPoint`, `bizLocation`, `epcClass`, … or a field of others. */
function namedBy(candidate: Candidate, name: string): string[] {
  const { canonical } = candidate;
  const values =
    name === 'epcClass'
      ? quantities(candidate).map((q) => q.epcClass)
      : name === 'bizTransaction' || name === 'source' || name === 'destination'
        ? entries(canonical[`${name}List`]).flatMap((e) => scalarsOf(e[name]))
        : scalarsOf(canonical[name]);
  return values.map(String);
}
