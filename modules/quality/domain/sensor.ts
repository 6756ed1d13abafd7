import { decimalOf, type SensorElement, type SensorReport, ZAIZAO_NAMESPACE } from '@zaizao/epcis';

/** Our units as UN/CEFACT common codes (Recommendation 20) and what GS1 calls the quantity. */
const UNITS: Readonly<Record<string, readonly [type: string, uom: string]>> = {
  V: ['Voltage', 'VLT'],
  mV: ['Voltage', '2Z'],
  A: ['ElectricCurrent', 'AMP'],
  mA: ['ElectricCurrent', '4K'],
  Ω: ['Resistance', 'OHM'],
  kΩ: ['Resistance', 'B49'],
  MΩ: ['Resistance', 'B75'],
  W: ['Power', 'WTT'],
  kW: ['Power', 'KWT'],
  N·m: ['Torque', 'NU'],
  N: ['Force', 'NEW'],
  mm: ['Length', 'MMT'],
  in: ['Length', 'INH'],
  g: ['Mass', 'GRM'],
  kg: ['Mass', 'KGM'],
  '°C': ['Temperature', 'CEL'],
  s: ['Time', 'SEC'],
  min: ['Time', 'MIN'],
  h: ['Time', 'HUR'],
  MPa: ['Pressure', 'MPA'],
  kPa: ['Pressure', 'KPA'],
  bar: ['Pressure', 'BAR'],
  Hz: ['Frequency', 'HTZ'],
  'r/min': ['AngularVelocity', 'RPM'],
  deg: ['Angle', 'DD'],
  '%': ['Dimensionless', 'P1'],
  count: ['Count', 'C62'],
};

export interface Measured {
  readonly code: string;
  readonly value: string;
  readonly unit: string;
  readonly verdict: string;
  /** EPC of the instrument. */
  readonly deviceId?: string | undefined;
}

/** A measured value as EPCIS says it; a unit that EPCIS has no word for is kept beside the value. */
function reportOf(m: Measured): SensorReport {
  const about = {
    ...(m.deviceId === undefined ? {} : { deviceID: m.deviceId }),
    'zz:characteristic': m.code,
    'zz:verdict': m.verdict,
  };
  if (m.unit === 'bool') {
    return { type: `${ZAIZAO_NAMESPACE}YesNo`, booleanValue: m.value === '1', ...about };
  }
  const known = Object.hasOwn(UNITS, m.unit) ? UNITS[m.unit] : undefined;
  const value = decimalOf(m.value);
  return known
    ? { type: known[0], value, uom: known[1], ...about }
    : { type: 'Dimensionless', value, 'zz:unit': m.unit, ...about };
}

/** All values of one test as one element measured at one time. */
export function sensorElements(measured: readonly Measured[], time: Date): SensorElement[] {
  if (measured.length === 0) return [];
  return [{ sensorMetadata: { time: time.toISOString() }, sensorReport: measured.map(reportOf) }];
}
