/**
 * The last day of a period of whole months that begins on a day (`YYYY-MM-DD`): the day before the
 * same day of the later month, or its last day where the month is shorter.
 */
function addMonths(from: string, months: number): string {
  const [year = 0, month = 1, day = 1] = from.split('-').map(Number);
  const target = new Date(Date.UTC(year, month - 1 + months, 1));
  const daysThere = new Date(
    Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0),
  ).getUTCDate();
  target.setUTCDate(Math.min(day, daysThere + 1));
  target.setUTCDate(target.getUTCDate() - 1);
  return target.toISOString().slice(0, 10);
}

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
  const until = installed && months > 0 ? addMonths(installed.at, months) : undefined;
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
  while (left < terms.months && addMonths(day, left) < terms.until) left++;
  return left;
}
