import { isIP } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { httpErrors } from '../http/contract.ts';
import { type App, langOf, problemOf } from '../http/index.ts';
import type { AppError } from '../kernel/index.ts';
import { ADDRESS_HEADER, AUTH_BASE, authOf } from './auth.ts';
import { errorOf } from './auth-errors.ts';
import { personOf } from './authenticate.ts';
import { identityErrors } from './errors.ts';
import type { IdentityOptions } from './options.ts';
import { isForeign, isForged } from './origin.ts';
import { isWeak } from './password.ts';
import { factsOf } from './sessions.ts';

interface AuthPath {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** A guess at a secret: counted per caller and per account. */
  readonly guess?: true;
  /** Changes the account itself, which the shared people of the demo may not. */
  readonly own?: true;
}

/** The doors of better-auth that are open; everything else of it answers 404. */
const PATHS: readonly AuthPath[] = [
  { method: 'POST', path: '/sign-in/email', guess: true },
  { method: 'POST', path: '/sign-out' },
  { method: 'POST', path: '/change-password', guess: true, own: true },
  { method: 'POST', path: '/request-password-reset', guess: true },
  { method: 'POST', path: '/reset-password', guess: true },
  { method: 'POST', path: '/update-user', own: true },
  { method: 'GET', path: '/list-sessions', own: true },
  { method: 'POST', path: '/revoke-session', own: true },
  { method: 'POST', path: '/revoke-other-sessions', own: true },
  { method: 'POST', path: '/two-factor/enable', guess: true, own: true },
  { method: 'POST', path: '/two-factor/disable', guess: true, own: true },
  { method: 'POST', path: '/two-factor/get-totp-uri', guess: true, own: true },
  { method: 'POST', path: '/two-factor/generate-backup-codes', guess: true, own: true },
  { method: 'POST', path: '/two-factor/verify-totp', guess: true },
  { method: 'POST', path: '/two-factor/verify-backup-code', guess: true },
];
const SIGN_UP: AuthPath = { method: 'POST', path: '/sign-up/email', guess: true };

/** The network a caller sits in: an IPv6 caller owns a whole /64, however its address is written. */
export function networkOf(ip: string): string {
  const plain = ip.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIP(plain) !== 6) return plain;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  const groups = tail === undefined ? left : [...left, ...gap, ...right];
  return `${groups
    .slice(0, 4)
    .map((g) => Number.parseInt(g, 16).toString(16))
    .join(':')}::/64`;
}

/** Opens `/api/auth/*` on the server, and guards every route against other sites' forms. */
export async function mountAuth(
  server: FastifyInstance,
  app: App,
  options: IdentityOptions,
): Promise<void> {
  const auth = authOf(app, options);
  const refuse = (request: FastifyRequest, reply: FastifyReply, error: AppError) => {
    const problem = problemOf(error, langOf(request), request.id);
    if (problem.status === 429) reply.header('retry-after', '60');
    return reply.status(problem.status).type('application/problem+json').send(problem);
  };
  server.addHook('onRequest', async (request, reply) => {
    if (!isForged(request, app.config)) return;
    return refuse(request, reply, identityErrors.ORIGIN_REFUSED());
  });

  const factor = Number(process.env.ZAIZAO_RATE_FACTOR ?? 1);
  const limits = options.limits ?? { perCaller: 20, perAccount: 30 };
  const byAccount = server.createRateLimit({
    max: limits.perAccount * factor,
    timeWindow: '15 minutes',
    keyGenerator: (request) => `account ${accountOf(request)}`,
  });

  for (const { method, path, guess, own } of options.openSignUp ? [...PATHS, SIGN_UP] : PATHS) {
    server.route({
      method,
      url: `${AUTH_BASE}${path}`,
      bodyLimit: 16 * 1024,
      config: {
        rateLimit: {
          max: (guess ? limits.perCaller : 120) * factor,
          timeWindow: '1 minute',
          groupId: guess ? 'auth-guess' : 'auth',
          keyGenerator: (request) => networkOf(request.ip),
        },
      },
      handler: async (request, reply) => {
        reply.header('cache-control', 'no-store');
        if (isForeign(request, app.config)) {
          return refuse(request, reply, identityErrors.ORIGIN_REFUSED());
        }
        if (guess && accountOf(request) !== '') {
          const count = await byAccount(request);
          if (!count.isAllowed && count.isExceeded) {
            const seconds = count.ttlInSeconds;
            return refuse(request, reply, httpErrors.RATE_LIMITED({ seconds }));
          }
        }
        const person = own ? await personOf(app, request) : undefined;
        const facts = person ? factsOf(person) : undefined;
        if (facts?.demo) return refuse(request, reply, identityErrors.DEMO_PERSON_REFUSED());
        if (weakPassword(request, facts?.email ?? '')) {
          return refuse(request, reply, identityErrors.PASSWORD_WEAK());
        }
        const answer = await auth.handler(toWeb(request, app));
        if (method === 'POST') {
          request.log.info({ event: 'auth', path, status: answer.status, requestId: request.id });
        }
        for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
        const body = await answer.text();
        if (answer.status >= 500) throw new Error(`better-auth ${path}: ${answer.status} ${body}`);
        if (answer.status >= 400) return refuse(request, reply, errorOf(answer.status, body));
        return reply.status(answer.status).type('application/json').send(body);
      },
    });
  }
}

function field(request: FastifyRequest, name: string): string {
  const body = request.body as Record<string, unknown> | null | undefined; // unparsed JSON; checked next
  const value = typeof body === 'object' ? body?.[name] : undefined;
  return typeof value === 'string' ? value : '';
}

function accountOf(request: FastifyRequest): string {
  return field(request, 'email').trim().toLowerCase();
}

/** A new password that would be guessed soon; signing in with an old one is nobody's fault. */
function weakPassword(request: FastifyRequest, email: string): boolean {
  const url = request.routeOptions.url ?? '';
  if (url.endsWith('/sign-up/email'))
    return isWeak(field(request, 'password'), field(request, 'email'));
  const sets = url.endsWith('/change-password') || url.endsWith('/reset-password');
  return sets && isWeak(field(request, 'newPassword'), email);
}

/** The request as better-auth reads it. Its origin was checked above, against the host in use. */
function toWeb(request: FastifyRequest, app: App): Request {
  const origin = new URL(app.config.publicUrl).origin;
  const headers = new Headers({ origin, [ADDRESS_HEADER]: request.ip });
  for (const name of ['cookie', 'user-agent'] as const) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  const init: RequestInit = { method: request.method, headers };
  if (request.method === 'POST') {
    headers.set('content-type', 'application/json');
    init.body = JSON.stringify(request.body ?? {});
  }
  const path = (request.routeOptions.url ?? '').slice(AUTH_BASE.length);
  return new Request(`${origin}${AUTH_BASE}${path}`, init);
}
