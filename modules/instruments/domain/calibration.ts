import { addDays } from '@zaizao/platform/kernel';

/** How an instrument stands on a day. `due-soon` may still be used; the others may not. */
export type CalibrationState = 'valid' | 'due-soon' | 'expired' | 'never' | 'retired';

/** Days before the due day from which one is reminded. */
export const REMIND_DAYS = 30;

interface Calibrated {
  readonly active: boolean;
  readonly calibratedOn?: string | undefined;
  readonly dueOn?: string | undefined;
}

/**
 * The state of an instrument on a day, all days `YYYY-MM-DD`. The due day itself still counts;
 * a day before the newest calibration does not, because that calibration says nothing of it.
 */
export function calibrationState(i: Calibrated, day: string): CalibrationState {
  if (!i.active) return 'retired';
  if (i.calibratedOn === undefined || i.dueOn === undefined) return 'never';
  if (day > i.dueOn || day < i.calibratedOn) return 'expired';
  return addDays(day, REMIND_DAYS) > i.dueOn ? 'due-soon' : 'valid';
}

export function usable(state: CalibrationState): boolean {
  return state === 'valid' || state === 'due-soon';
}
