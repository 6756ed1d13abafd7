import { at, type Report } from './issue.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { compareTimes } from './time.ts';

/** Fields that describe how a value was measured: for all reports of an element, or for each, but not for both. */
const MEASURING_FIELDS = [
  'time',
  'deviceID',
  'deviceMetadata',
  'rawData',
  'dataProcessingMethod',
  'bizRules',
] as const;

/** Events of other types follow rules of their own. */
const STANDARD_TYPES: ReadonlySet<string> = new Set([
  'ObjectEvent',
  'AggregationEvent',
  'AssociationEvent',
  'TransactionEvent',
  'TransformationEvent',
]);

function filled(event: JsonObject, ...names: readonly string[]): boolean {
  return names.some((name) => {
    const value = event[name];
    return Array.isArray(value) && value.length > 0;
  });
}

function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function checkThings(event: JsonObject, path: string, report: Report): void {
  const sensors = filled(event, 'sensorElementList') && event.readPoint !== undefined;
  const listed = event.epcList !== undefined || filled(event, 'quantityList');
  if (event.type === 'ObjectEvent' && !listed && !sensors) {
    report(
      path,
      'THINGS_MISSING',
      'an ObjectEvent names things (epcList, quantityList), or has sensor data with a readPoint',
    );
  }
  if (event.type === 'TransactionEvent' && !listed && event.action !== 'DELETE') {
    report(path, 'THINGS_MISSING', 'a TransactionEvent names things (epcList, quantityList)');
  }
  if (event.type !== 'TransformationEvent') return;
  const inputs = filled(event, 'inputEPCList', 'inputQuantityList');
  const outputs = filled(event, 'outputEPCList', 'outputQuantityList');
  const partial = event.transformationID !== undefined && (inputs || outputs);
  if (!(inputs && outputs) && !partial) {
    report(
      path,
      'THINGS_MISSING',
      'a TransformationEvent has inputs and outputs, or one of them and a transformationID',
    );
  }
}

function checkFamily(event: JsonObject, path: string, report: Report): void {
  const { type, action } = event;
  if (type !== 'AggregationEvent' && type !== 'AssociationEvent') return;
  // An AssociationEvent always has a parent; its shape says so.
  const changes = action === 'ADD' || action === 'DELETE';
  if (type === 'AggregationEvent' && event.parentID === undefined && changes) {
    report(at(path, 'parentID'), 'PARENT_MISSING', `${type} ${action} needs a parentID`);
  }
  if (!filled(event, 'childEPCs', 'childQuantityList') && action !== 'DELETE') {
    report(path, 'CHILDREN_MISSING', `${type} needs at least one child, unless it deletes`);
  }
}

function checkIlmd(event: JsonObject, path: string, report: Report): void {
  if (event.ilmd === undefined) return;
  const born = event.type === 'TransformationEvent' || event.action === 'ADD';
  if (born) return;
  report(
    at(path, 'ilmd'),
    'ILMD_NOT_ALLOWED',
    'master data of an instance or lot belongs to ObjectEvent ADD and TransformationEvent',
  );
}

function checkSensorTime(
  event: JsonObject,
  fields: JsonObject,
  path: string,
  report: Report,
): void {
  for (const name of ['time', 'startTime', 'endTime']) {
    const moment = fields[name];
    if (typeof moment !== 'string' || typeof event.eventTime !== 'string') continue;
    if ((compareTimes(moment, event.eventTime) ?? 0) > 0) {
      report(at(path, name), 'SENSOR_TIME_AFTER_EVENT', `${name} lies after the event itself`);
    }
  }
  const { startTime, endTime } = fields;
  if (typeof startTime !== 'string' || typeof endTime !== 'string') return;
  if ((compareTimes(startTime, endTime) ?? 0) > 0) {
    report(path, 'SENSOR_TIMES_REVERSED', 'startTime lies after endTime');
  }
}

function checkSensors(event: JsonObject, path: string, report: Report): void {
  objects(event.sensorElementList).forEach((element, index) => {
    const here = at(at(path, 'sensorElementList'), index);
    const metadata = isJsonObject(element.sensorMetadata) ? element.sensorMetadata : {};
    checkSensorTime(event, metadata, at(here, 'sensorMetadata'), report);
    objects(element.sensorReport).forEach((measured, number) => {
      const there = at(at(here, 'sensorReport'), number);
      checkSensorTime(event, measured, there, report);
      for (const name of MEASURING_FIELDS) {
        if (metadata[name] === undefined || measured[name] === undefined) continue;
        report(
          at(there, name),
          'SENSOR_FIELD_TWICE',
          `${name} stands in sensorMetadata and in a sensorReport of the same element`,
        );
      }
    });
  });
}

/**
 * Rules that no schema states: what the fields of an event mean together.
 *
 * @see EPCIS 2.0 (ISO/IEC 19987) sections 7.3.5 (ILMD), 7.3.7 (sensor elements), 7.4 (event types)
 */
export function checkEventRules(event: JsonObject, path: string, report: Report): void {
  if (typeof event.type !== 'string' || !STANDARD_TYPES.has(event.type)) return;
  checkThings(event, path, report);
  checkFamily(event, path, report);
  checkIlmd(event, path, report);
  checkSensors(event, path, report);
}
