import { lastDayOfMonths } from '@zaizao/platform/kernel';

interface Sold {
  readonly warrantyMonths: number;
  readonly warrantyKm?: number | undefined;
  readonly warrantyTerms?: string | undefined;
  readonly installed?: { readonly at: string; readonly mileageKm?: number | undefined } | undefined;
}

export interface Terms {
  readonly months: number;
  readonly km?: number;
  readonly text: string;
  readonly from?: string;
  readonly until?: string;
  readonly usedKm?: number;
  readonly covered: boolean;
}

/**
 * The warranty of a sold unit as it stood on a day: it runs from the installation, or, before it is
 * installed, has not begun to run; months and kilometres end it, whichever come first. Kilometres count
 * only where the mileage is known at installation and now.
 */
export function termsOn(sold: Sold, day: string, mileageKm: number | undefined): Terms {
  const { warrantyMonths: months, warrantyKm: km, installed } = sold;
  const until = installed && months > 0 ? lastDayOfMonths(installed.at, months) : undefined;
  const start = installed?.mileageKm;
  const usedKm = start === undefined || mileageKm === undefined ? undefined : mileageKm - start;
  const inTime = months > 0 && (until === undefined || day <= until);
  const inDistance = km === undefined || usedKm === undefined || usedKm <= km;
  return {
    months,
    ...(km === undefined ? {} : { km }),
    text: sold.warrantyTerms ?? '',
    ...(installed ? { from: installed.at } : {}),
    ...(until === undefined ? {} : { until }),
    ...(usedKm === undefined || usedKm < 0 ? {} : { usedKm }),
    covered: inTime && inDistance,
  };
}

/** Whole months left of a warranty on a day, at least one: what a replacement still carries. */
export function monthsLeft(terms: Terms, day: string): number {
  if (terms.until === undefined) return Math.max(1, terms.months);
  let left = 1;
  while (left < terms.months && lastDayOfMonths(day, left) < terms.until) left++;
  return left;
}
