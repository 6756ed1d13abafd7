import { betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { App } from '../http/index.ts';
import { newId } from '../kernel/index.ts';
import { sha256 } from './authenticate.ts';
import { logMailer } from './mailer.ts';
import type { IdentityOptions } from './options.ts';
import { isSecure, SESSION_COOKIE, SESSION_SECONDS, sessionSecret } from './sessions.ts';

export const AUTH_BASE = '/api/auth';
/** How a caller's address reaches better-auth: set by us on every request, never taken from outside. */
export const ADDRESS_HEADER = 'x-zaizao-address';
const DEMO_DOMAIN = 'demo.invalid';

const PREFIXES: Record<string, string> = {
  user: 'user',
  session: 'ses',
  account: 'acc',
  verification: 'ver',
  twoFactor: 'tfa',
};

export function demoEmail(role: string): string {
  return `${role}@${DEMO_DOMAIN}`;
}

export function resetUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/reset-password#token=${token}`; // behind the #, so that no server logs it
}

/** How a password-reset token is kept at rest; `makeResetLink` writes the same. */
export function resetIdentifier(token: string): string {
  return sha256(`reset-password:${token}`);
}

/**
 * better-auth, with as little of it as we need: e-mail and password, sessions, TOTP and backup codes.
 * Organisations, keys and permissions are ours (docs/decisions/0003-identity.md).
 */
export function authOf(app: App, options: IdentityOptions) {
  const { config, db } = app;
  const mailer = options.mailer ?? logMailer(app);
  return betterAuth({
    appName: '再造 Zaizao',
    baseURL: new URL(config.publicUrl).origin,
    basePath: AUTH_BASE,
    secret: sessionSecret(config),
    database: { db: db.kysely, type: 'postgres', schemaName: 'identity', transaction: true },
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, message) => app.log[level === 'error' ? 'error' : 'debug']({ auth: message }),
    },
    rateLimit: { enabled: false }, // counted in mount.ts, by /64 and by account
    advanced: {
      cookiePrefix: 'zaizao',
      cookies: { session_token: { name: SESSION_COOKIE } },
      useSecureCookies: false, // governs a name prefix; the attribute is set below
      defaultCookieAttributes: { secure: isSecure(config), httpOnly: true, sameSite: 'lax' },
      disableCSRFCheck: false,
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: {
        generateId: ({ model }) => newId(PREFIXES[model] ?? 'auth'),
        validateSchema: false, // a test compares our migration with what better-auth expects
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: options.openSignUp !== true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: 3600,
      sendResetPassword: async ({ user, token }) => {
        if (user.email.endsWith(`@${DEMO_DOMAIN}`)) return; // demo people have no password to forget
        const url = resetUrl(config.publicUrl, token);
        await mailer.send({ kind: 'password-reset', to: user.email, url });
      },
    },
    session: {
      modelName: 'auth_session',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      expiresIn: SESSION_SECONDS,
      disableSessionRefresh: true,
      // A cached session would outlive sign-out and skip the second factor (GHSA-xg6x-h9c9-2m83).
      cookieCache: { enabled: false },
    },
    user: {
      modelName: 'auth_user',
      fields: {
        emailVerified: 'email_verified',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    account: {
      modelName: 'auth_account',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'auth_verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
      storeIdentifier: { hash: async (identifier) => sha256(identifier) },
    },
    plugins: [
      twoFactor({
        issuer: '再造 Zaizao',
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'auth_two_factor',
            fields: {
              userId: 'user_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
  });
}
