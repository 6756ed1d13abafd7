/** The dates that decide whether a licence holds on a day; days are `YYYY-MM-DD`. */
export interface LicenceDates {
  readonly validFrom: string;
  readonly validTo?: string | undefined;
  readonly revokedOn?: string | undefined;
}

export type LicenceState = 'not-yet' | 'valid' | 'expired' | 'revoked';

/** First and last day are both valid days; the day of revocation is not. */
export function licenceState(licence: LicenceDates, day: string): LicenceState {
  if (licence.revokedOn !== undefined && day >= licence.revokedOn) return 'revoked';
  if (day < licence.validFrom) return 'not-yet';
  if (licence.validTo !== undefined && day > licence.validTo) return 'expired';
  return 'valid';
}
