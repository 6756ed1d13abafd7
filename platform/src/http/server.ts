import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { sql } from 'kysely';
import { type Tx, transact } from '../db/index.ts';
import { type AppError, fill, type Lang, newId, type Result } from '../kernel/index.ts';
import { apiPage } from './api-page.ts';
import { type App, titlesKey } from './app.ts';
import { type Ctx, makeCtx, type OrgRef, type Principal, type PublicCtx } from './context.ts';
import { type Access, type Binary, httpErrors, registeredPermissions } from './contract.ts';
import { claimKey } from './idempotency.ts';
import { readInput } from './input.ts';
import type { Caller, Module, RawRoute, Route } from './module.ts';
import { networkOf } from './network.ts';
import { openApiOf } from './openapi.ts';
import { fromDatabase, type Problem, problemOf } from './problems.ts';

export type Authenticate = (request: FastifyRequest) => Promise<Principal>;

/** A refusal that leaves a handler as a throw because Fastify gives no other way out. */
class Refused extends Error {
  readonly refusal: AppError;
  constructor(refusal: AppError) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

const LIMITS = { api: 1200, login: 20, public: 600, bulk: 120 } as const; // requests a minute
const MIB = 1024 * 1024;
/** No simulated history begins before it; days and ids of far older instants cannot be written. */
const EARLIEST_MS = Date.UTC(2000, 0, 1);

export function langOf(request: FastifyRequest): Lang {
  const query = request.query as Record<string, unknown> | undefined;
  const wanted = query?.lang ?? request.headers['accept-language'] ?? 'zh';
  return String(wanted).trim().toLowerCase().startsWith('en') ? 'en' : 'zh';
}

export async function buildServer(
  app: App,
  modules: readonly Module[],
  authenticate: Authenticate,
): Promise<FastifyInstance> {
  const server: FastifyInstance = Fastify({
    loggerInstance: app.log as FastifyBaseLogger, // pino is what Fastify's own logger type describes
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true, // live views never end by themselves
    bodyLimit: MIB,
    genReqId: () => newId('req'),
    routerOptions: { maxParamLength: 2000 },
    trustProxy: process.env.ZAIZAO_TRUST_PROXY ?? false,
  });
  server.decorateRequest('principal', null);
  await server.register(multipart, { limits: { fileSize: 64 * MIB, files: 1, fields: 10 } });
  await server.register(rateLimit, {
    global: false,
    keyGenerator: (request) => networkOf(request.ip),
    errorResponseBuilder: (_r, c) =>
      new Refused(httpErrors.RATE_LIMITED({ seconds: Math.ceil(c.ttl / 1000) })),
  });
  server.removeContentTypeParser('text/plain');
  server.setErrorHandler((error: FastifyError | Refused, request, reply) => {
    const problem = answerFor(error, request, reply);
    return reply.status(problem.status).type('application/problem+json').send(problem);
  });
  server.setNotFoundHandler((request, reply) => {
    const problem = problemOf(httpErrors.ADDRESS_NOT_FOUND(), langOf(request), request.id);
    return reply.status(404).type('application/problem+json').send(problem);
  });
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(self), geolocation=(), microphone=()',
      'content-security-policy':
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; " +
        "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; connect-src 'self'; " +
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
      'x-request-id': request.id,
    });
  });

  app.provide(
    titlesKey,
    new Map(modules.flatMap((m) => (m.routes ?? []).map((r) => [r.endpoint.id, r.endpoint.title]))),
  );
  const guard = new Guard(app, authenticate);
  for (const m of modules) {
    if (m.plugin) await m.plugin(server, app);
    for (const r of m.routes ?? []) addRoute(server, app, guard, r);
    for (const r of m.rawRoutes ?? []) addRaw(server, app, guard, r);
  }
  // Made when first asked for: a start does not wait for the description of every route.
  let made: ReturnType<typeof openApiOf> | undefined;
  const document = () => {
    made ??= openApiOf(modules, app.config.publicUrl);
    return made;
  };
  server.get('/api/openapi.json', document);
  let page: string | undefined;
  server.get('/api', (_request, reply) => {
    page ??= apiPage(modules, document());
    return reply.type('text/html; charset=utf-8').send(page);
  });
  return server;
}

/** The problem that answers an error; a bug is logged and shows nothing of itself. */
function answerFor(
  error: FastifyError | Refused,
  request: FastifyRequest,
  reply: FastifyReply,
): Problem {
  const refusal = error instanceof Refused ? error.refusal : refusalOf(error);
  if (refusal) {
    const problem = problemOf(refusal, langOf(request), request.id);
    if (problem.status === 429 || problem.status === 503) reply.header('retry-after', '2');
    return problem;
  }
  request.log.error({ err: error, requestId: request.id }, 'unexpected error');
  const sentence =
    '出现内部错误，请把编号 {id} 告诉管理员。 / Internal error: give {id} to your administrator.';
  return {
    type: 'about:blank',
    status: 500,
    code: 'INTERNAL',
    title: fill(sentence, { id: request.id }),
    requestId: request.id,
  };
}

/** Fastify’s and the database’s own refusals in our words; undefined for a bug. */
function refusalOf(error: FastifyError): AppError | undefined {
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return httpErrors.MEDIA_TYPE_UNSUPPORTED();
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return httpErrors.BODY_TOO_LARGE();
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return httpErrors.BODY_NOT_JSON();
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
      return httpErrors.MEDIA_TYPE_UNSUPPORTED();
    default:
      if (error.statusCode === 429) return httpErrors.RATE_LIMITED({ seconds: 60 });
      if (error.statusCode && error.statusCode < 500) return httpErrors.BODY_NOT_JSON();
      return fromDatabase(error);
  }
}

/** Who calls, and may they? */
class Guard {
  readonly #app: App;
  readonly #authenticate: Authenticate;
  constructor(app: App, authenticate: Authenticate) {
    this.#app = app;
    this.#authenticate = authenticate;
  }

  async admit(request: FastifyRequest, access: Access): Promise<Principal> {
    const principal = await this.#authenticate(request);
    if (access === 'public') return principal;
    if (principal.kind === 'anonymous') throw new Refused(httpErrors.SIGN_IN_REQUIRED());
    if (access === 'signed-in') return principal;
    if (orgOf(principal) === undefined) throw new Refused(httpErrors.ORGANISATION_REQUIRED());
    if (!this.#app.may(principal, access)) {
      const title = registeredPermissions().get(access);
      const permission = title ? title[langOf(request)] : access;
      throw new Refused(httpErrors.PERMISSION_DENIED({ permission }));
    }
    return principal;
  }
}

function orgOf(p: Principal) {
  return p.kind === 'user' || p.kind === 'key' ? p.org : undefined;
}

function addRoute(server: FastifyInstance, app: App, guard: Guard, r: Route): void {
  const { endpoint } = r;
  const bucket = endpoint.bucket ?? 'api';
  server.route({
    method: endpoint.method,
    url: endpoint.path,
    bodyLimit: endpoint.bodyLimit ?? MIB,
    config: { rateLimit: { max: rateOf(bucket), timeWindow: '1 minute', groupId: bucket } },
    handler: async (request, reply) => {
      const principal = await guard.admit(request, endpoint.access);
      const input = await readInput(endpoint, request);
      if (!input.ok) throw new Refused(input.error);
      const work = new Work(app, request, principal);
      const outcome =
        r.scope === 'public'
          ? await work.inPublic(async (ctx) => {
              const result = await r.handle(ctx as Ctx & PublicCtx, input.value); // uses the public half
              return result.ok ? { status: endpoint.status, body: result.value } : result;
            })
          : await work.inOrg((ctx) => runOnce(ctx, r, request, input.value));
      if ('ok' in outcome) throw new Refused(outcome.error);
      const { status, body } = outcome;
      if (isBinary(body)) {
        if (body.headers) reply.headers(body.headers);
        if (body.fileName) {
          const name = encodeURIComponent(body.fileName);
          reply.header('content-disposition', `inline; filename*=UTF-8''${name}`);
        }
        reply.header('cache-control', body.maxAge ? `public, max-age=${body.maxAge}` : 'no-store');
        const bytes = typeof body.body === 'string' ? body.body : Buffer.from(body.body);
        return reply
          .status(body.status ?? status)
          .type(body.mediaType)
          .send(bytes);
      }
      const json = endpoint.response.parse(body) as { version?: unknown } | undefined;
      if (typeof json?.version === 'number') reply.header('etag', `"${json.version}"`);
      reply.header('cache-control', 'no-store');
      return reply.status(status).send(json);
    },
  });
}

/** The configured limit, raised for load tests by ZAIZAO_RATE_FACTOR. */
function rateOf(bucket: keyof typeof LIMITS): number {
  return LIMITS[bucket] * Number(process.env.ZAIZAO_RATE_FACTOR ?? 1);
}

type Outcome = { status: number; body: unknown };
type Refusal = Extract<Result<never>, { ok: false }>;

/** One use case: idempotency, effect, audit; all or nothing. */
async function runOnce(
  ctx: Ctx,
  r: Route,
  request: FastifyRequest,
  input: Parameters<Route['handle']>[1],
): Promise<Outcome | Refusal> {
  const { endpoint } = r;
  const changes = endpoint.method !== 'GET';
  const key = endpoint.method === 'POST' ? request.headers['idempotency-key'] : undefined;
  if (endpoint.method === 'POST' && typeof key !== 'string') {
    return { ok: false, error: httpErrors.IDEMPOTENCY_KEY_REQUIRED() };
  }
  if (typeof key === 'string' && !/^[\w.:-]{8,128}$/.test(key)) {
    return { ok: false, error: httpErrors.IDEMPOTENCY_KEY_REQUIRED() };
  }
  const route = `${endpoint.method} ${request.url.split('?')[0]}`;
  const claim = typeof key === 'string' ? await claimKey(ctx, key, route, input.body) : undefined;
  if (claim && !claim.ok) return claim;
  if (claim?.value.replay)
    return { status: claim.value.replay.status, body: claim.value.replay.response };
  const result = await r.handle(ctx as Ctx & PublicCtx, input); // a Ctx has every field of a PublicCtx
  if (!result.ok) return result;
  if (changes) {
    const subject = subjectOf(input.params) ?? subjectOf(result.value) ?? '';
    await ctx.audit(endpoint.id, subject, { input: input.body ?? null });
  }
  if (claim && !isBinary(result.value)) {
    await claim.value.store(endpoint.status, endpoint.response.parse(result.value));
  }
  return { status: endpoint.status, body: result.value };
}

/** The first id in a record of parameters or a response: what an audit row is about. */
function subjectOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const v of Object.values(value)) if (typeof v === 'string' && /^[a-z]+_/.test(v)) return v;
  return undefined;
}

function isBinary(body: unknown): body is Binary {
  return typeof body === 'object' && body !== null && 'mediaType' in body && 'body' in body;
}

/** Whether a transaction has changed anything yet: the database gives it a number only then. */
async function hasWritten(tx: Tx): Promise<boolean> {
  const r = await sql<{ wrote: boolean }>`
    select pg_current_xact_id_if_assigned() is not null as wrote`.execute(tx);
  return r.rows[0]?.wrote === true;
}

/** Transactions on behalf of one request. */
class Work implements Caller {
  readonly app: App;
  readonly principal: Principal;
  readonly lang: Lang;
  readonly requestId: string;
  readonly #at: string | string[] | undefined;
  /** What the audit row of a change is called; undefined where the caller writes its own. */
  readonly #act: string | undefined;

  constructor(app: App, request: FastifyRequest, principal: Principal, act?: string) {
    this.#act = act;
    this.app = app;
    this.principal = principal;
    this.lang = langOf(request);
    this.requestId = request.id;
    this.#at = request.headers['x-simulated-time'];
  }

  /**
   * The instant of the use case. In the demonstration the simulator may tell the past of a
   * simulated organisation; what the ledger notes as record time is the real one all the same.
   */
  #now(org: OrgRef): Date {
    const real = this.app.clock.now();
    if (!this.app.config.demo || !org.simulated || typeof this.#at !== 'string') return real;
    const told = new Date(this.#at);
    return told.getTime() >= EARLIEST_MS && told.getTime() <= real.getTime() ? told : real;
  }

  async inOrg<T>(work: (ctx: Ctx) => Promise<T>): Promise<T> {
    const { app, principal, lang, requestId } = this;
    const org = orgOf(principal);
    if (!org || principal.kind === 'anonymous')
      throw new Refused(httpErrors.ORGANISATION_REQUIRED());
    const after: (() => void)[] = [];
    const actor = `${principal.kind}:${principal.id}`;
    const value = await transact(app.db, { kind: 'org', org: org.no, actor }, async (tx) => {
      after.length = 0; // a retried transaction starts over
      const now = this.#now(org);
      const afterCommit = (f: () => void) => after.push(f);
      const ctx = makeCtx({ app, tx, org, principal, lang, requestId, now, afterCommit });
      const done = await work(ctx);
      if (this.#act !== undefined && (await hasWritten(tx))) await ctx.audit(this.#act, '', {});
      return done;
    });
    for (const f of after) f();
    return value;
  }

  inPublic<T>(work: (ctx: PublicCtx) => Promise<T>): Promise<T> {
    const { app, principal, lang, requestId } = this;
    return transact(app.db, { kind: 'public' }, (tx) =>
      work({ app, tx, principal, lang, requestId, clock: app.clock, now: app.clock.now() }),
    );
  }
}

function addRaw(server: FastifyInstance, app: App, guard: Guard, r: RawRoute): void {
  void server.register(async (scope) => {
    if (r.rawBody) {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_q, body, done) => done(null, body));
    }
    const { refuse } = r;
    if (refuse) {
      scope.setErrorHandler((error: FastifyError | Refused, request, reply) =>
        refuse(answerFor(error, request, reply), request, reply),
      );
    }
    scope.route({
      method: typeof r.method === 'string' ? r.method : [...r.method],
      url: r.url,
      bodyLimit: r.bodyLimit ?? MIB,
      config: { rateLimit: { max: rateOf('api'), timeWindow: '1 minute', groupId: 'api' } },
      handler: async (request, reply) => {
        const principal = await guard.admit(request, r.access);
        const changes = request.method !== 'GET' && request.method !== 'OPTIONS';
        const act = changes && !r.writesAudit ? r.id : undefined;
        return r.handle(request, reply, new Work(app, request, principal, act));
      },
    });
  });
}
