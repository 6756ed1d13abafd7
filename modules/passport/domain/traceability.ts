import { canonicalUri } from '@zaizao/gs1';
import { isArray, isObject, type JsonObject, type JsonValue } from '@zaizao/tlog';
import { compact } from './json.ts';

/** Kinds of event that the protocol knows under the names of EPCIS. */
const KINDS: ReadonlySet<string> = new Set([
  ...['ObjectEvent', 'TransformationEvent', 'AssociationEvent', 'AggregationEvent'],
]);

/**
 * The part of an EPCIS event that is shown, as a UNTP 0.6.1 traceability event; undefined for kinds
 * that the protocol has no shape for, and for events of which not even the kind is shown.
 */
export function traceabilityEventOf(event: JsonObject): JsonObject | undefined {
  const kind = String(event.type);
  if (!KINDS.has(kind)) return undefined;
  return compact({
    type: [kind, 'Event'],
    id: textOf(event.eventID),
    processType: lastWord(event.bizStep),
    eventTime: textOf(event.eventTime),
    action: textOf(event.action)?.toLowerCase(),
    disposition: textOf(event.disposition),
    bizStep: textOf(event.bizStep),
    bizLocation: placeOf(event.bizLocation),
    sensorElementList: sensorsOf(event.sensorElementList),
    ...(kind === 'ObjectEvent' ? { epcList: itemsOf(event.epcList) } : {}),
    ...(kind === 'TransformationEvent'
      ? { inputEPCList: itemsOf(event.inputEPCList), outputEPCList: itemsOf(event.outputEPCList) }
      : {}),
    ...(kind === 'AssociationEvent' || kind === 'AggregationEvent'
      ? { parentEPC: itemsOf(event.parentID)?.[0], childEPCList: itemsOf(event.childEPCs) }
      : {}),
  });
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function lastWord(value: JsonValue | undefined): string | undefined {
  return textOf(value)
    ?.split(/[-:/#]/)
    .at(-1);
}

function placeOf(value: JsonValue | undefined): string | undefined {
  return isObject(value) ? textOf(value.id) : undefined;
}

function itemsOf(value: JsonValue | undefined): JsonObject[] | undefined {
  const all = value === undefined ? [] : isArray(value) ? value : [value];
  const items = all.flatMap((epc) => (typeof epc === 'string' ? [itemOf(epc)] : []));
  return items.length > 0 ? items : undefined;
}

function itemOf(epc: string): JsonObject {
  const id = canonicalUri(epc);
  return { type: ['Item'], id, name: id.replace(/^.*\//, '') };
}

/** Numbers only: the protocol has no place for a yes or no. */
function sensorsOf(value: JsonValue | undefined): JsonObject[] | undefined {
  const elements = (isArray(value ?? null) ? (value as readonly JsonValue[]) : []).flatMap((e) => {
    const reports = isObject(e) && isArray(e.sensorReport ?? null) ? e.sensorReport : [];
    const time = isObject(e) && isObject(e.sensorMetadata) ? e.sensorMetadata.time : undefined;
    const shown = (reports as readonly JsonValue[]).flatMap((r) => reportOf(r, time));
    return shown.length > 0 ? [{ sensorReport: shown }] : [];
  });
  return elements.length > 0 ? elements : undefined;
}

function reportOf(report: JsonValue, time: JsonValue | undefined): JsonObject[] {
  if (!isObject(report) || report.value === undefined) return [];
  const value = Number(report.value);
  if (!Number.isFinite(value)) return [];
  const type = String(report.type ?? '');
  return [
    compact({
      time: textOf(report.time ?? time),
      sensorType: /^[a-z]+:/i.test(type) ? type : `https://gs1.org/voc/MeasurementType-${type}`,
      value,
      uom: textOf(report.uom),
    }),
  ];
}
