import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { MigrationSource } from '../db/index.ts';
import type { Result, Text } from '../kernel/index.ts';
import type { App } from './app.ts';
import type { Ctx, Principal, PublicCtx } from './context.ts';
import type { Access, Binary, Endpoint, Method } from './contract.ts';
import type { Problem } from './problems.ts';

export interface UploadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Input<E extends Endpoint> {
  readonly params: z.output<E['params']>;
  readonly query: z.output<E['query']>;
  readonly body: z.output<E['body']>;
  /** The version named by `If-Match`; 0 when the endpoint does not ask for it. */
  readonly version: number;
  readonly file: UploadedFile | undefined;
}

/** What a handler answers: the JSON of the contract, or a file when the contract is binary. */
export type Answer<E extends Endpoint> = z.input<E['response']> | Binary;

export interface Route {
  readonly endpoint: Endpoint;
  readonly scope: 'org' | 'public';
  readonly handle: (ctx: Ctx & PublicCtx, input: Input<Endpoint>) => Promise<Result<unknown>>;
}

type Erased = Route['handle'];

/** A use case of a member of an organisation. Runs in one transaction; a refusal rolls it back. */
export function route<E extends Endpoint>(
  endpoint: E,
  handle: (ctx: Ctx, input: Input<E>) => Promise<Result<Answer<E>>>,
): Route {
  if (endpoint.access === 'public' || endpoint.access === 'signed-in') {
    throw new Error(`${endpoint.id}: a tenant route needs a permission`);
  }
  return { endpoint, scope: 'org', handle: handle as Erased }; // the server parses with E's schemas
}

/** A use case of anyone, or of a person without an organisation: sees published rows only. */
export function publicRoute<E extends Endpoint>(
  endpoint: E,
  handle: (ctx: PublicCtx, input: Input<E>) => Promise<Result<Answer<E>>>,
): Route {
  if (endpoint.access !== 'public' && endpoint.access !== 'signed-in') {
    throw new Error(`${endpoint.id}: a public route must say so in its access`);
  }
  return { endpoint, scope: 'public', handle: handle as Erased }; // as above
}

/** A route of a foreign standard (EPCIS, tiles, Digital Link) that owns its request and reply. */
export interface RawRoute {
  readonly id: string;
  readonly method: Method | 'OPTIONS' | readonly (Method | 'OPTIONS')[];
  readonly url: string;
  readonly title: Text;
  readonly access: Access;
  readonly bodyLimit?: number;
  /** Takes the body as bytes whatever its content type. */
  readonly rawBody?: boolean;
  /** Its changes are audited by itself; otherwise each transaction of a change gets one row. */
  readonly writesAudit?: boolean;
  /** Gives what was refused before `handle`, or failed in it, the form of the standard. */
  readonly refuse?: (problem: Problem, request: FastifyRequest, reply: FastifyReply) => unknown;
  readonly handle: (
    request: FastifyRequest,
    reply: FastifyReply,
    caller: Caller,
  ) => Promise<unknown>;
}

/** What a raw route may do on behalf of its caller. */
export interface Caller {
  readonly app: App;
  readonly principal: Principal;
  readonly lang: 'zh' | 'en';
  readonly requestId: string;
  /** One transaction in the caller's organisation; refuses callers without one. */
  inOrg<T>(work: (ctx: Ctx) => Promise<Result<T>>): Promise<Result<T>>;
  /** One transaction that sees published rows. */
  inPublic<T>(work: (ctx: PublicCtx) => Promise<T>): Promise<T>;
}

export interface Subscriber {
  /** `module.what-it-does`, unique: the inbox remembers it. */
  readonly name: string;
  readonly topic: string;
  readonly handle: (
    ctx: Ctx,
    payload: Readonly<Record<string, unknown>>,
    eventId: string,
  ) => Promise<Result<unknown>>;
}

/** One bounded context as the application sees it. */
export interface Module {
  readonly name: string;
  readonly migrations?: MigrationSource;
  readonly routes?: readonly Route[];
  readonly rawRoutes?: readonly RawRoute[];
  readonly subscribers?: readonly Subscriber[];
  /** Starts what runs in the background; returns how to stop it. */
  readonly start?: (app: App) => Promise<(() => Promise<void>) | undefined>;
  /** Fastify plug-ins: sessions of the platform, upgrades to websockets of a foreign standard. */
  readonly plugin?: (server: FastifyInstance, app: App) => Promise<void>;
}
