import { httpErrors } from '../http/contract.ts';
import type { AppError } from '../kernel/index.ts';
import { identityErrors as e } from './errors.ts';

/** better-auth's codes in our registry's words. */
const KNOWN: Readonly<Record<string, () => AppError>> = {
  INVALID_EMAIL_OR_PASSWORD: e.CREDENTIALS_WRONG,
  CREDENTIAL_ACCOUNT_NOT_FOUND: e.CREDENTIALS_WRONG,
  USER_NOT_FOUND: e.CREDENTIALS_WRONG,
  INVALID_PASSWORD: e.PASSWORD_WRONG,
  PASSWORD_TOO_SHORT: e.PASSWORD_WEAK,
  PASSWORD_TOO_LONG: e.AUTH_INPUT_INVALID,
  USER_ALREADY_EXISTS: e.EMAIL_TAKEN,
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: e.EMAIL_TAKEN,
  EMAIL_PASSWORD_SIGN_UP_DISABLED: e.SIGN_UP_CLOSED,
  INVALID_TOKEN: e.LINK_INVALID,
  TOKEN_EXPIRED: e.LINK_INVALID,
  INVALID_CODE: e.SECOND_FACTOR_WRONG,
  INVALID_BACKUP_CODE: e.SECOND_FACTOR_WRONG,
  INVALID_TWO_FACTOR_COOKIE: e.SECOND_FACTOR_EXPIRED,
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: e.SECOND_FACTOR_EXPIRED,
  ACCOUNT_TEMPORARILY_LOCKED: e.SECOND_FACTOR_LOCKED,
  TOTP_NOT_ENABLED: e.SECOND_FACTOR_STATE,
  TOTP_ALREADY_ENABLED: e.SECOND_FACTOR_STATE,
  TWO_FACTOR_NOT_ENABLED: e.SECOND_FACTOR_STATE,
  BACKUP_CODES_NOT_ENABLED: e.SECOND_FACTOR_STATE,
  SESSION_NOT_FRESH: e.SESSION_TOO_OLD,
  SESSION_EXPIRED: e.SESSION_TOO_OLD,
  INVALID_ORIGIN: e.ORIGIN_REFUSED,
  MISSING_OR_NULL_ORIGIN: e.ORIGIN_REFUSED,
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: e.ORIGIN_REFUSED,
};

/** A refusal of better-auth as one of ours; one that we do not know is about the input. */
export function errorOf(status: number, body: string): AppError {
  const known = KNOWN[codeOf(body)];
  if (known) return known();
  if (status === 401) return httpErrors.SIGN_IN_REQUIRED();
  if (status === 429) return httpErrors.RATE_LIMITED({ seconds: 60 });
  return e.AUTH_INPUT_INVALID();
}

function codeOf(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    const code = typeof parsed === 'object' && parsed && 'code' in parsed ? parsed.code : undefined;
    return typeof code === 'string' ? code : '';
  } catch {
    return '';
  }
}
