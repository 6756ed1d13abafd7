import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { z } from 'zod';
import { platformMigrations } from '../db/index.ts';
import { filesModule } from '../files/index.ts';
import type { Endpoint } from '../http/contract.ts';
import type { App, Module, OrgRef } from '../http/index.ts';
import { signInDemo } from '../identity/contract.ts';
import {
  createOrganisation,
  ensureDemoPersons,
  type IdentityOptions,
  identityModule,
} from '../identity/index.ts';
import { jobsModule } from '../jobs/index.ts';
import { ManualClock, newId } from '../kernel/index.ts';
import { type Running, start } from '../runtime/index.ts';
import { testDatabase } from './database.ts';

export interface Call<E extends Endpoint> {
  readonly params?: z.input<E['params']>;
  readonly query?: z.input<E['query']>;
  readonly body?: z.input<E['body']>;
  readonly version?: number;
  /** Idempotency key; a fresh one by default. */
  readonly key?: string;
  readonly file?: { readonly name: string; readonly bytes: Uint8Array };
  readonly lang?: 'zh' | 'en';
}

export interface Reply<T> {
  readonly status: number;
  readonly body: T;
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Somebody who calls the server over HTTP. */
export interface Actor {
  /** Any answer, with its status. */
  call<E extends Endpoint>(endpoint: E, call?: Call<E>): Promise<Reply<unknown>>;
  /** The answer of a success; throws with the problem otherwise. */
  ok<E extends Endpoint>(endpoint: E, call?: Call<E>): Promise<z.output<E['response']>>;
  /** The error code of a refusal; throws on success or a server fault. */
  refused<E extends Endpoint>(endpoint: E, call?: Call<E>): Promise<string>;
  readonly headers: Readonly<Record<string, string>>;
}

export interface TestOrg {
  readonly ref: OrgRef;
  /** A member with these roles. */
  as(...roles: string[]): Promise<Actor>;
}

export interface TestApp {
  readonly app: App;
  readonly running: Running;
  readonly clock: ManualClock;
  readonly anonymous: Actor;
  org(name?: string, kind?: string): Promise<TestOrg>;
  /** A machine that signs in with an API key. */
  byKey(secret: string): Actor;
  /** Delivers the outbox. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/** The whole installation on a fresh database, called through HTTP without a socket. */
export async function startTestApp(options: {
  modules: readonly Module[];
  identity: IdentityOptions;
  now?: Date;
  background?: boolean;
  /** PGlite writes to disk, and every commit waits for it: for measurements. */
  onDisk?: boolean;
}): Promise<TestApp> {
  const { modules, identity } = options;
  const home = mkdtempSync(join(tmpdir(), 'zaizao-test-'));
  const all = [identityModule(identity), filesModule, jobsModule, ...modules];
  const database = await testDatabase(
    [platformMigrations, ...all.flatMap((m) => (m.migrations ? [m.migrations] : []))],
    options.onDisk ? join(home, 'pgdata') : undefined,
  );
  const clock = new ManualClock(options.now ?? new Date('2026-03-02T01:00:00Z'));
  const running = await start({
    config: {
      home,
      port: 0,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:8080',
      secret: 'a secret of the tests, long enough for the check',
      demo: true,
      production: false,
      databaseUrl: undefined,
    },
    identity,
    modules,
    clock,
    log: pino({ level: process.env.LOG_LEVEL ?? 'fatal' }),
    database,
    background: options.background ?? false,
  });
  const { app } = running;
  return {
    app,
    running,
    clock,
    anonymous: actor(running, {}),
    org: async (name = '测试工厂', kind = 'remanufacturer') => {
      const ref = await createOrganisation(app, { name, kind, simulated: true });
      return { ref, as: (...roles) => member(running, ref, roles) };
    },
    byKey: (secret) => actor(running, { authorization: `Bearer ${secret}` }),
    drain: () => running.drain(),
    stop: async () => {
      await running.stop();
      await database.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

let members = 0;

/** A person of the demonstration, signed in with one click: the product's own way in. */
async function member(running: Running, org: OrgRef, roles: readonly string[]): Promise<Actor> {
  const role = `t${++members}`;
  await ensureDemoPersons(running.app, [{ role, name: `测试 ${role}`, orgId: org.id, roles }]);
  const r = await running.server.inject({
    method: 'POST',
    url: signInDemo.path,
    payload: { role },
  });
  const cookie = r.cookies.map((c) => `${c.name}=${c.value}`).join('; ');
  if (r.statusCode >= 300 || !cookie) throw new Error(`sign-in: ${r.statusCode} ${r.body}`);
  return actor(running, { cookie, origin: running.app.config.publicUrl });
}

function actor(running: Running, headers: Record<string, string>): Actor {
  const call = async <E extends Endpoint>(
    endpoint: E,
    c: Call<E> = {},
  ): Promise<Reply<unknown>> => {
    const params = (c.params ?? {}) as Record<string, string>; // path parameters are strings
    const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
      encodeURIComponent(params[name] ?? ''),
    );
    const upload = c.file
      ? multipart(c.file, c.body as Record<string, unknown> | undefined)
      : undefined;
    const r = await running.server.inject({
      method: endpoint.method,
      url: path,
      query: strings(c.query),
      headers: {
        ...headers,
        'accept-language': c.lang ?? 'en',
        ...(endpoint.method === 'POST' ? { 'idempotency-key': c.key ?? newId('key') } : {}),
        ...(c.version === undefined ? {} : { 'if-match': `"${c.version}"` }),
        ...(upload ? { 'content-type': upload.type } : {}),
      },
      ...(upload
        ? { payload: upload.body }
        : c.body === undefined
          ? {}
          : { payload: c.body as object }), // contracts with a body take a JSON object
    });
    const json = String(r.headers['content-type'] ?? '').includes('json');
    const body: unknown = json ? r.json() : r.body;
    return { status: r.statusCode, body, bytes: r.rawPayload, headers: r.headers };
  };
  return {
    call,
    headers,
    ok: async <E extends Endpoint>(endpoint: E, c?: Call<E>) => {
      const r = await call(endpoint, c);
      if (r.status >= 300) throw new Error(`${endpoint.id}: ${r.status} ${JSON.stringify(r.body)}`);
      return r.body as z.output<E['response']>; // the server parsed it
    },
    refused: async <E extends Endpoint>(endpoint: E, c?: Call<E>) => {
      const r = await call(endpoint, c);
      if (r.status < 400 || r.status >= 500) {
        throw new Error(
          `${endpoint.id}: expected a refusal, got ${r.status} ${JSON.stringify(r.body)}`,
        );
      }
      return (r.body as { code: string }).code; // every refusal is a problem with a code
    },
  };
}

function strings(query: unknown): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [k, v] of Object.entries(query ?? {})) if (v !== undefined) out[k] = String(v);
  return out;
}

function multipart(
  file: { name: string; bytes: Uint8Array },
  fields: Record<string, unknown> = {},
) {
  const boundary = `zaizao${newId('b').slice(2)}`;
  const parts: Buffer[] = [];
  for (const [name, value] of Object.entries(fields)) {
    parts.push(
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      ),
    );
  }
  parts.push(
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\n` +
        'content-type: application/octet-stream\r\n\r\n',
    ),
    Buffer.from(file.bytes),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  );
  return { body: Buffer.concat(parts), type: `multipart/form-data; boundary=${boundary}` };
}
