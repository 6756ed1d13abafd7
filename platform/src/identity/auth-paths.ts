/**
 * The doors of better-auth that are open below `/api/auth`, and what each takes; everything else of
 * it answers 404. Isomorphic: the sign-in and account pages send exactly these bodies. Refusals are
 * problems like everywhere. Sign-in answers `{twoFactorRedirect: true}` when a code must follow.
 */
import { z } from 'zod';
import { line } from '../http/contract.ts';

export interface AuthPath {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: z.ZodType;
  /** A guess at a secret: counted per caller and per account. */
  readonly guess?: true;
  /** Changes the account itself, which the shared people of the demo may not. */
  readonly own?: true;
}

const email = z.email().max(254).toLowerCase();
const secret = z.string().min(1).max(128);
const newPassword = z.string().max(128); // its strength is judged apart, with a sentence of its own
const token = z.string().min(10).max(200);
const none = z.object({});
const withPassword = z.object({ password: secret });
const trustDevice = z.boolean().optional();

export const signUpPath: AuthPath = {
  method: 'POST',
  path: '/sign-up/email',
  body: z.object({ name: line(80), email, password: newPassword }),
  guess: true,
};

export const authPaths: readonly AuthPath[] = [
  {
    method: 'POST',
    path: '/sign-in/email',
    body: z.object({ email, password: secret, rememberMe: z.boolean().optional() }),
    guess: true,
  },
  { method: 'POST', path: '/sign-out', body: none },
  {
    method: 'POST',
    path: '/change-password',
    body: z.object({
      currentPassword: secret,
      newPassword,
      revokeOtherSessions: z.boolean().default(true),
    }),
    guess: true,
    own: true,
  },
  { method: 'POST', path: '/request-password-reset', body: z.object({ email }), guess: true },
  { method: 'POST', path: '/reset-password', body: z.object({ token, newPassword }), guess: true },
  { method: 'POST', path: '/update-user', body: z.object({ name: line(80) }), own: true },
  { method: 'GET', path: '/list-sessions', body: none, own: true },
  { method: 'POST', path: '/revoke-session', body: z.object({ token }), own: true },
  { method: 'POST', path: '/revoke-other-sessions', body: none, own: true },
  { method: 'POST', path: '/two-factor/enable', body: withPassword, guess: true, own: true },
  { method: 'POST', path: '/two-factor/disable', body: withPassword, guess: true, own: true },
  { method: 'POST', path: '/two-factor/get-totp-uri', body: withPassword, guess: true, own: true },
  {
    method: 'POST',
    path: '/two-factor/generate-backup-codes',
    body: withPassword,
    guess: true,
    own: true,
  },
  {
    method: 'POST',
    path: '/two-factor/verify-totp',
    body: z.object({ code: z.string().regex(/^\d{6}$/), trustDevice }),
    guess: true,
  },
  {
    method: 'POST',
    path: '/two-factor/verify-backup-code',
    body: z.object({ code: z.string().trim().min(5).max(40), trustDevice }),
    guess: true,
  },
];
