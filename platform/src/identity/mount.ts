import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { httpErrors } from '../http/contract.ts';
import { type App, langOf, networkOf, problemOf } from '../http/index.ts';
import { invalidInput } from '../http/problems.ts';
import type { AppError } from '../kernel/index.ts';
import { ADDRESS_HEADER, AUTH_BASE, authOf } from './auth.ts';
import { auditAuth, userOfEmail } from './auth-audit.ts';
import { errorOf } from './auth-errors.ts';
import { authPaths, signUpPath } from './auth-paths.ts';
import { personOf } from './authenticate.ts';
import { identityErrors } from './errors.ts';
import type { IdentityOptions } from './options.ts';
import { isForeign, isForged } from './origin.ts';
import { isWeak } from './password.ts';
import { factsOf } from './sessions.ts';

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
  const limits = options.limits ?? { perCaller: 20, perAccount: 100 };
  const byAccount = server.createRateLimit({
    max: limits.perAccount * factor,
    timeWindow: '15 minutes',
    keyGenerator: (request) => `account ${field(request.body, 'email').trim().toLowerCase()}`,
  });

  const paths = options.openSignUp ? [...authPaths, signUpPath] : authPaths;
  for (const { method, path, body, guess, own } of paths) {
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
        const input = body.safeParse(request.body ?? {});
        if (!input.success) return refuse(request, reply, invalidInput(input.error, 'body'));
        if (guess && field(input.data, 'email') !== '') {
          const count = await byAccount(request);
          if (!count.isAllowed && count.isExceeded) {
            const seconds = count.ttlInSeconds;
            return refuse(request, reply, httpErrors.RATE_LIMITED({ seconds }));
          }
        }
        const person = own ? await personOf(app, request) : undefined;
        const facts = person ? factsOf(person) : undefined;
        if (facts?.demo) return refuse(request, reply, identityErrors.DEMO_PERSON_REFUSED());
        const chosen = path === signUpPath.path ? 'password' : 'newPassword';
        const password = field(input.data, chosen);
        const about = facts?.email ?? field(input.data, 'email');
        if (hasField(input.data, chosen) && isWeak(password, about)) {
          return refuse(request, reply, identityErrors.PASSWORD_WEAK());
        }
        const signedIn =
          person ?? (path === '/sign-out' ? await personOf(app, request) : undefined);
        const answer = await auth.handler(toWeb(request, app, path, input.data));
        const text = await answer.text();
        if (method === 'POST') {
          const { id: requestId, ip } = request;
          request.log.info({ event: 'auth', path, status: answer.status, ip, requestId });
          const isTheirs = answer.status < 400;
          const userId =
            (signedIn?.kind === 'user' ? signedIn.id : undefined) ??
            (isTheirs ? userIn(text) : undefined) ??
            (await userOfEmail(app, field(input.data, 'email')));
          if (userId !== undefined) {
            const action = `identity.auth${path.replaceAll('/', '.')}`;
            const detail = { status: answer.status, network: networkOf(ip) };
            await auditAuth(app, { userId, isTheirs, action, detail, requestId });
          }
        }
        for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
        if (answer.status >= 500) throw new Error(`better-auth ${path}: ${answer.status} ${text}`);
        if (answer.status >= 400) return refuse(request, reply, errorOf(answer.status, text));
        return reply.status(answer.status).type('application/json').send(withoutToken(text));
      },
    });
  }
}

/** The person that an answer of better-auth is about. */
function userIn(text: string): string | undefined {
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  const user = hasField(parsed, 'user') ? (parsed as Record<string, unknown>).user : undefined; // has it
  return field(user, 'id') || undefined;
}

/** The session token is the cookie's business; scripts have no use for it. Lists keep theirs, to revoke by. */
function withoutToken(text: string): string {
  const parsed: unknown = JSON.parse(text);
  if (!hasField(parsed, 'token')) return text;
  const { token: _, ...rest } = parsed as Record<string, unknown>; // has a field, so it is an object
  return JSON.stringify(rest);
}

function hasField(body: unknown, name: string): boolean {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, name);
}

function field(body: unknown, name: string): string {
  const value = hasField(body, name) ? (body as Record<string, unknown>)[name] : undefined; // has it
  return typeof value === 'string' ? value : '';
}

/** The request as better-auth reads it. Its origin was checked above, against the host in use. */
function toWeb(request: FastifyRequest, app: App, path: string, body: unknown): Request {
  const origin = new URL(app.config.publicUrl).origin;
  const headers = new Headers({ origin, [ADDRESS_HEADER]: request.ip });
  for (const name of ['cookie', 'user-agent'] as const) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  const init: RequestInit = { method: request.method, headers };
  if (request.method === 'POST') {
    headers.set('content-type', 'application/json');
    init.body = JSON.stringify(body);
  }
  return new Request(`${origin}${AUTH_BASE}${path}`, init);
}
