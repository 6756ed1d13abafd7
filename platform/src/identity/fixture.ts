/** A small installation for identity's own tests: real database, real server, a browser that keeps cookies. */
import type { FastifyInstance, InjectOptions } from 'fastify';
import pino from 'pino';
import { platformMigrations } from '../db/index.ts';
import { definePermissions, endpoint } from '../http/contract.ts';
import {
  type App,
  buildServer,
  type Config,
  type Module,
  route,
  type ServiceKey,
} from '../http/index.ts';
import { ManualClock, ok, text } from '../kernel/index.ts';
import { testDatabase } from '../testkit/database.ts';
import {
  authenticator,
  type IdentityOptions,
  identityModule,
  type Letter,
  organisationByNo,
  permissionCheck,
  type RoleTable,
} from './index.ts';

export const PASSWORD = 'tulip harbour 42';
export const ORIGIN = 'http://localhost:8080';

const perm = definePermissions({
  'probe.thing:read': text('看', 'look'),
  'probe.thing:change': text('改', 'change'),
});
const read = endpoint({
  id: 'probe.readThing',
  method: 'GET',
  path: '/api/v1/probe',
  title: text('看', 'look'),
  access: perm('probe.thing:read'),
});
const change = endpoint({
  id: 'probe.changeThing',
  method: 'POST',
  path: '/api/v1/probe',
  title: text('改', 'change'),
  access: perm('probe.thing:change'),
});
/** A stand-in for the trade: one thing to look at, one to change. */
const probe: Module = {
  name: 'probe',
  routes: [route(read, async () => ok(undefined)), route(change, async () => ok(undefined))],
};

const roles: RoleTable = {
  owner: { title: text('负责人', 'owner'), permissions: ['*'] },
  admin: {
    title: text('管理员', 'administrator'),
    permissions: ['identity.*', 'probe.thing:read'],
  },
  viewer: { title: text('查看者', 'viewer'), permissions: ['*:read'] },
  worker: { title: text('操作工', 'worker'), permissions: ['probe.*'] },
};

export interface Installation {
  readonly app: App;
  readonly server: FastifyInstance;
  readonly clock: ManualClock;
  readonly letters: Letter[];
  browser(): Browser;
  close(): Promise<void>;
}

export async function install(
  options: Partial<IdentityOptions> = {},
  config: Partial<Config> = {},
): Promise<Installation> {
  const clock = new ManualClock(new Date());
  const letters: Letter[] = [];
  const services = new Map<string, unknown>();
  const identity = identityModule({
    roles,
    kinds: { plant: text('工厂', 'plant'), shop: text('店', 'shop') },
    mailer: {
      send: async (letter) => {
        letters.push(letter);
      },
    },
    limits: { perCaller: 10_000, perAccount: 10_000 },
    ...options,
  });
  if (!identity.migrations) throw new Error('identity has migrations');
  const db = await testDatabase([platformMigrations, identity.migrations]);
  const app: App = {
    config: {
      ...{ home: '', port: 0, host: '', databaseUrl: undefined, demo: false, production: false },
      publicUrl: ORIGIN,
      secret: 'a secret of these tests only, forty chars',
      ...config,
    },
    db,
    clock,
    log: pino({ level: process.env.LOG ?? 'silent' }),
    wake: () => {},
    listen: () => () => {},
    may: permissionCheck(roles),
    organisation: (no) => organisationByNo(db, no),
    service: <T>(key: ServiceKey<T>) => services.get(key.name) as T, // stored under the same typed key
    provide: (key, service) => void services.set(key.name, service),
  };
  const server = await buildServer(app, [identity, probe], authenticator(app)).catch(async (e) => {
    await db.close();
    throw e;
  });
  return {
    app,
    server,
    clock,
    letters,
    browser: () => new Browser(server),
    close: async () => {
      await server.close();
      await db.close();
    },
  };
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever fields it expects
  readonly body: any;
  readonly cookies: readonly string[];
}

/** Sends requests as a page of ours would: cookies kept, Origin set, keys for tenant POSTs. */
export class Browser {
  readonly jar = new Map<string, string>();
  readonly #server: FastifyInstance;
  #keys = 0;

  constructor(server: FastifyInstance) {
    this.#server = server;
  }

  async send(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
    headers: Record<string, string | undefined> = {},
  ): Promise<Answer> {
    const cookie = [...this.jar].map(([k, v]) => `${k}=${v}`).join('; ');
    const all: Record<string, string | undefined> = {
      origin: ORIGIN,
      host: 'localhost:8080',
      'accept-language': 'en',
      'idempotency-key': `key-${Math.random()}-${this.#keys++}`,
      ...(cookie ? { cookie } : {}),
      ...headers,
    };
    const sent = Object.entries(all).filter((e): e is [string, string] => e[1] !== undefined);
    const options: InjectOptions = { method, url, headers: Object.fromEntries(sent) };
    if (body !== undefined) options.payload = body as object; // JSON, as every caller here sends
    const reply = await this.#server.inject(options);
    const cookies = [reply.headers['set-cookie'] ?? []].flat();
    for (const line of cookies) this.#keep(line);
    const json = String(reply.headers['content-type']).includes('json') && reply.body !== '';
    return { status: reply.statusCode, body: json ? reply.json() : reply.body, cookies };
  }

  get(url: string, headers?: Record<string, string | undefined>) {
    return this.send('GET', url, undefined, headers);
  }
  post(url: string, body?: unknown, headers?: Record<string, string | undefined>) {
    return this.send('POST', url, body, headers);
  }

  signIn(email: string, password = PASSWORD) {
    return this.post('/api/auth/sign-in/email', { email, password });
  }

  /** Founds an organisation as a new person, or as the one signed in. */
  found(name: string, email?: string) {
    return this.post('/api/v1/identity/setup', {
      organisation: { name, kind: 'plant' },
      ...(email ? { user: { name: email.split('@')[0], email, password: PASSWORD } } : {}),
    });
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    const gone = attributes.some((a) => /^max-age=0$/i.test(a));
    if (gone) this.jar.delete(name);
    else this.jar.set(name, pair.slice(at + 1));
  }
}
